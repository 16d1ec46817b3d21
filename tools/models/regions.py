"""How a region's interaction model follows from the one written for its language."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from simulator.files import read_toml
from tools.models.expansion import Model, intents, language_model, phrases, said_as, slot_types

ByName = Mapping[str, Sequence[str]]
ByType = Mapping[str, ByName]


class RegionError(ValueError):
    """A rule of a region that is misspelled or changes nothing; says which."""


class Region(NamedTuple):
    """What a region says otherwise than its language's written model."""

    locale: str
    source: str
    invocation: str
    words: Mapping[str, str]
    add_samples: ByName
    remove_samples: ByName
    add_phrases: ByType
    remove_phrases: ByType


def load(path: Path) -> list[Region]:
    """The regions of ``regions.toml`` in its order.

    Raises:
        RegionError: a key is missing or unknown.

    """
    tables = read_toml(path)
    return [_region(locale, table) for locale, table in tables.items()]


def _region(locale: str, table: dict[str, Any]) -> Region:
    known = {"from", "invocation", "words", "samples", "phrases"}
    for key in table.keys() - known:
        raise RegionError(f"{locale}: unknown key {key!r}")
    for key in ("from", "invocation"):
        if key not in table:
            raise RegionError(f"{locale}: {key!r} is missing")
    samples, values = table.get("samples", {}), table.get("phrases", {})
    for part, rules in (("samples", samples), ("phrases", values)):
        for key in rules.keys() - {"add", "remove"}:
            raise RegionError(f"{locale}: {part}: {key!r} is neither 'add' nor 'remove'")
    return Region(
        locale,
        table["from"],
        table["invocation"],
        table.get("words", {}),
        samples.get("add", {}),
        samples.get("remove", {}),
        values.get("add", {}),
        values.get("remove", {}),
    )


def derive(written: Model, region: Region) -> dict[str, Any]:
    """The model of ``region``: its words first, then what it leaves out, then what it adds.

    Raises:
        RegionError: a rule names what is not there, adds what is there, or changes nothing.

    """
    model = copy.deepcopy(dict(written))
    languages: Any = language_model(model)
    languages["invocationName"] = region.invocation
    _put_words(model, region)
    _change_samples(model, region)
    _change_phrases(model, region)
    return model


def _put_words(model: Model, region: Region) -> None:
    unused = set(region.words)
    translate = _translator(region.words, unused)
    for intent in intents(model):
        if "samples" in intent:
            intent["samples"][:] = _distinct(translate(sample) for sample in intent["samples"])
    for values in slot_types(model).values():
        for value in values:
            _put_phrases(value, [translate(phrase) for phrase in phrases(value)])
    if unused:
        raise RegionError(f"{region.locale}: words: nothing says {', '.join(map(repr, sorted(unused)))}")


def _translator(words: Mapping[str, str], unused: set[str]) -> Callable[[str], str]:
    """A function that puts ``words`` into a text, whole words only and the longest first."""
    longest_first = sorted(words, key=lambda word: (-len(word), word))
    pattern = re.compile(rf"(?<![\w{{'-])({'|'.join(map(re.escape, longest_first))})(?![\w}}'-])")

    def put(match: re.Match[str]) -> str:
        unused.discard(match[1])
        return words[match[1]]

    return lambda text: pattern.sub(put, text) if words else text


def _change_samples(model: Model, region: Region) -> None:
    by_name: dict[str, Any] = {intent["name"]: intent for intent in intents(model)}
    for verb, rules in (("remove", region.remove_samples), ("add", region.add_samples)):
        for name, samples in rules.items():
            where = f"{region.locale}: samples.{verb}.{name}"
            if name not in by_name:
                raise RegionError(f"{where}: there is no such intent")
            held = by_name[name].setdefault("samples", [])
            held[:] = _changed(held, verb, samples, where)


def _change_phrases(model: Model, region: Region) -> None:
    types = slot_types(model)
    for verb, rules in (("remove", region.remove_phrases), ("add", region.add_phrases)):
        for type_name, by_id in rules.items():
            values = {value["id"]: value for value in types.get(type_name, [])}
            for value_id, changes in by_id.items():
                where = f"{region.locale}: phrases.{verb}.{type_name}.{value_id}"
                if value_id not in values:
                    raise RegionError(f"{where}: there is no such value")
                value = values[value_id]
                _put_phrases(value, _changed(phrases(value), verb, changes, where))


def _changed(held: Sequence[str], verb: str, changes: Sequence[str], where: str) -> list[str]:
    for text in changes:
        if (text in held) == (verb == "add"):
            raise RegionError(f"{where}: {text!r} is {'there already' if verb == 'add' else 'not there'}")
    return [*held, *changes] if verb == "add" else [text for text in held if text not in changes]


def _put_phrases(value: Any, texts: Iterable[str]) -> None:  # noqa: ANN401 - a part of a JSON document
    first, *others = _distinct(texts)
    value["name"] = {"value": first, "synonyms": others}


def _distinct(texts: Iterable[str]) -> list[str]:
    return list({said_as(text): text for text in reversed(list(texts))}.values())[::-1]
