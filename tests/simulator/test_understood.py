"""How the American English model is understood: what people say, and every phrase it lists."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from simulator.skill import here
from simulator.understanding.resolve import FALLBACK, NO, YES, Resolution, Resolver
from tests.simulator.taken import taken, warnings
from tools.simulated.roles import DENIAL, SIGN

TABLE: dict[str, Any] = tomllib.loads(
    Path(__file__).with_name("understood-en-US.toml").read_text(encoding="utf-8")
)
BRITISH: dict[str, Any] = tomllib.loads(
    Path(__file__).with_name("understood-en-GB.toml").read_text(encoding="utf-8")
)


EVERY = 11
"""Of so many listed phrases one is put into a sentence."""


@cache
def resolver_of(locale: str) -> Resolver:
    return here().resolver(locale)


@pytest.fixture(scope="module")
def american() -> Resolver:
    return resolver_of("en-US")


def ids(resolution: Resolution) -> list[str]:
    return [value.entry.id for values in resolution.slots.values() for value in values if value.entry]


@pytest.mark.parametrize(("words", "expected"), TABLE["signs"].items())
def test_signs_count_or_are_asked_about(american: Resolver, words: str, expected: list[str]) -> None:
    found = taken(american, words)
    assert found.heard & {*expected}
    assert found.denied == frozenset()


@pytest.mark.parametrize(("words", "expected"), BRITISH["signs"].items())
def test_british_signs_count_or_are_asked_about(words: str, expected: list[str]) -> None:
    assert taken(resolver_of("en-GB"), words).heard & {*expected}


@pytest.mark.parametrize(("words", "expected"), TABLE["denials"].items())
def test_a_denial_is_no_sign_and_denies_nothing_else(
    american: Resolver, words: str, expected: list[str]
) -> None:
    found = taken(american, words)
    assert found.said == frozenset()
    assert found.denied <= {*expected}


@pytest.mark.parametrize("words", TABLE["plain"]["words"])
def test_a_plain_denial_is_heard_as_one(american: Resolver, words: str) -> None:
    found = taken(american, words)
    assert found.denied == {*TABLE["denials"][words]}


@pytest.mark.parametrize("words", TABLE["neither"]["words"])
def test_what_is_no_sign(american: Resolver, words: str) -> None:
    assert taken(american, words).said == frozenset()
    assert american.resolve(words).intent not in {SIGN, YES, NO}


@pytest.mark.parametrize("words", TABLE["open"]["words"])
def test_what_is_no_denial(american: Resolver, words: str) -> None:
    assert american.resolve(words).intent not in {DENIAL, YES, NO}


@pytest.mark.parametrize(("words", "expected"), TABLE["requests"].items())
def test_requests(american: Resolver, words: str, expected: list[str]) -> None:
    resolution = american.resolve(words)
    assert [resolution.intent, *ids(resolution)] == expected


@pytest.mark.parametrize(("words", "expected"), BRITISH["requests"].items())
def test_british_requests(words: str, expected: list[str]) -> None:
    resolution = resolver_of("en-GB").resolve(words)
    assert [resolution.intent, *ids(resolution)] == expected


@pytest.mark.parametrize("words", TABLE["nonsense"]["words"])
def test_nonsense(american: Resolver, words: str) -> None:
    assert american.resolve(words).intent == FALLBACK


def phrases(resolver: Resolver) -> list[tuple[str, str]]:
    slot = resolver.model.intents[SIGN].slot("symptom")
    assert slot is not None
    return [(entry.id, phrase) for entry in resolver.model.types[slot.type] for phrase in entry.phrases]


def wordings(resolver: Resolver) -> list[tuple[str, str]]:
    """The listed phrases, those left out that differ from another only in an apostrophe."""
    form = here().language("en-US").form
    return list({form(phrase): (sign, phrase) for sign, phrase in phrases(resolver)}.values())


@pytest.mark.parametrize("locale", ["en-US", "en-GB"])
def test_every_listed_phrase_is_the_sign_it_is_listed_for(locale: str) -> None:
    resolver = here().resolver(locale)
    other = [
        (phrase, sign, resolution.intent, ids(resolution))
        for sign, phrase in phrases(resolver)
        if (resolution := resolver.resolve(phrase)).intent != SIGN or sign not in ids(resolution)
    ]
    assert other == []


@pytest.mark.parametrize("locale", ["en-US", "en-GB"])
def test_only_listed_phrases_are_denials(locale: str) -> None:
    resolver = resolver_of(locale)
    listed = [phrase for _, phrase in wordings(resolver)[::EVERY]]
    denied = [f"it started yesterday and {phrase} and i am scared" for phrase in listed]
    assert [words for words in denied if resolver.resolve(words).intent in {DENIAL, YES, NO}] == []


def test_listed_signs_inside_a_sentence_count_or_are_asked_about(american: Resolver) -> None:
    listed = wordings(american)[::EVERY]
    missed = [
        (sign, phrase)
        for sign, phrase in listed
        if sign in warnings()
        and sign not in taken(american, f"it started yesterday and {phrase} and i am scared").heard
    ]
    assert len(missed) <= len(listed) / 100, missed


def test_no_listed_denial_survives_the_loss_of_its_no(american: Resolver) -> None:
    slot = american.model.intents[DENIAL].slot("symptom")
    assert slot is not None
    flipped = [
        f"i can't {phrase}"
        for entry in american.model.types[slot.type]
        for phrase in entry.phrases
        if american.resolve(f"i can't {phrase}").intent == DENIAL
    ]
    assert flipped == []


@pytest.mark.parametrize("words", ["no swelling", "I don't have any numbness", "no redness or swelling"])
def test_a_denied_name_that_covers_a_part_is_handed_over_for_the_skill_to_ask(
    american: Resolver, words: str
) -> None:
    resolution = american.resolve(words)
    assert (resolution.intent, ids(resolution)) == (DENIAL, [])
    assert resolution.slots


@pytest.mark.parametrize(
    "words", ["no feeling", "not peeing", "not walking", "I can feel swelling", "no banana"]
)
def test_what_is_denied_may_be_a_sign_and_is_no_denial(american: Resolver, words: str) -> None:
    assert american.resolve(words).intent != DENIAL


@pytest.mark.parametrize(
    ("words", "close"),
    [
        ("my leg's locked up help", "CrampNowIntent"),
        ("do compression socks help with cramps", "OutOfScopeIntent"),
        ("my calf is cramping and numb", FALLBACK),
        ("my calf is cramping and cold", FALLBACK),
        ("i need to go so bad and i can't", FALLBACK),
        ("yesterday the right one was tingling and today the left has joined in", FALLBACK),
    ],
)
def test_a_request_is_close_to_a_sample_only_where_no_sign_is_left_over(
    american: Resolver, words: str, close: str
) -> None:
    assert american.resolve(words).intent == close
