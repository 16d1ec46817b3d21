"""Rules for `skill.json` beyond the schema: it says of the skill only what is so."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from tools.models.expansion import Model, language_model, meanings, said_as
from tools.models.strict import MANIFEST, violations

EXAMPLES_SHOWN = 3
EXAMPLE = re.compile(r"alexa,? (?:(?P<open>open|start|launch) (?P<launched>.+)|ask (?P<asked>.+))")


def check(manifest: Mapping[str, Any], models: Mapping[str, Model]) -> list[str]:
    """Every problem of the manifest, given the interaction models by locale."""
    broken = violations(manifest, MANIFEST)
    if broken:
        return broken
    information = manifest["manifest"].get("publishingInformation", {})
    locales = information.get("locales", {})
    found = [f"locales: {name} has a model, but no text" for name in sorted(models.keys() - locales.keys())]
    found += [f"locales: {name} has no interaction model" for name in sorted(locales.keys() - models.keys())]
    for name in sorted(models.keys() & locales.keys()):
        found += [f"locales.{name}: {line}" for line in check_locale(locales[name], models[name])]
    return found


def check_locale(texts: Mapping[str, Any], model: Model) -> Iterator[str]:
    """The texts that the store needs are there, and every example phrase is one that the model meanings."""
    for key in ("summary", "description", "examplePhrases", "keywords"):
        if not texts.get(key):
            yield f"{key} is missing"
    examples = texts.get("examplePhrases", [])
    if len(examples) > EXAMPLES_SHOWN:
        yield f"examplePhrases: the store shows {EXAMPLES_SHOWN}"
    invocation = language_model(model)["invocationName"]
    for place, phrase in enumerate(examples):
        match = EXAMPLE.fullmatch(said_as(phrase))
        if match is None or (place == 0 and not match["launched"]):
            yield f"examplePhrases: {phrase!r} does not {'open' if place == 0 else 'open or ask'} the skill"
        elif (match["launched"] or invocation) != invocation:
            yield f"examplePhrases: {phrase!r} opens {match['launched']!r}, the skill is {invocation!r}"
        elif match["asked"] and not _backed(match["asked"], model):
            yield f"examplePhrases: {phrase!r} is backed by no sample"


def _backed(asked: str, model: Model) -> bool:
    invocation = language_model(model)["invocationName"]
    rest = asked.removeprefix(invocation).strip()
    connected = re.sub(r"^(?:to|for|about|if|whether) ", "", rest)
    return asked.startswith(invocation) and any(meanings(model, text) for text in (rest, connected))
