"""Words that may mean one of several signs: what counts at once, and what is asked about next."""

from __future__ import annotations

from collections.abc import Sequence

from crampguide.dialogue.state import State
from crampguide.dialogue.turn import Situation
from crampguide.triage import Level, QuestionId

Signs = tuple[QuestionId, ...]


def weigh(here: Situation) -> tuple[Signs, Signs]:
    """The signs that count as reported, and those left to ask about.

    Words that fit the open question answer it. Words that can only mean an emergency are one.
    """
    asking = here.state.asking
    sure, unclear = dict.fromkeys(here.slots.signs), dict[QuestionId, None]()
    for signs in here.slots.either:
        emergencies = [sign for sign in signs if here.protocol.questions[sign].yes is Level.EMERGENCY]
        if asking is not None and asking in signs:
            sure[asking] = None
            unclear.update(dict.fromkeys(emergencies))
        elif len(emergencies) == len(signs):
            sure[signs[0]] = None
        else:
            unclear.update(dict.fromkeys(signs))
    return tuple(sure), tuple(sign for sign in unclear if sign not in sure)


def left_open(state: State, signs: Sequence[QuestionId]) -> State:
    """The state in which these signs are still to be asked about, before any that were unclear earlier.

    A sign that was reported stays reported.
    """
    unclear = [sign for sign in signs if state.answers.get(sign) != "yes"]
    if not unclear:
        return state
    return state._replace(unclear=tuple(dict.fromkeys((*unclear, *state.unclear))), confirmed=False)


def to_ask(here: Situation) -> QuestionId | None:
    """The most dangerous sign that is unclear; None where none can be worse than what is known already."""
    if not here.state.unclear:
        return None
    questions, reached = here.protocol.questions, here.level
    worse = [sign for sign in here.state.unclear if questions[sign].yes > reached]
    return max(worse, key=lambda sign: questions[sign].yes, default=None)
