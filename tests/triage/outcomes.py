"""The final level as a function of the person: one answer to every question in, a level out.

A function is an ordered decision diagram: a level, or a question and the function that each of its answers
leaves. Equal functions are one and the same number, and comparing two of them looks at every person there can
be without listing them.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from operator import attrgetter
from typing import NewType

from crampguide.triage import Answer, Ask, Level, Protocol, QuestionId
from crampguide.triage.model import ANSWERS
from tools.space import Space, State

Outcome = NewType("Outcome", int)
"""A function of the person. Those below `len(Level) + 1` are the constant levels."""

_LAST = 10_000
_LEVEL = attrgetter("level")


class Outcomes:
    """Makes and compares functions of the person over one protocol's questions."""

    def __init__(self, protocol: Protocol) -> None:
        self._place = {id_: place for place, id_ in enumerate(protocol.questions)}
        self._nodes: list[tuple[int, ...]] = [(_LAST,)] * (len(Level) + 1)
        self._numbers: dict[tuple[int, ...], Outcome] = {}
        self.never_calmer = cache(self._never_calmer)
        self._choose = cache(self._choose_afresh)
        self._given = cache(self._given_afresh)

    def constant(self, level: Level) -> Outcome:
        """The function that is this level for everyone."""
        return Outcome(level)

    def of(self, space: Space, told: Callable[[State], Level] = _LEVEL) -> list[Outcome]:
        """For each state, where a person's conversation ends from there; the last is for the start.

        ``told`` may look at another thing than the level, coded as one.
        """
        found: list[Outcome] = []
        for state in space.states:
            if isinstance(state.step, Ask):
                found.append(
                    self.asked(state.step.question, *(found[state.after[answer]] for answer in ANSWERS))
                )
            else:
                found.append(self.constant(told(state)))
        return found

    def asked(self, question: QuestionId, *then: Outcome) -> Outcome:
        """The function that is one of `then`, by the person's answer in the order of `ANSWERS`."""
        return self._choose(self._place[question], *then)

    def given(self, outcome: Outcome, question: QuestionId, answer: Answer) -> Outcome:
        """The same function for those who answer so; it depends on this question no more."""
        return self._given(outcome, self._place[question], ANSWERS.index(answer))

    def _never_calmer(self, outcome: Outcome, than: Outcome) -> bool:
        """Whether for every person the first function is at least the second."""
        if outcome in (than, self.constant(Level.EMERGENCY)) or than == self.constant(Level.SELF_CARE):
            return True
        place = min(self._nodes[outcome][0], self._nodes[than][0])
        if place == _LAST:
            return outcome >= than
        return all(map(self.never_calmer, self._split(outcome, place), self._split(than, place)))

    def _choose_afresh(self, place: int, *then: Outcome) -> Outcome:
        first = min(self._nodes[one][0] for one in then)
        if first > place:
            return self._node(place, then)
        if first == place:
            return self._node(place, tuple(self._split(one, place)[which] for which, one in enumerate(then)))
        parts = zip(*(self._split(one, first) for one in then), strict=True)
        return self._node(first, tuple(self._choose(place, *part) for part in parts))

    def _given_afresh(self, outcome: Outcome, place: int, which: int) -> Outcome:
        first = self._nodes[outcome][0]
        if first >= place:
            return self._split(outcome, place)[which]
        return self._node(
            first, tuple(self._given(part, place, which) for part in self._split(outcome, first))
        )

    def _split(self, outcome: Outcome, place: int) -> tuple[Outcome, ...]:
        first, *parts = self._nodes[outcome]
        return tuple(map(Outcome, parts)) if first == place else (outcome,) * len(ANSWERS)

    def _node(self, place: int, parts: tuple[Outcome, ...]) -> Outcome:
        if len(set(parts)) == 1:
            return parts[0]
        node = (place, *parts)
        if node not in self._numbers:
            self._numbers[node] = Outcome(len(self._nodes))
            self._nodes.append(node)
        return self._numbers[node]
