"""What the recap calls a sign can be used to correct it, and said alone it is the sign."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

import pytest

from crampguide.speech.catalogue import catalogue_for
from simulator.skill import here
from simulator.understanding.resolve import Resolver
from tests.simulator.taken import taken

ROOT = Path(__file__).parents[2]
PROTOCOL = tomllib.loads((ROOT / "lambda/crampguide/triage/protocol.toml").read_text(encoding="utf-8"))
QUESTIONS = [question["id"] for question in PROTOCOL["question"] if question["group"] != "second look"]
"""A sign that is asked about again has no name of its own: whoever says it says the sign itself."""
LOCALES = ("en-US", "en-GB")


@cache
def resolver(locale: str) -> Resolver:
    return here().resolver(locale)


def understood(locale: str, words: str) -> tuple[str, list[str]]:
    resolution = resolver(locale).resolve(words)
    return resolution.intent, [
        value.entry.id for values in resolution.slots.values() for value in values if value.entry
    ]


def spoken(locale: str, sign: str) -> str:
    return catalogue_for(locale).say(f"sign.{sign}")


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("sign", QUESTIONS)
@pytest.mark.parametrize(
    "words", ["the {} one", "change {}", "the {} answer is wrong", "the {} one is wrong"]
)
def test_a_spoken_name_corrects_its_sign(locale: str, sign: str, words: str) -> None:
    name = re.sub(r"^(a|an|the) ", "", spoken(locale, sign))
    assert understood(locale, words.format(name)) == ("CorrectIntent", [sign])


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("sign", QUESTIONS)
def test_a_spoken_name_alone_is_its_sign_or_asks_about_it(locale: str, sign: str) -> None:
    assert sign in taken(resolver(locale), spoken(locale, sign)).heard


@pytest.mark.parametrize(
    ("words", "sign"),
    [
        ("the calf one is wrong", "one_calf_swollen"),
        ("the fever one", "fever_or_unwell"),
        ("the bladder one", "bladder_or_bowel_change"),
        ("the injury one", "injury_or_pop"),
        ("the pain one", "severe_or_worsening_pain"),
        ("change the toilet one", "bladder_or_bowel_change"),
        ("change the chest answer", "chest_or_breathing"),
        ("the swelling one was wrong", "one_calf_swollen"),
        ("the pregnancy one is wrong", "pregnant_or_new_mother"),
        ("please change the cancer answer", "cancer_ever"),
    ],
)
def test_the_natural_word_for_it_corrects_a_sign(words: str, sign: str) -> None:
    assert understood("en-US", words) == ("CorrectIntent", [sign])
