"""The pieces that the recogniser writes words with, and how a phrase is cut into them."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import NamedTuple

START, END = 1, 2
BYTES = range(3, 259)
SPACE = "▁"
_VOCABULARY = re.compile(r'llama_vocab_base64 = "([A-Za-z0-9+/=]+)"')


class Pieces:
    """The vocabulary of the recogniser. `encode` and `decode` undo each other for written phrases."""

    def __init__(self, pieces: list[str]) -> None:
        self._pieces = pieces
        self._ids = {piece: at for at, piece in enumerate(pieces)}
        self._word = cache(self._cut)

    @classmethod
    def read(cls, path: Path) -> Pieces:
        """Read the vocabulary out of the tokenizer package; raises `LookupError` where it holds none."""
        found = _VOCABULARY.search(path.read_text(encoding="utf-8"))
        if found is None:
            raise LookupError(f"{path} holds no vocabulary")
        return cls(base64.b64decode(found[1]).decode("utf-8").split("\n"))

    def encode(self, phrase: str) -> tuple[int, ...]:
        """A phrase in pieces, without start and end. No piece reaches over a space."""
        return tuple(piece for word in phrase.split() for piece in self._word(word))

    def decode(self, ids: list[int] | tuple[int, ...]) -> str:
        """The text that pieces stand for."""
        known = (self._pieces[at] for at in ids if BYTES.stop <= at < len(self._pieces))
        return "".join(known).replace(SPACE, " ").strip()

    def _cut(self, word: str) -> tuple[int, ...]:
        """Join the neighbours whose joint piece comes first in the vocabulary, until none can be joined."""
        parts = [SPACE, *word]
        while True:
            pairs = [
                (self._ids[both], at)
                for at in range(len(parts) - 1)
                if (both := parts[at] + parts[at + 1]) in self._ids
            ]
            if not pairs:
                return tuple(self._ids[part] for part in parts if part in self._ids)
            _, at = min(pairs)
            parts[at : at + 2] = [parts[at] + parts[at + 1]]


class Beginnings(NamedTuple):
    """Pieces that wordings begin with, and for some of them the pieces that follow, all in a fixed order."""

    first: tuple[int, ...]
    after: dict[int, tuple[int, ...]]

    @classmethod
    def of(cls, pieces: Pieces, wordings: Iterable[str], onward: Iterable[str]) -> Beginnings:
        """Gather those of `wordings`; what follows, after each word of `onward`, which is one piece."""
        cut = [pieces.encode(wording) for wording in wordings]
        words = [piece for word in onward for piece in pieces.encode(word)]
        after = {
            word: tuple(dict.fromkeys(ids[1] for ids in cut if ids[:1] == (word,) and len(ids) > 1))
            for word in words
        }
        return cls(tuple(dict.fromkeys(ids[0] for ids in cut)), after)
