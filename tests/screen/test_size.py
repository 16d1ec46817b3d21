"""Every response stays below what each device takes, its screen and the session's memory included.

Exhaustive is the first test: the size of a screen depends on its kind, targets, drawings and words.
It takes every kind with every offer, level and reply that draws something, and as many words as the longest
reply may have (`tests/dialogue` holds every reply of every conversation to that), each as long as the longest
word there is. The second makes real replies of every kind, with all that goes out beside the screen.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache

from crampguide.dialogue.offers import load_guide
from crampguide.relief import load_relief, plan
from crampguide.relief.plan import in_one
from crampguide.screen import Moment, Said, directive
from crampguide.screen.data import screens
from crampguide.speech import catalogue_for, to_plain
from crampguide.triage import Level
from tests.screen.replies import replies, response_of
from tools.words.budgets import LONGEST_PIECE, budget_of

LARGEST = 24 * 1024
"""Bytes of a response that every device takes."""
CATALOGUE = catalogue_for("en-US")
MOST_WORDS = int(LONGEST_PIECE * budget_of(CATALOGUE).words_per_minute / 60) + 1


@cache
def longest_word() -> str:
    said = (
        word
        for phrasings in CATALOGUE.lines.values()
        for line in phrasings
        for word in to_plain(line).split()
    )
    return max(said, key=len)


def words(key: str, **values: str) -> str:
    return CATALOGUE.say(key, 0, **values)


def drawn() -> Iterator[tuple[str, ...]]:
    """The lines of every reply that coaches, for everyone: drawings and all."""
    exercises = load_relief().exercises
    for pattern in (None, "sciatica", "cramp", "either"):
        for exercise in exercises.values():
            for beat in plan(exercise, {}, pattern):
                yield tuple(key for key, _ in beat.lines)
    for part in ("each", "end"):
        yield tuple(key for key, _ in in_one(exercises[load_relief().now], {}, part))


def moments() -> Iterator[Moment]:
    """Every kind of screen with every offer and level, its words at their most."""
    text = " ".join([longest_word()] * MOST_WORDS)
    shapes = {(f"{kind.lines[0]}.x",) for kind in screens().kind} | {*drawn(), ("other.x",)}
    shapes.add(("welcome.first",))
    for keys in sorted(shapes):
        lines = (*(Said(key, "") for key in keys[:-1]), Said(keys[-1], text))
        for level in (None, *(level.id for level in Level)):
            yield Moment(lines, "?", asking=True, level=level, number=99, turn=999)
            for offer in (None, *sorted(load_guide().offers)):
                yield Moment(lines, offer and "?", offer=offer, level=level, number=99, turn=999)


def test_no_screen_can_be_too_large() -> None:
    sizes: dict[str, int] = {}
    for moment in moments():
        shown = directive(moment, words)
        sizes[shown["token"]] = max(sizes.get(shown["token"], 0), len(json.dumps(shown).encode()))
    kinds = {"home", "question", "page", *(kind.id for kind in screens().kind)}
    assert sizes.keys() == kinds
    assert max(sizes.values()) < LARGEST * 3 / 4, sizes


def test_every_kind_of_response_is_small_enough() -> None:
    largest: dict[tuple[str, str | None], int] = {}
    for said in replies():
        answer = response_of(said)
        kind = (answer["response"]["directives"][0]["token"], said.turn.state.level)
        largest[kind] = max(largest.get(kind, 0), len(json.dumps(answer).encode()))
    assert {level for _, level in largest} == {None, *(level.id for level in Level)}
    assert max(largest.values()) <= LARGEST, largest
