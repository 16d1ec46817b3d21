"""Every rule refuses its broken model and says what is wrong; the models of the house pass them all."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

from crampguide.reviewed import DataError, read_toml
from tests.patches import Fault
from tools.models import model_lint as lint
from tools.models.forms import read_rules

ROOT = Path(__file__).parents[2]
BROKEN = ROOT / "tests/broken/models"
TABLES: dict[str, Any] = read_toml(ROOT / "interaction_models/rules.toml")
RULES = lint.load_rules(ROOT, "en")
TWO_QUESTIONS = RULES._replace(
    questions=frozenset({"cold_pale_leg", "leg_tingling"}), emergencies=frozenset({"cold_pale_leg"})
)
Check = Callable[[Any, lint.Rules], Iterable[str]]


def broken(name: str) -> dict[str, Any]:
    read: dict[str, Any] = json.loads((BROKEN / f"{name}.json").read_text(encoding="utf-8"))
    return read


CASES: list[tuple[str, Check, list[str]]] = [
    ("reserved_invocation_word", lint.check_invocation, ["invocationName: 'open' may not be part of it"]),
    (
        "one_word_invocation",
        lint.check_invocation,
        ["invocationName: 'Cramps' is not two or more words in lower case letters"],
    ),
    (
        "unspeakable_name",
        lint.check_names,
        [
            "AnIntentWhoseNameIsLongerThanAlexaTakes: a name has at most 32 letters, underscores and periods",
            "Check2Intent: a name has at most 32 letters, underscores and periods",
        ],
    ),
    ("name_given_twice", lint.check_names, ["CheckIntent: this name is given twice"]),
    (
        "undeclared_slot",
        lint.check_references,
        ["SymptomIntent: a sample uses the slot 'symptom', which is not declared"],
    ),
    ("unused_slot", lint.check_references, ["SymptomIntent: no sample uses the slot 'symptom'"]),
    (
        "unknown_slot_type",
        lint.check_references,
        ["SymptomIntent: the slot 'symptom' has the unknown type 'Symptom'"],
    ),
    (
        "sample_too_long",
        lint.check_lengths,
        ["CheckIntent: 'check my leg and check my leg and check '... has 226 characters, 200 are allowed"],
    ),
    (
        "phrase_too_long",
        lint.check_lengths,
        [
            (
                "Symptom.leg_tingling: 'tingling in my leg and tingling in my le'... has 165 characters, "
                "140 are allowed"
            )
        ],
    ),
    (
        "denial_without_a_no",
        lint.check_denials,
        ["NoSymptomIntent: 'i have {symptom}' does not say no by itself"],
    ),
    (
        "sign_taken_for_a_denial",
        lint.check_collisions,
        [
            (
                "'no feeling between my legs' is both SymptomIntent saddle_numbness"
                " and NoSymptomIntent saddle_numbness"
            )
        ],
    ),
    (
        "one_utterance_two_signs",
        lint.check_collisions,
        ["'i have a cold leg' is both SymptomIntent short_cramp and SymptomIntent cold_pale_leg"],
    ),
    ("too_few_samples", lint.check_counts, ["CheckIntent: only 1 samples, 10 wanted"]),
    (
        "too_few_phrases",
        lint.check_counts,
        [
            "SymptomIntent: only 1 samples, 10 wanted",
            "Symptom.cold_pale_leg: only 8 phrases, 12 wanted",
            "Symptom.leg_tingling: only 1 phrases, 8 wanted",
        ],
    ),
]


@pytest.mark.parametrize(("name", "check", "expected"), CASES, ids=[case[0] for case in CASES])
def test_refuses(name: str, check: Check, expected: list[str]) -> None:
    assert sorted(check(broken(name), TWO_QUESTIONS)) == sorted(expected)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("intent_missing", "SymptomIntent: this intent is missing"),
        ("intent_nobody_handles", "HoroscopeIntent: no handler is promised for this intent"),
        ("id_of_no_question", "Symptom: 'hiccups' is not an id"),
        ("long_standing_id_of_no_question", "LongStanding: 'hiccups' is not an id"),
        ("intent_missing", "LongStanding: this type is missing"),
        ("question_without_phrases", "Symptom: 'cold_pale_leg' is missing"),
    ],
)
def test_refuses_a_breach_of_the_contract(name: str, expected: str) -> None:
    assert expected in list(lint.check_contract(broken(name), TWO_QUESTIONS))


def test_refuses_a_model_that_alexa_would_not_take() -> None:
    limit = RULES.file.limits.model_bytes
    assert list(lint.check_size("x" * limit, RULES)) == []
    assert list(lint.check_size("x" * (limit + 1), RULES)) == [
        f"the model has {limit + 1} bytes, {limit} are allowed"
    ]


def test_every_broken_model_is_used() -> None:
    in_contract = {
        "intent_missing",
        "intent_nobody_handles",
        "id_of_no_question",
        "long_standing_id_of_no_question",
        "question_without_phrases",
    }
    assert {path.stem for path in BROKEN.glob("*.json")} == {case[0] for case in CASES} | in_contract


def test_the_emergency_signs_are_those_of_the_protocol() -> None:
    assert {"chest_or_breathing", "saddle_numbness", "sexual_change"} <= RULES.emergencies < RULES.questions
    assert "one_calf_swollen" not in RULES.emergencies


@pytest.mark.parametrize("name", ["denying", "not_in_an_invocation_name"])
def test_a_language_without_the_words_of_a_check_is_refused(name: str) -> None:
    model = json.loads((ROOT / "interaction_models/en-US.json").read_text(encoding="utf-8"))
    fault = Fault("rules", {"set": {name: {"fr": ["non"]}}})
    rules = RULES._replace(file=read_rules(fault.data(TABLES)))
    assert lint.check(model, rules) == [f"rules.toml: {name} has no words for en"]


@pytest.mark.parametrize(
    ("place", "value", "says"),
    [
        ("contract.question_types", [], "contract: question_types is empty"),
        ("contract.sign_types", ["Simptom"], "contract: sign_types: Simptom is not among the question_types"),
        ("contract.denial", "NoSimptomIntent", "contract: denial: NoSimptomIntent is not among the intents"),
        ("contract.ids", {}, "contract: ids is empty"),
        ("contract.ids.Opening", [], "contract: ids Opening is empty"),
        ("contract.intent", ["YesIntent"], "contract: intent is not a known field"),
        ("limits.model_bytes", 0, "limits: model_bytes = 0 is less than 1"),
        ("minimum.samples_of_an_intent", "10", "minimum: samples_of_an_intent must be a whole number"),
        ("denying", {}, "rules: denying is empty"),
        ("denying.en", [], "rules: denying en is empty"),
    ],
)
def test_rules_that_would_check_nothing_are_refused(place: str, value: object, says: str) -> None:
    fault = Fault("rules", {"set": {place: value}})
    with pytest.raises(DataError) as refused:
        read_rules(fault.data(TABLES))
    assert says in refused.value.problems


def test_a_house_without_models_is_refused(tmp_path: Path) -> None:
    (tmp_path / "skill.json").write_text((ROOT / "skill.json").read_text(encoding="utf-8"), encoding="utf-8")
    assert "interaction_models: there is no model" in lint.problems(tmp_path)


def saying(sign: str) -> dict[str, Any]:
    """The model of two signs with one phrase, with the words of one of them."""
    model = broken("one_utterance_two_signs")
    for each in model["interactionModel"]["languageModel"]["types"]:
        each["values"] = [value for value in each["values"] if value["id"] == sign]
    return model


def test_what_means_one_thing_here_and_another_there_is_told_of_the_language() -> None:
    here, there = saying("short_cramp"), saying("cold_pale_leg")
    assert not [*lint.check_collisions(here, TWO_QUESTIONS), *lint.check_collisions(there, TWO_QUESTIONS)]
    assert list(lint.check_collisions(lint.together([here, there]), TWO_QUESTIONS)) == [
        "'i have a cold leg' is both SymptomIntent short_cramp and SymptomIntent cold_pale_leg"
    ]
