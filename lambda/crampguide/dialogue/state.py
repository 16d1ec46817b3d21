"""A conversation at one moment: the answers, what is open, what was told. Values that cannot contradict."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple

from crampguide.speech import Line, Pace
from crampguide.triage import Answer, Pattern, QuestionId

Form = Literal["question", "recheck", "confirm_no", "newness"]
"""The stage that a question has got to: asked; asked again with a check to do; asked about once more after a
no; or asked whether what was always there has changed. To ask it in other words changes none of that."""


class Asking(NamedTuple):
    """A question of the check is open."""

    question: QuestionId
    form: Form = "question"
    hedged: bool = False
    """True while it is asked again for a plain yes or no, after a hedge."""


class Offered(NamedTuple):
    """An offer is open."""

    offer: str
    hedged: bool = False
    """True while it is made again, as for a question."""


class Wanted(NamedTuple):
    """An exercise, or else tips, that wait for the questions that keep them safe."""

    exercise: str | None = None
    topic: str | None = None
    """The topic that tips are wanted about."""


class Place(NamedTuple):
    """A place in an exercise: the number of the reply, as ``crampguide.relief.plan`` lays it out.

    In a cramp that is being released it counts the holds.
    """

    exercise: str
    beat: int = 0


class Relieving(NamedTuple):
    """Tips and exercises: what waits, what was told, and where in an exercise somebody is."""

    wanted: Wanted | None = None
    already_told: tuple[str, ...] = ()
    """Tips that were told and exercises that were begun, the latest last."""
    place: Place | None = None
    interrupted_question: QuestionId | None = None
    """The question that a cramp interrupted."""


class Taught(NamedTuple):
    """The explanation given last: its subject, and how far into it."""

    subject: str
    page: int = 0


class Manner(NamedTuple):
    """The way to talk to someone, and whether that is to be remembered."""

    pace: Pace = "normal"
    brief: bool = False
    introduced: bool = False
    unremembered: bool = False
    """True where nothing more is to be remembered: the person said so, or the memory did not answer."""


class State(NamedTuple):
    """A conversation at one moment. ``answers`` says all about the position in the check."""

    answers: Mapping[QuestionId, Answer] = {}
    open: Asking | Offered | None = None
    """The end of the last reply, which a yes or no would answer."""
    level: str | None = None
    """The level of the advice that was given."""
    pattern: Pattern | None = None
    history: tuple[QuestionId, ...] = ()
    """The answered questions in the order of answering; the last one is what "go back" undoes."""
    opened: frozenset[str] = frozenset()
    unheard: frozenset[QuestionId] = frozenset()
    """Denied without having heard the whole question, or before it got worse: still to be asked."""
    unclear: tuple[QuestionId, ...] = ()
    """Signs that something the person said may have meant: asked about before anything else."""
    to_confirm: Line | None = None
    """The question whether the sign of an emergency was heard right, while it is to be asked."""
    sure: frozenset[QuestionId] = frozenset()
    """Signs that were said twice: nothing takes them back but a start from the beginning."""
    taken_back: tuple[QuestionId, ...] = ()
    """Signs that were taken back as heard wrong, each as often as it was, twice at most."""
    confirmed: bool = False
    doubted: bool = False
    """True once a recap was refused and no answer has been changed since."""
    declined: bool = False
    """True once the offer to check was declined: it is not made again."""
    halfway: bool = False
    """True once it was said that half of the questions are done."""
    misheard: int = 0
    """The times in a row that nothing was understood."""
    relief: Relieving = Relieving()
    taught: Taught | None = None
    manner: Manner = Manner()
    turn: int = 0
    said: tuple[Line, ...] = ()
    """The lines of the last reply, its question among them."""
    rest: tuple[Line, ...] = ()
    """Advice that did not fit into the last reply."""
    advised: str = ""
    """The time of the advice, as the request gave it."""

    @property
    def asking(self) -> QuestionId | None:
        """The question that is open."""
        return self.open.question if isinstance(self.open, Asking) else None

    @property
    def offer(self) -> str | None:
        """The offer that is open."""
        return self.open.offer if isinstance(self.open, Offered) else None

    @property
    def just_taught(self) -> bool:
        """Tells whether "why" and "more" are about what was explained in the last reply."""
        return self.taught is not None and (self.just_said("learn") or self.offer == "learn_more")

    def just_said(self, group: str) -> bool:
        """Tells whether the last reply said a line of this group."""
        return any(line.key.startswith(f"{group}.") for line in self.said)

    def counted_answers(self) -> dict[QuestionId, Answer]:
        """The answers that count for what comes next."""
        if not self.unheard:
            return dict(self.answers)
        return {id_: answer for id_, answer in self.answers.items() if id_ not in self.unheard}

    def with_answers(self, answers: Mapping[QuestionId, Answer]) -> State:
        """The state with these answers as the latest ones."""
        kept = tuple(id_ for id_ in self.history if id_ not in answers)
        return self._replace(
            answers={**self.answers, **answers},
            history=(*kept, *answers),
            unheard=self.unheard.difference(answers),
            unclear=tuple(id_ for id_ in self.unclear if id_ not in answers),
            doubted=False,
        )

    def without(self, question: QuestionId) -> State:
        """The state as if this had not been answered, and no advice given for it."""
        return self._replace(
            answers={id_: said for id_, said in self.answers.items() if id_ != question},
            history=tuple(id_ for id_ in self.history if id_ != question),
            unheard=self.unheard - {question},
            to_confirm=None,
            confirmed=False,
            level=None,
            pattern=None,
            rest=(),
        )

    def wanting(self, wanted: Wanted | None) -> State:
        """The state in which this, or nothing, waits for questions."""
        return self._replace(relief=self.relief._replace(wanted=wanted))

    def placed(self, place: Place | None) -> State:
        """The state at this place of an exercise, or out of any."""
        return self._replace(relief=self.relief._replace(place=place))

    def having_told(self, *ids: str) -> State:
        """The state in which these tips, or this exercise, are what was told last."""
        told = (*(id_ for id_ in self.relief.already_told if id_ not in ids), *ids)
        return self._replace(relief=self.relief._replace(already_told=told))

    def asked_plainly(self, *, hedged: bool) -> State:
        """The state in which what is open was hedged about, or was not."""
        if self.open is None or self.open.hedged is hedged:
            return self
        return self._replace(open=self.open._replace(hedged=hedged))

    def afresh(self) -> State:
        """The start of another conversation with the same person: only how to talk to them is left."""
        return State(manner=self.manner, turn=self.turn)
