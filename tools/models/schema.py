"""Extract the strict schemas of interaction models and skill.json from Amazon's API description.

`python -m tools schema --from spec.json` writes `tools/models/schema/*.json` anew; README.md in that folder
says where `spec.json` comes from. The description is OpenAPI 2 and tolerant: here every object refuses keys
that it does not declare, and a type that is told apart by a discriminator refuses the keys of its siblings.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from simulator.files import read_json
from tools.models.strict import FOLDER, MANIFEST, MODEL

ROOTS = {
    MODEL: "v1.skill.interactionModel.InteractionModelData",
    MANIFEST: "v1.skill.Manifest.SkillManifestEnvelope",
}
PREFIX = "#/definitions/"
BOUNDS = ("maxItems", "maxLength", "minItems", "minLength", "minProperties")
KEPT = frozenset(
    {*BOUNDS, "$ref", "additionalProperties", "enum", "items", "pattern", "properties", "required", "type"}
)

Schema = dict[str, Any]


def extract(spec: Mapping[str, Any], root: str) -> Schema:
    """The strict JSON Schema of one definition of the API description, with all that it reaches."""
    definitions: Mapping[str, Schema] = spec["definitions"]
    variants = _variants(definitions)
    reached: dict[str, Schema] = {}
    waiting = [root]
    while waiting:
        name = waiting.pop()
        if name not in reached:
            reached[name] = _definition(definitions, name, variants.get(name, {}))
            waiting += _references(reached[name])
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$ref": f"#/$defs/{root}",
        "$defs": dict(sorted(reached.items())),
    }


def _variants(definitions: Mapping[str, Schema]) -> dict[str, dict[str, str]]:
    """For each type with a discriminator: which definition describes which of its values."""
    found: dict[str, dict[str, str]] = {}
    for name, definition in definitions.items():
        for part in definition.get("allOf", []):
            if "$ref" in part and "x-discriminator-value" in definition:
                base = part["$ref"].removeprefix(PREFIX)
                found.setdefault(base, {})[definition["x-discriminator-value"]] = name
    return found


def _definition(definitions: Mapping[str, Schema], name: str, variants: Mapping[str, str]) -> Schema:
    definition = definitions[name]
    if variants:
        # Two bases of the manifest leave their discriminator unsaid: it is the one key they require.
        return _choice(definition.get("discriminator") or definition["required"][0], variants)
    if "allOf" in definition:
        return _strict(_merged(definitions, definition))
    return _strict(definition)


def _choice(discriminator: str, variants: Mapping[str, str]) -> Schema:
    """A schema that picks the variant by its discriminator, so that complaints are about that one alone."""
    return {
        "type": "object",
        "required": [discriminator],
        "properties": {discriminator: {"enum": sorted(variants)}},
        "allOf": [
            {
                "if": {"required": [discriminator], "properties": {discriminator: {"const": value}}},
                "then": {"$ref": f"#/$defs/{name}"},
            }
            for value, name in sorted(variants.items())
        ],
    }


def _merged(definitions: Mapping[str, Schema], definition: Schema) -> Schema:
    """The properties that a variant inherits and its own, in one object."""
    merged: Schema = {"type": "object", "properties": {}, "required": []}
    for part in definition["allOf"]:
        whole = definitions[part["$ref"].removeprefix(PREFIX)] if "$ref" in part else part
        merged["properties"] |= whole.get("properties", {})
        merged["required"] += whole.get("required", [])
    return merged


def _strict(part: Schema) -> Schema:
    if "$ref" in part:
        return {"$ref": part["$ref"].replace(PREFIX, "#/$defs/")}
    strict = {key: value for key, value in part.items() if key in KEPT}
    if strict.get("type") == "object":
        strict.setdefault("additionalProperties", False)
    if "properties" in strict:
        strict["properties"] = {key: _strict(value) for key, value in strict["properties"].items()}
    for key in ("items", "additionalProperties"):
        if isinstance(strict.get(key), dict):
            strict[key] = _strict(strict[key])
    return strict


def _references(part: object) -> Iterator[str]:
    if isinstance(part, dict):
        if "$ref" in part:
            yield part["$ref"].removeprefix("#/$defs/")
        for value in part.values():
            yield from _references(value)
    elif isinstance(part, list):
        for value in part:
            yield from _references(value)


def main(argv: list[str]) -> int:
    """Write the schemas anew from the given API description."""
    parser = argparse.ArgumentParser(prog="python -m tools schema", description=__doc__)
    parser.add_argument("--from", dest="spec", required=True, type=Path, help="spec.json of ask-smapi-model")
    spec = read_json(parser.parse_args(argv).spec)
    for name, root in ROOTS.items():
        text = json.dumps(extract(spec, root), indent=1, ensure_ascii=False) + "\n"
        (FOLDER / f"{name}.json").write_text(text, encoding="utf-8")
        print(f"wrote {FOLDER.name}/{name}.json")
    return 0
