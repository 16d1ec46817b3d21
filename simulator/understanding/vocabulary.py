"""Words that are near misses of known ones: a typing slip, or a word half heard."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from rapidfuzz import fuzz, process

from simulator.understanding.words import Language, Token

CANDIDATES = 3


class Vocabulary:
    """The words that a set of phrases knows, with all their kin."""

    def __init__(self, words: Iterable[str], language: Language) -> None:
        stems = {word: language.stem(word) for word in words}
        self._stems = {**language.kin(stems.values()), **stems}
        self._known = sorted(self._stems)
        self._heads = set(self._stems.values())
        self._closeness = language.data["closeness"]
        self._near: dict[str, Mapping[str, float]] = {}

    def near(self, token: Token) -> Mapping[str, float]:
        """The stems that a word may stand for, and how alike they are; 1 is the same word."""
        if token.stem in self._heads:
            return {token.stem: 1.0}
        if token.text not in self._near:
            self._near[token.text] = self._search(token.text)
        return self._near[token.text]

    def _search(self, word: str) -> Mapping[str, float]:
        if len(word) < self._closeness["word_letters"]:
            return {}
        found = process.extract(
            word, self._known, scorer=fuzz.ratio, score_cutoff=self._closeness["word"], limit=CANDIDATES
        )
        alike: dict[str, float] = {}
        for known, score, _ in found:
            if known[0] == word[0]:
                alike.setdefault(self._stems[known], score / 100)
        return alike
