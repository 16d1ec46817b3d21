"""How the American English model is understood: what people say, and every phrase it lists."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from simulator.resolve import DENIAL, FALLBACK, NO, SIGN, YES, Resolution, Resolver
from simulator.words import language_of

TABLE: dict[str, Any] = tomllib.loads(
    Path(__file__).with_name("understood-en-US.toml").read_text(encoding="utf-8")
)


@pytest.fixture(scope="module")
def american() -> Resolver:
    return Resolver.for_locale("en-US")


def ids(resolution: Resolution) -> list[str]:
    return [value.entry.id for values in resolution.slots.values() for value in values]


@pytest.mark.parametrize(("words", "expected"), TABLE["signs"].items())
def test_signs(american: Resolver, words: str, expected: list[str]) -> None:
    resolution = american.resolve(words)
    assert (resolution.intent, ids(resolution)) == (SIGN, expected)


@pytest.mark.parametrize(("words", "expected"), TABLE["denials"].items())
def test_denials(american: Resolver, words: str, expected: list[str]) -> None:
    resolution = american.resolve(words)
    assert (resolution.intent, ids(resolution)) == (DENIAL, expected)


@pytest.mark.parametrize("words", TABLE["neither"]["words"])
def test_what_is_no_sign(american: Resolver, words: str) -> None:
    assert american.resolve(words).intent not in {SIGN, YES, NO}


@pytest.mark.parametrize(("words", "expected"), TABLE["requests"].items())
def test_requests(american: Resolver, words: str, expected: list[str]) -> None:
    resolution = american.resolve(words)
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
    form = language_of("en-US").form
    return list({form(phrase): (sign, phrase) for sign, phrase in phrases(resolver)}.values())


@pytest.mark.parametrize("locale", ["en-US", "en-GB"])
def test_every_listed_phrase_is_the_sign_it_is_listed_for(locale: str) -> None:
    resolver = Resolver.for_locale(locale)
    other = [
        (phrase, sign, resolution.intent, ids(resolution))
        for sign, phrase in phrases(resolver)
        if (resolution := resolver.resolve(phrase)).intent != SIGN or sign not in ids(resolution)
    ]
    assert other == []


def test_no_listed_sign_becomes_one_when_it_is_denied(american: Resolver) -> None:
    flipped = [
        phrase
        for _, phrase in wordings(american)
        if american.resolve(f"I don't think {phrase}").intent == SIGN
    ]
    assert flipped == []


def test_listed_signs_are_heard_inside_a_sentence_and_never_denied(american: Resolver) -> None:
    listed = wordings(american)
    heard = [
        (sign, phrase, american.resolve(f"it started yesterday and {phrase} and i am scared"))
        for sign, phrase in listed
    ]
    assert [phrase for _, phrase, resolution in heard if resolution.intent in {DENIAL, YES, NO}] == []
    missed = [phrase for sign, phrase, resolution in heard if sign not in ids(resolution)]
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
