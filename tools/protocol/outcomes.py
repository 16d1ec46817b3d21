"""Outcomes as functions of the person: one answer to every question in, a level or a number out.

A function is an ordered decision diagram: a level, or a question and the function that each of its answers
leaves. Equal functions are one and the same number, and comparing two of them looks at every person there can
be without listing them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from operator import attrgetter
from typing import NamedTuple, NewType

from crampguide.triage import Answer, Ask, Level, QuestionId
from crampguide.triage.model import ANSWERS
from tools.protocol.state_space import Space, State

Outcome = NewType("Outcome", int)
"""A function of the person. The first ones are constant."""

Kind = Mapping[QuestionId, frozenset[Answer]]
"""A kind of person: the answers each question may have; a question that is left out may have any."""

_EVERY_ANSWER = frozenset(ANSWERS)
_AFTER_ALL = 10_000
_LEVEL = attrgetter("level")


class _Node(NamedTuple):
    """A function that asks a question first; or a constant one, which asks nothing."""

    place: int = _AFTER_ALL
    """The place of that question in the order; a constant stands after all questions."""
    then: tuple[Outcome, ...] = ()
    """The function that each answer leaves, in the order of `ANSWERS`."""

    @property
    def is_constant(self) -> bool:
        return self.place == _AFTER_ALL


class Outcomes:
    """Makes and compares functions of the person over these questions, with so many constant ones."""

    def __init__(self, questions: Iterable[QuestionId], constants: int = len(Level) + 1) -> None:
        self._order = list(questions)
        self._place = {id_: place for place, id_ in enumerate(self._order)}
        self._nodes = [_Node()] * constants
        self._numbers: dict[_Node, Outcome] = {}
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
            place = self._first_place(one, other)
            if place == _AFTER_ALL:
                return Outcome(code(one, other))
            then = map(pair, self._then(one, place), self._then(other, place))
            return self._numbered(place, tuple(then))

        return pair(one, other)

    def constants_of(self, outcome: Outcome) -> set[int]:
        """Every number the function is for somebody."""
        seen, waiting = set(), {outcome}
        while waiting:
            seen.add(each := waiting.pop())
            waiting |= {*self._nodes[each].then} - seen
        return {int(each) for each in seen if self._nodes[each].is_constant}

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
        """Some people for whom the function is not 0: every way on that is not 0 itself leads to somebody."""
        kind = {}
        while not (node := self._nodes[left]).is_constant:
            left = next(then for then in node.then if then != self.constant(0))
            kind[self._order[node.place]] = frozenset(
                answer for answer, then in zip(ANSWERS, node.then, strict=True) if then == left
            )
        return kind

    def _widened(self, inside: Outcome, kind: Kind) -> Kind:
        """The kind with as few questions and as many answers as leave all of its people inside."""
        wide = dict(kind)
        for question in reversed([*kind]):
            self._widen(inside, wide, question)
        return {question: fits for question, fits in wide.items() if fits != _EVERY_ANSWER}

    def _widen(
        self, inside: Outcome, wide: dict[QuestionId, frozenset[Answer]], question: QuestionId
    ) -> None:
        """Allow every answer to the question if all people stay inside, else each that keeps them there."""
        if self._holds(inside, {**wide, question: _EVERY_ANSWER}):
            wide[question] = _EVERY_ANSWER
            return
        for answer in ANSWERS:
            more = wide[question] | {answer}
            if more != wide[question] and self._holds(inside, {**wide, question: more}):
                wide[question] = more

    def _holds(self, inside: Outcome, kind: Kind) -> bool:
        """Tell whether the function is 1 for everybody of the kind."""

        @cache
        def holds(outcome: Outcome) -> bool:
            node = self._nodes[outcome]
            if node.is_constant:
                return outcome == self.constant(1)
            fits = kind.get(self._order[node.place], _EVERY_ANSWER)
            return all(holds(then) for answer, then in zip(ANSWERS, node.then, strict=True) if answer in fits)

        return holds(inside)

    def _given_by(self, some: Outcome, question: QuestionId, fits: frozenset[Answer]) -> frozenset[Answer]:
        """Those of the answers that some of these people give."""
        return frozenset(answer for answer in fits if self.given(some, question, answer) != self.constant(0))

    def _member(self, kind: Kind) -> Outcome:
        """The function that is 1 for the people of the kind, and 0 for everybody else."""
        member = self.constant(1)
        for question in sorted(kind, key=self._place.__getitem__, reverse=True):
            then = [member if answer in kind[question] else self.constant(0) for answer in ANSWERS]
            member = self.asked(question, *then)
        return member

    def _never_calmer(self, outcome: Outcome, than: Outcome) -> bool:
        """Tell whether for every person the first function is at least the second."""
        if outcome in (than, self.constant(Level.EMERGENCY)) or than == self.constant(Level.SELF_CARE):
            return True
        place = self._first_place(outcome, than)
        if place == _AFTER_ALL:
            return outcome >= than
        return all(map(self.never_calmer, self._then(outcome, place), self._then(than, place)))

    def _choose_afresh(self, place: int, *chosen: Outcome) -> Outcome:
        """The function that asks what stands at a place, and then is what that answer chooses.

        In a diagram the questions stand in order: what the chosen functions ask before it is asked first.
        """
        first = self._first_place(*chosen)
        if first > place:
            return self._numbered(place, chosen)
        if first == place:
            return self._numbered(place, self._settled(place, chosen))
        by_answer = zip(*(self._then(one, first) for one in chosen), strict=True)
        return self._numbered(first, tuple(self._choose(place, *part) for part in by_answer))

    def _settled(self, place: int, chosen: tuple[Outcome, ...]) -> tuple[Outcome, ...]:
        """The chosen functions, each for those whose answer at this place chose it."""
        return tuple(self._then(one, place)[which] for which, one in enumerate(chosen))

    def _given_afresh(self, outcome: Outcome, place: int, which: int) -> Outcome:
        first = self._nodes[outcome].place
        if first >= place:
            return self._then(outcome, place)[which]
        then = self._then(outcome, first)
        return self._numbered(first, tuple(self._given(part, place, which) for part in then))

    def _first_place(self, *outcomes: Outcome) -> int:
        """The place of the first question that any of the functions asks."""
        return min(self._nodes[outcome].place for outcome in outcomes)

    def _then(self, outcome: Outcome, place: int) -> tuple[Outcome, ...]:
        """The rest after each answer at a place; a function that first asks later stays as it is."""
        node = self._nodes[outcome]
        return node.then if node.place == place else (outcome,) * len(ANSWERS)

    def _numbered(self, place: int, then: tuple[Outcome, ...]) -> Outcome:
        """The one number of a function; a question whose answers make no difference is not asked."""
        if len(set(then)) == 1:
            return then[0]
        node = _Node(place, then)
        if node not in self._numbers:
            self._numbers[node] = Outcome(len(self._nodes))
            self._nodes.append(node)
        return self._numbers[node]
