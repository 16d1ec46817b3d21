"""Data that people write and review: TOML whose fields are checked before anything is made of them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any


class DataError(Exception):
    """Reviewed data is broken. ``problems`` lists every one found, each naming its culprit."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = tuple(problems)


def parse(text: str, error: type[DataError] = DataError, name: str | Path = "") -> dict[str, Any]:
    """The tables of a TOML text; raises ``error``, with ``name`` in front, for what is no TOML."""
    import tomllib  # noqa: PLC0415 - needed once, not by every start of a process

    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as broken:
        lead = f"{shown(name) if isinstance(name, Path) else name}: " if name else ""
        end = f"at line {len(text.splitlines())}, the end of the file"
        why = str(broken).replace("at end of document", end)
        raise error([f"{lead}not valid TOML: {why}"]) from broken


def read_toml(path: Path, error: type[DataError] = DataError) -> dict[str, Any]:
    """The tables of a TOML file.

    Raises ``error`` with the file's name, and the line and column where there is one, for a file that is
    missing, cannot be read, is not UTF-8, holds nothing, or is no TOML.
    """
    tables = parse(_text_of(path, error), error, path)
    if not tables:
        raise _one(error, f"{shown(path)}: holds nothing")
    return tables


def read_json(path: Path, error: type[DataError] = DataError) -> Any:  # noqa: ANN401 - JSON has no narrower type
    """The content of a JSON file; raises ``error`` as ``read_toml`` does."""
    import json  # noqa: PLC0415 - as above

    try:
        return json.loads(_text_of(path, error))
    except json.JSONDecodeError as broken:
        where = f"at line {broken.lineno}, column {broken.colno}"
        raise _one(error, f"{shown(path)}: not valid JSON: {broken.msg} ({where})") from broken


def shown(path: Path) -> str:
    """A path as messages name it: from the folder that the process works in, where it is inside of it."""
    folder = Path.cwd()
    return path.relative_to(folder).as_posix() if path.is_relative_to(folder) else str(path)


def _text_of(path: Path, error: type[DataError]) -> str:
    try:
        content = path.read_bytes()
        text = content.decode()
    except OSError as broken:
        raise _one(error, f"{shown(path)}: cannot be read: {broken.strerror}") from broken
    except UnicodeDecodeError as broken:
        *lines, last = broken.object[: broken.start].split(b"\n")
        where = f"at line {len(lines) + 1}, column {len(last) + 1}"
        raise _one(error, f"{shown(path)}: not UTF-8: {broken.reason} ({where})") from broken
    if not text.strip():
        raise _one(error, f"{shown(path)}: is empty")
    return text


def _one(error: type[DataError], problem: str) -> DataError:
    return error([problem])
