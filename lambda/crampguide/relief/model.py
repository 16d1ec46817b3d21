"""The values of relief. Immutable; made by ``load``."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Literal, NamedTuple

from crampguide.triage.model import Answers, QuestionId, Source

Phase = Literal["early", "late"]
Part = Literal["start", "side", "each", "end"]


class Rule(NamedTuple):
    """Holds when any of its questions has one of the answers beside it; ``"unasked"`` stands for none."""

    answers: tuple[tuple[QuestionId, frozenset[str]], ...] = ()

    def fitting(self, answers: Answers) -> tuple[QuestionId, ...]:
        """The questions by whose answers the rule holds."""
        return tuple(id_ for id_, fits in self.answers if answers.get(id_, "unasked") in fits)

    @property
    def questions(self) -> frozenset[QuestionId]:
        """The questions it mentions."""
        return frozenset(id_ for id_, _ in self.answers)


class Tip(NamedTuple):
    """One thing to do. Its words are the speech line ``tip.<id>``."""

    id: str
    patterns: frozenset[str]
    """Told unasked to those whose answers fit one of these."""
    topics: frozenset[str]
    """Told to anyone who asks for one of these."""
    phase: Phase | None
    when: Rule | None
    """With a rule, told unasked only where it holds."""
    first: Rule
    """Where it holds, told before other tips."""
    do_not: Rule
    caution: str
    cites: tuple[str, ...]
    reviewed: date


class Step(NamedTuple):
    """One thing to do in an exercise. Its words are the speech line ``step.<exercise>_<id>``."""

    id: str
    part: Part
    hold: int
    """Seconds to count aloud after it."""
    rest: int
    """Seconds of silence after that, where the same side follows once more."""
    patterns: frozenset[str]
    """Only for those whose answers fit one of these; empty for everyone."""
    do_not: Rule


class Exercise(NamedTuple):
    """One exercise. Its first words, with whom it is not for, are the speech line ``intro.<id>``."""

    id: str
    number: str
    """Its number in the clinical evidence."""
    patterns: frozenset[str]
    sides: int
    times: int
    together: int
    """How many repetitions one reply counts through, once the first has been done."""
    ask: tuple[QuestionId, ...]
    """Questions to be answered before it, besides those of ``do_not``."""
    do_not: Rule
    then_ask: QuestionId | None
    """The question that follows when it has not helped."""
    steps: tuple[Step, ...]
    caution: str
    cites: tuple[str, ...]
    reviewed: date


class Relief(NamedTuple):
    """All tips and exercises, in the order in which they are offered."""

    now: str
    """The exercise for someone who is cramping at this moment."""
    asks: tuple[QuestionId, ...]
    """The questions that are asked only because a tip or an exercise depends on them."""
    tips: Mapping[str, Tip]
    exercises: Mapping[str, Exercise]
    sources: Mapping[str, Source]

    @property
    def topics(self) -> frozenset[str]:
        """Everything tips can be asked for."""
        return frozenset(topic for tip in self.tips.values() for topic in tip.topics)
