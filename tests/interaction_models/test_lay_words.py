"""What frightened people say at home, held against both models and the reader inside the skill."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from simulator.skill import here
from simulator.understanding.resolve import NO, YES, Resolver
from tests.simulator.taken import taken

TABLE: dict[str, Any] = tomllib.loads(Path(__file__).with_name("lay-words.toml").read_text(encoding="utf-8"))
LOCALES = ("en-US", "en-GB")
SIGN, DENIAL, LONG_STANDING = "SymptomIntent", "NoSymptomIntent", "NotNewIntent"


def rows(kind: str) -> list[tuple[str, str]]:
    """The utterances of a part of the table, each with the sign it is listed under."""
    return [(words, sign) for sign, listed in TABLE[kind].items() for words in listed]


@cache
def resolver(locale: str) -> Resolver:
    return here().resolver(locale)


def understood(locale: str, words: str) -> tuple[str, list[str]]:
    resolution = resolver(locale).resolve(words)
    return resolution.intent, [
        value.entry.id for values in resolution.slots.values() for value in values if value.entry
    ]


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize(("words", "sign"), rows("signs"))
def test_this_sign_counts_or_is_asked_about(locale: str, words: str, sign: str) -> None:
    found = taken(resolver(locale), words)
    assert (sign in found.heard, found.denied) == (True, frozenset())


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize(("words", "sign"), rows("denials"))
def test_it_denies_at_most_this_sign(locale: str, words: str, sign: str) -> None:
    found = taken(resolver(locale), words)
    assert found.said == frozenset()
    assert found.denied <= {sign}


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize(("words", "sign"), rows("long_standing"))
def test_it_was_always_there_or_is_not_lost(locale: str, words: str, sign: str) -> None:
    listed = understood(locale, words) == (LONG_STANDING, [sign])
    assert listed or sign in taken(resolver(locale), words).heard


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("words", TABLE["neither"]["words"])
def test_it_is_no_sign(locale: str, words: str) -> None:
    assert understood(locale, words)[0] not in {SIGN, YES, NO}


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("words", TABLE["never_denied"]["words"])
def test_it_is_never_taken_for_a_denial(locale: str, words: str) -> None:
    assert understood(locale, words)[0] not in {DENIAL, LONG_STANDING, NO}
