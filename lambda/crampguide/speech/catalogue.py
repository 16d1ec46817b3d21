"""Looks up what is said for a key in a locale. A locale's words are read when it is first used.

A language's words are ``<language>.toml`` and any ``<language>_<part>.toml`` beside it. A part is read when a
key is first wanted that the files read so far do not hold: someone in an emergency never waits for tips.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from crampguide.reviewed import DataError, read_toml, shown

_FOLDER = Path(__file__).parent
_RULES = "rules"
_DEFAULT_LANGUAGE = "en"
_NO_REGION = "elsewhere"
_Read = dict[str, tuple[str, ...]]
_LOCALE = re.compile(r"(?P<language>[a-z]{2,3})-[A-Z]{2}")
_REGION = {
    "emergency": "region.emergency_number",
    "emergency_department": "region.emergency_department",
    "doctor": "region.doctor",
    "advice_line": "region.advice_line",
    "urgent_place": "region.urgent_place",
}


class _Pause:
    """Keeps ``{pause:5}`` as it is written; ``spoken`` makes silence of it."""

    def __format__(self, length: str) -> str:
        return f"{{pause:{length}}}"


_PAUSE = _Pause()


class Catalogue(NamedTuple):
    """The words of one locale: its language's lines, with the region's own names and numbers."""

    locale: str
    lines: Mapping[str, tuple[str, ...]]

    def has(self, key: str) -> bool:
        """Whether this locale has a line for ``key``."""
        return key in self.lines

    def is_silent(self, key: str) -> bool:
        """Whether ``key`` is one of the few for which the language says nothing, and need not."""
        group, _, name = key.partition(".")
        return name in rules()["silent"].get(_language(self.locale), {}).get(group, ())

    def say(self, key: str, turn: int = 0, **values: str) -> str:
        """The line for ``key`` as plain text, its placeholders filled in.

        ``turn`` chooses among phrasings, so that the same turn always gets the same words.
        Raises KeyError if the key or a placeholder's value is missing.
        """
        phrasings = self.lines[key]
        phrase = phrasings[turn % len(phrasings)]
        if "{" not in phrase:
            return phrase
        region = {name: self.lines[key][0] for name, key in _REGION.items() if f"{{{name}}}" in phrase}
        return phrase.format_map({**region, **values, "pause": _PAUSE})


class _Lines(Mapping[str, tuple[str, ...]]):
    """Lines from several files, the first file that has a key first. Going through them reads them all.

    Threads may share it: what is read and what is not change in one step, and reading twice does no harm.
    """

    def __init__(self, at_once: Mapping[str, tuple[str, ...]], later: Sequence[Path]) -> None:
        self._state = dict(at_once), tuple(later)

    def __getitem__(self, key: str) -> tuple[str, ...]:
        read, later = self._state
        while key not in read and later:
            read, later = self._state = self._one_more(read, later)
        return read[key]

    def __iter__(self) -> Iterator[str]:
        read, later = self._state
        while later:
            read, later = self._state = self._one_more(read, later)
        return iter(read)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    @staticmethod
    def _one_more(read: _Read, later: tuple[Path, ...]) -> tuple[_Read, tuple[Path, ...]]:
        return {**read_lines(later[0]), **read}, later[1:]


@cache
def catalogue_for(locale: str) -> Catalogue:
    """The words for a locale such as ``en-GB``.

    A locale without a file of its own gets its language (else English) and names no emergency number:
    a region's numbers are never taken from another region.
    """
    language = _language(locale)
    region = locale if _LOCALE.fullmatch(locale) and _path(locale).is_file() else _NO_REGION
    parts = sorted(_FOLDER.glob(f"{language}_*.toml"))
    return Catalogue(locale, _Lines({**read_lines(_path(language)), **read_lines(_path(region))}, parts))


@cache
def rules() -> Mapping[str, Any]:
    """What ``rules.toml`` says of the lines: which may stay unsaid, and which a region words otherwise."""
    return read_toml(_path(_RULES))


def _language(locale: str) -> str:
    proper = _LOCALE.fullmatch(locale)
    return proper["language"] if proper and _path(proper["language"]).is_file() else _DEFAULT_LANGUAGE


def _path(name: str) -> Path:
    return _FOLDER / f"{name}.toml"


@cache
def read_lines(path: Path) -> dict[str, tuple[str, ...]]:
    """The phrasings of each line of one file, by key.

    Raises ``DataError`` with the file's name for one that cannot be read, and for a line without words.
    """
    lines = dict(_flat("", read_toml(path)))
    if wordless := [key for key, phrasings in lines.items() if not all(map(_is_said, phrasings or ("",)))]:
        raise DataError([f"{shown(path)}: {key} has no words" for key in wordless])
    return lines


def _is_said(phrasing: object) -> bool:
    return isinstance(phrasing, str) and not phrasing.isspace() and phrasing != ""


def _flat(prefix: str, table: Mapping[str, Any]) -> Iterator[tuple[str, tuple[str, ...]]]:
    for key, value in table.items():
        if isinstance(value, Mapping):
            yield from _flat(f"{prefix}{key}.", value)
        else:
            yield f"{prefix}{key}", tuple(value) if isinstance(value, list) else (value,)
