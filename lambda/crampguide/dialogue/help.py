"""Help at any moment, without moving the check on: why, what it means, who says so, what can be said."""

from __future__ import annotations

from crampguide.dialogue.advice import advice_in_short, parting
from crampguide.dialogue.flow import answer, keep, recorded, resume
from crampguide.dialogue.state import Asking
from crampguide.dialogue.tips import cited
from crampguide.dialogue.turn import Situation, Turn, ask_question, ask_still, close
from crampguide.speech import Line
from crampguide.triage import Finish, Level, because

_OPTIONS_AFTER = 2
"""Misunderstandings in a row after which the options are named; one more ends the session."""


def help_(here: Situation) -> Turn:
    """Help that fits the moment."""
    if here.asked is not None:
        return resume(here, Line("help.question"))
    offered = here.offered.help if here.offered else None
    return resume(here, Line(offered or f"help.{here.state.level or 'start'}"))


def why(here: Situation) -> Turn:
    """Says why this is asked; after advice, what it rests on."""
    if here.asked is None:
        return source(here)
    return resume(here, Line(f"why.{here.asked.question}"))


def meaning(here: Situation) -> Turn:
    """The meaning of the question: a word explained, else the question in other words."""
    if here.asked is None:
        return help_(here)
    return ask_still(here, here.asked, Line(f"meaning.{here.asked.question}"), words="reword")


def source(here: Situation) -> Turn:
    """Names the guideline behind the question, the tips or the exercise in words."""
    cites = here.protocol.questions[here.asked.question].cites if here.asked else cited(here)
    return resume(here, Line("source.lead", cites[:2]) if cites else Line("source.none"))


def not_new(here: Situation) -> Turn:
    """A sign that was always there: asks whether it has changed, which is what counts.

    The sign is the one that was named, else the one being asked, else the last one that was answered yes.
    """
    state = here.state
    last = state.history[-1:] if state.offer in {"hear_again", "heard_right"} else ()
    for sign in (*here.slots.named, *([state.asking] if state.asking else ()), *last):
        if sign in state.sure:
            return keep(here)
        return ask_question(state, sign, form="newness")
    return resume(here)


def when_to_seek_help(here: Situation) -> Turn:
    """The safety-net: which signs need help at once."""
    return resume(here, Line("net.cauda_equina"), Line("net.calf"))


def call_for_help(here: Situation) -> Turn:
    """Says that nobody can be called from here, and what to do instead."""
    return resume(here, Line("net.call"))


def forget_me(here: Situation, erasure: str = "nothing") -> Turn:
    """Says what was erased, and where a summary may be that was asked for.

    ``erasure`` is what came of it: nothing was remembered, it was erased, or that failed.
    """
    state = here.state
    forgotten = state._replace(manner=state.manner._replace(unremembered=True))
    card = (Line("summary.forget"),) if state.level is not None and here.asked is None else ()
    return resume(here.at(forgotten), Line(f"forget.{erasure}"), *card)


def unsupported(here: Situation) -> Turn:
    """Says that a request cannot be served, such as one for a device that the skill does not use."""
    return resume(here, Line("unsupported.line"))


def sorry(here: Situation) -> Turn:
    """Apologizes with the safety line, then asks whatever was open."""
    return resume(here, Line("error.line"), Line("net.line"))


def fallback(here: Situation) -> Turn:
    """Not understood: in other words, then options, then the advice for what is known, and an end.

    An emergency question never ends the check: there it then counts as an "I don't know".
    """
    here = here.at(here.state._replace(misheard=here.state.misheard + 1))
    asked, misheard = here.asked, here.state.misheard
    if here.offered and here.offered.unclear:
        return here.offered.unclear(here)
    if misheard > _OPTIONS_AFTER:
        return _leave_unknown(here, asked) if asked and _in_emergency_gate(here, asked) else _give_up(here)
    if misheard == _OPTIONS_AFTER:
        return resume(here, Line(_options(here)))
    if asked is not None and here.form(asked) != "recheck":
        return ask_still(here, asked, Line("fallback.again"), words="reword")
    return resume(here, Line("fallback.again"))


def _options(here: Situation) -> str:
    if here.offered and here.offered.options:
        return here.offered.options
    return "fallback.options" if here.asked else "fallback.options_start"


def _in_emergency_gate(here: Situation, asked: Asking) -> bool:
    return here.protocol.questions[asked.question].yes is Level.EMERGENCY


def _leave_unknown(here: Situation, asked: Asking) -> Turn:
    """Takes words that fit nothing for "I don't know": no emergency sign goes unasked for want of words."""
    turn = answer(here, asked, "unsure")
    again = turn.state.asking == asked.question
    return turn if again else turn._replace(state=turn.state._replace(misheard=0))


def _give_up(here: Situation) -> Turn:
    """Ends with the advice for what is known; an open question counts as unknown."""
    first = Line("fallback.close")
    if here.asked is not None:
        here = here.at(recorded(here, here.asked.question, "unsure"))
    state, level = here.state, here.level
    if not state.answers or state.level is not None:
        return close(state, *parting(here, first))
    if level < Level.ROUTINE:
        # Not all was asked, so nothing as calm as that level's advice can be said.
        return close(state, first, Line("net.cauda_equina"), Line("net.calf"))
    step = Finish(level, because(here.protocol, state.counted_answers(), level), None)
    return close(state._replace(level=level.id), first, *advice_in_short(here, step))
