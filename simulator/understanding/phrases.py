"""The phrases of a slot type, word for word."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence

from simulator.understanding.model import SlotEntry
from simulator.understanding.words import PAUSE, Language

Span = tuple[int, int, SlotEntry]
"""The first word of a phrase, the one after its last, and the value that it stands for."""


class Phrases:
    """Every phrase of one slot type."""

    def __init__(self, entries: Iterable[SlotEntry], language: Language) -> None:
        self._articles = frozenset(language.data["words"]["articles"])
        self._entries: dict[tuple[str, ...], SlotEntry] = {}
        for entry in entries:
            for phrase in entry.phrases:
                self._entries.setdefault(_bare(language.form(phrase), self._articles), entry)
        self.words = frozenset(text for texts in self._entries for text in texts)
        """Every word of every phrase, in the form that is compared."""
        self._known = self.words | self._articles | {PAUSE}

    def exact(self, texts: Sequence[str]) -> SlotEntry | None:
        """The value that these very words stand for, an article in front of them or not."""
        return self._entries.get(_bare(texts, self._articles))

    def longest(self, texts: Sequence[str]) -> Span | None:
        """The longest phrase among the words."""
        known = [text in self._known for text in texts]
        if True not in known:
            return None
        for size in range(len(texts), 0, -1):
            for start in range(len(texts) - size + 1):
                at = slice(start, start + size)
                if False not in known[at] and (entry := self.exact(texts[at])):
                    return start, start + size, entry
        return None


def _bare(texts: Iterable[str], articles: Container[str]) -> tuple[str, ...]:
    """A wording without its pauses and the articles in front; its last word stays, whatever it is."""
    kept = [text for text in texts if text != PAUSE]
    while len(kept) > 1 and kept[0] in articles:
        kept.pop(0)
    return tuple(kept)
