"""What a skill takes from words: what is handed over, and what the reader inside the skill makes of it."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from crampguide.triage import Level, load_protocol
from crampguide.understand import Kind, reader
from simulator.understanding.resolve import Resolver
from tools.simulated.roles import DENIAL, SIGN

REPORTING = frozenset({SIGN, "OwnWordsIntent"})


class Taken(NamedTuple):
    """The signs that count as said, that are asked about, and that count as denied."""

    said: frozenset[str]
    asked: frozenset[str] = frozenset()
    denied: frozenset[str] = frozenset()

    @property
    def heard(self) -> frozenset[str]:
        """The signs that are not lost."""
        return self.said | self.asked


def taken(resolver: Resolver, words: str) -> Taken:
    """The effect of words wherever they are said; quicker than a conversation, which the outcomes hold."""
    found = resolver.spoken(words)
    values = [value for each in found.slots.values() for value in each]
    listed = frozenset(value.entry.id for value in values if value.entry)
    read = [value.value for value in values if not value.entry]
    reading = reader("en").read(" and ".join(read)) if read else None
    signs = frozenset(reading.signs) if reading else frozenset()
    counts = bool(reading and reading.kind is Kind.RECOGNISED and found.intent in REPORTING)
    return Taken(
        said=(listed if found.intent == SIGN else frozenset()) | (signs if counts else frozenset()),
        asked=frozenset() if counts else signs,
        denied=listed if found.intent == DENIAL else frozenset(),
    )


@cache
def warnings() -> frozenset[str]:
    """The signs that somebody is to be seen for today."""
    questions = load_protocol().questions
    return frozenset(sign for sign, each in questions.items() if each.yes >= Level.URGENT)
