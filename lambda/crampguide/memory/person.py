"""Whom the skill talks to, as far as it may know."""

from __future__ import annotations

from typing import Literal, Protocol

from crampguide.memory.preferences import Preferences

Erasure = Literal["nothing", "erased", "failed"]
"""The end of forgetting: there is no memory, it is gone, or it could not be reached."""


class Person(Protocol):
    """One person during one request. No method raises; together they wait for a bounded time."""

    def recall(self) -> Preferences | None:
        """The preferences remembered, a stranger's if none are; None where the memory does not answer."""

    def keep(self, before: Preferences, after: Preferences) -> bool:
        """Remembers what differs between the two; False where that failed."""

    def forget(self) -> Erasure:
        """Erases everything about this person."""


class _Stranger:
    """Someone of whom nothing is remembered, now or later."""

    def recall(self) -> Preferences | None:
        return Preferences()

    def keep(self, before: Preferences, after: Preferences) -> bool:  # noqa: ARG002 - as Person has it
        return True

    def forget(self) -> Erasure:
        return "nothing"


STRANGER: Person = _Stranger()
