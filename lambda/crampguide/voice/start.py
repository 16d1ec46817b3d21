"""Beginning: the launch, the check from its first question, and beginning again."""

from __future__ import annotations

from crampguide.triage import Protocol
from crampguide.voice import check
from crampguide.voice.asides import resume
from crampguide.voice.state import Line, State
from crampguide.voice.turn import Heard, Turn, make_offer


def launch(protocol: Protocol, state: State, heard: Heard) -> Turn:
    """Welcomes, in short those who know it, and offers the check. A launch starts afresh."""
    welcome = Line("welcome.returning" if state.introduced else "welcome.first")
    return make_offer(state.afresh()._replace(introduced=True), "check", welcome)


def come_back(protocol: Protocol, state: State, heard: Heard) -> Turn:
    """Asks again what was open, as if nobody had been away; where nothing was begun, welcomes."""
    return resume(protocol, state) if state.turn else launch(protocol, state, heard)


def start_over(protocol: Protocol, state: State, heard: Heard) -> Turn:
    """Forgets the answers and asks the first question."""
    return check.proceed(protocol, state.afresh(), Line("acknowledge.started_over"))


def start_check(protocol: Protocol, state: State, heard: Heard) -> Turn:
    """Asks the next question; after advice, offers to begin again."""
    if state.level is not None:
        return resume(protocol, state._replace(offer="check_again"))
    asked_for = state._replace(declined=False)
    return check.proceed(protocol, asked_for, *(() if state.turn else (Line("welcome.short"),)))


def lost(protocol: Protocol, state: State, heard: Heard) -> Turn:
    """After damaged session attributes: starts the check again, nothing guessed."""
    return check.proceed(protocol, state, Line("lost.line"))
