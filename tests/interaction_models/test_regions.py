"""What only one region says is understood there; its own numbers are, and another country's are not."""

from __future__ import annotations

from functools import cache
from itertools import chain

import pytest

from simulator.skill import here
from simulator.understanding.model import InteractionModel
from simulator.understanding.resolve import Resolver
from tests.locales import FURTHEST_APART

FURTHER = sorted(locale for locale in {*here().locales} - {*FURTHEST_APART} if locale.startswith("en-"))
NUMBERS = {
    "en-US": ["nine one one"],
    "en-GB": ["nine nine nine", "one one one"],
    "en-AU": ["triple zero", "zero zero zero", "medicare"],
    "en-CA": ["nine one one", "eight one one"],
    "en-IN": ["one one two", "one zero eight", "one zero four"],
}


@cache
def resolver(locale: str) -> Resolver:
    return here().resolver(locale)


def values(model: InteractionModel) -> set[tuple[str, str, str]]:
    """Every phrase of every slot type, with the id that it names."""
    return {
        (name, entry.id, phrase)
        for name, entries in model.types.items()
        for entry in entries
        for phrase in entry.phrases
    }


def of_its_own(locale: str) -> set[tuple[str, str, str]]:
    return values(here().model(locale)).difference(*map(values, map(here().model, FURTHEST_APART)))


@pytest.mark.parametrize("locale", FURTHER)
def test_a_region_has_words_of_its_own(locale: str) -> None:
    assert of_its_own(locale)


@pytest.mark.parametrize("locale", FURTHER)
def test_a_sign_that_only_a_region_words_so_is_that_sign(locale: str) -> None:
    others: dict[str, object] = {}
    for kind, sign, phrase in sorted(of_its_own(locale)):
        if kind == "Symptom":
            found = resolver(locale).resolve(phrase)
            ids = {match.entry.id for match in chain(*found.slots.values()) if match.entry}
            others |= (
                {} if (found.intent, ids) == ("SymptomIntent", {sign}) else {phrase: (found.intent, ids)}
            )
    assert others == {}


@pytest.mark.parametrize("locale", NUMBERS)
def test_a_region_asks_about_its_own_numbers_and_about_no_others(locale: str) -> None:
    samples = {sample for intent in here().model(locale).intents.values() for sample in intent.samples}
    everywhere = {number for numbers in NUMBERS.values() for number in numbers}
    assert {number for number in everywhere if f"should i call {number}" in samples} == {*NUMBERS[locale]}
    assert resolver(locale).resolve(f"should i call {NUMBERS[locale][0]}").intent == "WhenToSeekHelpIntent"


@pytest.mark.parametrize(
    ("locale", "words", "intent"),
    [
        ("en-AU", "should i go to emergency", "WhenToSeekHelpIntent"),
        ("en-AU", "what can i get from the chemist", "TipsIntent"),
        ("en-AU", "can i take paracetamol", "TipsIntent"),
        ("en-CA", "should i go to emerg", "WhenToSeekHelpIntent"),
        ("en-CA", "can i take tylenol", "TipsIntent"),
        ("en-IN", "should i go to casualty", "WhenToSeekHelpIntent"),
        ("en-IN", "can i take crocin", "TipsIntent"),
        ("en-IN", "can i take paracetamol", "TipsIntent"),
        ("en-IN", "it's paining", "InPainIntent"),
        ("en-IN", "my chest is paining", "SymptomIntent"),
    ],
)
def test_the_words_that_people_use_there_are_understood(locale: str, words: str, intent: str) -> None:
    assert resolver(locale).resolve(words).intent == intent
