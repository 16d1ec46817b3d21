"""Relief by voice: the cramp release and tips. None of it at urgent or emergency, where help comes first."""

from __future__ import annotations

from crampguide.triage import Level, Protocol, level_of
from crampguide.voice import check
from crampguide.voice.advice import may_stretch, tell_tips
from crampguide.voice.asides import resume
from crampguide.voice.state import Line, State
from crampguide.voice.turn import Heard, Turn, make_offer


def tips(protocol: Protocol, state: State, heard: Heard) -> Turn:
    """Tips, after the questions that keep them safe; before a check with the offer to check first."""
    if refusal := _refused(protocol, state):
        return refusal
    if state.level is None:
        lines = (Line("tips.brief"), Line("tips.unchecked"), Line("net.line"))
        return resume(protocol, state, *lines) if state.answers else make_offer(state, "check", *lines)
    if "tips" in state.opened:
        return tell_tips(protocol, state)
    return check.open_topic(protocol, state._replace(wants_tips=True), "tips")


def cramp_now(protocol: Protocol, state: State, heard: Heard) -> Turn:
    """The cramp release at once, then the check or the interrupted question."""
    return _refused(protocol, state) or resume(protocol, state, Line("cramp_now.release"))


def exercise(protocol: Protocol, state: State, heard: Heard) -> Turn:
    """One stretch, where stretching is safe."""
    if state.level is None:
        return tips(protocol, state, heard)
    return _refused(protocol, state) or resume(protocol, state, Line("exercise.brief"))


def _refused(protocol: Protocol, state: State) -> Turn | None:
    """What is said instead of relief where the answers so far ask for help or forbid a stretch."""
    level = level_of(protocol, state.heard())
    if level >= Level.URGENT and state.level is not None:
        lines = (Line("tips.not_now"), *((Line("goodbye.urgent"),) if level is Level.URGENT else ()))
        return resume(protocol, state, *lines)
    if level >= Level.URGENT or not may_stretch(protocol, state):
        lines = () if may_stretch(protocol, state) else (Line("tips.no_stretch"),)
        return resume(protocol, state, *lines, Line("tips.finish_first")) if state.level is None else None
    return None
