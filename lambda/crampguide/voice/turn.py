"""A turn: the new state and the lines to say. Moves make turns; ``reply`` puts them into words."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from crampguide.triage import Protocol, QuestionId
from crampguide.voice.state import Line, State


class Turn(NamedTuple):
    """What a reply says. With ``ask`` it ends in that question and listens; without, it closes."""

    state: State
    lines: tuple[Line, ...]
    ask: Line | None = None
    reprompt: str | None = None
    """Key of the reprompt, where it is not the usual one for ``ask``."""
    card: bool = False
    """Whether the summary for a clinician goes to the companion app with it."""


def ask_question(
    state: State,
    question: QuestionId,
    *lines: Line,
    form: str = "question",
    rechecking: bool = False,
    confirming: bool = False,
) -> Turn:
    """Asks a question of the check: as question, reword, recheck or confirm_no, or as ``newness.ask``."""
    key = form if "." in form else f"{form}.{question}"
    hedged = state.hedged and state.asking == question
    state = state._replace(
        asking=question, offer=None, rechecking=rechecking, confirming=confirming, hedged=hedged
    )
    return Turn(state, lines, Line(key))


def ask_still(state: State, question: QuestionId, *lines: Line, form: str | None = None) -> Turn:
    """Asks the open question once more, as it was asked or in another ``form``."""
    asked = "recheck" if state.rechecking else "confirm_no" if state.confirming else "question"
    return ask_question(
        state, question, *lines, form=form or asked, rechecking=state.rechecking, confirming=state.confirming
    )


def make_offer(state: State, offer: str, *lines: Line, reprompt: str | None = None) -> Turn:
    """Ends in a yes/no question about ``offer`` instead of a question of the check."""
    hedged = state.hedged and state.asking is None and state.offer == offer
    state = state._replace(asking=None, offer=offer, rechecking=False, confirming=False, hedged=hedged)
    return Turn(state, lines, Line(f"ask.{offer}"), reprompt)


def offer_check(state: State, *lines: Line) -> Turn:
    """Offers the check; to someone who has declined it, whatever else they would like."""
    return make_offer(state, "anything" if state.declined else "check", *lines)


def close(state: State, *lines: Line) -> Turn:
    """Says the lines and ends the session."""
    state = state._replace(asking=None, offer=None, rechecking=False, confirming=False, hedged=False)
    return Turn(state, lines)


class Heard(NamedTuple):
    """What was understood besides the intent: the ids its slots resolved to."""

    signs: tuple[QuestionId, ...] = ()
    either: tuple[tuple[QuestionId, ...], ...] = ()
    """For each phrase that is not sure to mean one sign, the signs that it may mean, the likeliest first."""
    openings: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    exercises: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()

    @property
    def named(self) -> tuple[QuestionId, ...]:
        """Every sign that was or may have been meant, the sure ones first."""
        return tuple(dict.fromkeys((*self.signs, *(sign for signs in self.either for sign in signs))))


Move = Callable[[Protocol, State, Heard], Turn]
"""What an intent does: from the state and what was understood to the next turn."""
