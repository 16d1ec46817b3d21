"""How a text is pronounced, in the letters that the Kokoro network reads; the data is `kokoro.toml`."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

from simulator.files import read_toml
from simulator.speaker.espeak import pronounced

DATA = Path(__file__).with_name("kokoro.toml")
LONGEST = 509
"""So many letters the network takes at once."""
PAUSE = re.compile(r"(\s*[;:,.!?—…]+\s*)")


@cache
def data() -> Mapping[str, Any]:
    """The letters, words and speakers in `kokoro.toml`."""
    return read_toml(DATA)


def speakers() -> Mapping[str, str]:
    """Each speaker with their accent, "american" or "british"."""
    return {name: accent for accent, names in data()["speakers"].items() for name in names}


def reading() -> str:
    """All that a pronunciation depends on here; another text where any of it was changed."""
    return json.dumps([data()[part] for part in ("letters", "written", "words", "languages")])


def letters(text: str, accent: str) -> str:
    """A text in the network's letters, with its punctuation.

    It always ends in some: the full stop lets the voice fall, and a lone word is cut short without it.
    """
    bare = text.rstrip(" ,;:")
    ended = bare if not bare or bare[-1] in ".!?" else f"{bare}."
    clauses = PAUSE.split(ended)
    return "".join(part if at % 2 else " ".join(_said(part, accent)) for at, part in enumerate(clauses))


def numbered(written: str) -> Iterator[list[int]]:
    """The letters as the network's numbers, parted between words where it cannot take them all at once."""
    numbers = data()["letters"]
    left = written.strip()
    while left:
        end = len(left) if len(left) <= LONGEST else max(left.rfind(" ", 0, LONGEST), 1)
        yield [numbers[letter] for letter in left[:end] if letter in numbers]
        left = left[end:].strip()


def _said(clause: str, accent: str) -> Iterator[str]:
    """Words that we know better than espeak-ng, and the others together, since they change each other."""
    own = data()["words"][accent]
    for known, words in groupby(clause.split(), key=lambda word: word.lower() in own):
        if known:
            yield from (own[word.lower()] for word in words)
        else:
            yield _translated(pronounced(" ".join(words), data()["languages"][accent]), accent)


def _translated(ipa: str, accent: str) -> str:
    """The letters of espeak-ng as those of the network."""
    for ours in (data()["written"][accent], data()["written"]["both"]):
        for old in sorted(ours, key=len, reverse=True):
            ipa = ipa.replace(old, ours[old])
    return ipa
