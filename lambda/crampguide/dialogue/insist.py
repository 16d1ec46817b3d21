"""Insisting: "I said no", "I said yes", "I already told you".

Said to a question that has just been asked for the first time, it is about the one before. Where that was
heard otherwise it is asked again; and no sign is taken for denied by someone who may not have heard it.
"""

from __future__ import annotations

from crampguide.dialogue.flow import answer, no, resume, undo, yes
from crampguide.dialogue.state import Asking, State
from crampguide.dialogue.turn import Situation, Turn, ask_still, ask_which
from crampguide.speech import Line
from crampguide.triage import Level

_TAKEN = frozenset({
    "acknowledge.yes", "acknowledge.no_to", "acknowledge.unsure", "acknowledge.skipped",
    "acknowledge.sign", "acknowledge.denial", "acknowledge.opened", "progress.halfway", "net.cauda_equina",
    "welcome.sign", "welcome.short",
})  # fmt: skip
"""Lines that take an answer, and stand above the next question."""


def said_no(here: Situation) -> Turn:
    """A no where that is safe; back to an answer that was heard otherwise, an emergency sign included."""
    if here.asked is None:
        misheard = here.state.level == Level.EMERGENCY.id and here.state.history
        return undo(here) if misheard else no(here)
    if _just_asked(here.state):
        if _last(here.state) not in {"no", None}:
            return undo(here)
        question = here.protocol.questions[here.asked.question]
        if question.yes >= Level.URGENT and not question.confirm_no:
            return _once_more(here, here.asked)
    return answer(here, here.asked, "no")


def said_yes(here: Situation) -> Turn:
    """A yes to a question that was heard before; back to an answer that was heard as a no.

    It confirms no recap, and no cramp as gone: there it may be about an answer.
    """
    if here.state.offer == "recap":
        return ask_which(here.state)
    if here.state.offer == "eased":
        return resume(here)
    if here.asked is None:
        return yes(here)
    if _just_asked(here.state):
        return undo(here) if _last(here.state) == "no" else _once_more(here, here.asked)
    return answer(here, here.asked, "yes")


def already_told(here: Situation) -> Turn:
    """Neither yes nor no: says why it asks again, and asks."""
    return resume(here, Line("insist.again"))


def _just_asked(state: State) -> bool:
    """Tells whether the last reply took an answer, or began, and asked this question for the first time."""
    said = [line.key for line in state.said]
    return said[-1:] == [f"question.{state.asking}"] and _TAKEN.issuperset(said[:-1])


def _last(state: State) -> str | None:
    return state.answers[state.history[-1]] if state.history else None


def _once_more(here: Situation, asked: Asking) -> Turn:
    return ask_still(here, asked, Line("insist.sure"), words="reword")
