"""A turn: the new state and the lines to say; and the situation in which an intent makes one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Literal, NamedTuple, cast

from crampguide.dialogue.state import Asking, Form, Offered, Place, State
from crampguide.learning import Learning
from crampguide.relief import Relief
from crampguide.speech import Line
from crampguide.triage import Level, Protocol, QuestionId, level_of

if TYPE_CHECKING:  # its weights are loaded with the first words that need them
    from crampguide.understand import Reading

URGENT_REPROMPTS = {"hear_again": "reprompt.hear_again_emergency", "heard_right": "reprompt.heard_right"}
"""By the offer that is made in an emergency, the reprompt with its number."""

Calmer = Literal["yes", "no", "neither"]
"""The answer that reassures, or lets something happen that may do harm."""


class Turn(NamedTuple):
    """The content of a reply. With ``ask`` it ends in that question and listens; without, it closes."""

    state: State
    lines: tuple[Line, ...]
    ask: Line | None = None
    reprompt: str | None = None
    """Key of the reprompt, where it is not the usual one for ``ask``."""
    card: bool = False
    """True where the summary for a clinician goes to the companion app with it."""


class Slots(NamedTuple):
    """The ids that the slots of an intent resolved to, and a reading of what resolved to none."""

    signs: tuple[QuestionId, ...] = ()
    either: tuple[tuple[QuestionId, ...], ...] = ()
    """For each phrase that is not sure to mean one sign, the signs that it may mean, the likeliest first."""
    openings: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    exercises: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    """Whose leg it is, where it is not the person's own: "adult", or "any_age" for who may be a child."""
    reading: Reading | None = None
    """The likely meaning of words that no slot resolved; None where there are none."""

    @property
    def named(self) -> tuple[QuestionId, ...]:
        """Every sign that was or may have been meant, the sure ones first."""
        return tuple(dict.fromkeys((*self.signs, *(sign for signs in self.either for sign in signs))))


class Offer(NamedTuple):
    """One row of the table of offers: the data of ``offers.toml`` and the moves beside it."""

    id: str
    calmer: Calmer
    yes: Move
    no: Move
    next: Move
    """Goes on without having said yes or no."""
    cancel: Move
    previous: Move | None
    unclear: Move | None
    """Takes what is neither, where it is not just asked again."""
    hedged: Move | None
    """Takes half a yes and half a no, where it is not ``calmer`` that says how."""
    exercise: Literal["coached", "cramp"] | None
    """The kind of exercise that it is made in: one that is coached, or the release of a cramp."""
    taken_up_by: frozenset[str]
    """The words that take it up: "more", and "go on"."""
    may_wait_for: frozenset[str]
    """Explanations, what to expect, the summary: what is told instead of making it again after advice."""
    source: str | None
    """The thing that "who says so" is about: the tip or exercise told last."""
    help: str | None
    options: str | None
    progress: str | None
    """Keys of what is said to "help", when nothing is understood again, and to "how many are left"."""


class Guide(NamedTuple):
    """All reviewed data that a conversation is led by. Relief and learning are read on first use."""

    protocol: Protocol
    offers: Mapping[str, Offer]
    read_relief: Callable[[], Relief]
    read_learning: Callable[[], Learning]

    @property
    def relief(self) -> Relief:
        """Tips and exercises."""
        return self.read_relief()

    @property
    def learning(self) -> Learning:
        """Subjects and what to expect."""
        return self.read_learning()


class Situation(NamedTuple):
    """All that a move is made from: the guide, the state so far, and what was understood."""

    guide: Guide
    state: State
    slots: Slots = Slots()

    def at(self, state: State) -> Situation:
        """Puts another state into the same situation."""
        return Situation(self.guide, state, self.slots)

    def saying(self, slots: Slots) -> Situation:
        """Puts other slots into the same situation."""
        return Situation(self.guide, self.state, slots)

    @property
    def protocol(self) -> Protocol:
        """The check."""
        return self.guide.protocol

    @property
    def asked(self) -> Asking | None:
        """The question that is open, with how far it has got."""
        return self.state.open if isinstance(self.state.open, Asking) else None

    @property
    def offered(self) -> Offer | None:
        """The row of the offer that is open."""
        return self.guide.offers[self.state.open.offer] if isinstance(self.state.open, Offered) else None

    @property
    def place(self) -> Place:
        """The place in the exercise; there is one wherever ``exercising``."""
        return cast("Place", self.state.relief.place)

    @property
    def in_exercise(self) -> bool:
        """Tells whether an exercise is being coached, its beginning included."""
        return self.offered is not None and self.offered.exercise == "coached"

    @property
    def exercising(self) -> bool:
        """Tells whether an exercise is being coached, or a cramp released."""
        return self.offered is not None and self.offered.exercise is not None

    @property
    def level(self) -> Level:
        """The level that the answers reach by now."""
        return level_of(self.guide.protocol, self.state.counted_answers())

    def taken_up_by(self, said: str) -> bool:
        """Tells whether the open offer is taken up by "more" or by "go_on"."""
        return self.offered is not None and said in self.offered.taken_up_by

    def gives_way_to(self, what: str) -> bool:
        """Tells whether nothing is open, or an offer that may wait for this."""
        return self.state.open is None or (self.offered is not None and what in self.offered.may_wait_for)

    def form(self, asked: Asking) -> Form:
        """The form of a question as it would be asked again.

        Whether a sign is new is asked in place of its check, for which "I don't know" counts at once.
        """
        if asked.form != "newness":
            return asked.form
        return "recheck" if self.protocol.questions[asked.question].recheck else "question"


Move = Callable[[Situation], Turn]
"""The deed of an intent, or of an answer to an offer."""


def ask_question(
    state: State,
    question: QuestionId,
    *lines: Line,
    form: Form = "question",
    words: Literal["reword"] | None = None,
) -> Turn:
    """Asks a question of the check in one of its forms, or in other ``words``."""
    hedged = isinstance(state.open, Asking) and state.open.question == question and state.open.hedged
    key = "newness.ask" if form == "newness" else f"{words or form}.{question}"
    return Turn(state._replace(open=Asking(question, form, hedged)), lines, Line(key))


def ask_still(here: Situation, asked: Asking, *lines: Line, words: Literal["reword"] | None = None) -> Turn:
    """Asks the open question once more, as it was asked or in other ``words``."""
    return ask_question(here.state, asked.question, *lines, form=here.form(asked), words=words)


def make_offer(state: State, offer: str, *lines: Line, reprompt: str | None = None) -> Turn:
    """Ends in a yes/no question about ``offer`` instead of a question of the check."""
    hedged = isinstance(state.open, Offered) and state.open.offer == offer and state.open.hedged
    return Turn(state._replace(open=Offered(offer, hedged)), lines, Line(f"ask.{offer}"), reprompt)


def offer_check(state: State, *lines: Line) -> Turn:
    """Offers the check; to someone who has declined it, whatever else they would like."""
    return make_offer(state, "anything" if state.declined else "check", *lines)


def ask_which(state: State) -> Turn:
    """Asks which answer was wrong."""
    return make_offer(state, "correct", Line("correct.lead"))


def offer_after_advice(state: State) -> str:
    """The offer that advice ends in: to hear it again, or, where it is safe, tips or what was asked for."""
    if state.level in {Level.EMERGENCY.id, Level.URGENT.id}:
        return "hear_again"
    return "wanted" if state.relief.wanted else "tips"


def with_offer(state: State, *lines: Line) -> Turn:
    """Ends advice in its offer; in an emergency first in whether its sign was heard right."""
    if state.level != Level.EMERGENCY.id:
        return make_offer(state, offer_after_advice(state), *lines)
    if state.to_confirm is None:
        return make_offer(state, "hear_again", *lines, reprompt=URGENT_REPROMPTS["hear_again"])
    opened = state._replace(open=Offered("heard_right"))
    return Turn(opened, lines, state.to_confirm, URGENT_REPROMPTS["heard_right"])


def close(state: State, *lines: Line) -> Turn:
    """Says the lines and ends the session."""
    return Turn(state._replace(open=None), lines)


def urgent_reminder(level: Level) -> tuple[Line, ...]:
    """The line that help is needed today, where that is the level; an emergency has its own."""
    return (Line("goodbye.urgent"),) if level is Level.URGENT else ()
