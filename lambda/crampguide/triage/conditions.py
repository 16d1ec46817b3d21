"""Truth of conditions in the middle of a check, where questions are still to be answered."""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple

from crampguide.condition import UNASKED
from crampguide.triage.model import Answer, Answers, Case, Condition, Level, Protocol, Question


class Known(NamedTuple):
    """All that is known at one turn."""

    protocol: Protocol
    answers: Answers
    opened: frozenset[str]
    level: Level

    def supposing(self, question: Question, answer: Answer) -> Known:
        """The same with ``question`` supposed to be answered so; the level stays as it was reached."""
        return Known(self.protocol, {**self.answers, question.id: answer}, self.opened, self.level)


class Truth(Enum):
    """Of a case: FALSE never holds from here on, OPEN depends on questions that may still be asked."""

    FALSE = 0
    OPEN = 1
    TRUE = 2


def holds(known: Known, condition: Condition) -> bool:
    """True where the condition holds now: where ``truth`` finds, in every group, a case that is true."""
    return condition.holds(known.answers, known.opened, known.level)


def may_hold(known: Known, condition: Condition) -> bool:
    """True where the condition holds now or may come to hold."""
    for group in condition.groups:
        for case in group:
            if truth(known, case) is not Truth.FALSE:
                break
        else:
            return False
    return True


def truth(known: Known, case: Case) -> Truth:
    """Three-valued truth of one case, an unasked question being open while it may still be asked."""
    if case.opened is not None and case.opened not in known.opened:
        return Truth.FALSE
    result = Truth.TRUE if known.level >= case.reached else Truth.OPEN
    for id_, fits in case.answers:
        answer = known.answers.get(id_, UNASKED)
        if answer in fits:
            continue
        if answer != UNASKED or not may_hold(known, known.protocol.questions[id_].when):
            return Truth.FALSE
        result = Truth.OPEN
    return result
