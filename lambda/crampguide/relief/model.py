"""The values of relief. Immutable; made by ``load``."""

# Annotations here are values, for the reader of the data goes by them: nothing is parsed again at start-up.
from collections.abc import Mapping
from datetime import date
from typing import Annotated, Literal, NamedTuple

from crampguide.condition import ALWAYS, NEVER, AnswersCondition, Condition
from crampguide.triage.model import Answers, Pattern, QuestionId, Source
from crampguide.typed import AtLeast, Count, Texts

Phase = Literal["early", "late"]
Part = Literal["start", "side", "each", "end"]


class Tip(NamedTuple):
    """One thing to do. Its words are the speech line ``tip.<id>``."""

    id: str
    patterns: frozenset[Pattern]
    """Told unasked to those whose answers fit one of these."""
    topics: frozenset[str]
    """Told to anyone who asks for one of these."""
    caution: str
    cites: Texts
    last_edited: date
    phase: Phase | None = None
    when: AnswersCondition = ALWAYS
    """Told unasked only where it holds."""
    first: AnswersCondition = NEVER
    """Told before other tips where it holds."""
    only_for: AnswersCondition = ALWAYS
    """Never told but where it holds."""
    do_not: AnswersCondition = NEVER
    """Never told where it holds."""

    def barred_by(self, answers: Answers) -> tuple[QuestionId, ...]:
        """The questions by whose answers, or for want of them, it may not be told."""
        return barred_by(self.only_for, self.do_not, answers)

    @property
    def cautions(self) -> frozenset[QuestionId]:
        """The questions whose answers can bar it."""
        return self.only_for.mentions | self.do_not.mentions


class Step(NamedTuple):
    """One thing to do in an exercise. Its words are the speech line ``step.<exercise>_<id>``."""

    id: str
    part: Part
    hold: Count = 0
    """Seconds to count aloud after it."""
    rest: Count = 0
    """Seconds of silence after that, where the same side follows once more."""
    patterns: frozenset[Pattern] = frozenset()
    """Only for those whose answers fit one of these; empty for everyone."""
    only_for: AnswersCondition = ALWAYS
    """Left out but where it holds."""
    do_not: AnswersCondition = NEVER
    """Left out where it holds."""

    def barred_by(self, answers: Answers) -> tuple[QuestionId, ...]:
        """The questions by whose answers, or for want of them, it is left out."""
        return barred_by(self.only_for, self.do_not, answers)


class Exercise(NamedTuple):
    """One exercise. Its first words, with whom it is not for, are the speech line ``intro.<id>``."""

    id: str
    number: str
    """Its number in the clinical evidence."""
    patterns: frozenset[Pattern]
    caution: str
    cites: Texts
    last_edited: date
    steps: Annotated[tuple[Step, ...], AtLeast(1)]
    sides: Literal[1, 2] = 1
    times: Count = 1
    together: Count = 1
    """The number of repetitions one reply counts through, once the first has been done."""
    ask: tuple[QuestionId, ...] = ()
    """Questions to be answered before it, besides those of ``do_not``."""
    do_not: AnswersCondition = NEVER
    """Not offered where it holds."""
    instead: str | None = None
    """The exercise offered in its place where ``do_not`` holds."""
    then_ask: QuestionId | None = None
    """The question that follows when it has not helped."""


class ReliefFile(NamedTuple):
    """The tables of the files beside this one."""

    now: str
    asks: tuple[QuestionId, ...]
    tip: Annotated[tuple[Tip, ...], AtLeast(1)]
    exercise: Annotated[tuple[Exercise, ...], AtLeast(1)]
    source: Annotated[Mapping[str, Source], AtLeast(1)]


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


def barred_by(only_for: Condition, do_not: Condition, answers: Answers) -> tuple[QuestionId, ...]:
    """The questions for want of which ``only_for`` does not hold, then those by which ``do_not`` does."""
    return tuple(dict.fromkeys((*only_for.lacking(answers), *do_not.fitting(answers))))
