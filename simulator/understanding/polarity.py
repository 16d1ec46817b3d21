"""Which of the signs that were mentioned are reported, and which are denied.

The one promise: a denial is never taken for a sign nor a sign for a denial. Where the words leave room for
doubt, the sign is left open, and the skill asks about it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from simulator.understanding.phrases import Span
from simulator.understanding.words import PAUSE, Language, Utterance, occurrences


@dataclass(frozen=True)
class Statement:
    """A sign as it was stated: reported, denied, or None where the words leave it open."""

    span: Span
    denied: bool | None


class Polarity:
    """Reads denials in one language."""

    def __init__(self, language: Language) -> None:
        clauses = language.data["clauses"]
        self._language = language
        self._ends = frozenset(clauses["ends"])
        self._joins = frozenset(clauses["joins"]) | {PAUSE}
        self._chooses = frozenset(clauses["chooses"])
        self._turns = frozenset(clauses["turns"])
        self._degrees = frozenset(language.data["polarity"]["degrees"])
        self._tags = frozenset(clauses["tags"])
        self._carriers = frozenset(language.data["polarity"]["carriers"])
        self._between = frozenset(language.data["words"]["articles"]) | {PAUSE}
        self._subjects = frozenset(clauses["subjects"])
        self._starters = frozenset(clauses["starters"])
        self._owners = frozenset(clauses["owners"])
        self._persons = self._subjects - self._owners - frozenset(clauses["objects"])
        self._finite = frozenset(clauses["finite"])
        self._opinion = frozenset(language.data["polarity"]["opinion"])
        self._joints = self._ends | self._joins | self._chooses
        self._ahead = frozenset(language.data["polarity"]["ahead"])
        self._lacking = frozenset(language.data["polarity"]["lacking"])
        self._possess = frozenset(language.data["polarity"]["possess"])
        self._able = frozenset(language.data["polarity"]["able"])
        self._perceive = frozenset(language.data["polarity"]["perceive"])
        self._undone = language.forms(language.data["polarity"]["undone"])
        self._undone_at_end = frozenset(language.data["polarity"]["undone_at_end"])

    def statements(self, heard: Utterance, spans: Sequence[Span]) -> list[Statement]:
        """Statements about each of these signs, in the order they were said; abilities are left out."""
        scope = _Scope()
        texts = [token.text for token in heard.tokens]
        denies = set(self._language.negations(heard.tokens)[0]) - self._affirmed(texts)
        starts = {span.start: span for span in spans}
        tagged = spans[-1].start if spans and heard.said[-1] in self._tags else None
        inside = {at for span in spans for at in range(span.start, span.end)}
        found: list[Statement] = []
        for at in range(len(texts)):
            if at in starts:
                span = starts[at]
                if at == tagged and not scope.chosen and self._has_denied(scope):
                    scope.close()
                denied = self._reading(texts, span, scope, denies, inside)
                if denied is not False or not self._is_able(texts, span, inside):
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
            scope.deny(strict=text in self._language.deny, distant=text in self._language.distant)
        elif text in self._ends or text in self._lacking or (text in self._turns and self._has_denied(scope)):
            scope.close()
        elif text in self._joins:
            scope.joined, scope.chosen = True, False
        elif text in self._chooses:
            scope.chosen = True
        elif not self._opens_sentence(texts, at, scope):
            scope.pass_over(text, self._language.modifiers)

    def _reading(
        self, texts: Sequence[str], span: Span, scope: _Scope, denies: set[int], inside: set[int]
    ) -> bool | None:
        """False for a sign, True for a denial, None for what cannot be told."""
        own = set(range(span.start, span.end)) & denies
        extra = own - span.uses
        if not scope.chosen:
            self._opens_sentence(texts, span.start, scope)
        if self._is_undone(texts, span, inside, denies):
            return None
        count = scope.count + len(extra)
        if count == 0:
            return span.phrase.denying
        if span.phrase.denying:
            return None
        strict = scope.strict and all(texts[at] in self._language.deny for at in extra)
        first = not scope.joined and not scope.passed_sign
        clear = first or scope.chosen or bool(extra) or self._is_listed(texts, span.end, inside)
        whole = not self._is_parted(texts, span, scope)
        return True if count == 1 and strict and clear and whole else None

    def _is_parted(self, texts: Sequence[str], span: Span, scope: _Scope) -> bool:
        """Tell whether two thoughts may lie under one sign ("no pain just it goes down my leg")."""
        own = span.phrase.texts
        within = texts[span.start + 1 : span.end]
        parts = (self._subjects - self._owners) | self._turns | self._ends
        if any(text in parts and text not in own for text in within):
            return True
        if span.strangers:
            return True
        seams = self._owners | self._joins
        if span.score < 1 and not seams.isdisjoint(within) and not self._is_in_order(texts, span):
            return True
        if scope.passed_sign:
            return False
        return self._has_denied(scope) or not self._degrees.isdisjoint(scope.between)

    def _has_denied(self, scope: _Scope) -> bool:
        """Tell whether the denial already has what it denies, a sign or something unknown."""
        strange = (text for text in scope.between if self._language.strange_text(text))
        return scope.passed_sign or not self._carriers.issuperset(strange)

    def _is_in_order(self, texts: Sequence[str], span: Span) -> bool:
        """Tell whether the words of a phrase were said as the phrase has them, none of them twice."""
        stems = [self._language.stem(text) for text in texts[span.start : span.end]]
        content = span.phrase.content
        said = [stem for stem in stems if stem in content]
        return said == [stem for stem in content if stem in said]

    def _is_listed(self, texts: Sequence[str], end: int, inside: set[int]) -> bool:
        """Tell whether an "or" follows among signs alone: what "no fever, chills or vomiting" denies."""
        rest = range(end, len(texts))
        after = next((at for at in rest if at not in inside and texts[at] not in self._between), None)
        return after is not None and texts[after] in self._chooses

    def _opens_sentence(self, texts: Sequence[str], at: int, scope: _Scope) -> bool:
        """Tell whether a sentence of its own begins here; a denial before it reaches no further."""
        reaches: bool | None = True
        if texts[at] in self._subjects and scope.count:
            reaches = False if scope.passed_sign else self._reaches(texts, at, scope.between)
        elif texts[at] in self._starters:
            reaches = not (scope.passed_sign or scope.joined)
        if reaches is None:
            scope.strict = False
        elif not reaches:
            scope.close()
        return reaches is False

    def _reaches(self, texts: Sequence[str], at: int, between: Sequence[str]) -> bool | None:
        """Tell whether a denial goes on past this ("I don't think my calf is swollen"); None in doubt."""
        if not between:
            return True
        if texts[at] in self._owners and not self._has_verb(texts, at):
            return True if between[-1] in self._possess else None  # "I haven't had my hip replaced"
        if not self._opinion & set(between) or self._possess & set(between):
            return False
        return True if between[-1] in self._opinion else None

    def _has_verb(self, texts: Sequence[str], at: int) -> bool:
        """Tell whether something is said of what is named here ("my calf is ...", not "my hip replaced")."""
        for text in texts[at + 1 :]:
            if text in self._finite:
                return True
            if text in self._joints or text in self._subjects:
                break
        return False

    def _affirmed(self, texts: Sequence[str]) -> set[int]:
        """Places where "without" denies nothing: what comes after "I can't walk without" always comes."""
        found: set[int] = set()
        unable = False
        for at, text in enumerate(texts):
            if text in self._joints or text in self._persons:
                unable = False
            elif text in self._language.unable:
                unable = True
            elif unable and text in self._lacking:
                found.add(at)
        return found

    def _is_undone(self, texts: Sequence[str], span: Span, inside: set[int], denies: set[int]) -> bool:
        """Tell whether its own clause takes the sign back ("... has gone away", "... is not there")."""
        start, end = self._clause(texts, span, inside)
        denied = [at for at in range(span.end, end) if at in denies]
        if any(texts[at] not in self._ahead or at == end - 1 for at in denied):
            return True
        if end > span.end and texts[end - 1] in self._undone_at_end:
            return True
        clause, own = texts[start:end], span.phrase.texts
        return any(occurrences(clause, words) and not occurrences(own, words) for words in self._undone)

    def _is_able(self, texts: Sequence[str], span: Span, inside: set[int]) -> bool:
        """Tell whether somebody is able to ("I can move both legs"); to feel pain is no ability."""
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
        self.distant = False
        self.passed_sign = False
        self.joined = False
        self.chosen = False
        self.between: list[str] = []

    def deny(self, *, strict: bool, distant: bool) -> None:
        if self.passed_sign or self.joined:
            self.close()
        self.count += 1
        self.strict = self.strict and strict
        self.distant = distant
        self.between = []

    def pass_over(self, text: str, modifiers: frozenset[str]) -> None:
        """Remember a word after a denial; "I doubt very much" is no more than "I doubt"."""
        if self.count and not (self.distant and not self.between and text in modifiers):
            self.between.append(text)
