"""What the code can ask words for is found, whatever is added to it."""

from __future__ import annotations

import pytest

from crampguide.dialogue.offers import load_guide
from crampguide.speech import catalogue_for
from tools.words import sayable
from tools.words.speech_lint import locales

SOURCE = '''
"""A docstring names.a_key and is none."""
A = Line("net.line")
B = words(f"why.{id_}")
C = {"ask": "reprompt.{}"}
D = (f"{group}.{id_}", "tips.toml", "AMAZON.YesIntent", f"{name}.json", f"{label}: is wrong.")
E = load_later("dateutil.tz")
def f():
    """why.nothing"""
'''


def test_keys_and_families_are_read_from_the_code_and_nothing_else() -> None:
    found = {(each.text, each.written, each.place) for each in sayable.read(SOURCE, "a.py")}
    assert found == {
        ("net.line", "net.line", "a.py:3"),
        ("reprompt.{}", "reprompt.{}", "a.py:5"),
        ("why.{}", "why.{id_}", "a.py:4"),
        ("{}.{}", "{group}.{id_}", "a.py:6"),
    }


def test_a_family_that_nobody_listed_is_refused() -> None:
    found = list(sayable.unknown(sayable.read('X = f"gout.{id_}"', "a.py")))
    assert found == ["a.py:1: tools/words/sayable.py does not say what gout.{id_} can be"]


def test_a_family_that_could_be_any_line_is_refused() -> None:
    found = list(sayable.unknown(sayable.read('X = f"{group}.{id_}"', "a.py")))
    assert found == ["a.py:1: {group}.{id_} could be any line; let it begin with its group"]


def test_the_code_holds_no_family_that_is_unknown() -> None:
    assert sayable.problems() == []


@pytest.mark.parametrize("locale", locales())
def test_every_line_of_a_locale_can_be_asked_for(locale: str) -> None:
    assert set(catalogue_for(locale).lines) <= sayable.keys()


def test_every_offer_is_asked_and_asked_again() -> None:
    assert {
        f"{group}.{offer}" for group in ("ask", "reprompt") for offer in load_guide().offers
    } <= sayable.keys()
