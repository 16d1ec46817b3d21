"""Utterances, written as templates: a language's files, and what each locale says by them.

`interaction_models/<language>/` holds `locales.toml`, `words.toml`, `intents.toml`, and files of slot values,
a table for each value. A template is hassil's: `(a|b)` is one of them, `[a]` may be left out, `<words>` is an
entry of `words.toml`, `{slot}` a slot of the intent. What only some locales say stands under the name of the
locale, or of a wording that several share.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from crampguide.reviewed import DataError, read_toml
from crampguide.typed import typed
from tools.models.forms import Locale, LocalesFile, Slot

LOCALES, WORDS, INTENTS = "locales.toml", "words.toml", "intents.toml"
NUMBER = "_number"
"""How the name of a bundle ends that each locale states: a number is never taken from another country."""


class Template(NamedTuple):
    """A template and where it is written."""

    text: str
    place: str
    """The file and the table."""

    def fault(self, says: str) -> str:
        """A problem of this template, with the place to mend."""
        return f"{self.place}: {self.text!r}: {says}"


@dataclass(frozen=True)
class Sayings:
    """The templates of one list: what is said everywhere, and what a locale says besides."""

    everywhere: tuple[Template, ...] = ()
    besides: Mapping[str, tuple[Template, ...]] = field(default_factory=dict)
    """By locale, what it shares with others among them."""

    def of(self, locale: str) -> tuple[Template, ...]:
        """The templates of one locale."""
        return (*self.everywhere, *self.besides.get(locale, ()))


@dataclass(frozen=True)
class Intent:
    """A table of ``intents.toml``: the intent is its name."""

    samples: Sayings
    slots: Mapping[str, Slot]


@dataclass(frozen=True)
class Language:
    """All that is written for a language."""

    folder: str
    """The place where it is written, as problems name it."""
    locales: Mapping[str, Locale]
    words: Mapping[str, str | Mapping[str, str]]
    """Each bundle of words by its name: one template for all locales, or one for each."""
    intents: Mapping[str, Intent]
    values: Mapping[str, Mapping[str, Sayings]]
    """The phrases of each slot value, by slot type and id."""


def read(folder: Path) -> tuple[Language, list[str]]:
    """Read a language's folder, and list what in it is not of the form described here.

    Raises:
        crampguide.reviewed.DataError: a file is missing or is no TOML.

    """
    reader = _Reader(folder)
    language = Language(reader.folder, reader.locales(), reader.words(), reader.intents(), reader.values())
    return language, reader.faults


_Row = TypeVar("_Row")


def _like(table: object) -> list[str]:
    named = table.get("like") if isinstance(table, dict) else ()
    return [each for each in named if isinstance(each, str)] if isinstance(named, list) else []


class _Reader:
    """Takes tables apart, and keeps on after a fault so that all are told at once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.folder = f"interaction_models/{folder.name}"
        self._wordings: dict[str, tuple[str, ...]] = {}
        """For each locale the keys under which its words stand, its own first."""
        self._keys: frozenset[str] = frozenset()
        self.faults: list[str] = []

    def locales(self) -> dict[str, Locale]:
        tables = read_toml(self._folder / LOCALES)
        locales = self._typed(LocalesFile, tables, f"{self.folder}/{LOCALES}: ")
        for name in tables:
            # Not every fault of one locale is to make the words of all others unknown.
            self._wordings[name] = (name, *(locales[name].like if locales else _like(tables[name])))
            for other in sorted(tables.keys() & self._wordings[name][1:]):
                self._fault(self._place(LOCALES, name), f"like: {other} is a locale, not a shared wording")
        self._keys = frozenset(key for keys in self._wordings.values() for key in keys)
        return locales

    def words(self) -> dict[str, str | Mapping[str, str]]:
        found: dict[str, str | Mapping[str, str]] = {}
        for name, bundle in read_toml(self._folder / WORDS).items():
            place = self._place(WORDS, name)
            if isinstance(bundle, str):
                found[name] = bundle
            elif isinstance(bundle, dict):
                self._known(place, bundle, frozenset(self._wordings) if name.endswith(NUMBER) else self._keys)
                found[name] = {locale: self._text(place, bundle, locale) for locale in self._wordings}
            else:
                self._fault(place, "give a template, or one for each locale")
        return found

    def intents(self) -> dict[str, Intent]:
        found = {}
        for name, table in self._tables(INTENTS):
            place = self._place(INTENTS, name)
            self._known(place, table, {"samples", "slots", *self._keys})
            [samples] = self._sayings(INTENTS, name, table, ["samples"])
            slots = self._table(INTENTS, name, table, "slots") if "slots" in table else {}
            found[name] = Intent(samples, self._typed(dict[str, Slot], slots, f"{place}.slots."))
        return found

    def values(self) -> dict[str, dict[str, Sayings]]:
        found: dict[str, dict[str, Sayings]] = {}
        for path in sorted(self._folder.glob("*.toml")):
            if path.name in {LOCALES, WORDS, INTENTS}:
                continue
            for name, table in self._tables(path.name):
                types = [key for key in table if key not in self._keys]
                types += [
                    key
                    for wording in sorted(self._keys & table.keys())
                    for key in self._table(path.name, name, table, wording)
                    if key not in types
                ]
                types = list(dict.fromkeys(types))
                for type_name, sayings in zip(
                    types, self._sayings(path.name, name, table, types), strict=True
                ):
                    if name in found.setdefault(type_name, {}):
                        self._fault(self._place(path.name, name), f"{type_name} is given in another file too")
                    found[type_name][name] = sayings
        return found

    def _sayings(self, file: str, name: str, table: Mapping[str, Any], keys: list[str]) -> list[Sayings]:
        own = {}
        for wording in sorted(self._keys & table.keys()):
            own[wording] = self._table(file, name, table, wording)
            self._known(self._place(file, f"{name}.{wording}"), own[wording], set(keys))
        found = []
        for key in keys:
            said = {
                wording: self._templates(file, f"{name}.{wording}.{key}", besides[key])
                for wording, besides in own.items()
                if key in besides
            }
            besides = {
                locale: tuple(each for wording in reversed(wordings) for each in said.get(wording, ()))
                for locale, wordings in self._wordings.items()
            }
            found.append(Sayings(self._templates(file, f"{name}.{key}", table.get(key, [])), besides))
        return found

    def _templates(self, file: str, table: str, given: object) -> tuple[Template, ...]:
        place = self._place(file, table)
        if not isinstance(given, list) or not all(isinstance(text, str) for text in given):
            self._fault(place, "this is no list of templates")
            return ()
        return tuple(Template(text, place) for text in given)

    def _typed(self, kind: type[dict[str, _Row]], tables: Mapping[str, Any], place: str) -> dict[str, _Row]:
        """The rows that are of the type, or none; faults begin with the place."""
        try:
            return typed(kind, tables, place)
        except DataError as broken:
            self.faults += [f"{place}{problem}" for problem in broken.problems]
            return {}

    def _tables(self, file: str) -> Iterator[tuple[str, dict[str, Any]]]:
        for name, table in read_toml(self._folder / file).items():
            if isinstance(table, dict):
                yield name, table
            else:
                self._fault(self._place(file, name), "this is no table")

    def _table(self, file: str, name: str, table: Mapping[str, Any], key: str) -> dict[str, Any]:
        inner: Any = table[key]
        if isinstance(inner, dict):
            return inner
        self._fault(self._place(file, f"{name}.{key}"), "this is no table")
        return {}

    def _text(self, place: str, table: Mapping[str, Any], locale: str) -> str:
        text = next((table[key] for key in self._wordings[locale] if key in table), "")
        if isinstance(text, str) and text:
            return text
        self._fault(place, f"{locale!r} is missing")
        return ""

    def _known(self, place: str, table: Mapping[str, Any], keys: frozenset[str] | set[str]) -> None:
        for key in table.keys() - keys:
            self._fault(place, f"unknown key {key!r}")

    def _fault(self, place: str, says: str) -> None:
        self.faults.append(f"{place}: {says}")

    def _place(self, file: str, table: str) -> str:
        return f"{self.folder}/{file}: {table}"
