"""Words and their pieces: the same for training and for reading."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from zlib import crc32

_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_SHORTEST, _LONGEST = 3, 4
_BITS = 0xFFFFFF


def words(said: str, whole: Mapping[str, str], ends: Mapping[str, str]) -> tuple[str, ...]:
    """The words of an utterance in small letters, contractions written out, punctuation gone."""
    found: list[str] = []
    for word in _WORD.findall(said.lower().replace("’", "'")):
        found += _written_out(word, whole, ends)
    return tuple(found)


def _written_out(word: str, whole: Mapping[str, str], ends: Mapping[str, str]) -> Iterator[str]:
    if word in whole:
        yield from whole[word].split()
        return
    for end, meant in ends.items():
        if word.endswith(end) and len(word) > len(end):
            yield word.removesuffix(end)
            yield meant
            return
    yield word.replace("'", "")


def features(said: Sequence[str]) -> tuple[set[int], set[int]]:
    """The features of an utterance, as numbers: its words and pairs of them, and the pieces of its words."""
    pairs = {f"{first} {second}" for first, second in zip(("", *said), (*said, ""), strict=True)}
    pieces = {
        padded[start : start + length]
        for padded in (f"^{word}$" for word in said)
        for length in range(_SHORTEST, _LONGEST + 1)
        for start in range(max(1, len(padded) - length + 1))
    }
    return {number(f"w{text}") for text in pairs | set(said)}, {number(f"p{text}") for text in pieces}


def number(text: str) -> int:
    """The number that stands for a text in the data: 24 bits, by which nobody reads it back."""
    return crc32(text.encode()) & _BITS
