"""A sign next to a denial: whatever else is denied in a sentence, the sign in it is never lost as a no.

There are far too many sentences "no <this> but <that>" to try them all. Of each question an even spread is
taken, the same in every run: all combinations stand in a row, and a long stride goes round and round in it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from simulator.skill import here
from simulator.understanding.resolve import FALLBACK, NO, Resolution, Resolver
from tests.simulator.taken import taken, warnings
from tools.simulated.roles import DENIAL

TABLE: dict[str, Any] = tomllib.loads(Path(__file__).with_name("beside.toml").read_text(encoding="utf-8"))
STRIDE = 1_000_003
OF_ONE_QUESTION, OF_TWO_QUESTIONS = 24, 12


class Mixed(NamedTuple):
    """A sentence that denies one thing and reports another."""

    words: str
    reported: str


@cache
def resolver_of(locale: str) -> Resolver:
    return here().resolver(locale)


@pytest.fixture(scope="module")
def american() -> Resolver:
    return resolver_of("en-US")


@cache
def phrases(kind: str) -> dict[str, list[str]]:
    """The phrases of each question; of those that are heard as one, the first."""
    form = here().language("en-US").form
    return {
        entry.id: list({form(phrase): phrase for phrase in reversed(entry.phrases)}.values())
        for entry in resolver_of("en-US").model.types[kind]
    }


def things(listed: Sequence[str]) -> list[str]:
    """Those that name something ("chest pain") and state nothing ("my chest hurts")."""
    language = here().language("en-US")
    subjects, first = {*language.data["clauses"]["subjects"]}, {*language.data["clauses"]["starters"]}
    stated = {*subjects, *TABLE["words"]["finite"]} - {*TABLE["words"]["owners"]} | language.negators
    forms = {phrase: language.form(phrase) for phrase in listed}
    return [
        phrase
        for phrase, form in forms.items()
        if form[0] not in first | subjects and stated.isdisjoint(form)
    ]


def spread(count: int, *choices: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Some of all combinations, evenly spread over them."""
    size = 1
    for choice in choices:
        size *= len(choice)
    for place in (at * STRIDE % size for at in range(min(count, size))):
        chosen, rest = [], place
        for choice in choices:
            rest, at = divmod(rest, len(choice))
            chosen.append(choice[at])
        yield tuple(chosen)


def mixed(denied: str, reported: str, count: int) -> Iterator[Mixed]:
    """Sentences that deny something of one question and report something of another or the same."""
    names = list(dict.fromkeys(things([*phrases("Symptom")[denied], *phrases("Denial")[denied]])))
    listed = phrases("Symptom")[reported]
    for kind, signs in (("thing", things(listed)), ("statement", listed)):
        for frame, name, sign in spread(count // 2, TABLE["frames"][kind], names, signs):
            if name != sign:
                yield Mixed(frame.format(name, sign), reported)


def ids(resolution: Resolution) -> list[str]:
    return [value.entry.id for values in resolution.slots.values() for value in values if value.entry]


@pytest.mark.parametrize("question", phrases("Symptom"))
def test_a_sign_is_not_lost_beside_a_denial_of_the_same_question(american: Resolver, question: str) -> None:
    said = list(mixed(question, question, OF_ONE_QUESTION))
    assert said
    assert [each.words for each in said if american.resolve(each.words).intent in {DENIAL, NO}] == []


def test_a_sign_is_heard_beside_a_denial_of_another_question(american: Resolver) -> None:
    questions = list(phrases("Symptom"))
    said = [
        each
        for at, denied in enumerate(questions)
        for step in (1, 7, 19)
        for each in mixed(denied, questions[(at + step) % len(questions)], OF_TWO_QUESTIONS // 3)
    ]
    heard = [(each, taken(american, each.words)) for each in said]
    assert [each.words for each, got in heard if each.reported in got.denied] == []
    grave = [(each, got) for each, got in heard if each.reported in warnings()]
    missed = [each.words for each, got in grave if each.reported not in got.heard]
    assert len(missed) <= len(grave) * TABLE["missed"], missed


@pytest.mark.parametrize(("words", "expected"), TABLE["signs"].items())
def test_signs_beside_denials(american: Resolver, words: str, expected: list[str]) -> None:
    found = taken(american, words)
    assert found.heard & {*expected}
    assert found.denied == frozenset()


@pytest.mark.parametrize("words", TABLE["open"]["words"])
def test_what_cannot_be_told_is_handed_over(american: Resolver, words: str) -> None:
    assert american.resolve(words).intent == FALLBACK
    assert taken(american, words).denied == frozenset()


@pytest.mark.parametrize(("words", "expected"), TABLE["denials"].items())
def test_a_denial_is_no_sign(american: Resolver, words: str, expected: list[str]) -> None:
    found = taken(american, words)
    assert found.said == frozenset()
    assert found.denied <= {*expected}
