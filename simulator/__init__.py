"""A stand-in for an Echo: what it hears, what it sends, what it says.

Nothing here imports the skill. It is reached as Alexa reaches it: one handler, JSON in and JSON out.
"""

try:
    from tools.entry import guard
except ImportError:  # installed by itself, and with it all that it needs
    pass
else:
    guard("`make talk`")
