"""The signs that somebody mentions anywhere in a sentence, each as reported or as denied."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from simulator.understanding.phrases import Span, best_spans
from simulator.understanding.polarity import Polarity, Statement
from simulator.understanding.spans import PhraseIndex
from simulator.understanding.words import PAUSE, Language, Utterance

A_CLAUSE = 3  # words; a phrase this long speaks for itself


class Signs:
    """Listens for the phrases of some slot types."""

    def __init__(self, indexes: Mapping[str, PhraseIndex], kinds: Iterable[str], language: Language) -> None:
        self._indexes = [indexes[kind] for kind in dict.fromkeys(kinds) if kind in indexes]
        self._language = language
        self._polarity = Polarity(language)
        clauses = language.data["clauses"]
        self._breaks = {PAUSE, *clauses["ends"], *clauses["joins"]}
        self._joints = self._breaks | {*clauses["chooses"], *clauses["turns"]}
        self._openings = self._joints | language.deny | set(clauses["subjects"])
        self._lone_share: float = language.data["closeness"]["lone_share"]

    def stated(self, heard: Utterance) -> list[Statement]:
        """Statements about each sign, in the order said; where the words leave doubt, nothing."""
        spans = [span for index in self._indexes for span in index.spans(heard)]
        return self._polarity.statements(
            heard, best_spans(span for span in spans if self._stands(span, heard))
        )

    def _stands(self, span: Span, heard: Utterance) -> bool:
        """Tell whether the phrase carries its clause; one word of many means little ("a swollen ego")."""
        if span.phrase.idle and span.phrase.weight == 1:
            return span.end == self._clause(span, heard)[1]
        if span.phrase.weight > 1 or (span.score == 1 and len(span.phrase.texts) >= A_CLAUSE):
            return True
        start, end = self._clause(span, heard)
        matters = [self._language.strange(token) for token in heard.tokens]
        leads = not any(matters[start : span.start])
        if leads and span.score == 1 and span.end < end and not matters[span.end]:
            return True
        return max(1, sum(matters[start:end])) * self._lone_share <= 1

    def clauses(self, heard: Utterance) -> list[tuple[int, int]]:
        """The beginning and end of each thought of the sentence."""
        cuts = [at for at, token in enumerate(heard.tokens) if token.text in self._breaks]
        starts, ends = [0, *(at + 1 for at in cuts)], [*cuts, len(heard.tokens)]
        return [(start, end) for start, end in zip(starts, ends, strict=True) if start < end]

    def denials_in_a_row(self, heard: Utterance, start: int, end: int) -> list[tuple[int, int]]:
        """A clause cut before each denial that follows another ("no redness | no swelling")."""
        denies = [at for at in range(start, end) if heard.tokens[at].text in self._language.deny]
        cuts = denies[1:] if denies[:1] == [start] else []
        return list(zip([start, *cuts], [*cuts, end], strict=True))

    def _clause(self, span: Span, heard: Utterance) -> tuple[int, int]:
        start, end = span.start, span.end
        while start > 0 and heard.tokens[start - 1].text not in self._openings:
            start -= 1
        while end < len(heard.tokens) and heard.tokens[end].text not in self._joints | self._language.deny:
            end += 1
        return start, end
