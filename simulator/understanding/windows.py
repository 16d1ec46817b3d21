"""The shortest stretch of an utterance that holds the words of a phrase."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

Words = dict[str, dict[int, float]]  # a known stem -> where it was heard -> how alike (1 is the same)


def tightest(places: Sequence[tuple[int, str]], wanted: int) -> tuple[int, int] | None:
    """The shortest stretch that holds every stem."""
    best: tuple[int, int] | None = None
    have: Counter[str] = Counter()
    left = 0
    for at, stem in places:
        have[stem] += 1
        while len(have) == wanted:
            start, first = places[left]
            if best is None or at - start < best[1] - best[0]:
                best = (start, at)
            have[first] -= 1
            if not have[first]:
                del have[first]
            left += 1
    return best


def is_ordered(content: Sequence[str], words: Words, window: tuple[int, int]) -> bool:
    """Tell whether the stems were heard in this order inside a stretch."""
    at = window[0] - 1
    for stem in content:
        at = next((place for place in sorted(words[stem]) if at < place <= window[1]), window[1] + 1)
    return at <= window[1]


def in_order(content: Sequence[str], words: Words) -> tuple[int, int] | None:
    """The shortest stretch that holds every stem in this order."""
    best: tuple[int, int] | None = None
    for start in sorted(words[content[0]]):
        at = start
        for stem in content[1:]:
            at = next((place for place in sorted(words[stem]) if place > at), -1)
            if at < 0:
                break
        else:
            if best is None or at - start < best[1] - best[0]:
                best = (start, at)
    return best
