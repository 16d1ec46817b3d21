"""Answers that are not plain: half a yes, half a no, and that it got worse. None of them ever reassures.

Where an answer would reassure, a hedge is asked again once and then read as the more careful answer. Where it
would not, half a yes is a yes and half a no a no.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from crampguide.triage import Level, Protocol, QuestionId, level_of
from crampguide.voice import check, coach
from crampguide.voice.asides import resume
from crampguide.voice.calmer import Calmer, load_offers
from crampguide.voice.offers import no, yes
from crampguide.voice.state import Line, State
from crampguide.voice.turn import Heard, Move, Turn, ask_question, ask_still

_PAIN = QuestionId("severe_or_worsening_pain")
_NEWNESS = "newness.ask"
_STOPS = coach.IN_EXERCISE | {"eased"}
_Leaning = Literal["yes", "no"]
_PLAIN: Mapping[_Leaning, Move] = {"yes": yes, "no": no}
_OTHER: Mapping[_Leaning, _Leaning] = {"yes": "no", "no": "yes"}


def calmer_of(protocol: Protocol, state: State) -> Calmer:
    """Which answer to what is open is the calmer one; ``"neither"`` where nothing is open."""
    if state.asking is not None:
        return protocol.questions[state.asking].calmer
    return load_offers()[state.offer] if state.offer else "neither"


def hedged_yes(protocol: Protocol, state: State, heard: Heard) -> Turn:
    """Half a yes ("maybe", "sometimes", "that's new"): a yes to a sign, never to anything calmer."""
    return _weigh(protocol, state, heard, "yes")


def hedged_no(protocol: Protocol, state: State, heard: Heard) -> Turn:
    """Half a no ("not really", "I don't think so"): no denial of a sign until it is a plain one."""
    return _weigh(protocol, state, heard, "no")


def worse(protocol: Protocol, state: State, heard: Heard) -> Turn:
    """It got worse: a yes where a yes is a sign; elsewhere it stops an exercise, or asks about the pain."""
    if state.asking is not None and calmer_of(protocol, state) == "no":
        return yes(protocol, state, heard)
    if state.asking is not None:
        return _about_the_pain(protocol, state, heard)
    return hurts_more(protocol, state, heard)


def hurts_more(protocol: Protocol, state: State, heard: Heard) -> Turn:
    """It hurts more: a yes to the question about the pain, which is asked again where it was denied before.

    Stops an exercise.
    """
    if state.asking == _PAIN:
        return yes(protocol, state, heard)
    if state.asking is not None or state.offer in _STOPS:
        return coach.hurts_more(protocol, _undenied(state), heard)
    return _about_the_pain(protocol, state, heard)


def _weigh(protocol: Protocol, state: State, heard: Heard, leaning: _Leaning) -> Turn:
    if calmer_of(protocol, state) != leaning:
        return _PLAIN[leaning](protocol, state, heard)
    if state.hedged or (state.rechecking and not _asks_newness(state)):
        return _carefully(protocol, state, heard, leaning)
    return _ask_plainly(protocol, state._replace(hedged=True))


def _carefully(protocol: Protocol, state: State, heard: Heard, leaning: _Leaning) -> Turn:
    """The second hedge: unknown for a question; for an offer the answer that is not the calmer one."""
    if state.asking is not None:
        return check.answer(protocol, state._replace(rechecking=True), "unsure")
    if state.offer == "recap":
        return check.correct(state, ())
    return _PLAIN[_OTHER[leaning]](protocol, state, heard)


def _ask_plainly(protocol: Protocol, state: State) -> Turn:
    """Asks again for a plain yes or no: a question with its check or in other words, a recap in full."""
    line = Line("acknowledge.hedged")
    if state.asking is None:
        return resume(protocol, state, line)
    if _asks_newness(state):
        return ask_still(state, state.asking, line, form=_NEWNESS)
    if protocol.questions[state.asking].recheck:
        return ask_question(state, state.asking, line, form="recheck", rechecking=True)
    return ask_still(state, state.asking, line, form="reword")


def _asks_newness(state: State) -> bool:
    return bool(state.said) and state.said[-1].key == _NEWNESS


def _about_the_pain(protocol: Protocol, state: State, heard: Heard) -> Turn:
    """Asks about the pain again where it was denied or unknown; before that, goes on to where it is asked."""
    line, said = Line("acknowledge.worse"), state.answers.get(_PAIN)
    if level_of(protocol, state.heard()) is Level.EMERGENCY or said == "yes":
        return coach.hurts_more(protocol, state, heard)
    if said is None:
        return check.proceed(protocol, state, line)
    return ask_question(_undenied(state), _PAIN, line)


def _undenied(state: State) -> State:
    """The state with a no about the pain still to be asked: it was given before the pain got worse."""
    denied = {_PAIN} if state.answers.get(_PAIN) == "no" else frozenset[QuestionId]()
    return state._replace(unheard=state.unheard | denied)
