"""What people in pain say that is neither an answer nor a request: that it hurts, where it is, not now.

None of it counts as an answer: what they say is met first, and then the question is asked again.
"""

from __future__ import annotations

from crampguide.relief import load_relief
from crampguide.triage import Level, Protocol, QuestionId, level_of
from crampguide.voice import coach, offers
from crampguide.voice.advice import with_offer
from crampguide.voice.asides import resume
from crampguide.voice.ending import stop
from crampguide.voice.state import Line, State
from crampguide.voice.turn import Heard, Turn, ask_question, ask_still, make_offer

_FALL = QuestionId("injury_or_pop")
_CALL = (Line("remark.floor"), Line("net.call"))


def in_pain(protocol: Protocol, state: State, heard: Heard) -> Turn:
    """It hurts: stops an exercise, offers the release of a cramp where it is safe, and asks again.

    To the question about severe pain too it is no answer: pain is not yet pain too bad to sleep or think.
    """
    if state.offer in coach.IN_EXERCISE:
        return coach.hurts_more(protocol, state, heard)
    level = level_of(protocol, state.heard())
    if state.offer == "eased":
        line = Line("remark.pain_release")
    elif level < Level.URGENT and state.level is not None and state.asking is None:
        line = Line("remark.pain_advice")
    elif level is Level.EMERGENCY or load_relief().exercises[load_relief().now].do_not.fitting(state.answers):
        line = Line("remark.pain")
    else:
        line = Line("remark.pain_cramp")
    return resume(protocol, state, line)


def place(protocol: Protocol, state: State, heard: Heard) -> Turn:
    """Where it is, as "just my calf": no answer to any question, not even to the one about both legs."""
    if state.asking is not None:
        return ask_still(state, state.asking, Line("remark.place"))
    return resume(protocol, state, Line("acknowledge.yes"))


def not_now(protocol: Protocol, state: State, heard: Heard) -> Turn:
    """Cannot go on: leaves an exercise, pauses the check with what must not be forgotten, declines an offer.

    It answers no question: who cannot lift an arm now may have a sign of what was asked about.
    """
    level = level_of(protocol, state.heard())
    if level is Level.EMERGENCY:
        return resume(protocol, state)
    if state.offer in {*coach.IN_EXERCISE, "eased"}:
        return coach.leave(protocol, state, heard)
    if state.level is not None and state.asking is not None:
        return with_offer(state._replace(wants=None), Line("remark.not_now"))
    if state.level is not None or (state.asking is None and not state.answers):
        return offers.no(protocol, state, heard)
    if state.offer == "resume":
        return stop(protocol, state, heard)
    urgent = (Line("goodbye.urgent"),) if level is Level.URGENT else ()
    return make_offer(state, "resume", Line("remark.not_now"), *urgent, Line("net.line"))


def on_the_floor(protocol: Protocol, state: State, heard: Heard) -> Turn:
    """On the floor, or unable to get up: how to get help, and, unless it is known, whether it was a fall."""
    if level_of(protocol, state.heard()) is Level.EMERGENCY:
        return resume(protocol, state, Line("net.call"))
    if state.offer == "eased" and state.held is None and _FALL not in state.heard():
        return resume(protocol, state._replace(held=_FALL), *_CALL)
    known = _FALL in state.heard() or state.level is not None
    if known or state.asking == _FALL or state.offer in {*coach.IN_EXERCISE, "eased"}:
        return resume(protocol, state, *_CALL)
    return ask_question(state, _FALL, *(() if state.turn else (Line("welcome.short"),)), *_CALL)
