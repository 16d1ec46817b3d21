"""Insisting: "I said no", "I said yes", "I already told you".

Said to a question that has just been asked for the first time, it is about the one before. Where that was
heard otherwise it is asked again; and no sign is taken for denied by someone who may not have heard it.
"""

from __future__ import annotations

from crampguide.triage import Level, Protocol, QuestionId
from crampguide.voice import check, offers
from crampguide.voice.asides import resume
from crampguide.voice.state import Line, State
from crampguide.voice.turn import Heard, Turn, ask_still

_TAKEN = frozenset({
    "acknowledge.yes", "acknowledge.no", "acknowledge.no_to", "acknowledge.unsure", "acknowledge.skipped",
    "acknowledge.sign", "acknowledge.denial", "acknowledge.opened", "progress.halfway", "net.cauda_equina",
    "welcome.sign", "welcome.short",
})  # fmt: skip
"""Lines that take an answer, and stand above the next question."""


def said_no(protocol: Protocol, state: State, heard: Heard) -> Turn:
    """A no where that is safe; back to an answer that was heard otherwise, an emergency sign included."""
    if state.asking is None:
        misheard = state.level == Level.EMERGENCY.id and state.history
        return check.undo(protocol, state) if misheard else offers.no(protocol, state, heard)
    if _just_asked(state):
        if _last(state) not in {"no", None}:
            return check.undo(protocol, state)
        question = protocol.questions[state.asking]
        if question.yes >= Level.URGENT and not question.confirm_no:
            return _once_more(state, state.asking)
    return check.answer(protocol, state, "no")


def said_yes(protocol: Protocol, state: State, heard: Heard) -> Turn:
    """A yes to a question that was heard before; back to an answer that was heard as a no.

    It confirms no recap, and no cramp as gone: there it may be about an answer.
    """
    if state.offer == "recap":
        return check.correct(state, ())
    if state.offer == "eased":
        return resume(protocol, state)
    if state.asking is None:
        return offers.yes(protocol, state, heard)
    if _just_asked(state):
        return check.undo(protocol, state) if _last(state) == "no" else _once_more(state, state.asking)
    return check.answer(protocol, state, "yes")


def already_told(protocol: Protocol, state: State, heard: Heard) -> Turn:
    """Neither yes nor no: says why it asks again, and asks."""
    return resume(protocol, state, Line("insist.again"))


def _just_asked(state: State) -> bool:
    """Whether the last reply took an answer, or began, and asked this question for the first time."""
    *above, asked = state.said or (Line(""),)
    return asked.key == f"question.{state.asking}" and all(line.key in _TAKEN for line in above)


def _last(state: State) -> str | None:
    return state.answers[state.history[-1]] if state.history else None


def _once_more(state: State, question: QuestionId) -> Turn:
    return ask_still(state, question, Line("insist.sure"), form="reword")
