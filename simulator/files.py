"""Reads the data files of the workshop; what is wrong in one is said with its name and the place in it."""

from __future__ import annotations

import copy
import json
import re
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar

_Made = TypeVar("_Made")


class BrokenFileError(ValueError):
    """A data file that cannot be used; the message begins with its name."""


class _Table(dict[str, Any]):
    """A table of a file; a key that is missing in it is told with the name of the file."""

    def __init__(self, path: Path, place: str, entries: Mapping[str, Any]) -> None:
        self._path, self._place = path, place
        inside = f"{place}." if place else ""
        super().__init__({key: _named(path, f"{inside}{key}", value) for key, value in entries.items()})

    @property
    def name(self) -> str:
        """The file, and where in it this is."""
        return f"{shown(self._path)}: {self._place or 'the file'}"

    def __missing__(self, key: str) -> Any:  # noqa: ANN401 - nothing is ever returned
        raise BrokenFileError(f"{self.name} has no {key!r}")

    def __deepcopy__(self, memo: object) -> dict[str, Any]:
        return {key: copy.deepcopy(value) for key, value in self.items()}


def read_text(path: Path) -> str:
    """The text of a file.

    Raises ``BrokenFileError`` for a file that is missing, cannot be read, is not UTF-8 or is empty.
    """
    try:
        text = path.read_bytes().decode()
    except OSError as broken:
        raise BrokenFileError(f"{shown(path)}: cannot be read: {broken.strerror}") from broken
    except UnicodeDecodeError as broken:
        *lines, last = broken.object[: broken.start].split(b"\n")
        where = f"at line {len(lines) + 1}, column {len(last) + 1}"
        raise BrokenFileError(f"{shown(path)}: not UTF-8: {broken.reason} ({where})") from broken
    if not text.strip():
        raise BrokenFileError(f"{shown(path)}: is empty")
    return text


def read_toml(path: Path) -> dict[str, Any]:
    """The tables of a TOML file; taking a key that is missing raises ``BrokenFileError`` too.

    Raises ``BrokenFileError`` as ``read_text`` does, and for what is no TOML, with the line and the column.
    """
    text = read_text(path)
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as broken:
        end = f"at line {len(text.splitlines())}, the end of the file"
        why = str(broken).replace("at end of document", end)
        raise BrokenFileError(f"{shown(path)}: not valid TOML: {why}") from broken
    if not tables:
        raise BrokenFileError(f"{shown(path)}: holds nothing")
    return _Table(path, "", tables)


def read_json(path: Path) -> Any:  # noqa: ANN401 - JSON has no narrower type
    """The content of a JSON file.

    Raises ``BrokenFileError`` as ``read_toml`` does, and for a key that is given twice.
    """
    text = read_text(path)

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        entries = dict(pairs)
        if len(entries) < len(pairs):
            twice = next(
                key for at, (key, _) in enumerate(pairs) if any(key == each for each, _ in pairs[:at])
            )
            raise BrokenFileError(
                f"{shown(path)}: {twice!r} stands twice in one object ({_lines(text, twice)})"
            )
        return entries

    try:
        return _named(path, "", json.loads(text, object_pairs_hook=once))
    except json.JSONDecodeError as broken:
        where = f"at line {broken.lineno}, column {broken.colno}"
        raise BrokenFileError(f"{shown(path)}: not valid JSON: {broken.msg} ({where})") from broken


def fill(shape: Callable[..., _Made], table: Mapping[str, Any]) -> _Made:
    """The ``shape`` made of the entries of a table; raises ``BrokenFileError`` where they do not fit it."""
    try:
        return shape(**table)
    except TypeError as error:
        where = table.name if isinstance(table, _Table) else "a table"
        raise BrokenFileError(f"{where}: {error}") from error


def toml(value: Any) -> str:  # noqa: ANN401 - any value of a file
    """The value as TOML; JSON writes the same strings, but for one character."""
    if isinstance(value, Mapping):
        return f"{{ {', '.join(f'{key} = {toml(held)}' for key, held in value.items())} }}" if value else "{}"
    if isinstance(value, list):
        return f"[{', '.join(map(toml, value))}]"
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def shown(path: Path) -> str:
    """A path as messages name it: from the folder that the process works in, where it is inside of it."""
    path, folder = path.absolute(), Path.cwd()
    return path.relative_to(folder).as_posix() if path.is_relative_to(folder) else str(path)


def _named(path: Path, place: str, value: Any) -> Any:  # noqa: ANN401 - any value of a file
    if isinstance(value, dict):
        return _Table(path, place, value)
    if isinstance(value, list):
        return [_named(path, f"{place}[{number}]", each) for number, each in enumerate(value)]
    return value


def _lines(text: str, key: str) -> str:
    """The lines that hold a key of JSON."""
    written = re.compile(rf"{re.escape(json.dumps(key, ensure_ascii=False))}\s*:")
    at = (str(number) for number, line in enumerate(text.splitlines(), 1) if written.search(line))
    return f"lines: {', '.join(at)}"
