"""The values of learning. Immutable; made by ``load``."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from crampguide.triage.model import Answers, QuestionId, Source

Page = tuple[str, int]
"""A subject's id, and which of its pages: 0 is the lead, 1 is more."""


class Claim(NamedTuple):
    """One statement that can be heard. Where ``correction`` is not empty, the line says that too."""

    id: str
    gist: str
    correction: str


class Subject(NamedTuple):
    """One thing to learn. Its words are the speech lines ``learn.<id>``, ``..._more`` and ``..._why``."""

    id: str
    lines: Mapping[str, tuple[str, ...]]
    """The speech keys of its lines, each with the claims it carries; the lead comes first."""
    cites: tuple[str, ...]
    reviewed: date

    @property
    def pages(self) -> tuple[str, ...]:
        """The speech keys told one after the other, on "tell me more"."""
        return tuple(key for key in self.lines if key != self.why)

    @property
    def why(self) -> str | None:
        """The speech key told on "why"."""
        return next((key for key in self.lines if key.endswith("_why")), None)


class Course(NamedTuple):
    """What to expect in one situation, ``course.<id>``, and when to come back, ``back.<id>``."""

    id: str
    levels: frozenset[str]
    patterns: frozenset[str]
    """Empty for any."""
    when: tuple[tuple[QuestionId, frozenset[str]], ...]
    """Fits only where one of these questions has one of the answers beside it; empty for anyone."""
    also: bool
    """Told besides another, not instead of it."""
    times: bool
    """Followed by how long to wait, and by where the sources differ on it."""
    cites: tuple[str, ...]
    reviewed: date

    def fits(self, level: str, pattern: str | None, answers: Answers) -> bool:
        """Whether this is the situation of someone with this advice and these answers."""
        return (
            level in self.levels
            and (not self.patterns or pattern in self.patterns)
            and (not self.when or any(answers.get(id_) in said for id_, said in self.when))
        )


class Learning(NamedTuple):
    """All subjects in the order in which "tell me more" goes through them, and all courses."""

    first: str
    """The subject told to someone who names none."""
    claims: Mapping[str, Claim]
    subjects: Mapping[str, Subject]
    courses: tuple[Course, ...]
    sources: Mapping[str, Source]
