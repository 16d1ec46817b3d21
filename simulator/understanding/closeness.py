"""Finding a phrase where it was said in other words than its own: close to it, and close together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from simulator.understanding.phrases import Phrase, Span, bare
from simulator.understanding.windows import Words, in_order, is_ordered, tightest
from simulator.understanding.words import PAUSE, Language, Token


class _Place(NamedTuple):
    """A stretch of an utterance, both ends included, that holds every word of meaning of a phrase."""

    phrase: Phrase
    heard: Sequence[Token]
    """The whole utterance."""
    words: Words
    start: int
    last: int

    @property
    def tokens(self) -> Sequence[Token]:
        return self.heard[self.start : self.last + 1]

    @property
    def likeness(self) -> list[float]:
        """How alike each word of meaning was said; 1 is the same."""
        inside = range(self.start, self.last + 1)
        return [
            max(value for at, value in self.words[stem].items() if at in inside)
            for stem in self.phrase.content
        ]


class Closeness:
    """Judges in one language how close to a phrase is close enough."""

    def __init__(self, language: Language) -> None:
        clauses, words = language.data["clauses"], language.data["words"]
        self._language = language
        self._limits = language.data["closeness"]
        self._several = language.data["several"]
        self._joints = frozenset([*clauses["ends"], *clauses["joins"], *clauses["chooses"], PAUSE])
        self._owners = frozenset(clauses["owners"])
        self._openings = frozenset(clauses["subjects"] + clauses["ties"])
        self._articles = frozenset(words["articles"])
        self._perceive = {language.stem(word) for word in language.data["polarity"]["perceive"]}

    def find(self, phrase: Phrase, tokens: Sequence[Token], words: Words) -> Span | None:
        """The phrase at the tightest place that holds all its words of meaning, if that is close enough."""
        window = _window(phrase, words)
        if window is None:
            return None
        place = _Place(phrase, tokens, words, *window)
        uses = self._denials(place)
        if uses is None or not self._is_trusted(place):
            return None
        if self._is_entangled(place) or self._is_apart(place, uses):
            return None
        whole = place._replace(start=min(uses | {place.start}))
        strangers = self._strangers(whole)
        if not self._is_tight(whole, strangers):
            return None
        texts = {token.text for token in whole.tokens}
        return Span(
            whole.start,
            whole.last + 1,
            phrase,
            score=0.93 * sum(place.likeness) / len(phrase.content) - 0.04 * strangers,
            uses=uses,
            spelled=len(phrase.spelled & texts),
            fewer=self._is_fewer(phrase, texts),
            strangers=strangers,
        )

    def _denials(self, place: _Place) -> frozenset[int] | None:
        """The words of denial that the phrase needs, nearest first; None where they were not said."""
        phrase = place.phrase
        if not phrase.negations and not phrase.idle:
            return frozenset()
        reach = range(max(0, place.start - self._limits["window"]), place.last + 1)
        denies, idle = self._language.negations(place.heard)
        distant = self._language.distant
        near = [at for at in reversed(denies) if at in reach and place.heard[at].text not in distant]
        if len(near) < phrase.negations or sum(at in reach for at in idle) < phrase.idle:
            return None
        return frozenset(near[: phrase.negations])

    def _is_trusted(self, place: _Place) -> bool:
        """Tell whether the words are alike enough: one near miss at most, hardly one in a lone word."""
        phrase, likeness = place.phrase, place.likeness
        if len(phrase.content) == 1 and likeness[0] * 100 < float(self._limits["lone_word"]):
            return False
        if len(phrase.content) == 1 and phrase.content[0] in self._perceive:
            return False  # "i can't feel it" hangs on what it is that is not felt
        if phrase.weight == 1 and len(bare(phrase.texts, self._articles)) > 1:
            return False  # "it hurt" says nothing once its small words may differ
        return sum(value < 1 for value in likeness) <= 1

    def _is_entangled(self, place: _Place) -> bool:
        """Tell whether the neighbours make something else of the words.

        "I feel | myself pee" is not "I peed myself"; "not breathing | quickly" is not "not breathing".
        """
        before, after = place.heard[: place.start][-1:], place.heard[place.last + 1 :][:1]
        follows, precedes = any(map(self._language.strange, after)), any(map(self._language.strange, before))
        if follows and place.phrase.negations:
            return True
        window = place.start, place.last
        return (follows or precedes) and not is_ordered(place.phrase.content, place.words, window)

    def _is_apart(self, place: _Place, uses: frozenset[int]) -> bool:
        """Tell whether a clause begins between the denial and the rest ("not that | my breathing is bad")."""
        between = place.heard[max(uses, default=place.start) + 1 : place.start]
        own = place.phrase.texts
        return any(token.text in self._openings and token.text not in own for token in between)

    def _strangers(self, place: _Place) -> int:
        """The number of words of meaning at the place that are none of the phrase."""
        own = {at for stem in place.phrase.content for at in place.words[stem]}
        return sum(
            self._language.strange(token) and at not in own
            for at, token in enumerate(place.tokens, place.start)
        )

    def _is_tight(self, place: _Place, strangers: int) -> bool:
        """Tell whether little else was said in between, and nothing that makes two thoughts of it."""
        phrase, said = place.phrase, [token.text for token in place.tokens]
        if strangers > (0 if phrase.negations else self._limits["strangers"]):
            return False
        if len(said) > len(phrase.texts) + int(self._limits["window"]):
            return False
        return self._joints_of(said) == self._joints_of(phrase.texts) and self._owners_in(said) <= max(
            1, self._owners_in(phrase.texts)
        )

    def _joints_of(self, texts: Iterable[str]) -> list[str]:
        """The words that join thoughts; a phrase joins its own and no others ("weak and", not "weak but")."""
        return [text for text in texts if text in self._joints]

    def _owners_in(self, texts: Iterable[str]) -> int:
        return sum(text in self._owners for text in texts)

    def _is_fewer(self, phrase: Phrase, texts: set[str]) -> bool:
        """Tell whether one was said where the phrase has several; "between my leg" cannot be about one."""
        if phrase.spelled & texts & set(self._several["by"]):
            return False
        pairs: dict[str, str] = self._several["pairs"]
        return any(
            one in texts and many not in texts and many in phrase.spelled for many, one in pairs.items()
        )


def _window(phrase: Phrase, words: Words) -> tuple[int, int] | None:
    """The shortest stretch with every word of meaning; in the order of the phrase if it denies something."""
    if phrase.negations:
        return in_order(phrase.content, words)
    return tightest(sorted((at, stem) for stem in phrase.content for at in words[stem]), len(phrase.content))
