"""Ending: on request, or when nothing is understood any more. What must not be forgotten is said last."""

from __future__ import annotations

from crampguide.triage import Level, Protocol, level_of
from crampguide.voice import check
from crampguide.voice.asides import resume
from crampguide.voice.state import Line, State
from crampguide.voice.turn import Heard, Turn, ask_still, close

_OPTIONS_AFTER = 2
"""Misunderstandings in a row after which the options are named; one more ends the session."""


def fallback(protocol: Protocol, state: State, heard: Heard) -> Turn:
    """Not understood: in other words, then options, then the safety line and a polite end."""
    state = state._replace(misheard=state.misheard + 1)
    if state.misheard > _OPTIONS_AFTER:
        return _give_up(protocol, state)
    if state.misheard == _OPTIONS_AFTER:
        return resume(protocol, state, Line(_options(state)))
    if state.asking is not None and not state.rechecking:
        return ask_still(state, state.asking, Line("fallback.again"), form="reword")
    return resume(protocol, state, Line("fallback.again"))


def stop(protocol: Protocol, state: State, heard: Heard) -> Turn:
    """Ends, with what must not be forgotten."""
    return close(state, *parting(protocol, state, Line("goodbye.line")))


def _options(state: State) -> str:
    if state.offer in {"recap", "correct"}:
        return f"help.{state.offer}"
    return "fallback.options" if state.asking else "fallback.options_start"


def _give_up(protocol: Protocol, state: State) -> Turn:
    if state.asking is not None:
        state = check.record(state, {state.asking: "unsure"})
    return close(state, *parting(protocol, state, Line("fallback.close")))


def parting(protocol: Protocol, state: State, first: Line) -> tuple[Line, ...]:
    """The last words after ``first``: what the answers so far call for, given as advice already or not."""
    level = level_of(protocol, state.heard())
    if level is Level.EMERGENCY:
        return (first, Line("goodbye.emergency"))
    urgent = (Line("goodbye.urgent"),) if level is Level.URGENT else ()
    return (first, *urgent, Line("net.line"), Line("goodbye.take_care"))
