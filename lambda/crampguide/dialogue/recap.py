"""Says back what was heard, before any advice that is calmer than an emergency."""

from __future__ import annotations

from collections.abc import Sequence

from crampguide.dialogue.state import State
from crampguide.dialogue.turn import Situation, Turn, make_offer
from crampguide.speech import Line
from crampguide.triage import Answer, Protocol, QuestionId, without_wholes

_MOST_NAMED = 3
"""Positives named in one breath with the denied emergency signs; each still open takes the room of one."""


def say_recap(here: Situation, *lines: Line) -> Turn:
    """After ``lines`` the positives, what is still open, and no to the rest; asks whether that is right.

    Every sign of the emergency gate that was denied is named: a yes heard as a no would be among them.
    """
    positive, denied = _positive_lines(here), _denied(here)
    no = (Line("recap.no_to_others" if positive else "recap.no_to_all", denied),) if denied else ()
    return make_offer(here.state, "recap", *lines, *positive, *no)


def answered(protocol: Protocol, state: State, said: Answer) -> tuple[QuestionId, ...]:
    """The questions that were answered so, the most dangerous first; a part in place of its whole."""
    ids = without_wholes(protocol, [id_ for id_ in protocol.questions if state.answers.get(id_) == said])
    return tuple(sorted(ids, key=lambda id_: -protocol.questions[id_].level(said)))


def _denied(here: Situation) -> tuple[QuestionId, ...]:
    counted = here.state.counted_answers()
    gate = (question for question in here.protocol.questions.values() if question.gates_emergency)
    return tuple(question.id for question in gate if counted.get(question.id) == "no")


def _positive_lines(here: Situation) -> tuple[Line, ...]:
    """The lines about what was answered yes, the most dangerous first, and about what is still open."""
    yes, unsure = (answered(here.protocol, here.state, said) for said in ("yes", "unsure"))
    room = _MOST_NAMED - bool(unsure)
    counted = Line("recap.unsure_count", (), len(unsure))
    named = len(yes) + len(unsure) < _MOST_NAMED
    still_open = (Line("recap.unsure", unsure) if named else counted,) if unsure else ()
    return (*_named(yes, room), *still_open)


def _named(signs: Sequence[str], room: int) -> tuple[Line, ...]:
    if len(signs) <= room:
        return (Line("recap.yes", tuple(signs)),) if signs else ()
    return Line("recap.yes", tuple(signs[: room - 1])), Line("recap.more", (), len(signs) - room + 1)
