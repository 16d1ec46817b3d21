"""The words for a key in a locale, read from the folder of its language.

A file is read when a key is first wanted that the files before it do not hold: someone in an emergency never
waits for tips. What a region says otherwise is in ``<language>/regions/<locale>.toml``; ``like`` in that file
names the ``<language>/wordings/<wording>.toml`` that it shares with others, whose words come after its own.

Most files have a table per group: ``[advice] urgent`` is the line ``advice.urgent``. Those of ``_BY_SUBJECT``
have a table for each thing that is spoken of, with all its lines: ``[dark_urine] why`` is ``why.dark_urine``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from crampguide.reviewed import DataError, read_toml, shown
from crampguide.speech.spoken import seconds

if TYPE_CHECKING:
    from crampguide.speech.model import Rules

_FOLDER = Path(__file__).parent
_REGIONS, _WORDINGS = "regions", "wordings"
_DEFAULT_LANGUAGE = "en"
_NO_REGION = "elsewhere"
_FIRST = ("lines", "offers", "questions", "advice", "tips", "coaching", "exercises")
"""Files in which a key is looked for first, in the order in which a conversation comes to need them."""
_BY_SUBJECT: dict[str, dict[str, str]] = {
    "offers": {},
    "questions": {},
    "exercises": {"title": "screen.exercise.{}", "drawing": "screen.drawing.{}"},
    "subjects": {"lead": "learn.{}", "more": "learn.{}_more", "why": "learn.{}_why"},
}
"""By file, the fields whose lines have other keys than ``<field>.<name of the table>``."""
_LOCALE = re.compile(r"(?P<language>[a-z]{2,3})-[A-Z]{2}")
_Line = tuple[str, tuple[str, ...]]
_LIKE, _NAMES = "like", "region"
_REGION = {
    "emergency": "region.emergency_number",
    "emergency_department": "region.emergency_department",
    "doctor": "region.doctor",
    "advice_line": "region.advice_line",
    "urgent_place": "region.urgent_place",
    "crisis_line": "region.crisis_line",
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
        """Tell if this locale has a line for ``key``."""
        return key in self.lines

    def is_silent(self, key: str) -> bool:
        """Tell if ``key`` is one of the few for which the language says nothing, and need not."""
        group, _, name = key.partition(".")
        return name in rules().silent.get(_language(self.locale), {}).get(group, ())

    def seconds(self, text: str) -> float:
        """The time that a plain line of its takes, as fast as Alexa speaks its language."""
        return seconds(text, rules().budget[_language(self.locale)].words_per_minute)

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


class File(NamedTuple):
    """The content of one file of words."""

    like: tuple[str, ...]
    """Of a region, the wordings that it shares with others: where two have a line, the first counts."""
    lines: Mapping[str, tuple[str, ...]]
    """The phrasings of each line, by key."""


class _Lines(Mapping[str, tuple[str, ...]]):
    """The lines of several files: the first that has a key tells it, and those after it are not read."""

    def __init__(self, files: tuple[Path, ...]) -> None:
        self._files = files

    def __getitem__(self, key: str) -> tuple[str, ...]:
        for file in self._files:
            if key in (lines := read_file(file).lines):
                return lines[key]
        raise KeyError(key)

    def __iter__(self) -> Iterator[str]:
        return iter({key: None for file in self._files for key in read_file(file).lines})

    def __len__(self) -> int:
        return sum(1 for _ in self)


@cache
def catalogue_for(locale: str) -> Catalogue:
    """The words for a locale such as ``en-GB``.

    A locale without a file of its own gets its language (else English) and names no emergency number:
    a region's numbers are never taken from another region.
    """
    language = _FOLDER / _language(locale)
    region = language / _REGIONS / f"{locale}.toml"
    if not (_LOCALE.fullmatch(locale) and region.is_file()):
        region = language / _REGIONS / f"{_NO_REGION}.toml"
    shared = (language / _WORDINGS / f"{wording}.toml" for wording in read_file(region).like)
    return Catalogue(locale, _Lines((region, *shared, *sorted(language.glob("*.toml"), key=_when_to_look))))


@cache
def rules() -> Rules:
    """The file ``rules.toml``: which lines may stay unsaid, and which a region words otherwise."""
    from crampguide.speech.model import load_rules  # noqa: PLC0415 - few replies go by them

    return load_rules(_FOLDER / "rules.toml")


def _language(locale: str) -> str:
    proper = _LOCALE.fullmatch(locale)
    return proper["language"] if proper and (_FOLDER / proper["language"]).is_dir() else _DEFAULT_LANGUAGE


def _when_to_look(file: Path) -> tuple[int, str]:
    return _FIRST.index(file.stem) if file.stem in _FIRST else len(_FIRST), file.stem


@cache
def read_file(path: Path) -> File:
    """Lines of one file, and the wordings that it shares.

    A file of a region may hold a table of ``exercises.toml`` and its like under that file's name:
    ``[exercises.nerve_glide]``. What it is called there may be a table, with its source beside what it
    ``says``.
    Raises ``DataError`` with the file's name for one that cannot be read, and for a line without words or
    stated twice.
    """
    tables = read_toml(path)
    like = tables.pop(_LIKE, [])
    lines: dict[str, tuple[str, ...]] = {}
    wrong = []
    if not (isinstance(like, list) and all(map(_is_said, like))):
        wrong.append("like must be a list of texts")
    for key, said in _stated(path.stem, tables):
        if key in lines:
            wrong.append(f"{key} is stated twice")
        if not all(map(_is_said, said or ("",))):
            wrong.append(f"{key} has no words")
        lines[key] = said
    if wrong:
        raise DataError([f"{shown(path)}: {each}" for each in wrong])
    return File(tuple(like), lines)


def _is_said(phrasing: object) -> bool:
    return isinstance(phrasing, str) and not phrasing.isspace() and phrasing != ""


def _stated(file: str, tables: Mapping[str, Any]) -> Iterator[_Line]:
    if file in _BY_SUBJECT:
        yield from _of_subjects("", tables, _BY_SUBJECT[file])
        return
    for group, table in tables.items():
        if group in _BY_SUBJECT and isinstance(table, Mapping):
            yield from _of_subjects("", table, _BY_SUBJECT[group])
        elif group == _NAMES and isinstance(table, Mapping):
            yield from _of_groups("", {group: {name: _says(value) for name, value in table.items()}})
        else:
            yield from _of_groups("", {group: table})


def _says(value: object) -> object:
    return value.get("says") if isinstance(value, Mapping) else value


def _of_subjects(name: str, table: Mapping[str, Any], keys: Mapping[str, str]) -> Iterator[_Line]:
    """The lines of ``[figure_four] intro`` and ``[figure_four.lie] step``: named by both."""
    for field, value in table.items():
        if isinstance(value, Mapping):
            yield from _of_subjects(f"{name}.{field}" if name else field, value, keys)
        else:
            key = keys[field].format(name) if field in keys else f"{field}.{name}"
            yield key, _phrasings(value)


def _of_groups(prefix: str, table: Mapping[str, Any]) -> Iterator[_Line]:
    for key, value in table.items():
        if isinstance(value, Mapping):
            yield from _of_groups(f"{prefix}{key}.", value)
        else:
            yield f"{prefix}{key}", _phrasings(value)


def _phrasings(value: object) -> tuple[Any, ...]:
    return tuple(value) if isinstance(value, list) else (value,)
