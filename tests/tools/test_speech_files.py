"""Not one line can be taken out of the words, or be put in, without being noticed."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest

from crampguide.speech import rules
from tools.words import sayable
from tools.words.speech_files import incomplete, read_all
from tools.words.speech_lint import SPEECH

FILES = read_all(SPEECH)
Given = dict[str, Any]


def test_what_ships_is_complete() -> None:
    assert list(incomplete(FILES, rules(), sayable.keys())) == []
    assert {
        "en/questions",
        "en/tips",
        "en/regions/en-US",
        "en/regions/en-GB",
        "en/regions/elsewhere",
    } <= FILES.keys()


@pytest.mark.parametrize("name", FILES)
def test_each_line_that_is_taken_out_is_named_with_its_file(name: str) -> None:
    unnoticed = []
    for key in FILES[name]:
        lacking = {**FILES, name: {other: said for other, said in FILES[name].items() if other != key}}
        found = list(incomplete(lacking, rules(), sayable.keys()))
        if not any(f"{name}.toml" in line and f" {key} is missing" in line for line in found):
            unnoticed.append((key, found))
    assert unnoticed == []


@pytest.mark.parametrize("name", FILES)
def test_a_line_that_nobody_says_is_named_with_its_file(name: str) -> None:
    spare = {**FILES, name: {**FILES[name], "gout.line": ("Gout hurts.",)}}
    assert list(incomplete(spare, rules(), sayable.keys())) == [f"{name}.toml: gout.line is said by nobody"]


def test_a_line_in_two_files_of_a_language_is_named() -> None:
    twice = {**FILES, "en/spare": {"tip.hydrate": ("Drink.",)}}
    found = list(incomplete(twice, rules(), sayable.keys()))
    assert found == ["en/spare.toml: tip.hydrate is stated in en/tips.toml too"]


def test_a_language_without_its_words_is_refused() -> None:
    other = {**FILES, "fr/lines": {"welcome.first": ("Bonjour.",)}}
    found = list(incomplete(other, rules(), sayable.keys()))
    assert "fr/lines.toml: question.chest_or_breathing is missing" in found
    assert "fr/lines.toml: meaning.back_or_buttock_pain is missing" in found, (
        "what is silent in English need not be so in French"
    )


def test_words_without_a_language_are_refused() -> None:
    given = {**rules(), "silent": {}, "reworded": {}}
    assert "speech: there is no language" in list(incomplete({}, given, sayable.keys()))


def _without(name: str) -> Callable[[Given], object]:
    return lambda given: given.pop(name)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        *((_without(name), f"{name} is missing") for name in ("brief", "logged", "silent", "reworded")),
        (lambda given: given.update(spare={}), "spare is not a known table"),
        (
            lambda given: given["brief"].append("acknowledge.maybe"),
            "brief: acknowledge.maybe is said by nobody",
        ),
        (lambda given: given["logged"].append("gout"), "logged: there is no group gout"),
        (lambda given: given["silent"].update(xx={}), "silent: xx is no language"),
        (
            lambda given: given["silent"]["en"].update(welcome=["first"]),
            "silent.en: a line of welcome may not be silent",
        ),
        (
            lambda given: given["silent"]["en"]["meaning"].append("gout"),
            "silent.en: meaning.gout is asked for by nobody",
        ),
        (lambda given: given["reworded"].update({"en-NZ": []}), "reworded: en-NZ is no region"),
    ],
)
def test_rules_that_fit_nothing_are_refused(change: Callable[[Given], object], says: str) -> None:
    given = copy.deepcopy(dict(rules()))
    change(given)
    assert f"rules.toml: {says}" in list(incomplete(FILES, given, sayable.keys()))


def test_a_line_that_is_said_to_be_silent_and_has_words_is_refused() -> None:
    given = copy.deepcopy(dict(rules()))
    given["silent"]["en"]["meaning"].append("pain_down_leg")
    found = list(incomplete(FILES, given, sayable.keys()))
    assert found == [
        "en/questions.toml: meaning.pain_down_leg has words, but rules.toml says that it is silent"
    ]


def test_a_line_that_a_region_words_otherwise_without_a_word_about_it_is_refused() -> None:
    other = {**FILES, "en/regions/en-GB": {**FILES["en/regions/en-GB"], "tip.hydrate": ("Drink, old chap.",)}}
    (found,) = incomplete(other, rules(), sayable.keys())
    assert found.startswith("en/regions/en-GB.toml: tip.hydrate is not among the lines that rules.toml says")
