"""People who change one answer, at any moment of any conversation."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from itertools import permutations
from typing import NamedTuple

from crampguide.triage import Answer, Ask, Protocol, QuestionId, level_of, next_step
from crampguide.triage.model import ANSWERS, Answers
from tools.protocol.outcomes import Outcome, Outcomes
from tools.protocol.state_space import Space, State, signer


class Change(NamedTuple):
    """The answers as they were and as they are now, and where they lead if given so from the start."""

    before: Answers
    after: Answers
    promised: Outcome


class Changes:
    """Follows two sets of answers at once: those that decide what is asked, and the same with one changed.

    Two such moments are the same if both sets have the same signature and the same is promised, so each is
    followed once. The changed answers may be a set that no conversation without a change would hold.
    """

    def __init__(self, protocol: Protocol, outcomes: Outcomes, space: Space) -> None:
        self._protocol, self._outcomes, self._space = protocol, outcomes, space
        self._signature = signer(protocol, space.opened)
        self._numbers: dict[Hashable, int] = {}
        self._met: list[State] = []
        self._next: dict[tuple[int, QuestionId, Answer], int] = {}
        self._ends: dict[int, Outcome] = {}

    def every(self) -> Iterator[tuple[Change, Outcome]]:
        """Each change, with where the conversation ends if it goes on from the changed answers.

        Left out is what is safe at a glance: the level reached by then is all that was promised.
        """
        waiting = list(self._made())
        seen = set()
        while waiting:
            change, numbers = waiting.pop()
            if (*numbers, change.promised) in seen:
                continue
            seen.add((*numbers, change.promised))
            reached = self._outcomes.constant(self._met[numbers[1]].level)
            if self._outcomes.never_calmer(reached, change.promised):
                continue
            yield change, self._end(numbers[1])
            waiting.extend(self._later(change, numbers))

    def _made(self) -> Iterator[tuple[Change, tuple[int, int]]]:
        """Every change of the answer given last."""
        for state in self._space.states:
            if not isinstance(state.step, Ask):
                continue
            for given, meant in permutations(ANSWERS, 2):
                before = {**state.answers, state.step.question: given}
                after = {**state.answers, state.step.question: meant}
                numbers = self._number(before), self._number(after)
                yield Change(before, after, self._end(numbers[1])), numbers

    def _later(self, change: Change, numbers: tuple[int, int]) -> Iterator[tuple[Change, tuple[int, int]]]:
        """The same change made one answer later."""
        step = self._met[numbers[0]].step
        if not isinstance(step, Ask):
            return
        for answer in ANSWERS:
            given = (step.question, answer)
            yield (
                Change(
                    {**change.before, step.question: answer},
                    {**change.after, step.question: answer},
                    self._outcomes.given(change.promised, *given),
                ),
                (
                    self._after(numbers[0], change.before, *given),
                    self._after(numbers[1], change.after, *given),
                ),
            )

    def _number(self, answers: Answers) -> int:
        level = level_of(self._protocol, answers)
        number = self._numbers.setdefault(self._signature(answers, level), len(self._met))
        if number == len(self._met):
            self._met.append(
                State(answers, level, next_step(self._protocol, answers, self._space.opened), {})
            )
        return number

    def _after(self, number: int, answers: Answers, question: QuestionId, answer: Answer) -> int:
        key = (number, question, answer)
        if key not in self._next:
            self._next[key] = self._number({**answers, question: answer})
        return self._next[key]

    def _end(self, number: int) -> Outcome:
        if number not in self._ends:
            answers, level, step, _ = self._met[number]
            if isinstance(step, Ask):
                then = [self._end(self._after(number, answers, step.question, answer)) for answer in ANSWERS]
                self._ends[number] = self._outcomes.asked(step.question, *then)
            else:
                self._ends[number] = self._outcomes.constant(level)
        return self._ends[number]
