"""The values of the check. Immutable; a protocol is made by ``load`` and read by ``walk``."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import IntEnum
from typing import Literal, NamedTuple, NewType

QuestionId = NewType("QuestionId", str)
Answer = Literal["yes", "no", "unsure"]
Pattern = Literal["sciatica", "cramp", "either"]
Answers = Mapping[QuestionId, Answer]

ANSWERS: tuple[Answer, ...] = ("yes", "no", "unsure")


class Level(IntEnum):
    """How soon care is needed. Ordered: a higher level is more urgent."""

    SELF_CARE = 1
    ROUTINE = 2
    URGENT = 3
    EMERGENCY = 4

    @property
    def id(self) -> str:
        """The id used in data, session attributes and speech keys, such as ``"self_care"``."""
        return self.name.lower()


class Case(NamedTuple):
    """One way a condition can hold: all entries together."""

    answers: tuple[tuple[QuestionId, frozenset[str]], ...]
    """Each question with the answers that fit; ``"unasked"`` among them means that no answer fits too."""
    opened: str | None = None
    """A subject that the person brought up or agreed to."""
    reached: Level = Level.SELF_CARE
    """The level that must have been reached by now."""


class Condition(NamedTuple):
    """Holds when every group has a case that holds. Without groups it always holds."""

    groups: tuple[tuple[Case, ...], ...]
    mentions: frozenset[QuestionId]


class Question(NamedTuple):
    """One yes/no question about one sign."""

    id: QuestionId
    number: str
    group: str
    sign: str
    suspects: str
    condition: Condition
    yes: Level
    unsure: Level
    recheck: bool
    confirm_no: bool
    """Whether a no is asked about once more, in other words, before it counts."""
    calmer: Literal["yes", "no"]
    """Which answer reassures. Only a plain one does: a hedge is asked again, and then counts as unsure."""
    informs: frozenset[str]
    waiting: str | None
    where: str | None
    optional: bool
    reason: str
    cites: tuple[str, ...]
    reviewed: date

    @property
    def gates_emergency(self) -> bool:
        """Whether it asks everyone about a sign that is an emergency by itself."""
        return self.yes is Level.EMERGENCY and not self.optional and not self.condition.groups

    def level(self, answer: Answer) -> Level:
        """The level that ``answer`` reaches by itself; a no reaches none above self-care."""
        return Level.SELF_CARE if answer == "no" else self.yes if answer == "yes" else self.unsure


class Combination(NamedTuple):
    """Answers that together reach ``level``."""

    id: str
    level: Level
    condition: Condition
    reason: str
    cites: tuple[str, ...]
    reviewed: date


class Fit(NamedTuple):
    """The limits within which a pattern is told. Points are counted as in ``PatternRules``."""

    id: Pattern
    requires: tuple[tuple[QuestionId, frozenset[str]], ...]
    nerve_at_least: int
    nerve_at_most: int
    nerve_above_cramp: int
    cramp_at_least: int
    reason: str


class PatternRules(NamedTuple):
    """Points for each yes, and the fits in the order they are tried."""

    nerve: Mapping[QuestionId, int]
    cramp: Mapping[QuestionId, int]
    cramp_extra: frozenset[QuestionId]
    fits: tuple[Fit, ...]
    otherwise: Pattern
    cites: tuple[str, ...]
    reviewed: date


class Source(NamedTuple):
    """Where a rule comes from. ``link`` is empty for sources without an address."""

    id: str
    name: str
    link: str


class Protocol(NamedTuple):
    """A checked protocol. ``questions`` is in the order of asking, keyed by id."""

    version: str
    opens: frozenset[str]
    questions: Mapping[QuestionId, Question]
    combinations: Mapping[str, Combination]
    pattern: PatternRules
    sources: Mapping[str, Source]
    opened_by: Mapping[QuestionId, tuple[Question, ...]]
    """For each question, the questions whose condition mentions it."""
    combined_with: Mapping[QuestionId, tuple[Combination, ...]]
    """For each question, the combinations that mention it."""


class Ask(NamedTuple):
    """Ask this question next."""

    question: QuestionId


class Recap(NamedTuple):
    """Nothing more to ask: say back what was heard and have it confirmed before the advice."""

    yes: tuple[QuestionId, ...]
    unsure: tuple[QuestionId, ...]


class Finish(NamedTuple):
    """Give the advice for ``level``."""

    level: Level
    because: tuple[str, ...]
    """Ids of the questions, else of the combinations, that reached the level; empty at self-care."""
    pattern: Pattern | None
    """What the answers fit best; None at urgent and above, where it is not told."""


Step = Ask | Recap | Finish
