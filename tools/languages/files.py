"""The files of a locale: where each is, and which one of English shows what it must hold."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from simulator.files import read_toml

PATTERN, ITS_REGION = "en", "en-US"
"""The language and the region whose files show what those of another hold."""
SPEECH, MODELS = "lambda/crampguide/speech", "interaction_models"
BUILT_INS = "simulator/understanding/builtins"
NUMBER = """[region.{name}]
# As it is said, the page that says so, whose page that is (official or reported), the day you looked.
says = ""
source = ""
kind = "official"
# verified = 2026-01-31
"""
OF_ITS_GRAMMAR = ("same", "short", "endings", "kin", "typed")
"""Tables of the emulator whose keys are words of a language: each language has others."""


class Laid(NamedTuple):
    """A file of a locale, and the file of the pattern whose tables it has."""

    path: str
    pattern: str
    apart: tuple[str, ...] = ()
    """Tables of the pattern that it does not have."""
    kept: tuple[str, ...] = ()
    """Tables that are the same in every language."""


def laid(root: Path, locale: str) -> Iterator[Laid]:
    """Every file that is filled in for a locale: the region's, and all of a language that is not there."""
    language = locale.partition("-")[0]
    yield Laid(f"{SPEECH}/{language}/regions/{locale}.toml", f"{SPEECH}/{PATTERN}/regions/{ITS_REGION}.toml")
    if language == PATTERN:
        return
    yield Laid(f"{SPEECH}/{language}/regions/elsewhere.toml", f"{SPEECH}/{PATTERN}/regions/elsewhere.toml")
    for path in sorted((root / SPEECH / PATTERN).glob("*.toml")):
        yield Laid(f"{SPEECH}/{language}/{path.name}", f"{SPEECH}/{PATTERN}/{path.name}")
    apart = wordings(root)
    for path in sorted((root / MODELS / PATTERN).glob("*.toml")):
        if path.stem not in {"locales", "words"}:
            name = f"{MODELS}/{language}/{path.name}"
            yield Laid(name, f"{MODELS}/{PATTERN}/{path.name}", apart, ("slots",))
    yield Laid(f"{BUILT_INS}/{language}.toml", f"{BUILT_INS}/{PATTERN}.toml", OF_ITS_GRAMMAR)


def wordings(root: Path) -> tuple[str, ...]:
    """The locales of the pattern, and the wordings that they share: what stands under them, only they say."""
    tables = read_toml(root / MODELS / PATTERN / "locales.toml")
    shared = [wording for table in tables.values() for wording in table.get("like", ())]
    return tuple(dict.fromkeys([*tables, *shared]))
