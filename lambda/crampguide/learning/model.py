"""The values of learning. Immutable; made by ``load``."""

# Annotations here are values, for the reader of the data goes by them: nothing is parsed again at start-up.
from collections.abc import Mapping
from datetime import date
from typing import Annotated, NamedTuple

from crampguide.condition import ALWAYS, AnswersCondition
from crampguide.triage.model import Answers, Level, Pattern, Source
from crampguide.typed import AtLeast, Texts

Page = tuple[str, int]
"""A subject's id, and the number of its page: 0 is the lead, 1 is more."""


class Claim(NamedTuple):
    """One statement that can be heard. Where ``correction`` is not empty, the line says that too."""

    id: str
    gist: str
    correction: str = ""


class Carried(NamedTuple):
    """The claims that each line of a subject carries; None for a line that it does not have."""

    lead: tuple[str, ...]
    more: tuple[str, ...] | None = None
    why: tuple[str, ...] | None = None


class Subject(NamedTuple):
    """One thing to learn. Its words are the speech lines ``learn.<id>``, ``..._more`` and ``..._why``."""

    id: str
    claims: Carried
    cites: Texts
    last_edited: date

    @property
    def lines(self) -> Mapping[str, tuple[str, ...]]:
        """The speech keys of its lines, each with the claims it carries; the lead comes first."""
        lines = {"": self.claims.lead, "_more": self.claims.more, "_why": self.claims.why}
        return {f"learn.{self.id}{end}": claims for end, claims in lines.items() if claims is not None}

    @property
    def pages(self) -> tuple[str, ...]:
        """The speech keys told one after the other, on "tell me more"."""
        return tuple(key for key in self.lines if key != self.why)

    @property
    def why(self) -> str | None:
        """The speech key told on "why"."""
        return next((key for key in self.lines if key.endswith("_why")), None)


class Course(NamedTuple):
    """The course to expect in one situation, ``course.<id>``, and when to come back, ``back.<id>``."""

    id: str
    levels: Annotated[frozenset[Level], AtLeast(1)]
    cites: Texts
    last_edited: date
    patterns: frozenset[Pattern] = frozenset()
    """Empty for any."""
    when: AnswersCondition = ALWAYS
    """Fits only where it holds."""
    also: bool = False
    """Told besides another, not instead of it."""
    times: bool = False
    """Followed by how long to wait, and by where the sources differ on it."""

    def fits(self, level: str, pattern: str | None, answers: Answers) -> bool:
        """True where this is the situation of someone with this advice and these answers."""
        return (
            level in {each.id for each in self.levels}
            and (not self.patterns or pattern in self.patterns)
            and self.when.holds(answers)
        )


class LearningFile(NamedTuple):
    """The tables of the files beside this one."""

    first: str
    claim: Mapping[str, Claim]
    subject: tuple[Subject, ...]
    course: tuple[Course, ...]
    source: Mapping[str, Source]


class Learning(NamedTuple):
    """All subjects in the order in which "tell me more" goes through them, and all courses."""

    first: str
    """The subject told to someone who names none."""
    claims: Mapping[str, Claim]
    subjects: Mapping[str, Subject]
    courses: tuple[Course, ...]
    sources: Mapping[str, Source]
