"""Whether a condition holds, never will, or may come to hold with answers not given yet."""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple

from crampguide.triage.model import Answer, Answers, Case, Condition, Level, Protocol, Question


class Known(NamedTuple):
    """All that is known at one turn."""

    protocol: Protocol
    answers: Answers
    opened: frozenset[str]
    level: Level

    def supposing(self, question: Question, answer: Answer) -> Known:
        """What would be known if ``question`` were answered so; the level stays as it was reached."""
        return Known(self.protocol, {**self.answers, question.id: answer}, self.opened, self.level)


class Truth(Enum):
    """Of a case: FALSE never holds from here on, OPEN depends on questions that may still be asked."""

    FALSE = 0
    OPEN = 1
    TRUE = 2


def holds(known: Known, condition: Condition) -> bool:
    """Whether the condition holds now.

    Says the same as asking ``truth`` of every case, without working out what may still come: this is
    asked of every question at every turn.
    """
    for group in condition.groups:
        for case in group:
            if _case_holds(known, case):
                break
        else:
            return False
    return True


def may_hold(known: Known, condition: Condition) -> bool:
    """Whether the condition holds now or may come to hold."""
    for group in condition.groups:
        for case in group:
            if truth(known, case) is not Truth.FALSE:
                break
        else:
            return False
    return True


def _case_holds(known: Known, case: Case) -> bool:
    if known.level < case.reached or (case.opened is not None and case.opened not in known.opened):
        return False
    for id_, fits in case.answers:  # noqa: SIM110 - twice as fast as all(), and asked a thousand times a turn
        if known.answers.get(id_, "unasked") not in fits:
            return False
    return True


def truth(known: Known, case: Case) -> Truth:
    """Three-valued truth of one case, an unasked question being open while it may still be asked."""
    if case.opened is not None and case.opened not in known.opened:
        return Truth.FALSE
    result = Truth.TRUE if known.level >= case.reached else Truth.OPEN
    for id_, fits in case.answers:
        answer = known.answers.get(id_, "unasked")
        if answer in fits:
            continue
        if answer != "unasked" or not may_hold(known, known.protocol.questions[id_].condition):
            return Truth.FALSE
        result = Truth.OPEN
    return result
