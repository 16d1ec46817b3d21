"""Not one line can be taken out of the words, or be put in, without being noticed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from crampguide.reviewed import DataError, read_toml
from crampguide.speech import rules
from crampguide.speech.catalogue import File
from crampguide.speech.model import read_rules
from tests.patches import Fault
from tools.words import sayable
from tools.words.speech_files import incomplete, read_all
from tools.words.speech_lint import SPEECH

FILES = read_all(SPEECH)
TABLES = read_toml(SPEECH / "rules.toml")
SHARED = "en/wordings/commonwealth"


def holding(name: str, lines: Mapping[str, tuple[str, ...]]) -> File:
    """A file that shares what it shares, with other lines."""
    return FILES[name]._replace(lines=lines)


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
    for key in FILES[name].lines:
        lacking = {**FILES, name: holding(name, {k: v for k, v in FILES[name].lines.items() if k != key})}
        found = list(incomplete(lacking, rules(), sayable.keys()))
        if not any(f"{name}.toml" in line and f" {key} is missing" in line for line in found):
            unnoticed.append((key, found))
    assert unnoticed == []


@pytest.mark.parametrize("name", FILES)
def test_a_line_that_nobody_says_is_named_with_its_file(name: str) -> None:
    spare = {**FILES, name: holding(name, {**FILES[name].lines, "gout.line": ("Gout hurts.",)})}
    assert list(incomplete(spare, rules(), sayable.keys())) == [f"{name}.toml: gout.line is said by nobody"]


def test_a_line_in_two_files_of_a_language_is_named() -> None:
    twice = {**FILES, "en/spare": File((), {"tip.hydrate": ("Drink.",)})}
    found = list(incomplete(twice, rules(), sayable.keys()))
    assert found == ["en/spare.toml: tip.hydrate is stated in en/tips.toml too"]


def test_a_language_without_its_words_is_refused() -> None:
    other = {**FILES, "fr/lines": File((), {"welcome.first": ("Bonjour.",)})}
    found = list(incomplete(other, rules(), sayable.keys()))
    assert "fr/lines.toml: question.chest_or_breathing is missing" in found
    assert "fr/lines.toml: meaning.back_or_buttock_pain is missing" in found, (
        "what is silent in English need not be so in French"
    )


def test_words_without_a_language_are_refused() -> None:
    given = rules()._replace(silent={}, reworded={})
    assert "speech: there is no language" in list(incomplete({}, given, sayable.keys()))


@pytest.mark.parametrize(
    ("patch", "says"),
    [
        *(
            ({"remove": [name]}, f"rules: {name} is missing")
            for name in ("brief", "logged", "silent", "reworded", "budget")
        ),
        ({"set": {"spare": {}}}, "rules: spare is not a known field"),
        ({"set": {"logged": "ask"}}, "rules: logged must be a list"),
        (
            {"set": {"silent": {"en": {"meaning": [1]}}}},
            "rules: silent en meaning number 1 must be a text in quotes",
        ),
        ({"set": {"reworded": {"en-GB": []}}}, "rules: reworded en-GB is empty"),
    ],
)
def test_rules_of_another_form_are_refused(patch: Mapping[str, Any], says: str) -> None:
    with pytest.raises(DataError) as refused:
        read_rules(Fault("rules", patch).data(TABLES))
    assert refused.value.problems == (says,)


@pytest.mark.parametrize(
    ("patch", "says"),
    [
        ({"add": {"brief": ["acknowledge.maybe"]}}, "brief: acknowledge.maybe is said by nobody"),
        ({"add": {"logged": ["gout"]}}, "logged: there is no group gout"),
        ({"set": {"silent.xx": {}}}, "silent: xx is no language"),
        ({"set": {"silent.en.welcome": ["first"]}}, "silent.en: a line of welcome may not be silent"),
        ({"add": {"silent.en.meaning": ["gout"]}}, "silent.en: meaning.gout is asked for by nobody"),
        (
            {"set": {"budget.xx": {"words_per_minute": 155, "longest_question": 20}}},
            "budget: xx is no language",
        ),
        ({"remove": ["budget.en"]}, "budget.en is missing"),
        ({"set": {"reworded.en-NZ": ["tip.hydrate"]}}, "reworded: en-NZ is no region, and no wording"),
    ],
)
def test_rules_that_fit_nothing_are_refused(patch: Mapping[str, Any], says: str) -> None:
    given = read_rules(Fault("rules", patch).data(TABLES))
    assert f"rules.toml: {says}" in list(incomplete(FILES, given, sayable.keys()))


def test_a_line_that_is_said_to_be_silent_and_has_words_is_refused() -> None:
    fault = Fault("rules", {"add": {"silent.en.meaning": ["pain_down_leg"]}})
    found = list(incomplete(FILES, read_rules(fault.data(TABLES)), sayable.keys()))
    assert found == [
        "en/questions.toml: meaning.pain_down_leg has words, but rules.toml says that it is silent"
    ]


@pytest.mark.parametrize("name", ["en/regions/en-GB", "en/wordings/commonwealth"])
def test_a_line_that_a_region_words_otherwise_without_a_word_about_it_is_refused(name: str) -> None:
    other = {**FILES, name: holding(name, {**FILES[name].lines, "tip.hydrate": ("Drink, old chap.",)})}
    (found,) = incomplete(other, rules(), sayable.keys())
    assert found.startswith(f"{name}.toml: tip.hydrate is not among the lines that rules.toml says")


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({SHARED: None}, "en/regions/en-GB.toml: like: there is no en/wordings/commonwealth.toml"),
        ({"en/wordings/posh": File((), {})}, "en/wordings/posh.toml: no region is like this"),
        (
            {SHARED: File((), {**FILES[SHARED].lines, "region.doctor": ("your GP",)})},
            "en/wordings/commonwealth.toml: region.doctor is stated by each region, and never shared",
        ),
    ],
)
def test_a_wording_is_there_and_shared_and_holds_no_name_of_a_region(
    changed: Mapping[str, File | None], says: str
) -> None:
    files = {name: file for name, file in {**FILES, **changed}.items() if file is not None}
    assert says in list(incomplete(files, rules(), sayable.keys()))
