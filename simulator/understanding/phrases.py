"""Findings in an utterance: the phrases of a slot type, and where each was heard."""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import dataclass

from simulator.understanding.model import SlotEntry
from simulator.understanding.words import PAUSE


@dataclass(frozen=True)
class Phrase:
    """One wording of a slot value, in the form that is compared."""

    entry: SlotEntry
    texts: tuple[str, ...]
    content: tuple[str, ...]
    spelled: frozenset[str]
    negations: int
    idle: int
    modifiers: int = 0
    denying: bool = False

    @property
    def weight(self) -> int:
        """How much of a meaning this wording pins down."""
        return len(self.content) + self.negations


@dataclass(frozen=True)
class Span:
    """A phrase heard between two tokens.

    `uses` are the words of denial that belong to the phrase itself; `spelled` counts the words of meaning
    that were said letter for letter, not only as another form of the same word. `fewer` says that the phrase
    is about several of what only one was mentioned of ("legs" for "leg"). `strangers` counts the words of
    meaning that were said inside the phrase and are not its own.
    """

    start: int
    end: int
    phrase: Phrase
    score: float
    uses: frozenset[int] = frozenset()
    spelled: int = 0
    fewer: bool = False
    strangers: int = 0

    @property
    def entry(self) -> SlotEntry:
        """The slot value that was heard."""
        return self.phrase.entry

    @property
    def rank(self) -> tuple[float, ...]:
        """Greater is the better reading of the same words."""
        phrase = self.phrase
        length = self.end - self.start if self.score == 1 else self.start - self.end
        weights = not self.fewer, phrase.weight - phrase.modifiers, phrase.weight
        return (*weights, round(self.score, 6), self.spelled, length, -self.start)

    def overlaps(self, other: Span) -> bool:
        """Tell whether both claim a word."""
        return self.start < other.end and other.start < self.end


def bare(texts: Iterable[str], articles: Container[str]) -> tuple[str, ...]:
    """A wording without its pauses and the articles in front; its last word stays, whatever it is."""
    kept = [text for text in texts if text != PAUSE]
    while len(kept) > 1 and kept[0] in articles:
        kept.pop(0)
    return tuple(kept)


def best_spans(spans: Iterable[Span]) -> list[Span]:
    """The best phrases that share no word, in the order they were said."""
    chosen: list[Span] = []
    for span in sorted(spans, key=lambda span: span.rank, reverse=True):
        if not any(span.overlaps(other) for other in chosen):
            chosen.append(span)
    return sorted(chosen, key=lambda span: span.start)
