"""Which of the signs that were mentioned are reported, and which are denied.

The one promise: a denial is never taken for a sign nor a sign for a denial. Where the words leave room for
doubt, the sign is left open, and the skill asks about it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from simulator.understanding.clauses import Clauses
from simulator.understanding.phrases import Span
from simulator.understanding.scope import Scope
from simulator.understanding.words import Language, Utterance, occurrences


@dataclass(frozen=True)
class Statement:
    """A sign as it was stated: reported, denied, or None where the words leave it open."""

    span: Span
    denied: bool | None


class Polarity:
    """Reads denials in one language."""

    def __init__(self, language: Language) -> None:
        self._language = language
        self._clauses = Clauses(language)

    def statements(self, heard: Utterance, spans: Sequence[Span]) -> list[Statement]:
        """Statements about each of these signs, in the order they were said; abilities are left out."""
        return _Reading(self._language, self._clauses, heard, spans).statements()


class _Reading:
    """Goes through one utterance word by word, and tells what the denials in it reach."""

    def __init__(self, language: Language, clauses: Clauses, heard: Utterance, spans: Sequence[Span]) -> None:
        self._language = language
        self._clauses = clauses
        self._texts = [token.text for token in heard.tokens]
        self._starts = {span.start: span for span in spans}
        self._inside = {at for span in spans for at in range(span.start, span.end)}
        self._denies = set(language.negations(heard.tokens)[0]) - self._affirmed()
        self._tagged = spans[-1] if spans and heard.said[-1] in clauses.tags else None
        self._scope = Scope()

    def statements(self) -> list[Statement]:
        found: list[Statement] = []
        for at in range(len(self._texts)):
            if span := self._starts.get(at):
                denied = self._denied(span)
                if denied is not False or not self._is_able(span):
                    found.append(Statement(span, denied))
                self._scope.pass_sign()
            elif at not in self._inside:
                self._step(at)
        return found

    # What a denial reaches.

    def _step(self, at: int) -> None:
        """Follow the words between the signs: what a denial reaches, and where it ends."""
        scope, clauses, text = self._scope, self._clauses, self._texts[at]
        if at in self._denies:
            scope.deny(strict=text in self._language.deny, distant=text in self._language.distant)
        elif text in clauses.stops or (text in clauses.turns and self._has_denied()):
            scope.close()
        elif text in clauses.joins:
            scope.joined, scope.chosen = True, False
        elif text in clauses.chooses:
            scope.chosen = True
        elif not self._opens_sentence(at):
            scope.pass_over(text, self._language.modifiers)

    def _opens_sentence(self, at: int) -> bool:
        """Tell whether a sentence of its own begins here; the denials before it end there."""
        reaches = self._reaches(at)
        if reaches is None:
            self._scope.strict = False
        elif not reaches:
            self._scope.close()
        return reaches is False

    def _reaches(self, at: int) -> bool | None:
        """Tell whether the open denials go on past this word; None in doubt."""
        scope, text = self._scope, self._texts[at]
        if text in self._clauses.subjects and scope.count:
            return False if scope.passed_sign else self._reaches_subject(at)
        if text in self._clauses.starters:
            return not (scope.passed_sign or scope.joined)
        return True

    def _reaches_subject(self, at: int) -> bool | None:
        """Tell whether they go on past a subject ("I don't think my calf is swollen"); None in doubt."""
        between, clauses = self._scope.between, self._clauses
        if not between:
            return True
        if self._texts[at] in clauses.owners and not self._has_verb(at):
            return True if between[-1] in clauses.possess else None  # "I haven't had my hip replaced"
        if clauses.opinion.isdisjoint(between) or not clauses.possess.isdisjoint(between):
            return False
        return True if between[-1] in clauses.opinion else None

    def _has_denied(self) -> bool:
        """Tell whether the denial already has what it denies, a sign or something unknown."""
        strange = (text for text in self._scope.between if self._language.strange_text(text))
        return self._scope.passed_sign or not self._clauses.carriers.issuperset(strange)

    def _affirmed(self) -> set[int]:
        """Places where "without" denies nothing: what comes after "I can't walk without" always comes."""
        found: set[int] = set()
        unable = False
        for at, text in enumerate(self._texts):
            if text in self._clauses.joints or text in self._clauses.persons:
                unable = False
            elif text in self._language.unable:
                unable = True
            elif unable and text in self._clauses.lacking:
                found.add(at)
        return found

    # A sign, once it is come to.

    def _denied(self, span: Span) -> bool | None:
        """False for a sign, True for a denial, None for what cannot be told."""
        self._come_to(span)
        if self._is_undone(span):
            return None
        own = self._own_denials(span)
        if not self._scope.count and not own:
            return span.phrase.denying
        if span.phrase.denying:
            return None
        return True if self._is_surely_denied(span, own) else None

    def _come_to(self, span: Span) -> None:
        """End the denials that do not reach the sign."""
        if span is self._tagged and not self._scope.chosen and self._has_denied():
            self._scope.close()
        if not self._scope.chosen:
            self._opens_sentence(span.start)

    def _own_denials(self, span: Span) -> list[int]:
        """The words of denial inside the sign that are no part of its phrase."""
        return [at for at in range(span.start, span.end) if at in self._denies and at not in span.uses]

    def _is_surely_denied(self, span: Span, own: list[int]) -> bool:
        """Tell whether just one denial, a plain one, reaches this whole sign beyond doubt."""
        once = self._scope.count + len(own) == 1
        strict = self._scope.strict and all(self._texts[at] in self._language.deny for at in own)
        return once and strict and self._is_reached(span, own) and not self._is_parted(span)

    def _is_reached(self, span: Span, own: list[int]) -> bool:
        """Tell whether the sign is the first after the denial, listed with the first, or denied inside."""
        first = not self._scope.joined and not self._scope.passed_sign
        return first or self._scope.chosen or bool(own) or self._is_listed(span.end)

    def _is_listed(self, end: int) -> bool:
        """Tell whether an "or" follows among signs alone: what "no fever, chills or vomiting" denies."""
        rest = (at for at in range(end, len(self._texts)) if at not in self._inside)
        after = next((self._texts[at] for at in rest if self._texts[at] not in self._clauses.articles), None)
        return after in self._clauses.chooses

    def _is_parted(self, span: Span) -> bool:
        """Tell whether two thoughts may lie under one sign ("no pain just it goes down my leg")."""
        if self._holds_another_thought(span) or span.strangers or self._is_sewn_together(span):
            return True
        if self._scope.passed_sign:
            return False
        return self._has_denied() or not self._clauses.degrees.isdisjoint(self._scope.between)

    def _holds_another_thought(self, span: Span) -> bool:
        """Tell whether a word inside the sign begins a thought that its phrase does not have."""
        clauses = self._clauses
        parts = (clauses.subjects - clauses.owners) | clauses.turns | clauses.ends
        return any(text in parts and text not in span.phrase.texts for text in self._within(span))

    def _is_sewn_together(self, span: Span) -> bool:
        """Tell whether the sign was made of words on both sides of a seam, in an order of their own."""
        seams = self._clauses.owners | self._clauses.joins
        return span.score < 1 and not seams.isdisjoint(self._within(span)) and not self._is_in_order(span)

    def _within(self, span: Span) -> list[str]:
        return self._texts[span.start + 1 : span.end]

    def _is_in_order(self, span: Span) -> bool:
        """Tell whether the words of a phrase were said as the phrase has them, none of them twice."""
        stems = [self._language.stem(text) for text in self._texts[span.start : span.end]]
        content = span.phrase.content
        said = [stem for stem in stems if stem in content]
        return said == [stem for stem in content if stem in said]

    # The clause around a sign.

    def _is_undone(self, span: Span) -> bool:
        """Tell whether its own clause takes the sign back ("... has gone away", "... is not there")."""
        start, end = self._clause(span)
        denied = [at for at in range(span.end, end) if at in self._denies]
        if any(self._texts[at] not in self._clauses.ahead or at == end - 1 for at in denied):
            return True
        if end > span.end and self._texts[end - 1] in self._clauses.undone_at_end:
            return True
        clause, own = self._texts[start:end], span.phrase.texts
        return any(
            occurrences(clause, words) and not occurrences(own, words) for words in self._clauses.undone
        )

    def _is_able(self, span: Span) -> bool:
        """Tell whether somebody is able to ("I can move both legs"); to feel pain is no ability."""
        texts, clauses = self._texts, self._clauses
        for at in range(self._clause(span)[0] + 1, span.end - 1):
            if texts[at] in clauses.able and texts[at - 1] in clauses.subjects:
                return texts[at] not in span.phrase.texts and texts[at + 1] not in clauses.perceive
        return False

    def _clause(self, span: Span) -> tuple[int, int]:
        """How far the words around a sign still speak of it."""
        start, end = span.start, span.end
        while start > 0 and self._goes_on(start - 1):
            start -= 1
        if end < len(self._texts) and self._texts[end] in self._clauses.subjects:
            end += 1
        while (
            end < len(self._texts) and self._goes_on(end) and self._texts[end] not in self._clauses.subjects
        ):
            end += 1
        return start, end

    def _goes_on(self, at: int) -> bool:
        """Tell whether the clause beside this word holds it too."""
        return at not in self._inside and self._texts[at] not in self._clauses.joints

    def _has_verb(self, at: int) -> bool:
        """Tell whether something is said of what is named here ("my calf is ...", not "my hip replaced")."""
        for text in self._texts[at + 1 :]:
            if text in self._clauses.finite:
                return True
            if text in self._clauses.joints or text in self._clauses.subjects:
                break
        return False
