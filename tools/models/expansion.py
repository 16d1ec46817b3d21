"""Everything that a model's samples can be said as: every sample with every value of its slots in place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, product
from typing import Any, NamedTuple

Model = Mapping[str, Any]

Ids = tuple[str, ...]

SLOT = re.compile(r"\{(\w+)\}")


Meaning = tuple[str, Ids]
"""An intent, and the ids that its slots resolve to."""


class Utterance(NamedTuple):
    """One thing a user may say, the intent it belongs to, and the ids that its slots resolve to."""

    text: str
    intent: str
    ids: Ids


def language_model(model: Model) -> Mapping[str, Any]:
    """The ``languageModel`` of a whole model file."""
    found: Mapping[str, Any] = model["interactionModel"]["languageModel"]
    return found


def intents(model: Model) -> Sequence[Mapping[str, Any]]:
    """The intents in the order of the file."""
    found: Sequence[Mapping[str, Any]] = language_model(model)["intents"]
    return found


def slot_types(model: Model) -> Mapping[str, Sequence[Mapping[str, Any]]]:
    """The values of each custom slot type, by its name."""
    return {each["name"]: each["values"] for each in language_model(model).get("types", [])}


def phrases(value: Mapping[str, Any]) -> list[str]:
    """The value itself and its synonyms, in the order of the file."""
    name = value["name"]
    return [name["value"], *name.get("synonyms", [])]


def said_as(text: str) -> str:
    """How two texts are compared: case and spacing make no difference to the ear."""
    return " ".join(text.lower().split())


def utterances(model: Model) -> Iterator[tuple[list[str], Sequence[Meaning]]]:
    """For each sample every utterance that it spells out, and in the same order what each means.

    There are millions of them. A sample with a slot of a built-in type spells out none.
    """
    values: dict[str, list[tuple[str, Ids]]] = {
        name: [(said_as(phrase), (value.get("id", ""),)) for value in of_type for phrase in phrases(value)]
        for name, of_type in slot_types(model).items()
    }
    for intent in intents(model):
        types = {slot["name"]: slot.get("type", "") for slot in intent.get("slots", [])}
        meanings: dict[tuple[str, ...], list[Meaning]] = {}
        for sample in intent.get("samples", []):
            slots = tuple(types.get(name, "") for name in SLOT.findall(sample))
            choices = [values.get(slot, []) for slot in slots]
            if slots not in meanings:
                held = product(*([ids for _, ids in each] for each in choices))
                meanings[slots] = [(intent["name"], tuple(chain(*ids))) for ids in held]
            yield _filled(said_as(sample), choices), meanings[slots]


def _filled(sample: str, choices: list[list[tuple[str, Ids]]]) -> list[str]:
    start, *ends = SLOT.split(sample)[::2]
    filled = [start]
    for end, phrases_of_slot in zip(ends, choices, strict=True):
        filled = [text + phrase + end for text in filled for phrase, _ in phrases_of_slot]
    return filled


def meanings(model: Model, text: str) -> list[Utterance]:
    """Each way in which a sample of the model spells out ``text``; empty when none does."""
    said = said_as(text)
    ids = {
        name: {said_as(phrase): value.get("id", "") for value in of_type for phrase in phrases(value)}
        for name, of_type in slot_types(model).items()
    }
    found = []
    for intent in intents(model):
        types = {slot["name"]: slot.get("type", "") for slot in intent.get("slots", [])}
        for sample in intent.get("samples", []):
            pieces = SLOT.split(said_as(sample))
            held = [ids.get(types.get(name, ""), {}) for name in pieces[1::2]]
            found += [Utterance(said, intent["name"], each) for each in _slots(said, pieces[::2], held)]
    return found


def _slots(said: str, words: list[str], held: list[dict[str, str]]) -> list[Ids]:
    """The ids of the phrases that stand between ``words`` in ``said``, if they are all known."""
    if not (said.startswith(words[0]) and said.endswith(words[-1])):
        return []
    match = re.fullmatch("(.+)".join(map(re.escape, words)), said)
    if match is None or not all(phrase in each for each, phrase in zip(held, match.groups(), strict=True)):
        return []
    return [tuple(each[phrase] for each, phrase in zip(held, match.groups(), strict=True))]
