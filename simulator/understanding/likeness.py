"""Requests in other words than a sample's: close enough if they share nearly all that carries meaning."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from simulator.understanding.phrases import Span, best_spans
from simulator.understanding.samples import Match, Sample, Samples, SlotMatch
from simulator.understanding.vocabulary import Vocabulary
from simulator.understanding.words import Language, Token, Utterance


@dataclass(frozen=True)
class _Comparable:
    """The makings of a comparison with an utterance, worked out once."""

    tokens: Sequence[Token]
    near: Sequence[Mapping[str, float]]
    counts: Sequence[bool]
    denies: frozenset[int]
    question: str | None
    spans: Mapping[str, Span]


class Likeness:
    """Compares requests with the samples of the intents that are open to other wordings."""

    def __init__(self, samples: Samples, closed: Iterable[str], language: Language) -> None:
        left_out = set(closed)
        self._samples = [sample for sample in samples.samples if sample.intent.name not in left_out]
        self._indexes = samples.indexes
        self._language = language
        self._closeness = language.data["closeness"]
        self._subjects = frozenset(language.data["clauses"]["subjects"])
        self._sharing: dict[str | None, list[int]] = {}
        for place, sample in enumerate(self._samples):
            for stem in sample.content or {None}:
                self._sharing.setdefault(stem, []).append(place)
        content = {stem for sample in self._samples for stem in sample.content}
        words = {word for sample in self._samples for word in sample.words if language.stem(word) in content}
        self._vocabulary = Vocabulary(words, language)

    def closest(self, heard: Utterance) -> list[Match]:
        """The best reading for each intent that is close enough, the closest first."""
        comparable = self._study(heard)
        known = {None, *(stem for near in comparable.near for stem in near)}
        sharing = {place for stem in known for place in self._sharing.get(stem, ())}
        best: dict[str, Match] = {}
        for place in sorted(sharing):
            match = self._compare(self._samples[place], comparable, heard)
            if match and (match.intent not in best or best[match.intent].score < match.score):
                best[match.intent] = match
        return sorted(best.values(), key=lambda match: -match.score)

    def _study(self, heard: Utterance) -> _Comparable:
        language = self._language
        first = heard.tokens[0].text
        spans = {name: best_spans(index.spans(heard)) for name, index in self._indexes.items()}
        matters = [language.asks_or_matters(token) for token in heard.tokens]
        return _Comparable(
            tokens=heard.tokens,
            near=[
                self._vocabulary.near(token) if matter else {}
                for token, matter in zip(heard.tokens, matters, strict=True)
            ],
            counts=[
                matter and token.text not in language.modifiers
                for token, matter in zip(heard.tokens, matters, strict=True)
            ],
            denies=frozenset(language.negations(heard.tokens)[0]),
            question=first if first in language.questions else None,
            spans={name: max(found, key=lambda span: span.rank) for name, found in spans.items() if found},
        )

    def _compare(self, sample: Sample, comparable: _Comparable, heard: Utterance) -> Match | None:
        """The sample as a reading of the utterance, if they share enough and deny alike."""
        filled = self._fill(sample, comparable.spans)
        if filled is None:
            return None
        taken = {at for span in filled.values() for at in range(span.start, span.end)}
        rest = [at for at in range(len(comparable.tokens)) if at not in taken]
        used = {at for span in filled.values() for at in span.uses}
        if len(comparable.denies - used) != sample.denies:
            return None
        if not self._same_subject(sample, [comparable.tokens[at].text for at in rest]):
            return None
        score = self._score(sample, comparable, rest, len(filled))
        if score < self._closeness["sample"]:
            return None
        slots = {
            name: (SlotMatch(heard.words(span.start, span.end), span.entry),) for name, span in filled.items()
        }
        return Match(sample.intent.name, round(0.99 * min(score, 1.0), 3), slots)

    def _score(self, sample: Sample, comparable: _Comparable, rest: Sequence[int], slots: int) -> float:
        """Twice what both share, as a part of what both say."""
        shared = sum(
            max((comparable.near[at].get(stem, 0) for at in rest), default=0) for stem in sample.content
        )
        said = {
            comparable.tokens[at].stem
            for at in rest
            if comparable.counts[at] or not sample.content.isdisjoint(comparable.near[at])
        }
        whole = len(said) + len(sample.content) + 2 * slots
        score = 2 * (shared + slots) / whole if whole else 0.0
        asks_other = comparable.question is not None and comparable.question != sample.words[0]
        return score - (self._closeness["other_question"] if asks_other else 0)

    def _fill(self, sample: Sample, spans: Mapping[str, Span]) -> dict[str, Span] | None:
        """The slots of a sample, each with what was heard of its type; None where one stays empty."""
        filled: dict[str, Span] = {}
        for name in sample.slots:
            slot = sample.intent.slot(name)
            if slot is None or slot.type not in spans:
                return None
            filled[name] = spans[slot.type]
        return filled

    def _same_subject(self, sample: Sample, rest: Sequence[str]) -> bool:
        """A sample of one word is no match for a sentence about somebody ("back" is not "I'm back")."""
        if len(sample.content) + len(sample.slots) != 1:
            return True
        return self._subjects.intersection(rest) == sample.subjects
