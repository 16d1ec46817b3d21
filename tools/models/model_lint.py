"""Checks of what an interaction model must hold beyond the schema: Alexa's rules for models, and our own.

What is wrong with a single phrase is told of its template, by `tools/models/spelled_out.py`. Every check
takes a model and the rules of `interaction_models/rules.toml` and gives one line per problem.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from crampguide.typed import typed_files
from simulator.files import read_json, read_text, read_toml
from tools.models import manifest_lint
from tools.models.expansion import (
    SLOT,
    Meaning,
    Model,
    intents,
    language_model,
    phrases,
    slot_types,
    utterances,
)
from tools.models.forms import RulesFile, read_rules
from tools.models.spelled_out import is_spoken
from tools.models.strict import MODEL, violations

INTENT_NAME = re.compile(r"[A-Za-z][A-Za-z_.]*")
BUILT_IN = "AMAZON."


class Rules(NamedTuple):
    """The rules for one language."""

    language: str
    file: RulesFile
    questions: frozenset[str]
    emergencies: frozenset[str]


def load_rules(root: Path, language: str) -> Rules:
    """The rules of the house at ``root``, with the questions of its protocol.

    Raises ``DataError`` with every problem of the file of rules.
    """
    protocol = read_toml(root / "lambda/crampguide/triage/protocol.toml")
    # A sign that is asked about again has no phrases of its own: whoever says it says the sign itself.
    questions = [question for question in protocol["question"] if question["group"] != "second look"]
    return Rules(
        language,
        typed_files([root / "interaction_models/rules.toml"], read_rules),
        frozenset(question["id"] for question in questions),
        frozenset(question["id"] for question in questions if question["yes"] == "emergency"),
    )


def problems(root: Path) -> list[str]:
    """Every problem of every model and of ``skill.json``, each line with the file first."""
    found, models = [], {}
    languages: dict[str, list[Model]] = {}
    for path in sorted((root / "interaction_models").glob("*.json")):
        text, models[path.stem] = read_text(path), read_json(path)
        language = path.stem.partition("-")[0]
        languages.setdefault(language, []).append(models[path.stem])
        rules = load_rules(root, language)
        lines = [*check_alone(models[path.stem], rules), *check_size(text, rules)]
        found += [f"{path.parent.name}/{path.name}: {line}" for line in lines]
    for language, of_it in () if found else languages.items():
        lines = [*check_collisions(together(of_it), load_rules(root, language))]
        found += [f"interaction_models/{language}-*.json: {line}" for line in lines]
    if not models:
        found.append("interaction_models: there is no model")
    manifest = read_json(root / "skill.json")
    return found + [f"skill.json: {line}" for line in manifest_lint.check(manifest, models)]


def together(models: Iterable[Model]) -> Model:
    """All that the locales of one language say, as one model: most of it is the same in each.

    So millions of utterances are gone through once for a language.
    """
    kept: dict[str, dict[str, Any]] = {}
    types: dict[str, dict[str, dict[str, None]]] = {}
    for model in models:
        for intent in intents(model):
            held = kept.setdefault(intent["name"], {"slots": intent.get("slots", []), "samples": {}})
            held["samples"] |= dict.fromkeys(intent.get("samples", ()))
        for name, values in slot_types(model).items():
            for value in values:
                of_value = types.setdefault(name, {}).setdefault(value.get("id", ""), {})
                of_value |= dict.fromkeys(phrases(value))
    return {
        "interactionModel": {
            "languageModel": {
                "intents": [
                    {"name": name, **held, "samples": [*held["samples"]]} for name, held in kept.items()
                ],
                "types": [
                    {"name": name, "values": [_value(id_, [*said]) for id_, said in values.items()]}
                    for name, values in types.items()
                ],
            }
        }
    }


def _value(id_: str, said: list[str]) -> dict[str, Any]:
    return {"id": id_, "name": {"value": said[0], "synonyms": said[1:]}}


def check(model: Model, rules: Rules) -> list[str]:
    """Every problem of one model. What breaks the schema is all that is said until it is mended."""
    return check_alone(model, rules) or [*check_collisions(model, rules)]


def check_alone(model: Model, rules: Rules) -> list[str]:
    """Every problem of one model but for phrases that mean two things."""
    broken = violations(model, MODEL) or list(check_rules(rules))
    if broken:
        return broken
    checks = (
        check_invocation, check_names, check_references, check_lengths,
        check_contract, check_counts, check_denials,
    )  # fmt: skip
    return [line for each in checks for line in each(model, rules)]


def check_rules(rules: Rules) -> Iterator[str]:
    """The rules have words of the language: a check without any to look for would let everything pass."""
    for name in ("denying", "not_in_an_invocation_name"):
        if rules.language not in getattr(rules.file, name):
            yield f"rules.toml: {name} has no words for {rules.language}"


def check_invocation(model: Model, rules: Rules) -> Iterator[str]:
    """The invocation name is two or more plain words, none of them reserved."""
    name = language_model(model)["invocationName"]
    words = name.split()
    if len(words) < 2 or not all(map(is_spoken, words)):  # noqa: PLR2004 - two words
        yield f"invocationName: {name!r} is not two or more words in lower case letters"
    for word in words:
        if word in rules.file.not_in_an_invocation_name[rules.language]:
            yield f"invocationName: {word!r} may not be part of it"


def check_names(model: Model, rules: Rules) -> Iterator[str]:
    """Names of intents, slots and types are letters, short, and given once."""
    limit = rules.file.limits.name_characters
    names = [intent["name"] for intent in intents(model)]
    types = [each["name"] for each in language_model(model).get("types", [])]
    for name in {*names, *types}:
        if len(name) > limit or not INTENT_NAME.fullmatch(name):
            yield f"{name}: a name has at most {limit} letters, underscores and periods"
    for name in _repeated([*names, *types]):
        yield f"{name}: this name is given twice"


def check_references(model: Model, _: Rules) -> Iterator[str]:
    """Samples name slots that the intent declares, slots name types that the model has."""
    types = slot_types(model)
    for intent in intents(model):
        declared = {slot["name"]: slot.get("type", "") for slot in intent.get("slots", [])}
        used = {slot for sample in intent.get("samples", []) for slot in SLOT.findall(sample)}
        for slot in sorted(used - declared.keys()):
            yield f"{intent['name']}: a sample uses the slot {slot!r}, which is not declared"
        for slot, type_name in declared.items():
            if slot not in used:
                yield f"{intent['name']}: no sample uses the slot {slot!r}"
            if type_name not in types and not type_name.startswith(BUILT_IN):
                yield f"{intent['name']}: the slot {slot!r} has the unknown type {type_name!r}"


def check_lengths(model: Model, rules: Rules) -> Iterator[str]:
    """Samples and phrases are not too long."""
    limits = rules.file.limits
    for intent in intents(model):
        for sample in intent.get("samples", []):
            yield from _too_long(intent["name"], sample, limits.sample_characters)
    for name, values in slot_types(model).items():
        for value in values:
            for phrase in phrases(value):
                yield from _too_long(f"{name}.{value.get('id')}", phrase, limits.phrase_characters)


def _too_long(where: str, text: str, limit: int) -> Iterator[str]:
    if len(text) > limit:
        yield f"{where}: {text[:40]!r}... has {len(text)} characters, {limit} are allowed"


def check_contract(model: Model, rules: Rules) -> Iterator[str]:
    """The intents and the ids that the skill's handlers count on are there."""
    contract = rules.file.contract
    present = {intent["name"] for intent in intents(model)}
    for name in contract.intents:
        if name not in present:
            yield f"{name}: this intent is missing"
    for name in sorted(present - set(contract.intents)):
        yield f"{name}: no handler is promised for this intent"
    expected = dict.fromkeys(contract.question_types, rules.questions)
    expected |= {name: frozenset(ids) for name, ids in contract.ids.items()}
    types = slot_types(model)
    for name, ids in expected.items():
        held = {value.get("id", "") for value in types.get(name, [])}
        yield from (f"{name}: {value_id!r} is missing" for value_id in sorted(ids - held))
        yield from (f"{name}: {value_id!r} is not an id" for value_id in sorted(held - ids))
    for name in contract.some_question_types:
        held = {value.get("id", "") for value in types.get(name, [])}
        if not held:
            yield f"{name}: this type is missing"
        yield from (f"{name}: {value_id!r} is not an id" for value_id in sorted(held - rules.questions))


def check_counts(model: Model, rules: Rules) -> Iterator[str]:
    """There are enough ways to say each thing."""
    minimum = rules.file.minimum
    for intent in intents(model):
        wanted, count = minimum.samples_of_an_intent, len(intent.get("samples", []))
        if count < wanted and not intent["name"].startswith(BUILT_IN):
            yield f"{intent['name']}: only {count} samples, {wanted} wanted"
    for name in rules.file.contract.sign_types:
        for value in slot_types(model).get(name, []):
            emergency = value.get("id") in rules.emergencies
            wanted = minimum.phrases_of_an_emergency_sign if emergency else minimum.phrases_of_another_sign
            if len(phrases(value)) < wanted:
                yield f"{name}.{value.get('id')}: only {len(phrases(value))} phrases, {wanted} wanted"


def check_denials(model: Model, rules: Rules) -> Iterator[str]:
    """A denial says no in the sample itself, so that what fills its slot cannot turn its meaning."""
    words = rules.file.denying[rules.language]
    says_no = re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})\b|n't\b")
    for intent in intents(model):
        if intent["name"] == rules.file.contract.denial:
            for sample in intent.get("samples", []):
                if not says_no.search(sample):
                    yield f"{intent['name']}: {sample!r} does not say no by itself"


def check_collisions(model: Model, _: Rules) -> Iterator[str]:
    """No utterance, with its slots filled in, belongs to two intents or resolves to two ids."""
    first: dict[str, Meaning] = {}
    for texts, meanings in utterances(model):
        if len(set(texts)) == len(texts) and first.keys().isdisjoint(texts):
            first.update(zip(texts, meanings, strict=True))
            continue
        for text, meaning in zip(texts, meanings, strict=True):
            other = first.setdefault(text, meaning)
            if other != meaning:
                yield f"{text!r} is both {_meaning(*other)} and {_meaning(*meaning)}"


def _meaning(intent: str, ids: Iterable[str]) -> str:
    return " ".join([intent, *ids])


def check_size(text: str, rules: Rules) -> Iterator[str]:
    """The file is within what Alexa takes."""
    limit, size = rules.file.limits.model_bytes, len(text.encode())
    if size > limit:
        yield f"the model has {size} bytes, {limit} are allowed"


def _repeated(texts: Iterable[str]) -> list[str]:
    return [text for text, count in Counter(texts).items() if count > 1]
