"""Say in words who is told something else by another protocol file: every kind of caller, not samples."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from crampguide.triage import Level, Protocol, ProtocolError, Question, read_protocol
from crampguide.triage.pattern import pattern_of
from simulator.files import BrokenFileError, read_text
from tools.protocol.in_words import LEVELS, condition_in_words, opening, person_in_words
from tools.protocol.outcomes import Kind, Outcome, Outcomes
from tools.protocol.state_space import State, explore

_PATTERNS = ("sciatica", "cramp", "either", "neither")
_OF_A_QUESTION = (
    "sign", "yes", "unsure", "recheck", "confirm_no", "calmer", "informs", "waiting", "where", "optional",
    "parts", "ambulance",
)  # fmt: skip


_Kind = tuple[Kind, list[int]]
"""A kind of caller, and what those of them who are meant are told otherwise."""


class _Told(NamedTuple):
    """The advice of one protocol to everybody: the level, and the pattern's place in the list, or 0."""

    level: Outcome
    pattern: Outcome


def differences(old: Protocol, new: Protocol) -> list[str]:
    """One sentence for each kind of caller who is told something else, and for each question that changed.

    Complete: whoever is in none of the sentences ends at the same level and pattern with both protocols. A
    sentence about a level is for those whom no other answer takes as far.
    """
    said = list(told_otherwise(old, new, frozenset()))
    for opened in _openings(old, new):
        where = f"where {' and '.join(map(opening, sorted(opened)))}: "
        said += [where + line for line in told_otherwise(old, new, opened) if line not in said]
    return [*said, *_questions(old, new)]


def _openings(old: Protocol, new: Protocol) -> list[frozenset[str]]:
    subjects = sorted(old.opens | new.opens)
    return [*(frozenset({subject}) for subject in subjects), frozenset(subjects)]


def told_otherwise(old: Protocol, new: Protocol, opened: frozenset[str]) -> Iterator[str]:
    """A sentence for each kind of caller who is told something else with these subjects opened."""
    outcomes = Outcomes(dict.fromkeys((*old.questions, *new.questions)))
    names = new._replace(questions={**old.questions, **new.questions})
    was, now = (_told(outcomes, protocol, opened) for protocol in (old, new))
    for level in sorted(Level, reverse=True):
        for kind, others in _reaching(outcomes, was.level, now.level, level):
            yield f"{person_in_words(names, kind)}: {_any_of(others)} -> {LEVELS[level]}"
        for kind, others in _reaching(outcomes, now.level, was.level, level):
            yield f"{person_in_words(names, kind)}: {LEVELS[level]} -> {_any_of(others)}"
    for place, pattern in enumerate(_PATTERNS, 1):
        for kind, others in _fitting(outcomes, was.pattern, now.pattern, place):
            before = " or ".join(_PATTERNS[other - 1] for other in others)
            yield f"{person_in_words(names, kind)}: fits {before} -> fits {pattern}, below urgent"


def _told(outcomes: Outcomes, protocol: Protocol, opened: frozenset[str]) -> _Told:
    def fit(state: State) -> int:
        if state.level >= Level.URGENT:
            return 0
        return _PATTERNS.index(pattern_of(protocol, state.answers)) + 1

    space = explore(protocol, opened)
    return _Told(outcomes.of(space)[-1], outcomes.of(space, fit)[-1])


def _reaching(outcomes: Outcomes, without: Outcome, reaching: Outcome, level: Level) -> Iterator[_Kind]:
    """Who reaches just this level in one function and less in the other; and what they reach there."""
    people = outcomes.paired(without, reaching, lambda less, more: int(less < level == more))
    inside = outcomes.paired(reaching, reaching, lambda more, _: int(more >= level))
    for kind, some in outcomes.kinds(people, inside):
        yield kind, _values(outcomes, without, some)


def _fitting(outcomes: Outcomes, was: Outcome, now: Outcome, place: int) -> Iterator[_Kind]:
    """Who is told this pattern now and another one before; and which."""
    people = outcomes.paired(was, now, lambda before, after: int(0 < before != after == place))
    inside = outcomes.paired(was, now, lambda before, after: int(before == 0 or after in {0, place}))
    for kind, some in outcomes.kinds(people, inside):
        yield kind, _values(outcomes, was, some)


def _values(outcomes: Outcomes, function: Outcome, people: Outcome) -> list[int]:
    of_people = outcomes.paired(function, people, lambda value, is_one: value * is_one)
    return sorted(outcomes.constants_of(of_people) - {0})


def _any_of(levels: list[int]) -> str:
    return " or ".join(LEVELS[Level(level)] for level in levels)


def _questions(old: Protocol, new: Protocol) -> Iterator[str]:
    for id_ in dict.fromkeys((*old.questions, *new.questions)):
        before, after = old.questions.get(id_), new.questions.get(id_)
        if before is None or after is None:
            yield f"question {id_}: {'added' if before is None else 'removed'}"
        else:
            yield from _of_a_question(old, new, before, after)
    common = [id_ for id_ in old.questions if id_ in new.questions]
    if common != [id_ for id_ in new.questions if id_ in old.questions]:
        yield "the questions are asked in another order"


def _of_a_question(old: Protocol, new: Protocol, before: Question, after: Question) -> Iterator[str]:
    for field in _OF_A_QUESTION:
        was, becomes = getattr(before, field), getattr(after, field)
        if was != becomes:
            yield f"question {before.id}: {field} {_plain(was)} -> {_plain(becomes)}"
    asked = [_asked(protocol, question) for protocol, question in ((old, before), (new, after))]
    if asked[0] != asked[1]:
        yield f"question {before.id}: asked {asked[0]} -> asked {asked[1]}"


def _asked(protocol: Protocol, question: Question) -> str:
    groups = condition_in_words(protocol, question.when)
    return f"if {', and '.join(groups)}" if groups else "of everyone"


def _plain(value: object) -> str:
    if isinstance(value, Level):
        return LEVELS[value]
    if isinstance(value, frozenset):
        return ", ".join(sorted(value)) or "nothing"
    return "nothing" if value is None else str(value)


def _read(path: Path) -> Protocol:
    try:
        return read_protocol(read_text(path))
    except BrokenFileError as error:
        raise SystemExit(f"{error}: name two protocol files") from error
    except ProtocolError as error:
        raise SystemExit(f"{path} is no protocol that would run: {error}") from error


def main(argv: list[str]) -> int:
    """Print the differences of two protocol files; 1 where there are any."""
    parser = argparse.ArgumentParser(prog="python -m tools diff", description=__doc__)
    parser.add_argument("old", type=Path, help="a protocol file, such as one that `git show` wrote out")
    parser.add_argument("new", type=Path)
    chosen = parser.parse_args(argv)
    found = differences(_read(chosen.old), _read(chosen.new))
    print("\n".join(found) or "Everybody is asked and told the same.")
    return int(bool(found))
