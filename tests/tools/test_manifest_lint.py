"""The store's texts promise only what the models hold."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tools.models import manifest_lint

ROOT = Path(__file__).parents[2]
MODEL: dict[str, Any] = {
    "interactionModel": {
        "languageModel": {
            "invocationName": "leg cramp guide",
            "intents": [
                {
                    "name": "TipsIntent",
                    "slots": [{"name": "topic", "type": "Topic"}],
                    "samples": ["check my leg", "tips for {topic}"],
                }
            ],
            "types": [{"name": "Topic", "values": [{"id": "sleep", "name": {"value": "sleep"}}]}],
        }
    }
}
OPEN = "Alexa, open leg cramp guide"


def texts(*examples: str) -> dict[str, Any]:
    return {
        "name": "Guide",
        "summary": "s",
        "description": "d",
        "keywords": ["k"],
        "examplePhrases": [*examples],
    }


@pytest.mark.parametrize(
    ("examples", "complaint"),
    [
        ((OPEN,), None),
        ((OPEN, "Alexa, ask leg cramp guide to check my leg"), None),
        ((OPEN, "Alexa, ask leg cramp guide for tips for sleep"), None),
        (("Alexa, ask leg cramp guide to check my leg",), "does not open the skill"),
        (("open leg cramp guide",), "does not open the skill"),
        (("Alexa, open cramp helper",), "opens 'cramp helper', the skill is 'leg cramp guide'"),
        ((OPEN, "Alexa, ask leg cramp guide to sing"), "is backed by no sample"),
        ((OPEN, "Alexa, ask cramp helper to check my leg"), "is backed by no sample"),
        ((OPEN,) * 4, "the store shows 3"),
        ((), "examplePhrases is missing"),
    ],
)
def test_example_phrases_must_work(examples: tuple[str, ...], complaint: str | None) -> None:
    found = list(manifest_lint.check_locale(texts(*examples), MODEL))
    assert found == [] if complaint is None else any(complaint in line for line in found)


def test_locales_and_models_go_together() -> None:
    manifest = {
        "manifest": {"publishingInformation": {"locales": {"en-US": texts(OPEN), "en-AU": texts(OPEN)}}}
    }
    assert manifest_lint.check(manifest, {"en-US": MODEL, "en-GB": MODEL}) == [
        "locales: en-GB has a model, but no text",
        "locales: en-AU has no interaction model",
    ]


def test_what_breaks_the_schema_is_said_first() -> None:
    assert manifest_lint.check({"manifesto": {}}, {}) == [
        "the whole document: Additional properties are not allowed ('manifesto' was unexpected)"
    ]


@pytest.mark.parametrize(
    ("locale", "number"),
    [("en-US", "911"), ("en-GB", "999"), ("en-AU", "000"), ("en-CA", "911"), ("en-IN", "112")],
)
def test_the_description_carries_the_disclaimer_and_the_number(locale: str, number: str) -> None:
    manifest = json.loads((ROOT / "skill.json").read_text(encoding="utf-8"))["manifest"]
    description = manifest["publishingInformation"]["locales"][locale]["description"]
    assert "no substitute for professional medical advice" in description
    assert "does not diagnose" in description
    assert f"call {number}" in description


def test_the_skill_is_offered_only_where_its_numbers_are_right() -> None:
    information = json.loads((ROOT / "skill.json").read_text(encoding="utf-8"))["manifest"]
    assert information["publishingInformation"]["distributionCountries"] == ["US", "GB", "AU", "CA", "IN"]
    assert information["publishingInformation"]["isAvailableWorldwide"] is False
    assert information["privacyAndCompliance"]["usesHealthInfo"] is False
