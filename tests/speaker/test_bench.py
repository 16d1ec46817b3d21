"""A small part of `make voice-bench`: spoken answers through recognition, model, handler, to speech."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from simulator.understanding.resolve import FALLBACK, HEDGES, NO, SIGN, UNSURE, YES
from tests.simulator.taken import taken
from tools.listening.voice_bench import Job, Outcome, hear, judged_anew, lines, outcome, resolver, sample
from tools.listening.voice_table import report

GROUPS = {"yes": YES, "no": NO, "unsure": UNSURE, "nonsense": FALLBACK}


def test_each_line_means_what_its_group_says() -> None:
    wrong = [
        (group, text, resolver().resolve(text).intent)
        for group, text in lines()
        if (group in GROUPS)
        and resolver().resolve(text).intent != GROUPS[group]
        and resolver().resolve(text).intent != HEDGES.get(GROUPS[group])
    ]
    assert wrong == []
    assert len(lines()) >= 150


def test_each_line_about_a_sign_does_what_its_group_says() -> None:
    found = [(group, text, taken(resolver(), text)) for group, text in lines()]
    assert [text for group, text, got in found if group == "sign" and (got.denied or not got.heard)] == []
    assert [text for group, text, got in found if group == "denial" and got.said] == []
    denials = {text for group, text, got in found if group == "denial" and got.denied}
    assert {"no chest pain", "no fever", "I don't have chills"} <= denials


@pytest.mark.slow
@pytest.mark.parametrize(
    ("voice", "noise", "every", "right"),
    [("joe", "clean", 11, 0.75), ("pico, British", "clean", 13, 0.6), ("joe", "20 dB", 13, 0.6)],
)
def test_answers_are_right_or_asked_again_and_never_swapped(
    voice: str, noise: str, every: int, right: float
) -> None:
    said = [line for line in lines() if line[0] not in ("nonsense", "vague")][::every]
    clips = hear(Job(voice, noise, said))
    counts = Counter(clip.outcome for clip in clips)
    assert counts["swapped"] == 0, report(clips)
    assert counts["right"] >= right * len(said), report(clips)


def test_saved_clips_are_judged_by_the_settings_as_they_are(tmp_path: Path) -> None:
    clips = hear(Job("joe", "clean", [("yes", "yes"), ("no", "no"), ("nonsense", "purple monkey")]))
    assert [clip.outcome for clip in clips] == ["right"] * 3
    laxer = clips[0]._replace(doubt="unlikely", outcome="again")
    file = tmp_path / "clips.jsonl"
    file.write_text("".join(json.dumps(clip._asdict()) + "\n" for clip in [laxer, *clips[1:]]))
    assert judged_anew(file) == clips


def test_a_sample_is_the_same_each_time_and_of_every_kind() -> None:
    assert sample(150) == sample(150)
    assert len(set(sample(150))) == 150
    assert {group for group, _ in sample(150)} == {group for group, _ in lines()}
    assert sample(10_000) == lines()


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
