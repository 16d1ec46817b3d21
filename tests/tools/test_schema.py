"""The strict schemas: what Amazon would refuse is refused here, with the place named."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from tools.models import schema
from tools.models.strict import FOLDER, MANIFEST, MODEL, place, violations

ROOT = Path(__file__).parents[2]
BROKEN = ROOT / "tests/broken/models/schema"


def read(path: Path) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return document


@pytest.mark.parametrize(
    "path", sorted((ROOT / "interaction_models").glob("*.json")), ids=lambda path: path.stem
)
def test_the_models_are_valid(path: Path) -> None:
    assert violations(read(path), MODEL) == []


def test_the_manifest_is_valid() -> None:
    assert violations(read(ROOT / "skill.json"), MANIFEST) == []


BREACHES = {
    "model_unknown_key": (
        "interactionModel.languageModel.intents[0]:"
        " Additional properties are not allowed ('sample' was unexpected)"
    ),
    "model_without_invocation_name": (
        "interactionModel.languageModel: 'invocationName' is a required property"
    ),
    "model_wrong_type": (
        "interactionModel.languageModel.intents[0].samples: 'check my leg' is not of type 'array'"
    ),
    "model_key_of_a_sibling": (
        "interactionModel.languageModel.types[0].valueSupplier:"
        " Additional properties are not allowed ('valueCatalog' was unexpected)"
    ),
    "model_unknown_level": (
        "interactionModel.languageModel.modelConfiguration.fallbackIntentSensitivity.level:"
        " 'EXTREME' is not one of ['HIGH', 'MEDIUM', 'LOW']"
    ),
    "manifest_unknown_key": (
        "manifest.privacyAndCompliance:"
        " Additional properties are not allowed ('usesHealthData' was unexpected)"
    ),
    "manifest_long_summary": "manifest.publishingInformation.locales.en-US.summary: 'long long",
    "manifest_unknown_country": "manifest.publishingInformation.distributionCountries[0]: 'UK' is not one of",
    "manifest_unknown_interface": "manifest.apis.custom.interfaces[0].type: 'HOLOGRAM' is not one of",
    "manifest_endpoint_without_address": "manifest.apis.custom.endpoint: 'uri' is a required property",
}


@pytest.mark.parametrize(("name", "expected"), BREACHES.items(), ids=BREACHES)
def test_refuses(name: str, expected: str) -> None:
    found = violations(read(BROKEN / f"{name}.json"), MODEL if name.startswith("model") else MANIFEST)
    assert len(found) == 1
    assert found[0].startswith(expected)


def test_every_broken_document_is_used() -> None:
    assert {path.stem for path in BROKEN.glob("*.json")} == set(BREACHES)


def test_names_the_whole_document_when_nothing_else_can_be_named() -> None:
    assert place([]) == "the whole document"
    assert violations([], MODEL) == ["the whole document: [] is not of type 'object'"]


SPEC: dict[str, Any] = {
    "definitions": {
        "Zoo": {
            "type": "object",
            "description": "left out",
            "properties": {
                "animals": {"type": "array", "items": {"$ref": "#/definitions/Animal"}},
                "opening": {"type": "object", "properties": {"hour": {"type": "integer"}}},
                "names": {"type": "object", "additionalProperties": {"type": "string"}},
            },
        },
        "Animal": {
            "type": "object",
            "required": ["kind"],
            "discriminator": "kind",
            "properties": {"kind": {"type": "string", "x-isDiscriminator": True}, "age": {"type": "integer"}},
        },
        "Cat": {
            "allOf": [
                {"$ref": "#/definitions/Animal"},
                {"type": "object", "properties": {"lives": {"type": "integer"}}, "required": ["lives"]},
            ],
            "x-discriminator-value": "cat",
        },
        "Fish": {"allOf": [{"$ref": "#/definitions/Animal"}], "x-discriminator-value": "fish"},
        "Unrelated": {"type": "object"},
    }
}


@pytest.mark.parametrize(
    ("document", "complaint"),
    [
        pytest.param({}, None, id="empty"),
        pytest.param({"animals": [{"kind": "cat", "lives": 9, "age": 3}]}, None, id="a cat"),
        pytest.param({"names": {"any": "name"}}, None, id="free keys stay free"),
        pytest.param({"animal": []}, "'animal' was unexpected", id="unknown key"),
        pytest.param({"opening": {"minute": 3}}, "'minute' was unexpected", id="unknown key further in"),
        pytest.param({"names": {"any": 1}}, "1 is not of type 'string'", id="wrong free value"),
        pytest.param({"animals": [{"kind": "cat"}]}, "'lives' is a required", id="a cat without lives"),
        pytest.param(
            {"animals": [{"kind": "fish", "lives": 1}]}, "'lives' was unexpected", id="a fish with lives"
        ),
        pytest.param({"animals": [{"kind": "dog"}]}, "'dog' is not one of", id="an unknown kind"),
    ],
)
def test_extracted_schemas_are_strict(document: dict[str, Any], complaint: str | None) -> None:
    extracted = schema.extract(SPEC, "Zoo")
    messages = [error.message for error in jsonschema.Draft202012Validator(extracted).iter_errors(document)]
    if complaint is None:
        assert messages == []
    else:
        assert any(complaint in message for message in messages)


def test_extracts_only_what_is_reached() -> None:
    assert set(schema.extract(SPEC, "Zoo")["$defs"]) == {"Zoo", "Animal", "Cat", "Fish"}


def test_the_kept_schemas_say_where_they_come_from() -> None:
    notice = (FOLDER / "README.md").read_text(encoding="utf-8")
    assert "ask-smapi-model" in notice
    assert "Apache License 2.0" in notice
    assert {path.stem for path in FOLDER.glob("*.json")} == set(schema.ROOTS)
