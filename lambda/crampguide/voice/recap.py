"""Says back what was heard, before any advice that is calmer than an emergency."""

from __future__ import annotations

from collections.abc import Sequence

from crampguide.triage import Protocol, QuestionId, Recap
from crampguide.voice.state import Line, State
from crampguide.voice.turn import Turn, make_offer

_MOST_NAMED = 3
"""Positives named in one breath with the denied emergency signs; each still open takes the room of one."""


def say_recap(protocol: Protocol, state: State, recap: Recap) -> Turn:
    """The positives, what is still open, and no to the rest; asks whether that is right.

    Every sign of the emergency gate that was denied is named: a yes heard as a no would be among them.
    """
    return make_offer(state, "recap", *recap_lines(recap, _denied(protocol, state)))


def recap_lines(recap: Recap, denied: tuple[QuestionId, ...]) -> tuple[Line, ...]:
    """The recap without its question; ``denied`` are the emergency signs to name."""
    positive = positive_lines(recap)
    no = Line("recap.no_to_others" if positive else "recap.no_to_all", denied)
    return (*positive, no) if denied else positive


def _denied(protocol: Protocol, state: State) -> tuple[QuestionId, ...]:
    heard = state.heard()
    gate = (question for question in protocol.questions.values() if question.gates_emergency)
    return tuple(question.id for question in gate if heard.get(question.id) == "no")


def positive_lines(recap: Recap) -> tuple[Line, ...]:
    """What was answered yes, the most dangerous first, and what is still open."""
    room = _MOST_NAMED - bool(recap.unsure)
    counted = Line("recap.unsure_count", (), len(recap.unsure))
    named = len(recap.yes) + len(recap.unsure) < _MOST_NAMED
    still_open = (Line("recap.unsure", recap.unsure) if named else counted,) if recap.unsure else ()
    return (*_named(recap.yes, room), *still_open)


def _named(signs: Sequence[str], room: int) -> tuple[Line, ...]:
    if len(signs) <= room:
        return (Line("recap.yes", tuple(signs)),) if signs else ()
    return Line("recap.yes", tuple(signs[: room - 1])), Line("recap.more", (), len(signs) - room + 1)
