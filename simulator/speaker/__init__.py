"""A smart speaker on your own machine: hears, understands and speaks without a network.

Reaches the skill through `simulator.device` alone. Recordings live in memory while they are listened to and
are then gone; nothing of them is written, printed or logged but the words that were understood.
"""
