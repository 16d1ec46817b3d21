"""A device and a developer's bench on one page, for this machine only.

The page shows and sends; the conversation itself is held by `simulator.device`, on this side. What is said
stays in memory, for as long as the page is open, and is written nowhere.
"""
