"""A small part of `make voice-bench`: spoken answers through recognition, model, handler, to speech."""

from __future__ import annotations

from collections import Counter

import pytest

from simulator.resolve import DENIAL, FALLBACK, NO, SIGN, UNSURE, YES
from tools.voice_bench import Outcome, hear, lines, outcome, report, resolver

GROUPS = {"yes": YES, "no": NO, "unsure": UNSURE, "sign": SIGN, "denial": DENIAL, "nonsense": FALLBACK}


def test_each_line_means_what_its_group_says() -> None:
    wrong = [
        (group, text, resolver().resolve(text).intent)
        for group, text in lines()
        if (group in GROUPS) and resolver().resolve(text).intent != GROUPS[group]
    ]
    assert wrong == []
    assert len(lines()) >= 150


@pytest.mark.parametrize(
    ("voice", "noise", "every", "right"),
    [("joe", "clean", 11, 0.75), ("pico, British", "clean", 13, 0.6), ("joe", "20 dB", 13, 0.6)],
)
def test_answers_are_right_or_asked_again_and_never_swapped(
    voice: str, noise: str, every: int, right: float
) -> None:
    said = [line for line in lines() if line[0] not in ("nonsense", "vague")][::every]
    clips = hear((voice, noise, said))
    counts = Counter(clip.outcome for clip in clips)
    assert counts["swapped"] == 0, report(clips)
    assert counts["right"] >= right * len(said), report(clips)


@pytest.mark.parametrize(
    ("said", "intent", "ids", "taken", "came"),
    [
        ("yes", YES, (), True, "right"),
        ("yes", NO, (), True, "swapped"),
        ("yes", NO, (), False, "again"),
        ("yes", FALLBACK, (), True, "again"),
        ("no", SIGN, ("fever_or_unwell",), True, "swapped"),
        ("I don't know", NO, (), True, "swapped"),
        ("I don't know", YES, (), True, "other"),
        ("no", "AMAZON.StopIntent", (), True, "other"),
        ("purple monkey", YES, (), True, "mistaken"),
        ("purple monkey", FALLBACK, (), True, "right"),
    ],
)
def test_what_counts_as_swapped(
    said: str,
    intent: str,
    ids: tuple[str, ...],
    taken: bool,  # noqa: FBT001 - a column of the table
    came: Outcome,
) -> None:
    assert outcome(said, intent, ids, taken=taken) == came
