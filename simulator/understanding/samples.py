"""The sample utterances of a model, and requests that follow one word for word."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import product, takewhile
from types import MappingProxyType

from simulator.understanding.deniable import Deniable
from simulator.understanding.free_slots import is_free, value_of
from simulator.understanding.model import Intent, InteractionModel, Slot, SlotEntry
from simulator.understanding.phrases import Phrases
from simulator.understanding.words import READINGS, Language, Utterance

SLOT = re.compile(r"\{(\w+)\}")
_Ends = tuple[tuple[str, ...], tuple[str, ...]]
"""The first and the last word of a sample; none where a slot is."""


@dataclass(frozen=True)
class SlotMatch:
    """The filling of a slot: the words that were said, and the value they stand for, if they do."""

    value: str
    entry: SlotEntry | None = None

    @property
    def id(self) -> str | None:
        """The id of the value; None for words that resolve to none."""
        return self.entry.id if self.entry else None


@dataclass(frozen=True)
class Match:
    """A request understood as an intent."""

    intent: str
    score: float
    slots: Mapping[str, tuple[SlotMatch, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Sample:
    """A sample utterance, in the form that is compared; `{name}` stands where a slot is."""

    intent: Intent
    words: tuple[str, ...]
    denies: bool

    @cached_property
    def slots(self) -> tuple[str, ...]:
        """The names of its slots, in order."""
        return tuple(word[1:-1] for word in self.words if word.startswith("{"))

    @cached_property
    def opening(self) -> tuple[str, ...]:
        """The words before its first slot."""
        return tuple(takewhile(_is_word, self.words))

    @cached_property
    def ending(self) -> tuple[str, ...]:
        """The words after its last slot."""
        return tuple(takewhile(_is_word, reversed(self.words)))[::-1]

    def may_be(self, texts: tuple[str, ...]) -> bool:
        """Tell whether a text begins and ends as the sample does: a quick look before the slow one."""
        opening, ending = self.opening, self.ending
        return (
            len(texts) >= len(self.words)
            and texts[: len(opening)] == opening
            and texts[len(texts) - len(ending) :] == ending
        )


class Samples:
    """Every sample of a model, with the usual phrases of Alexa's own intents added."""

    def __init__(
        self,
        model: InteractionModel,
        language: Language,
        deniable: Mapping[str, Deniable] = MappingProxyType({}),
        own_words: str = "",
    ) -> None:
        self._own_words = own_words
        self._language = language
        self._deniable = deniable
        self.phrases = {name: Phrases(entries, language) for name, entries in model.types.items()}
        self._chooses = frozenset(language.data["clauses"]["chooses"])
        self._links = self._chooses | frozenset(language.data["clauses"]["joins"])
        usual: Mapping[str, list[str]] = language.data["intents"]
        self.samples = [
            self._sample(intent, text)
            for intent in model.intents.values()
            for text in dict.fromkeys((*intent.samples, *usual.get(intent.name, ())))
        ]
        self._plain = {
            sample.words: sample.intent.name for sample in reversed(self.samples) if not sample.slots
        }
        self.exact = lru_cache(READINGS)(self._exact)
        """The request as some sample has it, word for word; the longest slot phrase wins."""
        self._carriers: dict[_Ends, list[tuple[int, Sample]]] = {}
        for place, sample in enumerate(sorted(self.samples, key=lambda sample: not sample.opening)):
            if sample.slots:
                ends = sample.opening[:1], sample.ending[-1:]
                self._carriers.setdefault(ends, []).append((place, sample))

    @property
    def plain(self) -> Mapping[tuple[str, ...], str]:
        """The slotless wordings, each with its intent."""
        return self._plain

    def forget(self) -> None:
        """Keep nothing of what was heard so far."""
        self.exact.cache_clear()

    def _exact(self, heard: Utterance) -> Match | None:
        texts = tuple(heard.text.split())
        if texts in self._plain:
            return Match(self._plain[texts], 1.0)
        found = [
            (_slot_words(match), -place, match)
            for ends in product((texts[:1], ()), (texts[-1:], ()))
            for place, sample in self._carriers.get(ends, ())
            if sample.may_be(texts) and (match := self._fill(sample, texts, heard))
        ]
        return max(found)[-1] if found else None

    def _sample(self, intent: Intent, text: str) -> Sample:
        words: list[str] = []
        for at, piece in enumerate(SLOT.split(text)):
            words.extend(self._language.form(piece) if at % 2 == 0 else [f"{{{piece}}}"])
        return Sample(intent, tuple(words), not self._language.deny.isdisjoint(words))

    def _fill(self, sample: Sample, texts: tuple[str, ...], heard: Utterance) -> Match | None:
        for cuts in _cuts_of(sample, texts):
            filled: dict[str, tuple[SlotMatch, ...]] = {}
            for name, (start, end) in zip(sample.slots, cuts, strict=True):
                slot = sample.intent.slot(name)
                index = self.phrases.get(slot.type) if slot else None
                if index:
                    values = self._values(index, texts, (start, end), heard, sample)
                else:
                    values = self._free(slot, texts, (start, end), heard, sample)
                if not values or (slot and len(values) > 1 and not slot.multiple):
                    break
                filled[name] = values
            else:
                return Match(sample.intent.name, 1.0, filled)
        return None

    def _values(
        self,
        index: Phrases,
        texts: tuple[str, ...],
        cut: tuple[int, int],
        heard: Utterance,
        sample: Sample,
    ) -> tuple[SlotMatch, ...]:
        """The value said between two words, or the values of a list ("fever, chills or vomiting").

        What an "and" adds may be reported beside a denial ("no fever and chills").
        """
        start, end = cut
        links = self._chooses if sample.denies else self._links
        whole = self._value(index, texts, (start, end), heard, sample)
        if whole:
            return (whole,)
        cuts = [at for at in range(start, end) if texts[at] in links]
        pieces = zip([start, *(at + 1 for at in cuts)], [*cuts, end], strict=True)
        found = [
            self._value(index, texts, piece, heard, sample)
            for piece in pieces
            if cuts and piece[0] < piece[1]
        ]
        values = {value.id or value.value: value for value in found if value}
        return tuple(values.values()) if all(found) else ()

    def _free(
        self,
        slot: Slot | None,
        texts: tuple[str, ...],
        cut: tuple[int, int],
        heard: Utterance,
        sample: Sample,
    ) -> tuple[SlotMatch, ...]:
        """The value of a slot of one of Alexa's own types; free words are for `Resolver.spoken`."""
        if slot is None or not is_free(slot.type) or sample.intent.name == self._own_words:
            return ()
        said = texts[cut[0] : cut[1]]
        value = value_of(slot.type, said, _said(heard, *cut), self._language)
        return () if value is None else (SlotMatch(value),)

    def _value(
        self,
        index: Phrases,
        texts: tuple[str, ...],
        cut: tuple[int, int],
        heard: Utterance,
        sample: Sample,
    ) -> SlotMatch | None:
        """The value that these words stand for; a name that is denied is one without an id."""
        said, deniable = texts[cut[0] : cut[1]], self._deniable.get(sample.intent.name)
        entry = index.exact(said)
        if entry or (deniable and deniable.is_denied(said, sample.opening)):
            return SlotMatch(_said(heard, *cut), entry)
        return None


def _cuts_of(sample: Sample, texts: tuple[str, ...]) -> Iterable[list[tuple[int, int]]]:
    """Every way to lay a sample over a text that may be one; for one slot there is one."""
    if len(sample.slots) == 1:
        return [[(len(sample.opening), len(texts) - len(sample.ending))]]
    return _cuts(sample.words, texts)


def _cuts(words: tuple[str, ...], texts: tuple[str, ...]) -> Iterator[list[tuple[int, int]]]:
    """Every way to lay a sample over a text: where its slots begin and end."""
    if not words:
        if not texts:
            yield []
        return
    if words[0].startswith("{"):
        rest = words[1:]
        longest = len(texts) - len(rest)
        for size in range(longest, 0, -1):
            for more in _cuts(rest, texts[size:]):
                yield [(0, size), *((start + size, end + size) for start, end in more)]
    elif texts and texts[0] == words[0]:
        for more in _cuts(words[1:], texts[1:]):
            yield [(start + 1, end + 1) for start, end in more]


def _said(heard: Utterance, start: int, end: int) -> str:
    tokens = [at for at, token in enumerate(heard.tokens) if token.text != ","]
    return heard.words(tokens[start], tokens[end - 1] + 1)


def _is_word(text: str) -> bool:
    return not text.startswith("{")


def _slot_words(match: Match) -> int:
    return sum(len(filled.value.split()) for values in match.slots.values() for filled in values)
