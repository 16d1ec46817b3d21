"""A language as the matching needs it: words in one form, stems, fillers and words of denial.

Everything particular to a language comes from `builtins/<language>.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any
from unicodedata import normalize

import snowballstemmer

from simulator.files import read_toml

BUILTINS = Path(__file__).with_name("builtins")
PAUSE = ","
READINGS = 8
"""Readings of one utterance (with its fillers, without them) that are remembered while it is resolved."""
WORD = re.compile(r"[^\W_]+(?:['-][^\W_]+)*|[,;.!?:]")
LETTERS = re.compile(r"(?<!\w)(?:[^\W\d_]\. ?){2,}")
"""An abbreviation as Alexa writes it down, letter by letter: "o. k."."""
NUMBER = re.compile(r"(?<![\w.,:/])\d{1,2}(?![.,:/]?\d|[^\W_])")
"""A number typed in digits, which Alexa hands over in words; times, parts and numbers to call are not."""


@dataclass(frozen=True, slots=True)
class Token:
    """One word in the form that is compared, and the word of the utterance it came from."""

    text: str
    stem: str
    source: int


@dataclass(frozen=True)
class Utterance:
    """An utterance: its tokens, and the words as they were said."""

    tokens: tuple[Token, ...]
    said: tuple[str, ...]

    def words(self, start: int, end: int) -> str:
        """The words from token `start` up to token `end`, in the user's own words."""
        first, last = self.tokens[start].source, self.tokens[end - 1].source
        return " ".join(self.said[first : last + 1])

    def cut(self, start: int, end: int | None = None) -> Utterance:
        """The same utterance, of which only these tokens count; pauses at its ends do not."""
        tokens = self.tokens[start:end]
        while tokens and tokens[0].text == PAUSE:
            tokens = tokens[1:]
        while tokens and tokens[-1].text == PAUSE:
            tokens = tokens[:-1]
        return Utterance(tokens, self.said)

    def starts(self, words: Sequence[str]) -> bool:
        """Tell whether it begins with these words."""
        return self._texts[: len(words)] == tuple(words)

    def ends(self, words: Sequence[str]) -> bool:
        """Tell whether it ends with these words."""
        return self._texts[-len(words) :] == tuple(words)

    @property
    def text(self) -> str:
        """The tokens as one string; equal strings are equal wordings."""
        return " ".join(text for text in self._texts if text != PAUSE)

    @cached_property
    def _texts(self) -> tuple[str, ...]:
        return tuple(token.text for token in self.tokens)


class Language:
    """The words of one language, in the forms in which they are compared."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.data = data
        self._stem_word = snowballstemmer.stemmer(data["stemmer"]).stemWord
        self._kin = {word: head for head, words in data["kin"].items() for word in (head, *words)}
        self._same = sorted(
            ((tuple(said.split()), tuple(form.split())) for said, form in data["same"].items()),
            key=lambda pair: -len(pair[0]),
        )
        self._first_of_same = frozenset(said[0] for said, _ in self._same)
        self._endings = tuple(data["endings"])
        self._stems: dict[str, str] = {}
        self._forms: dict[str, tuple[str, ...]] = {}
        self.little = frozenset(data["words"]["little"])
        self.questions = frozenset(data["words"]["question_words"])
        self.modifiers = frozenset(data["words"]["modifiers"])
        self.deny = frozenset(data["polarity"]["deny"])
        self.unable = frozenset(data["polarity"]["unable"])
        self.negators = self.deny | self.unable

    def with_more(self, tables: Mapping[str, Mapping[str, Any]]) -> Language:
        """The same language with further words: lists grow, and what is given by a word is added to."""
        if not tables:
            return self
        data = {
            name: dict(table) if isinstance(table, Mapping) else table for name, table in self.data.items()
        }
        for name, more in tables.items():
            for key, value in more.items():
                known = data[name].get(key)
                data[name][key] = [*known, *value] if isinstance(known, list) else value
        return Language(data)

    def hear(self, utterance: str) -> Utterance:
        """Put an utterance into tokens: lower case, contractions opened, punctuation a pause or nothing."""
        plain = normalize("NFC", utterance).lower().replace("’", "'").replace("`", "'")
        found = WORD.findall(NUMBER.sub(self._in_words, LETTERS.sub(_as_word, plain)))
        said = tuple(word for word in found if word[0].isalnum())
        tokens: list[tuple[str, int]] = []
        source = -1
        for word in found:
            if not word[0].isalnum():
                tokens.append((PAUSE, max(source, 0)))
                continue
            source += 1
            tokens.extend((part, source) for part in self._open(word))
        return Utterance(
            tuple(Token(text, self.stem(text), at) for text, at in self._one_form(tokens)), said
        ).cut(0)

    def _in_words(self, digits: re.Match[str]) -> str:
        number: Mapping[str, Sequence[str]] = self.data["number"]
        small, (tens, units) = number["small"], divmod(int(digits[0]), 10)
        if int(digits[0]) < len(small):
            return small[int(digits[0])]
        return f"{number['tens'][tens - 2]} {small[units]}" if units else number["tens"][tens - 2]

    def typed(self, line: str) -> str:
        """The meaning of a line that was typed: a yes or no may be one letter."""
        short: Mapping[str, str] = self.data["typed"]
        return short.get(line.strip().lower().rstrip(".!"), line)

    def form(self, phrase: str) -> tuple[str, ...]:
        """The words of a phrase in the form that is compared; for what is written down, and kept.

        The locales of a language have most of their phrases in common.
        """
        if phrase not in self._forms:
            self._forms[phrase] = tuple(token.text for token in self.hear(phrase).tokens)
        return self._forms[phrase]

    def forms(self, phrases: Iterable[str]) -> list[tuple[str, ...]]:
        """Phrases in the form that is compared, the longest first."""
        return sorted({self.form(phrase) for phrase in phrases}, key=lambda words: (-len(words), words))

    def stem(self, word: str) -> str:
        """The word without its ending; kin words share one stem."""
        if word not in self._stems:
            self._stems[word] = self._kin.get(word) or self._stem_word(word)
        return self._stems[word]

    def forget(self) -> None:
        """Keep nothing of what was heard so far, which is kept only to be quick."""
        self._stems.clear()

    def matters(self, token: Token) -> bool:
        """Tell whether a token carries meaning that a comparison has to respect."""
        return token.text != PAUSE and token.text not in self.little and token.text not in self.negators

    def asks_or_matters(self, token: Token) -> bool:
        """Tell whether a token carries meaning in a request, where "why" is not "when"."""
        return self.matters(token) or token.text in self.questions

    def strange(self, token: Token) -> bool:
        """Tell whether a token says something of its own that a wording without it leaves out."""
        return self.matters(token) and token.text not in self.modifiers

    def _open(self, word: str) -> list[str]:
        if word in self.data["short"]:
            return list(self.data["short"][word].split())
        if word.endswith(self._endings):
            for ending, meaning in self.data["endings"].items():
                if word.endswith(ending) and len(word) > len(ending):
                    return [word[: -len(ending)], meaning]
        return word.replace("-", " ").replace("'", "").split()

    def _one_form(self, tokens: list[tuple[str, int]]) -> list[tuple[str, int]]:
        texts = {text for text, _ in tokens}
        if texts.isdisjoint(self._first_of_same):
            return tokens
        for said, form in self._same:
            if not texts.issuperset(said):
                continue
            at = 0
            while at <= len(tokens) - len(said):
                if all(tokens[at + step][0] == word for step, word in enumerate(said)):
                    sources = [source for _, source in tokens[at : at + len(said)]]
                    last = len(form) - 1
                    tokens[at : at + len(said)] = [
                        (word, sources[-1] if step == last and last else sources[min(step, len(sources) - 1)])
                        for step, word in enumerate(form)
                    ]
                    texts.update(form)
                at += 1
        return tokens


def _as_word(letters: re.Match[str]) -> str:
    return "".join(filter(str.isalpha, letters[0])) + " "


def occurrences(texts: Sequence[str], words: Sequence[str]) -> list[int]:
    """Places of `words` next to each other in `texts`."""
    if words[0] not in texts:  # what is asked for thousands of times, and nearly always so
        return []
    return [
        at
        for at, text in enumerate(texts)
        if text == words[0] and tuple(texts[at : at + len(words)]) == tuple(words)
    ]


def language_of(locale: str) -> Language:
    """The language of a locale, the same for all locales that have it.

    Raises `LookupError` where nobody has written down how that language is heard.
    """
    name = locale.split("-", maxsplit=1)[0]
    file = BUILTINS / f"{name}.toml"
    if not file.is_file():
        raise LookupError(f"simulator/understanding/builtins/{name}.toml: missing; how is {locale} heard?")
    return _read(file)


@cache
def _read(file: Path) -> Language:
    return Language(read_toml(file))
