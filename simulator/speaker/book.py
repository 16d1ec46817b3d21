"""The sentences that the skill has in its book, made before they are wanted and kept on disk.

What is on disk tells nothing of a conversation: sentences are made in the order of the book while nobody
talks, and those that somebody's answers are part of, or that were wanted before their turn, are never kept.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from simulator.files import read_json, read_toml
from simulator.speaker.kept import Kept
from simulator.speaker.voices import Voice

SETTINGS = Path(__file__).with_name("speaking.toml")


@cache
def speaking() -> Mapping[str, Any]:
    """The settings in `speaking.toml`."""
    return read_toml(SETTINGS)


def book_file(locale: str, folder: Path) -> Path:
    """The file that `python -m tools book` writes the sentences of a locale to."""
    return folder / f"book.{locale}.json"


def book(locale: str, folder: Path) -> list[str]:
    """The sentences that are always the same, as a conversation comes to need them; none without the file."""
    file = book_file(locale, folder)
    return list(read_json(file)) if file.is_file() else []


class Prompts:
    """A voice that has the sentences of a book ready, as far as they have been made."""

    def __init__(self, voice: Voice, folder: Path, book: list[str]) -> None:
        """`folder` is this voice's alone: what else lies there is removed."""
        self._voice, self._kept = voice, Kept(voice, folder)
        self._folder, self._book = folder, book
        self.identity = voice.identity

    def say(self, text: str, rate: float = 1.0) -> np.ndarray:
        return (self._kept if self._kept.has(text, rate) else self._voice).say(text, rate)

    def chores(self) -> Iterator[None]:
        """Make what is missing of the book, one sentence a step; what it no longer has goes first."""
        current = {self._kept.file(text) for text in self._book}
        for file in self._folder.rglob("*"):
            if file.is_file() and file not in current:
                file.unlink()
        for text in self._book:
            if not self._kept.has(text):
                yield None
                with suppress(OSError):  # no room on the disk: it is said all the same when it is wanted
                    self._kept.say(text)

    def left(self) -> int:
        """How many sentences of the book are still to be made."""
        return sum(not self._kept.has(text) for text in self._book)
