"""Slots of Alexa's own types, whose values no model lists: numbers, and words of any kind."""

from __future__ import annotations

from collections.abc import Sequence

from simulator.understanding.words import Language

NUMBERS = frozenset({"AMAZON.NUMBER", "AMAZON.FOUR_DIGIT_NUMBER", "AMAZON.Ordinal"})
SENTENCES = frozenset({"AMAZON.SearchQuery"})
_OWN = "AMAZON."
_LONGEST = 4
"""Words of a value of a type other than `SENTENCES`, such as a city."""
EXAMPLES = dict.fromkeys(NUMBERS, "3")
_HUNDRED = 100


def is_free(kind: str) -> bool:
    """Tell whether a slot type is one of Alexa's own."""
    return kind.startswith(_OWN)


def example(kind: str) -> str:
    """A value that a slot of the type may have."""
    return EXAMPLES.get(kind, "something")


def value_of(kind: str, texts: Sequence[str], said: str, language: Language) -> str | None:
    """The value that Alexa hands over for words in a slot of one of its types; None where they do not fit.

    Numbers come in digits, and all else as it was said: what a date or a city is, is not looked at.
    """
    if kind in NUMBERS:
        number = _number(texts, language)
        return None if number is None else str(number)
    return said if kind in SENTENCES or len(texts) <= _LONGEST else None


def _number(texts: Sequence[str], language: Language) -> int | None:
    """The number that words are, up to 199, or digits."""
    if len(texts) == 1 and texts[0].isdecimal():
        return int(texts[0])
    words = language.data["number"]
    hundred = words.get("hundred")
    if hundred in texts:
        before, after = texts[: texts.index(hundred)], texts[texts.index(hundred) + 1 :]
        rest = _number(after, language) if after else 0
        many = _number(before, language) if before else 1
        return None if rest is None or many is None else many * _HUNDRED + rest
    small, tens = list(words["small"]), list(words["tens"])
    if len(texts) == 1 and texts[0] in small:
        return small.index(texts[0])
    if texts and texts[0] in tens:
        units = small.index(texts[1]) if texts[1:] and texts[1] in small[1:10] else 0
        fits = len(texts) == 1 or (len(texts) == len(("ten", "unit")) and units)
        return (tens.index(texts[0]) + 2) * 10 + units if fits else None
    return None
