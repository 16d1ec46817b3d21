"""Other words that a wording may be confused with, as hearing.toml tells them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence


def alike(text: str, words: Mapping[str, str], places: Sequence[str]) -> Iterator[str]:
    """The text with words put in place of others that sound the same, unless a place follows them."""
    no_place = rf"(?! (?:{'|'.join(places)})\b)"
    for written, said in words.items():
        other = re.sub(rf"\b{re.escape(written)}\b{no_place}", said, text, flags=re.IGNORECASE)
        if other != text:
            yield other


def turned_round(text: str, pairs: Sequence[tuple[str, str]]) -> Iterator[str]:
    """The text with one word turned into its opposite, for each word that has one."""
    for pair in pairs:
        for one, other in (pair, pair[::-1]):
            if not one:
                continue
            pattern = rf"(?<![\w'])(?:{re.escape(one)})(?![\w'])"
            for found in re.finditer(pattern, text, re.IGNORECASE):
                turned = text[: found.start()] + other + text[found.end() :]
                turned = re.sub(r"\s+", " ", turned).strip(" ,")
                if re.search(r"\w", turned):
                    yield turned[:1].upper() + turned[1:]
