"""Explore every conversation the check can hold, and print how many questions each level takes.

There are millions of conversations and a few thousand states. Two sets of answers are in the same state when
substituting them into the rules leaves the same rules: the same level, and the same cases still open in every
question not answered and every combination above that level (`signature`). Answers once given are settled,
so the step to take depends on what is left and on nothing else, and so does what another answer leaves. All
that can follow from a state is therefore explored by following one conversation that leads there.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from functools import cache, partial
from itertools import accumulate
from typing import NamedTuple

from crampguide.triage import (
    Answer,
    Ask,
    Level,
    Protocol,
    Question,
    QuestionId,
    Step,
    level_of,
    load_protocol,
    next_step,
)
from crampguide.triage.model import ANSWERS, Answers, Case, Condition, PatternRules

Stepper = Callable[[Protocol, Answers, frozenset[str]], Step]
"""The decision of the next step: the engine, or another way of asking to compare it with."""


class State(NamedTuple):
    """All conversations that have the same future, told by the first of them that was found."""

    answers: Answers
    level: Level
    step: Step
    after: Mapping[Answer, int]
    """The state each answer leads to, by its place in the space; empty where nothing more is asked."""


class Space(NamedTuple):
    """Every state that can be reached from no answers. Each state comes after all that it leads to."""

    opened: frozenset[str]
    states: tuple[State, ...]

    def lengths(self) -> dict[Level, Counter[int]]:
        """For each level the number of conversations that end there, by how many questions they take."""
        ways: list[dict[Level, Counter[int]]] = []
        for state in self.states:
            here: dict[Level, Counter[int]] = {} if state.after else {state.level: Counter({0: 1})}
            for index in state.after.values():
                for level, counts in ways[index].items():
                    onward = here.setdefault(level, Counter())
                    onward.update({length + 1: count for length, count in counts.items()})
            ways.append(here)
        return dict(sorted(ways[-1].items()))

    def depths(self) -> dict[QuestionId, int]:
        """For each question that is asked, its latest place in any conversation, the first being 1."""
        deepest = [0] * len(self.states)
        latest: dict[QuestionId, int] = {}
        for index in range(len(self.states) - 1, -1, -1):
            state = self.states[index]
            if isinstance(state.step, Ask):
                place = deepest[index] + 1
                latest[state.step.question] = max(place, latest.get(state.step.question, 0))
                for follower in state.after.values():
                    deepest[follower] = max(place, deepest[follower])
        return latest


def explore(protocol: Protocol, opened: frozenset[str] = frozenset(), asking: Stepper = next_step) -> Space:
    """Every state that a conversation can reach with these subjects opened from the start.

    The protocol that ships is walked once in a process, whoever asks.
    """
    if protocol is load_protocol() and asking is next_step:
        return _what_ships(opened)
    return _walk(protocol, opened, asking)


@cache
def _what_ships(opened: frozenset[str]) -> Space:
    return _walk(load_protocol(), opened, next_step)


def _walk(protocol: Protocol, opened: frozenset[str], asking: Stepper) -> Space:
    signature = signer(protocol, opened)
    states: list[State] = []
    known: dict[Hashable, int] = {}

    def visit(answers: Answers) -> int:
        level = level_of(protocol, answers)
        sign = signature(answers, level)
        if sign not in known:
            step = asking(protocol, answers, opened)
            asked = step.question if isinstance(step, Ask) else None
            after = {answer: visit({**answers, asked: answer}) for answer in ANSWERS} if asked else {}
            known[sign] = len(states)
            states.append(State(answers, level, step, after))
        return known[sign]

    visit({})
    return Space(opened, tuple(states))


def signer(protocol: Protocol, opened: frozenset[str]) -> Callable[[Answers, Level], Hashable]:
    """The signature: what these answers, which together reach this level, leave of the rules."""
    codes = {
        (id_, answer): code << 2 * place
        for place, id_ in enumerate(protocol.questions)
        for code, answer in enumerate(ANSWERS, 1)
    }
    numbers: dict[Hashable, int] = {}
    rules = {
        level: [
            _Rests(protocol, mentions, rest, numbers) for mentions, rest in _rules(protocol, opened, level)
        ]
        for level in Level
        if level < Level.EMERGENCY
    }
    asking = {level: [(rests.mask, rests) for rests in parts] for level, parts in rules.items()}

    def signature(answers: Answers, level: Level) -> Hashable:
        if level is Level.EMERGENCY:
            return level
        given = 0
        for answer in answers.items():
            given |= codes[answer]
        return level, tuple([rests[given & mask] for mask, rests in asking[level]])

    return signature


_Rest = Callable[[Answers], Hashable]
"""The rest of a rule after some answers to the questions that it mentions."""


class _Rests(dict[int, int]):
    """The number of what is left of one rule, by the answers so far to the questions it mentions.

    Answers are two bits for each question, in the order of the protocol. Equal rests have one number in all
    rules of a signature.
    """

    def __init__(
        self, protocol: Protocol, mentions: Iterable[QuestionId], rest: _Rest, numbers: dict[Hashable, int]
    ) -> None:
        super().__init__()
        self._places = [(id_, 2 * place) for place, id_ in enumerate(protocol.questions) if id_ in mentions]
        self.mask = sum(3 << place for _, place in self._places)
        self._rest, self._numbers = rest, numbers

    def __missing__(self, given: int) -> int:
        answers = {id_: ANSWERS[code - 1] for id_, place in self._places if (code := given >> place & 3)}
        number = self._numbers.setdefault(self._rest(answers), len(self._numbers))
        self[given] = number
        return number


def _rules(
    protocol: Protocol, opened: frozenset[str], level: Level
) -> Iterator[tuple[frozenset[QuestionId], _Rest]]:
    """Each rule that still counts at a level: the questions it mentions, and what answers leave of it.

    That is every question that may still be asked, every combination that would raise the level, and, below
    urgent, where a pattern is told, the pattern.
    """
    for question in protocol.questions.values():
        yield question.when.mentions | {question.id}, partial(_of_question, question, opened, level)
    for combination in protocol.combinations.values():
        if combination.level > level:
            yield combination.when.mentions, partial(_left, combination.when, opened, level)
    if level < Level.URGENT:
        rules = protocol.pattern
        required = frozenset[QuestionId]().union(*(fit.requires.mentions for fit in rules.fit))
        yield (
            required | rules.nerve.keys() | rules.cramp.keys() | rules.cramp_extra,
            partial(_points, rules, required),
        )


def _of_question(question: Question, opened: frozenset[str], level: Level, answers: Answers) -> Hashable:
    return None if question.id in answers else _left(question.when, opened, level, answers)


def _left(condition: Condition, opened: frozenset[str], level: Level, answers: Answers) -> Hashable:
    """The rest of a condition: its unsettled groups, or None where it can hold no more."""
    groups = [
        frozenset(rest for case in group if (rest := _case(case, answers, opened, level)) is not None)
        for group in condition.groups
    ]
    unsettled = frozenset(group for group in groups if _SETTLED not in group)
    return unsettled if all(groups) else None


_SETTLED = (), None
"""A case that awaits nothing: its group holds."""


def _case(case: Case, answers: Answers, opened: frozenset[str], level: Level) -> Hashable:
    """The rest of a case: questions not answered and a level not reached yet. None: it is lost."""
    lost = any(id_ in answers and answers[id_] not in fits for id_, fits in case.answers)
    if lost or (case.opened is not None and case.opened not in opened):
        return None
    awaited = tuple((id_, fits) for id_, fits in case.answers if id_ not in answers)
    return awaited, case.reached if case.reached > level else None


def _points(rules: PatternRules, required: Iterable[QuestionId], answers: Answers) -> Hashable:
    """Everything the pattern still depends on: the points so far, and the answers its fits require."""
    yes = {id_ for id_, answer in answers.items() if answer == "yes"}
    nerve, cramp = (sum(scores[id_] for id_ in yes & scores.keys()) for scores in (rules.nerve, rules.cramp))
    return nerve, cramp, bool(yes & rules.cramp_extra), *map(answers.get, sorted(required))


def median(counts: Counter[int]) -> int:
    """The lower median of a table of how often each number occurs."""
    numbers = sorted(counts)
    below = accumulate(counts[number] for number in numbers)
    return next(number for number, upto in zip(numbers, below, strict=True) if 2 * upto >= counts.total())


def figures(space: Space) -> str:
    """The space in a few lines: its states, and the conversations and questions per level."""
    lengths = space.lengths()
    total = sum(counts.total() for counts in lengths.values())
    heading = f"{opened_words(space.opened)}: {len(space.states):,} states, {total:,} conversations"
    return "\n".join((heading, *(_line(level, counts) for level, counts in lengths.items())))


def opened_words(opened: frozenset[str]) -> str:
    """Which subjects were opened, in words."""
    return f"opened: {', '.join(sorted(opened))}" if opened else "nothing opened"


def _line(level: Level, counts: Counter[int]) -> str:
    questions = f"questions: median {median(counts):2}, longest {max(counts):2}"
    return f"  {level.id:<10} {questions}  ({counts.total():,} conversations)"


def openings(protocol: Protocol) -> Iterator[frozenset[str]]:
    """Nothing opened, each subject alone, and all of them."""
    yield frozenset()
    yield from (frozenset({subject}) for subject in sorted(protocol.opens))
    yield protocol.opens


def report(protocol: Protocol) -> str:
    """The figures for nothing opened, each subject alone, and all of them."""
    return "\n".join(figures(explore(protocol, opened)) for opened in openings(protocol))


def main(argv: list[str]) -> int:
    """Print the report; takes no options."""
    if argv:
        print("usage: python -m tools space", file=sys.stderr)
        return 2
    print(report(load_protocol()))
    return 0
