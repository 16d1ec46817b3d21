"""How much anybody may ask for, and how fast."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple


class Limits(NamedTuple):
    """Bounds of memory, time and rate. The defaults are far above what a person in a conversation needs."""

    seconds: float = 30 * 60
    """The longest that a conversation is kept, from its start."""
    conversations: int = 1000
    """Conversations at the same time."""
    replies: int = 400
    """Replies in one conversation."""
    words: int = 400
    """Characters of somebody's own words in one call."""
    calls_a_minute: float = 60
    """Calls in one conversation, which may come in a burst of as many."""
    starts_a_minute: float = 120
    """Conversations begun, by everybody together."""
    request_bytes: int = 64 * 1024
    """The largest HTTP request."""


class Rate:
    """So many calls a minute, in a burst or one after another."""

    def __init__(self, a_minute: float, clock: Callable[[], float]) -> None:
        self._most = self._left = a_minute
        self._clock = clock
        self._at = clock()

    def allows(self) -> bool:
        """Takes one call, if there is one left."""
        now = self._clock()
        self._left = min(self._most, self._left + (now - self._at) * self._most / 60)
        self._at = now
        if self._left < 1:
            return False
        self._left -= 1
        return True
