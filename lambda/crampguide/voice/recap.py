"""Says back what was heard, before any advice that is calmer than an emergency."""

from __future__ import annotations

from collections.abc import Sequence

from crampguide.triage import Answer, Protocol, QuestionId
from crampguide.voice.state import Line, State
from crampguide.voice.turn import Turn, make_offer

_MOST_NAMED = 3
"""Positives named in one breath with the denied emergency signs; each still open takes the room of one."""


def say_recap(protocol: Protocol, state: State, *lines: Line) -> Turn:
    """After ``lines`` the positives, what is still open, and no to the rest; asks whether that is right.

    Every sign of the emergency gate that was denied is named: a yes heard as a no would be among them.
    """
    positive, denied = _positive_lines(protocol, state), _denied(protocol, state)
    no = (Line("recap.no_to_others" if positive else "recap.no_to_all", denied),) if denied else ()
    return make_offer(state, "recap", *lines, *positive, *no)


def answered(protocol: Protocol, state: State, said: Answer) -> tuple[QuestionId, ...]:
    """The questions that were answered so, the most dangerous first."""
    return tuple(id_ for id_ in protocol.questions if state.answers.get(id_) == said)


def _denied(protocol: Protocol, state: State) -> tuple[QuestionId, ...]:
    heard = state.heard()
    gate = (question for question in protocol.questions.values() if question.gates_emergency)
    return tuple(question.id for question in gate if heard.get(question.id) == "no")


def _positive_lines(protocol: Protocol, state: State) -> tuple[Line, ...]:
    """What was answered yes, the most dangerous first, and what is still open."""
    yes, unsure = answered(protocol, state, "yes"), answered(protocol, state, "unsure")
    room = _MOST_NAMED - bool(unsure)
    counted = Line("recap.unsure_count", (), len(unsure))
    named = len(yes) + len(unsure) < _MOST_NAMED
    still_open = (Line("recap.unsure", unsure) if named else counted,) if unsure else ()
    return (*_named(yes, room), *still_open)


def _named(signs: Sequence[str], room: int) -> tuple[Line, ...]:
    if len(signs) <= room:
        return (Line("recap.yes", tuple(signs)),) if signs else ()
    return Line("recap.yes", tuple(signs[: room - 1])), Line("recap.more", (), len(signs) - room + 1)
