"""Words that may mean one of several signs: what counts at once, and what is asked about next."""

from __future__ import annotations

from collections.abc import Sequence

from crampguide.triage import Level, Protocol, QuestionId, level_of
from crampguide.voice.state import State
from crampguide.voice.turn import Heard

Signs = tuple[QuestionId, ...]


def weigh(protocol: Protocol, asking: QuestionId | None, heard: Heard) -> tuple[Signs, Signs]:
    """The signs that count as reported, and those left to ask about.

    Words that fit the question ``asking`` answer it. Words that can only mean an emergency are one.
    """
    sure, unclear = dict.fromkeys(heard.signs), dict[QuestionId, None]()
    for signs in heard.either:
        emergencies = [sign for sign in signs if protocol.questions[sign].yes is Level.EMERGENCY]
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


def to_ask(protocol: Protocol, state: State) -> QuestionId | None:
    """The most dangerous sign that is unclear; None where none can be worse than what is known already."""
    reached = level_of(protocol, state.heard())
    worse = [sign for sign in state.unclear if protocol.questions[sign].yes > reached]
    return max(worse, key=lambda sign: protocol.questions[sign].yes, default=None)
