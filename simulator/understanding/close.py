"""Requests in nearly the words of a sample, as Alexa stretches samples a little.

How much two wordings share is the Indel similarity of their words, and which word a slip of the tongue or the
keyboard stands for is the nearest one by letters; both are RapidFuzz's. No answer, no report and no
denial is found here, and what is left over beside a sample must be words that requests have and reports have
not. All others are for the skill to read.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from rapidfuzz import fuzz, process
from rapidfuzz.distance import Indel

from simulator.understanding.phrases import Span
from simulator.understanding.samples import Match, Sample, Samples, SlotMatch
from simulator.understanding.words import Language, Token, Utterance


class _Comparable(NamedTuple):
    """A sample and what it is compared by."""

    sample: Sample
    words: tuple[str, ...]
    """Stems of what carries meaning, and its slots, in the order of the alphabet."""
    kinds: Mapping[str, str]
    """The type of each slot."""
    types: frozenset[str]
    denies: Counter[str]
    subjects: frozenset[str]


class _Rest(NamedTuple):
    """The words beside the slots of some types, to which a sample with slots of these types is compared."""

    read: frozenset[str]
    """Stems of all of its words."""
    telling: frozenset[str]
    """Stems of those that carry meaning."""
    strange: frozenset[str]
    """Stems of those that only a sample which has them may have been meant by."""
    denies: Counter[str]
    subjects: frozenset[str]


class Close:
    """Compares requests with the samples of the intents that are open to other wordings.

    `closed` names the intents that are not, `reports` the slot types of what is reported or denied; no
    sample with one of them is open either.
    """

    def __init__(
        self, samples: Samples, closed: Collection[str], reports: Collection[str], language: Language
    ) -> None:
        self._phrases = {kind: each for kind, each in samples.phrases.items() if kind not in reports}
        self._language = language
        self._limits = language.data["closeness"]
        self._subjects = frozenset(language.data["clauses"]["subjects"])
        every = (self._comparable(each) for each in samples.samples if each.intent.name not in closed)
        self._samples = [each for each in every if self._phrases.keys() >= each.types]
        known = {text for each in self._samples for text in each.sample.words if self._counts(text)}
        self._stems = {text: language.stem(text) for text in known}
        self._known, self._heads = sorted(self._stems), frozenset(self._stems.values())
        said = (text for kind in reports for text in samples.phrases[kind].words)
        of_reports = {language.stem(text) for text in said if self._counts(text)}
        self._idle = self._common() | (self._heads - of_reports)
        self._sharing: dict[str, list[int]] = {}
        for place, each in enumerate(self._samples):
            for word in each.words:
                self._sharing.setdefault(word, []).append(place)

    def _common(self) -> set[str]:
        """Words of so many requests that alone they report nothing ("my", "help")."""
        wanted = {(word, each.sample.intent.name) for each in self._samples for word in each.words}
        counted = Counter(word for word, _ in wanted)
        return {word for word, intents in counted.items() if intents >= self._limits["common"]}

    def closest(self, heard: Utterance) -> list[Match]:
        """The best reading for each intent that is close enough, the closest first."""
        texts = [token.text for token in heard.tokens]
        found = {kind: phrases.longest(texts) for kind, phrases in self._phrases.items()}
        spans = {kind: span for kind, span in found.items() if span}
        read = [self._read(token) for token in heard.tokens]
        shared = {*read, *map(_placeholder, spans)}
        best: dict[str, Match] = {}
        rests: dict[frozenset[str], _Rest] = {}
        for place in sorted({at for word in shared for at in self._sharing.get(word, ())}):
            wanted = self._samples[place]
            if not spans.keys() >= wanted.types:
                continue
            if wanted.types not in rests:
                rests[wanted.types] = self._rest(heard, read, [spans[kind] for kind in wanted.types])
            match = self._compare(wanted, rests[wanted.types], heard, spans)
            if match and (match.intent not in best or best[match.intent].score < match.score):
                best[match.intent] = match
        return sorted(best.values(), key=lambda match: -match.score)

    def _rest(self, heard: Utterance, read: Sequence[str], spans: Iterable[Span]) -> _Rest:
        taken = {at for start, end, _ in spans for at in range(start, end)}
        rest = [at for at in range(len(read)) if at not in taken]
        texts = [heard.tokens[at].text for at in rest]
        telling = frozenset(read[at] for at in rest if self._tells(heard.tokens[at]))
        return _Rest(
            frozenset(read[at] for at in rest),
            telling,
            telling - self._idle,
            self._denials(texts),
            self._subjects.intersection(texts),
        )

    def _compare(
        self, wanted: _Comparable, rest: _Rest, heard: Utterance, spans: Mapping[str, Span]
    ) -> Match | None:
        """The sample as a reading of the utterance, if they share enough and deny alike."""
        if not self._speaks_alike(wanted, rest) or not rest.strange.issubset(wanted.words):
            return None
        said = rest.telling.union(rest.read.intersection(wanted.words), map(_placeholder, wanted.types))
        score = Indel.normalized_similarity(sorted(said), wanted.words)
        first = heard.tokens[0].text
        if first in self._language.questions and first != wanted.sample.words[0]:
            score -= self._limits["other_question"]
        if score < self._limits["sample"]:
            return None
        slots = {name: (_filling(heard, spans[kind]),) for name, kind in wanted.kinds.items()}
        return Match(wanted.sample.intent.name, round(0.99 * score, 3), slots)

    def _speaks_alike(self, wanted: _Comparable, rest: _Rest) -> bool:
        """Tell whether both deny the same; one word is no match for a sentence ("back" is not "I'm back")."""
        if len(wanted.words) == 1 and rest.subjects != wanted.subjects:
            return False
        return rest.denies == wanted.denies

    def _comparable(self, sample: Sample) -> _Comparable:
        slots = {name: sample.intent.slot(name) for name in sample.slots}
        kinds = {name: slot.type if slot else "" for name, slot in slots.items()}
        stems = {self._language.stem(text) for text in sample.words if self._counts(text)}
        return _Comparable(
            sample,
            tuple(sorted({*stems, *map(_placeholder, kinds.values())})),
            kinds,
            frozenset(kinds.values()),
            self._denials(sample.words),
            self._subjects.intersection(sample.words),
        )

    def _denials(self, texts: Iterable[str]) -> Counter[str]:
        return Counter(text for text in texts if text in self._language.negators)

    def _counts(self, text: str) -> bool:
        return not text.startswith("{") and self._language.asks_or_matters(self._token(text))

    def _tells(self, token: Token) -> bool:
        return self._language.asks_or_matters(token) and token.text not in self._language.modifiers

    def _token(self, text: str) -> Token:
        return Token(text, self._language.stem(text), 0)

    def _read(self, token: Token) -> str:
        """The stem of a word or, where no sample has it, of the one that it is a slip of."""
        if token.stem in self._heads or len(token.text) < self._limits["word_letters"]:
            return token.stem
        near = process.extractOne(
            token.text, self._known, scorer=fuzz.ratio, score_cutoff=self._limits["word"]
        )
        return self._stems[near[0]] if near and near[0][0] == token.text[0] else token.stem


def _placeholder(kind: str) -> str:
    return f"{{{kind}}}"


def _filling(heard: Utterance, span: Span) -> SlotMatch:
    start, end, entry = span
    return SlotMatch(heard.words(start, end), entry)
