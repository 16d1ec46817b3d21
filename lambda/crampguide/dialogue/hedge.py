"""Answers that are not plain: half a yes, half a no, and that it got worse. None of them ever reassures.

Where an answer would reassure, a hedge is asked again once and then read as the more careful answer. Where it
would not, half a yes is a yes and half a no a no.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from crampguide.dialogue.flow import count, no, proceed, resume, stop_hurting, yes
from crampguide.dialogue.state import State
from crampguide.dialogue.turn import (
    Calmer,
    Move,
    Situation,
    Turn,
    ask_question,
    ask_still,
    ask_which,
)
from crampguide.speech import Line
from crampguide.triage import Level, QuestionId

_PAIN = QuestionId("severe_or_worsening_pain")
_Leaning = Literal["yes", "no"]
_PLAIN: Mapping[_Leaning, Move] = {"yes": yes, "no": no}
_OTHER: Mapping[_Leaning, _Leaning] = {"yes": "no", "no": "yes"}


def calmer_of(here: Situation) -> Calmer:
    """The calmer answer to what is open; ``"neither"`` where nothing is."""
    if here.asked is not None:
        return here.protocol.questions[here.asked.question].calmer
    return here.offered.calmer if here.offered else "neither"


def hedged_yes(here: Situation) -> Turn:
    """Half a yes ("maybe", "sometimes", "that's new"): a yes to a sign, never to anything calmer."""
    return _weigh(here, "yes")


def hedged_no(here: Situation) -> Turn:
    """Half a no ("not really", "I don't think so"): no denial of a sign until it is a plain one."""
    return _weigh(here, "no")


def half_denied(here: Situation) -> Turn:
    """A denial of the open question in other words: half a no where a no reassures, else asked again."""
    if calmer_of(here) == "no":
        return hedged_no(here)
    return resume(here, Line("acknowledge.hedged"))


def worse(here: Situation) -> Turn:
    """It got worse: a yes where a yes is a sign; elsewhere it stops an exercise, or asks about the pain."""
    if here.asked is None:
        return hurts_more(here)
    return yes(here) if calmer_of(here) == "no" else _about_the_pain(here)


def hurts_more(here: Situation) -> Turn:
    """It hurts more: a yes to the question about the pain, which is asked again where it was denied before.

    Stops an exercise.
    """
    if here.state.asking == _PAIN:
        return yes(here)
    if here.asked is not None or here.exercising:
        return stop_hurting(here.at(_undenied(here.state)))
    return _about_the_pain(here)


def _weigh(here: Situation, leaning: _Leaning) -> Turn:
    if here.offered and here.offered.hedged:
        return here.offered.hedged(here)
    if calmer_of(here) != leaning:
        return _PLAIN[leaning](here)
    checked = here.asked is not None and here.asked.form == "recheck"
    if checked or (here.state.open and here.state.open.hedged):
        return _carefully(here, leaning)
    return _ask_plainly(here.at(here.state.asked_plainly(hedged=True)))


def _carefully(here: Situation, leaning: _Leaning) -> Turn:
    """The second hedge: unknown for a question; for an offer the answer that is not the calmer one."""
    if here.asked is not None:
        return count(here, here.asked.question, "unsure")
    if here.state.offer == "recap":
        return ask_which(here.state)
    return _PLAIN[_OTHER[leaning]](here)


def _ask_plainly(here: Situation) -> Turn:
    """Asks again for a plain yes or no: a question with its check or in other words, a recap in full."""
    line, asked = Line("acknowledge.hedged"), here.asked
    if asked is None:
        return resume(here, line)
    if asked.form == "newness":
        return ask_question(here.state, asked.question, line, form="newness")
    if here.protocol.questions[asked.question].recheck:
        return ask_question(here.state, asked.question, line, form="recheck")
    return ask_still(here, asked, line, words="reword")


def _about_the_pain(here: Situation) -> Turn:
    """Asks about the pain again where it was denied or unknown; before that, goes on to where it is asked."""
    line, said = Line("acknowledge.worse"), here.state.answers.get(_PAIN)
    if here.level is Level.EMERGENCY or said == "yes":
        return stop_hurting(here)
    if said is None:
        return proceed(here, line)
    return ask_question(_undenied(here.state), _PAIN, line)


def _undenied(state: State) -> State:
    """The state with a no about the pain still to be asked: it was given before the pain got worse."""
    denied = {_PAIN} if state.answers.get(_PAIN) == "no" else frozenset[QuestionId]()
    return state._replace(unheard=state.unheard | denied)
