"""The values of the check. Immutable; a protocol is made by ``load`` and read by ``next_question``."""

# Annotations here are values, for the reader of the data goes by them: nothing is parsed again at start-up.
from collections.abc import Mapping
from datetime import date
from typing import Literal, NamedTuple

from crampguide.condition import (
    ALWAYS,
    ANSWERS,
    Answer,
    Answers,
    AnswersCondition,
    Case,
    Condition,
    Level,
    QuestionId,
)
from crampguide.typed import Texts

__all__ = [
    "ANSWERS",
    "Answer",
    "Answers",
    "Ask",
    "Case",
    "Combination",
    "Condition",
    "Finish",
    "Fit",
    "Level",
    "Pattern",
    "PatternRules",
    "Protocol",
    "ProtocolFile",
    "Question",
    "QuestionId",
    "Recap",
    "Source",
    "Step",
]

Pattern = Literal["sciatica", "cramp", "either", "neither"]

ANY_SCORE = 99
"""Above every score there can be."""


class Question(NamedTuple):
    """One yes/no question about one sign."""

    id: QuestionId
    number: str
    group: str
    sign: str
    suspects: str
    yes: Level
    unsure: Level
    recheck: bool
    reason: str
    cites: Texts
    last_edited: date
    when: Condition = ALWAYS
    """Open only where it holds."""
    confirm_no: bool = False
    """True where a no is asked about once more, in other words, before it counts."""
    calmer: Literal["yes", "no"] = "no"
    """The answer that reassures. Only a plain one does: a hedge is asked again, and then counts as unsure."""
    informs: frozenset[Literal["pattern", "advice", "waiting"]] = frozenset()
    waiting: str | None = None
    where: str | None = None
    optional: bool = False
    parts: tuple[QuestionId, ...] = ()
    """The questions that take a yes apart; a part that is a yes is said back in place of the whole."""
    ambulance: bool = False
    """True where an emergency of it is for an ambulance alone: nobody else should drive the person."""

    @property
    def gates_emergency(self) -> bool:
        """True where it is part of the gate that everyone passes: an emergency by itself, or opens one."""
        return self.group == "emergency gate" and not self.optional

    @property
    def looks_again(self) -> bool:
        """True where it asks again about signs that were denied: one misheard no must miss none."""
        return self.group == "second look"

    def level(self, answer: Answer) -> Level:
        """The level that ``answer`` reaches by itself; a no reaches none above self-care."""
        return Level.SELF_CARE if answer == "no" else self.yes if answer == "yes" else self.unsure


class Combination(NamedTuple):
    """Answers that together reach ``level``."""

    id: str
    level: Level
    when: AnswersCondition
    reason: str
    cites: Texts
    last_edited: date


class Fit(NamedTuple):
    """The limits within which a pattern is told. Points are counted as in ``PatternRules``."""

    id: Pattern
    requires: AnswersCondition
    reason: str
    nerve_at_least: int = 0
    nerve_at_most: int = ANY_SCORE
    nerve_above_cramp: int = -ANY_SCORE
    cramp_at_least: int = 0


class PatternRules(NamedTuple):
    """Points for each yes, and the fits in the order they are tried."""

    otherwise: Pattern
    cites: Texts
    last_edited: date
    nerve: Mapping[QuestionId, int]
    cramp: Mapping[QuestionId, int]
    cramp_extra: frozenset[QuestionId]
    """One point for the cramp pattern if any of these is a yes."""
    fit: tuple[Fit, ...]


class Source(NamedTuple):
    """The origin of a rule. ``link`` is empty for sources without an address."""

    id: str
    name: str
    link: str = ""


class ProtocolFile(NamedTuple):
    """The tables of ``protocol.toml``."""

    version: str
    schema: Literal[2]
    sign_off: str
    opens: frozenset[str]
    question: tuple[Question, ...]
    combination: tuple[Combination, ...]
    pattern: PatternRules
    source: Mapping[str, Source]


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
    reaches: Mapping[QuestionId, Level]
    """For each question, the highest level that an answer to it can lead to, whatever else is answered."""


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
    """The pattern that the answers fit best; None at urgent and above, where it is not told."""


Step = Ask | Recap | Finish
