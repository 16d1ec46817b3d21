"""Finding the phrases of a slot type inside what somebody said, word for word or close to it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property, lru_cache

from simulator.understanding.model import SlotEntry
from simulator.understanding.phrases import Phrase, Span
from simulator.understanding.vocabulary import Vocabulary
from simulator.understanding.windows import Words, in_order, is_ordered, tightest
from simulator.understanding.words import PAUSE, READINGS, Language, Token, Utterance, occurrences


class PhraseIndex:
    """Every phrase of one slot type; `denying` says that its phrases are denials by themselves."""

    def __init__(self, entries: Iterable[SlotEntry], language: Language, *, denying: bool = False) -> None:
        self._denying = denying
        self._language = language
        self._closeness = language.data["closeness"]
        self._links = frozenset(language.data["clauses"]["ends"] + language.data["clauses"]["joins"]) | {
            PAUSE
        }
        self._chooses = frozenset(language.data["clauses"]["chooses"])
        self._perceive = {language.stem(word) for word in language.data["polarity"]["perceive"]}
        self._owners = frozenset(language.data["clauses"]["owners"])
        self._openings = frozenset(language.data["clauses"]["subjects"] + language.data["clauses"]["ties"])
        self._determiners = frozenset(language.data["words"]["articles"])
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
            found.extend(self._verbatim(phrase, texts) or self._close(phrase, heard.tokens, words))
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
        kept = [text for text in texts if text != PAUSE]
        while len(kept) > 1 and kept[0] in self._determiners:
            kept.pop(0)
        return tuple(kept)

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

    def _close(self, phrase: Phrase, tokens: Sequence[Token], words: Words) -> list[Span]:
        """The tightest place where every word of meaning in the phrase was heard, if it is tight enough."""
        places = sorted((at, stem) for stem in phrase.content for at in words[stem])
        window = (
            in_order(phrase.content, words) if phrase.negations else tightest(places, len(phrase.content))
        )
        if window is None:
            return []
        start, last = window
        likeness = [
            max(value for at, value in words[stem].items() if start <= at <= last) for stem in phrase.content
        ]
        uses, idle = self._denials(phrase, tokens, start, last)
        if uses is None or idle < phrase.idle or not self._trusted(phrase, likeness):
            return []
        if self._entangled(phrase, tokens, words, window) or self._apart(phrase, tokens, uses, start):
            return []
        start = min(uses | {start})
        strangers = self._strangers(phrase, tokens[start : last + 1], words, start)
        if not self._tight(phrase, tokens[start : last + 1], strangers):
            return []
        score = 0.93 * sum(likeness) / len(likeness) - 0.04 * strangers
        texts = {token.text for token in tokens[start : last + 1]}
        spelled, fewer = len(phrase.spelled & texts), self._fewer(phrase, texts)
        return [Span(start, last + 1, phrase, score, uses, spelled, fewer, strangers)]

    def _fewer(self, phrase: Phrase, texts: set[str]) -> bool:
        """Tell whether one was said where the phrase has several; "between my leg" cannot be about one."""
        several = self._language.data["several"]
        if phrase.spelled & texts & set(several["by"]):
            return False
        pairs: dict[str, str] = several["pairs"]
        return any(
            one in texts and many not in texts and many in phrase.spelled for many, one in pairs.items()
        )

    def _entangled(
        self, phrase: Phrase, tokens: Sequence[Token], words: Words, window: tuple[int, int]
    ) -> bool:
        """Tell whether the neighbours make something else of the words.

        "I feel | myself pee" is not "I peed myself"; "not breathing | quickly" is not "not breathing".
        """
        before, after = window[0] - 1, window[1] + 1
        follows = after < len(tokens) and self._language.strange(tokens[after])
        precedes = before >= 0 and self._language.strange(tokens[before])
        if follows and phrase.negations:
            return True
        return (follows or precedes) and not is_ordered(phrase.content, words, window)

    def _apart(self, phrase: Phrase, tokens: Sequence[Token], uses: frozenset[int], start: int) -> bool:
        """Tell whether a clause begins between the denial and the rest ("not that | my breathing is bad")."""
        between = tokens[max(uses, default=start) + 1 : start]
        return any(token.text in self._openings and token.text not in phrase.texts for token in between)

    def _denials(
        self, phrase: Phrase, tokens: Sequence[Token], start: int, last: int
    ) -> tuple[frozenset[int] | None, int]:
        """The words of denial that the phrase needs, nearest first; None where they were not said."""
        if not phrase.negations and not phrase.idle:
            return frozenset(), 0
        reach = max(0, start - self._closeness["window"])
        denies, idle = self._language.negations(tokens)
        near = [
            at
            for at in reversed(denies)
            if reach <= at <= last and tokens[at].text not in self._language.distant
        ]
        if len(near) < phrase.negations:
            return None, 0
        return frozenset(near[: phrase.negations]), sum(reach <= at <= last for at in idle)

    def _trusted(self, phrase: Phrase, likeness: Sequence[float]) -> bool:
        """Tell whether the likeness is enough: one near miss at most, hardly one in a lone word."""
        if len(phrase.content) == 1 and likeness[0] * 100 < float(self._closeness["lone_word"]):
            return False
        if len(phrase.content) == 1 and phrase.content[0] in self._perceive:
            return False  # "i can't feel it" hangs on what it is that is not felt
        if phrase.weight == 1 and len(self._bare(phrase.texts)) > 1:
            return False  # "it hurt" says nothing once its small words may differ
        return sum(value < 1 for value in likeness) <= 1

    def _strangers(self, phrase: Phrase, tokens: Sequence[Token], words: Words, offset: int) -> int:
        own = {at for stem in phrase.content for at in words[stem]}
        return sum(
            self._language.strange(token) and offset + at not in own for at, token in enumerate(tokens)
        )

    def _tight(self, phrase: Phrase, tokens: Sequence[Token], strangers: int) -> bool:
        allowed = 0 if phrase.negations else self._closeness["strangers"]
        owners = sum(token.text in self._owners for token in tokens)
        return (
            strangers <= allowed
            and len(tokens) <= len(phrase.texts) + int(self._closeness["window"])
            and self._joints(token.text for token in tokens) == self._joints(phrase.texts)
            and owners <= max(1, sum(text in self._owners for text in phrase.texts))
        )

    def _joints(self, texts: Iterable[str]) -> list[str]:
        """The words that join thoughts; a phrase joins its own and no others ("weak and", not "weak but")."""
        return [text for text in texts if text in self._links or text in self._chooses]
