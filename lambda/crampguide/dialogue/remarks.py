"""Remarks of people in pain that are neither an answer nor a request: that it hurts, where it is, not now.

None of it counts as an answer: what they say is met first, and then the question is asked again.
"""

from __future__ import annotations

from crampguide.dialogue.advice import call_line
from crampguide.dialogue.flow import leave, no, resume, stop, stop_hurting
from crampguide.dialogue.turn import (
    Situation,
    Turn,
    ask_question,
    ask_still,
    make_offer,
    urgent_reminder,
    with_offer,
)
from crampguide.speech import Line
from crampguide.triage import Level, QuestionId

_FALL = QuestionId("injury_or_pop")
_CALL = (Line("remark.floor"), Line("net.call"))


def in_pain(here: Situation) -> Turn:
    """It hurts: stops an exercise, offers the release of a cramp where it is safe, and asks again.

    To the question about severe pain too it is no answer: pain is not yet pain too bad to sleep or think.
    """
    return stop_hurting(here) if here.in_exercise else resume(here, Line(_met_with(here)))


def _met_with(here: Situation) -> str:
    if here.state.offer == "eased":
        return "remark.pain_release"
    level, relief = here.level, here.guide.relief
    if level < Level.URGENT and here.state.level is not None and here.asked is None:
        return "remark.pain_advice"
    if level is Level.EMERGENCY or relief.exercises[relief.now].do_not.fitting(here.state.answers):
        return "remark.pain"
    return "remark.pain_cramp"


def place(here: Situation) -> Turn:
    """A place, as "just my calf": no answer to any question, not even to the one about both legs."""
    if here.asked is not None:
        return ask_still(here, here.asked, Line("remark.place"))
    return resume(here, Line("acknowledge.yes"))


def not_now(here: Situation) -> Turn:
    """Cannot go on: leaves an exercise, pauses the check with what must not be forgotten, declines an offer.

    It answers no question: who cannot lift an arm now may have a sign of what was asked about.
    """
    state, level = here.state, here.level
    if level is Level.EMERGENCY:
        return resume(here)
    if here.exercising:
        return leave(here)
    if state.level is not None and here.asked is not None:
        return with_offer(state.wanting(None), Line("remark.not_now"))
    if state.level is not None or (here.asked is None and not state.answers):
        return no(here)
    if state.offer == "resume":
        return stop(here)
    return make_offer(state, "resume", Line("remark.not_now"), *urgent_reminder(level), Line("net.line"))


def on_the_floor(here: Situation) -> Turn:
    """On the floor, or unable to get up: how to get help, and, unless it is known, whether it was a fall."""
    state = here.state
    if here.level is Level.EMERGENCY:
        return resume(here, Line("net.call"))
    known = _FALL in state.counted_answers()
    if state.offer == "eased" and state.relief.interrupted_question is None and not known:
        after_it = state.relief._replace(interrupted_question=_FALL)
        return resume(here.at(state._replace(relief=after_it)), *_CALL)
    if known or state.level is not None or state.asking == _FALL or here.exercising:
        return resume(here, *_CALL)
    return ask_question(state, _FALL, *(() if state.turn else (Line("welcome.short"),)), *_CALL)


def collapsed(here: Situation) -> Turn:
    """Somebody has collapsed: the emergency number before anything else. It answers no question."""
    return resume(here, Line("remark.collapsed"))


def afraid(here: Situation) -> Turn:
    """Fear: company, and the question again."""
    return resume(here, Line("remark.afraid"))


def somebody_else(here: Situation) -> Turn:
    """A sign that somebody else has or had: not written down."""
    return resume(here, Line("remark.somebody_else"))


def out_of_scope(here: Situation) -> Turn:
    """Something that no reviewed advice covers: says so, and who can tell. In an emergency, to call."""
    return _no_answer(here, "remark.out_of_scope")


def driving(here: Situation) -> Turn:
    """Says whether to drive: never in an emergency, better not when care is needed today; else who knows."""
    if here.level is Level.EMERGENCY:
        return resume(here, call_line(here))
    advised = here.level is Level.URGENT and here.state.level is not None
    return resume(here, Line("remark.driving_urgent" if advised else "remark.driving"))


def want_in_doubt(here: Situation) -> Turn:
    """Something is asked for, but not clearly what, or nothing known: no answer rather than a wrong one.

    What was missed in it may be a sign, so it asks to be told, and says of nothing that it can wait.
    """
    return _no_answer(here, "remark.want_in_doubt")


def _no_answer(here: Situation, key: str) -> Turn:
    """Says that there is none, by this line; in an emergency, to call."""
    return resume(here, Line("net.call" if here.level is Level.EMERGENCY else key))


def louder(here: Situation) -> Turn:
    """Too quiet to hear: how the device is made louder, and the question again."""
    return resume(here, Line("remark.louder"))
