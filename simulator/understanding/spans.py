"""Finding the phrases of a slot type inside what somebody said, word for word or close to it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property, lru_cache

from simulator.understanding.closeness import Closeness
from simulator.understanding.model import SlotEntry
from simulator.understanding.phrases import Phrase, Span, bare
from simulator.understanding.vocabulary import Vocabulary
from simulator.understanding.windows import Words
from simulator.understanding.words import READINGS, Language, Token, Utterance, occurrences


class PhraseIndex:
    """Every phrase of one slot type; `denying` says that its phrases are denials by themselves."""

    def __init__(self, entries: Iterable[SlotEntry], language: Language, *, denying: bool = False) -> None:
        self._denying = denying
        self._language = language
        self._closeness = Closeness(language)
        self._articles = frozenset(language.data["words"]["articles"])
        self.phrases = [self._phrase(entry, words) for entry in entries for words in entry.phrases]
        self.spans = lru_cache(READINGS)(self._spans)
        """Every phrase that was heard in an utterance; they may overlap."""
        self._by_text = {self._bare(phrase.texts): phrase for phrase in reversed(self.phrases)}
        stems = [self._stems(phrase) for phrase in self.phrases]
        self._others = [
            words for words in language.others if not any(occurrences(phrase, words) for phrase in stems)
        ]

    def exact(self, texts: Sequence[str]) -> SlotEntry | None:
        """The value that these very words stand for, an article in front of them or not."""
        phrase = self._by_text.get(self._bare(texts))
        return phrase.entry if phrase else None

    def _spans(self, heard: Utterance) -> tuple[Span, ...]:
        words = self._heard_words(heard.tokens)
        texts = [token.text for token in heard.tokens]
        found: list[Span] = []
        for phrase in self._whole(words):
            if verbatim := self._verbatim(phrase, texts):
                found += verbatim
            elif close := self._closeness.find(phrase, heard.tokens, words):
                found.append(close)
        return tuple(found)

    def _whole(self, words: Words) -> list[Phrase]:
        """The phrases of which every word of meaning was heard, in the order of their first to be said."""
        places = {stem: place for place, stem in enumerate(words)}
        whole = [
            (min(places[stem] for stem in self.phrases[index].content), index)
            for stem in words
            for index in self._by_rarest.get(stem, ())
            if places.keys() >= self._contents[index]
        ]
        return [self.phrases[index] for _, index in sorted(whole)]

    def _phrase(self, entry: SlotEntry, words: str) -> Phrase:
        tokens = self._language.hear(words).tokens
        content = tuple(dict.fromkeys(token.stem for token in tokens if self._language.matters(token)))
        spelled = frozenset(token.text for token in tokens if self._language.matters(token))
        negations, idle = self._language.negations(tokens)
        modifiers = len({token.stem for token in tokens if token.text in self._language.modifiers})
        texts = tuple(token.text for token in tokens)
        return Phrase(entry, texts, content, spelled, len(negations), len(idle), modifiers, self._denying)

    def _stems(self, phrase: Phrase) -> tuple[str, ...]:
        return tuple(self._language.stem(text) for text in phrase.texts)

    def _bare(self, texts: Sequence[str]) -> tuple[str, ...]:
        return bare(texts, self._articles)

    @cached_property
    def _by_stem(self) -> dict[str, list[int]]:
        index: dict[str, list[int]] = {}
        for at, phrase in enumerate(self.phrases):
            for stem in phrase.content:
                index.setdefault(stem, []).append(at)
        return index

    @cached_property
    def _by_rarest(self) -> dict[str, list[int]]:
        """The phrases by that word of theirs which fewest others share: few are looked at for one heard."""
        index: dict[str, list[int]] = {}
        for at, phrase in enumerate(self.phrases):
            rarest = min(phrase.content, key=lambda stem: len(self._by_stem[stem]), default=None)
            if rarest is not None:
                index.setdefault(rarest, []).append(at)
        return index

    @cached_property
    def _contents(self) -> list[frozenset[str]]:
        return [frozenset(phrase.content) for phrase in self.phrases]

    def _heard_words(self, tokens: Sequence[Token]) -> Words:
        words: Words = {}
        taken = self._taken(tokens)
        for at, token in enumerate(tokens):
            if at not in taken and self._language.matters(token):
                for stem, likeness in self._vocabulary.near(token).items():
                    words.setdefault(stem, {})[at] = likeness
        return words

    def _taken(self, tokens: Sequence[Token]) -> set[int]:
        """The words that belong to a name of something else ("chest of drawers")."""
        stems = [token.stem for token in tokens]
        return {
            place
            for words in self._others
            for at in occurrences(stems, words)
            for place in range(at, at + len(words))
        }

    @cached_property
    def _vocabulary(self) -> Vocabulary:
        words = {text for phrase in self.phrases for text in phrase.texts}
        return Vocabulary(
            (word for word in words if self._language.stem(word) in self._by_stem), self._language
        )

    def _verbatim(self, phrase: Phrase, texts: Sequence[str]) -> list[Span]:
        size = len(phrase.texts)
        return [
            Span(at, at + size, phrase, 1.0, self._negators_in(texts, at, at + size), len(phrase.spelled))
            for at in occurrences(texts, phrase.texts)
        ]

    def _negators_in(self, texts: Sequence[str], start: int, end: int) -> frozenset[int]:
        return frozenset(at for at in range(start, end) if texts[at] in self._language.negators)
