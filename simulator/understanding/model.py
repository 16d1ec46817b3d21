"""An interaction model as Alexa is given it: intents, samples, slots and slot values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from simulator.files import read_json


@dataclass(frozen=True, slots=True)
class SlotEntry:
    """One value of a slot type, with every phrase that stands for it."""

    id: str
    name: str
    phrases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Slot:
    """A slot of an intent."""

    name: str
    type: str
    multiple: bool = False


@dataclass(frozen=True, slots=True)
class Intent:
    """An intent with its sample utterances and slots."""

    name: str
    samples: tuple[str, ...]
    slots: tuple[Slot, ...]

    def slot(self, name: str) -> Slot | None:
        """The slot of this name, if the intent has it."""
        return next((slot for slot in self.slots if slot.name == name), None)


@dataclass(frozen=True)
class InteractionModel:
    """Everything one locale listens for."""

    invocation: str
    intents: Mapping[str, Intent]
    types: Mapping[str, tuple[SlotEntry, ...]]

    def entry(self, slot_type: str, entry_id: str) -> SlotEntry | None:
        """The value with this id, if the slot type has it."""
        return next((entry for entry in self.types.get(slot_type, ()) if entry.id == entry_id), None)


def parse_model(document: Mapping[str, Any]) -> InteractionModel:
    """Read a model document.

    Raises `KeyError` where something that Alexa demands is missing.
    """
    language = document["interactionModel"]["languageModel"]
    intents = (_intent(entry) for entry in language["intents"])
    return InteractionModel(
        invocation=language["invocationName"],
        intents={intent.name: intent for intent in intents},
        types={kind["name"]: tuple(map(_entry, kind["values"])) for kind in language.get("types", ())},
    )


def locales(folder: Path) -> list[str]:
    """Every locale that has a model, in alphabetical order."""
    return sorted(file.stem for file in folder.glob("*.json"))


def load_model(locale: str, folder: Path) -> InteractionModel:
    """Read `<folder>/<locale>.json`; raises `LookupError` where the locale has no model."""
    path = folder / f"{locale}.json"
    if not path.is_file():
        known = ", ".join(locales(folder)) or "none"
        raise LookupError(f"no interaction model for {locale} (there are: {known})")
    return parse_model(read_json(path))


def _intent(entry: Mapping[str, Any]) -> Intent:
    slots = tuple(
        Slot(slot["name"], slot["type"], bool(slot.get("multipleValues", {}).get("enabled")))
        for slot in entry.get("slots", ())
    )
    return Intent(entry["name"], tuple(entry.get("samples", ())), slots)


def _entry(value: Mapping[str, Any]) -> SlotEntry:
    name = value["name"]
    return SlotEntry(
        value.get("id") or name["value"], name["value"], (name["value"], *name.get("synonyms", ()))
    )
