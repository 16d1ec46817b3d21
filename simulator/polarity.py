"""Which of the signs that were mentioned are reported, and which are denied.

The one promise: a denial is never taken for a sign nor a sign for a denial. Where the words leave room for
doubt, the sign is left out, and the skill asks about it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from simulator.spans import Span
from simulator.words import PAUSE, Heard, Language, occurrences


@dataclass(frozen=True)
class Statement:
    """A sign as it was stated."""

    span: Span
    denied: bool


class Polarity:
    """Reads denials in one language."""

    def __init__(self, language: Language) -> None:
        clauses = language.data["clauses"]
        self._language = language
        self._ends = frozenset(clauses["ends"])
        self._joins = frozenset(clauses["joins"]) | {PAUSE}
        self._chooses = frozenset(clauses["chooses"])
        self._subjects = frozenset(clauses["subjects"])
        self._starters = frozenset(clauses["starters"])
        self._opinion = frozenset(language.data["polarity"]["opinion"])
        self._joints = self._ends | self._joins | self._chooses
        self._ahead = frozenset(language.data["polarity"]["ahead"])
        self._possess = frozenset(language.data["polarity"]["possess"])
        self._able = frozenset(language.data["polarity"]["able"])
        self._perceive = frozenset(language.data["polarity"]["perceive"])
        self._undone = language.forms(language.data["polarity"]["undone"])
        self._undone_at_end = frozenset(language.data["polarity"]["undone_at_end"])

    def statements(self, heard: Heard, spans: Sequence[Span]) -> list[Statement]:
        """What is said of each of these signs, in the order they were said; doubtful ones are left out."""
        scope = _Scope()
        denies = set(self._language.negations(heard.tokens)[0])
        texts = [token.text for token in heard.tokens]
        starts = {span.start: span for span in spans}
        inside = {at for span in spans for at in range(span.start, span.end)}
        found: list[Statement] = []
        for at in range(len(texts)):
            if at in starts:
                span = starts[at]
                denied = self._reading(texts, span, scope, denies, inside)
                if denied is not None:
                    found.append(Statement(span, denied))
                scope.passed_sign = True
                scope.joined = False
            elif at not in inside:
                self._step(scope, texts, at, denies)
        return found

    def _step(self, scope: _Scope, texts: Sequence[str], at: int, denies: set[int]) -> None:
        """Follow the words between the signs: what a denial reaches, and where it ends."""
        text = texts[at]
        if at in denies:
            scope.deny(strict=text in self._language.deny)
        elif text in self._ends:
            scope.close()
        elif text in self._joins:
            scope.joined, scope.chosen = True, False
        elif text in self._chooses:
            scope.chosen = True
        elif self._opens_sentence(text, scope):
            scope.close()
        elif scope.count:
            scope.between.append(text)

    def _reading(
        self, texts: Sequence[str], span: Span, scope: _Scope, denies: set[int], inside: set[int]
    ) -> bool | None:
        """False for a sign, True for a denial, None for what cannot be told."""
        own = set(range(span.start, span.end)) & denies
        extra = own - span.uses
        if self._opens_sentence(texts[span.start], scope) and not scope.chosen:
            scope.close()
        if self._is_undone(texts, span, inside, denies):
            return None
        count = scope.count + len(extra)
        if count == 0:
            return None if self._is_able(texts, span, inside) else span.phrase.denying
        if span.phrase.denying:
            return None
        strict = scope.strict and all(texts[at] in self._language.deny for at in extra)
        clear = not scope.joined or scope.chosen or bool(extra)
        return True if count == 1 and strict and clear else None

    def _opens_sentence(self, text: str, scope: _Scope) -> bool:
        """Whether a sentence of its own begins here, beyond the reach of a denial before it."""
        if text in self._subjects:
            return not scope.reaches_over(self._opinion, self._possess)
        return text in self._starters and (scope.passed_sign or scope.joined)

    def _is_undone(self, texts: Sequence[str], span: Span, inside: set[int], denies: set[int]) -> bool:
        """Whether its own clause takes the sign back ("... has gone away", "... is not there")."""
        start, end = self._clause(texts, span, inside)
        denied = [at for at in range(span.end, end) if at in denies]
        if any(texts[at] not in self._ahead or at == end - 1 for at in denied):
            return True
        if end > span.end and texts[end - 1] in self._undone_at_end:
            return True
        clause, own = texts[start:end], span.phrase.texts
        return any(occurrences(clause, words) and not occurrences(own, words) for words in self._undone)

    def _is_able(self, texts: Sequence[str], span: Span, inside: set[int]) -> bool:
        """Whether somebody can do what is mentioned ("I can move both legs"); to feel pain is no ability."""
        for at in range(self._clause(texts, span, inside)[0] + 1, span.end - 1):
            if texts[at] in self._able and texts[at - 1] in self._subjects:
                return texts[at] not in span.phrase.texts and texts[at + 1] not in self._perceive
        return False

    def _clause(self, texts: Sequence[str], span: Span, inside: set[int]) -> tuple[int, int]:
        """How far the words around a sign still speak of it."""
        start, end = span.start, span.end
        while start > 0 and start - 1 not in inside and texts[start - 1] not in self._joints:
            start -= 1
        if end < len(texts) and texts[end] in self._subjects:
            end += 1
        while end < len(texts) and end not in inside and texts[end] not in self._joints | self._subjects:
            end += 1
        return start, end


class _Scope:
    """The denials that are open where the reading stands."""

    def __init__(self) -> None:
        self.close()

    def close(self) -> None:
        self.count = 0
        self.strict = True
        self.passed_sign = False
        self.joined = False
        self.chosen = False
        self.between: list[str] = []

    def deny(self, *, strict: bool) -> None:
        if self.passed_sign or self.joined:
            self.close()
        self.count += 1
        self.strict = self.strict and strict
        self.between = []

    def reaches_over(self, opinion: frozenset[str], possess: frozenset[str]) -> bool:
        """Whether a denial goes on past a new subject, as in "I don't think my calf is swollen"."""
        if not self.count or self.passed_sign:
            return not self.count
        return not self.between or bool(opinion & set(self.between) and not possess & set(self.between))
