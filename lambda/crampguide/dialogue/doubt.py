"""Words that may mean one of several signs: what counts at once, and what is asked about next."""

from __future__ import annotations

from collections.abc import Sequence

from crampguide.dialogue.state import State
from crampguide.dialogue.turn import Situation
from crampguide.triage import Level, QuestionId

Signs = tuple[QuestionId, ...]


def weigh(here: Situation) -> tuple[Signs, Signs]:
    """The signs that count as reported, and those left to ask about, the most dangerous first.

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
    return tuple(sure), gravest_first(here, [sign for sign in unclear if sign not in sure])


def left_open(state: State, signs: Sequence[QuestionId]) -> State:
    """The state in which these signs are still to be asked about, in this order, before any unclear earlier.

    A sign that was reported stays reported.
    """
    unclear = [sign for sign in signs if state.answers.get(sign) != "yes"]
    if not unclear:
        return state
    return state._replace(unclear=tuple(dict.fromkeys((*unclear, *state.unclear))), confirmed=False)


def to_ask(here: Situation) -> QuestionId | None:
    """The next sign that is unclear; None where none can be worse than what is known already."""
    if not here.state.unclear:
        return None
    questions, reached = here.protocol.questions, here.level
    return next((sign for sign in here.state.unclear if questions[sign].yes > reached), None)


def gravest_first(here: Situation, signs: Sequence[QuestionId]) -> Signs:
    """The signs in the order in which they are asked about where nothing tells how likely each is."""
    return tuple(sorted(signs, key=lambda sign: -here.protocol.questions[sign].yes))
