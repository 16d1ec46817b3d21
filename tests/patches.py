"""Valid data with faults: a file ``faults.toml`` says of each what is set, removed or added, and where.

A place is a path such as ``question.chest.calmer``: keys of tables, and in a list the ``id`` of an item or
its position from 0.
"""

from __future__ import annotations

import copy
import json
import tomllib
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple


class Fault(NamedTuple):
    """One thing wrong: what comes of the valid data, and how the one problem reads."""

    name: str
    patch: Mapping[str, Any]

    @property
    def refused(self) -> str:
        """The problem in words, or their beginning."""
        return str(self.patch["refused"])

    def data(self, valid: Mapping[str, Any]) -> dict[str, Any]:
        """The valid data with this fault."""
        broken = copy.deepcopy(dict(valid))
        for place in self.patch.get("remove", ()):
            holder, key = _found(broken, place)
            del holder[key]
        for place, value in self.patch.get("set", {}).items():
            holder, key = _found(broken, place)
            holder[key] = value
        for place, items in self.patch.get("add", {}).items():
            holder, key = _found(broken, place)
            holder[key].extend(items)
        assert broken != valid, f"{self.name}: changes nothing"
        return broken

    def text(self, valid: Mapping[str, Any]) -> str:
        """The same as a file; what is no TOML at all is given as it is."""
        return str(self.patch["text"]) if "text" in self.patch else as_toml(self.data(valid))


def faults(folder: Path) -> list[Fault]:
    """Every fault of a folder, in the order of its file."""
    listed = tomllib.loads((folder / "faults.toml").read_text(encoding="utf-8"))
    return [Fault(name, patch) for name, patch in listed.items()]


def as_toml(data: Mapping[str, Any]) -> str:
    """A TOML file of that data, a line for each key of the first level."""
    return "".join(f"{key} = {_value(value)}\n" for key, value in data.items())


def _value(value: object) -> str:
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{json.dumps(key)} = {_value(each)}" for key, each in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_value, value)) + "]"
    return value.isoformat() if isinstance(value, date) else json.dumps(value, ensure_ascii=False)


def _found(data: Any, place: str) -> tuple[Any, Any]:  # noqa: ANN401 - whatever a data file holds
    """What holds a place, and the key or the position of the place in it.

    A key may hold points of its own, as those of drawings do: the longest that is there counts.
    """
    if isinstance(data, list):
        first, _, rest = place.partition(".")
        at = _key(data, first)
        return _found(data[at], rest) if rest else (data, at)
    parts = place.split(".")
    for length in range(len(parts) - 1, 0, -1):
        if (key := ".".join(parts[:length])) in data:
            return _found(data[key], ".".join(parts[length:]))
    return data, place


def _key(holder: list[Any], part: str) -> int:
    ids = [item.get("id") for item in holder if isinstance(item, dict)]
    return ids.index(part) if part in ids else int(part)
