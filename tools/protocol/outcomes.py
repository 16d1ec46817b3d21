"""Outcomes as functions of the person: one answer to every question in, a level or a number out.

A function is an ordered decision diagram: a level, or a question and the function that each of its answers
leaves. Equal functions are one and the same number, and comparing two of them looks at every person there can
be without listing them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from operator import attrgetter
from typing import NewType

from crampguide.triage import Answer, Ask, Level, QuestionId
from crampguide.triage.model import ANSWERS
from tools.protocol.state_space import Space, State

Outcome = NewType("Outcome", int)
"""A function of the person. The first ones are constant."""

Kind = Mapping[QuestionId, frozenset[Answer]]
"""A kind of person: the answers each question may have; a question that is left out may have any."""

_LAST = 10_000
_LEVEL = attrgetter("level")


class Outcomes:
    """Makes and compares functions of the person over these questions, with so many constant ones."""

    def __init__(self, questions: Iterable[QuestionId], constants: int = len(Level) + 1) -> None:
        self._order = list(questions)
        self._place = {id_: place for place, id_ in enumerate(self._order)}
        self._nodes: list[tuple[int, ...]] = [(_LAST,)] * constants
        self._numbers: dict[tuple[int, ...], Outcome] = {}
        self.never_calmer = cache(self._never_calmer)
        self._choose = cache(self._choose_afresh)
        self._given = cache(self._given_afresh)

    def constant(self, level: int) -> Outcome:
        """The function that is this level, or another number below the constants, for everyone."""
        return Outcome(level)

    def of(self, space: Space, told: Callable[[State], int] = _LEVEL) -> list[Outcome]:
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

    def paired(self, one: Outcome, other: Outcome, code: Callable[[int, int], int]) -> Outcome:
        """For each person the ``code`` of what the two functions are."""

        @cache
        def pair(one: Outcome, other: Outcome) -> Outcome:
            place = min(self._nodes[one][0], self._nodes[other][0])
            if place == _LAST:
                return Outcome(code(one, other))
            parts = zip(self._split(one, place), self._split(other, place), strict=True)
            return self._node(place, tuple(pair(*part) for part in parts))

        return pair(one, other)

    def constants_of(self, outcome: Outcome) -> set[int]:
        """Every number the function is for somebody."""
        seen, waiting = set(), {outcome}
        while waiting:
            seen.add(node := waiting.pop())
            waiting |= {Outcome(part) for part in self._nodes[node][1:]} - seen
        return {int(node) for node in seen if self._nodes[node][0] == _LAST}

    def kinds(self, people: Outcome, inside: Outcome) -> Iterator[tuple[Kind, Outcome]]:
        """Kinds that together hold all ``people``, each asked about as few questions as leave it ``inside``.

        Both are 1 for whom they hold and 0 for everybody else, and ``inside`` holds for all ``people``. With
        each kind comes who of the people is of that kind; answers that none of them gives are left out.
        """
        left = people
        while left != self.constant(0):
            widest = self._widened(inside, self._somebody(left))
            member = self._member(widest)
            some = self.paired(people, member, min)
            yield {question: self._given_by(some, question, fits) for question, fits in widest.items()}, some
            left = self.paired(left, member, lambda is_left, is_taken: int(is_left and not is_taken))

    def _somebody(self, left: Outcome) -> dict[QuestionId, frozenset[Answer]]:
        """Some people for whom the function is not 0. A node that is no constant leads to somebody."""
        kind = {}
        while self._nodes[left][0] != _LAST:
            place, *parts = self._nodes[left]
            then = next(part for part in parts if part != 0)
            kind[self._order[place]] = frozenset(
                answer for answer, part in zip(ANSWERS, parts, strict=True) if part == then
            )
            left = Outcome(then)
        return kind

    def _widened(self, inside: Outcome, kind: Kind) -> Kind:
        """The kind with as few questions and as many answers as leave all of its people inside."""
        wide = dict(kind)
        for question in reversed([*kind]):
            for fits in (frozenset(ANSWERS), *(wide[question] | {answer} for answer in ANSWERS)):
                if fits > wide[question] and self._holds(inside, {**wide, question: fits}):
                    wide[question] = fits
        return {question: fits for question, fits in wide.items() if len(fits) < len(ANSWERS)}

    def _holds(self, inside: Outcome, kind: Kind) -> bool:
        """Tell whether the function is 1 for everybody of the kind."""

        @cache
        def holds(node: int) -> bool:
            place, *parts = self._nodes[node]
            if place == _LAST:
                return node == 1
            fits = kind.get(self._order[place], frozenset(ANSWERS))
            return all(holds(part) for answer, part in zip(ANSWERS, parts, strict=True) if answer in fits)

        return holds(inside)

    def _given_by(self, some: Outcome, question: QuestionId, fits: frozenset[Answer]) -> frozenset[Answer]:
        return frozenset(answer for answer in fits if self.given(some, question, answer) != self.constant(0))

    def _member(self, kind: Kind) -> Outcome:
        member = self.constant(1)
        for question in sorted(kind, key=self._place.__getitem__, reverse=True):
            then = [member if answer in kind[question] else self.constant(0) for answer in ANSWERS]
            member = self.asked(question, *then)
        return member

    def _never_calmer(self, outcome: Outcome, than: Outcome) -> bool:
        """Tell whether for every person the first function is at least the second."""
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
