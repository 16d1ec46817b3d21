"""A small part of `make voice-bench`: spoken answers through recognition, model, handler, to speech."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from simulator.device.echo import Exchange
from simulator.understanding.resolve import FALLBACK, NO, YES
from tests.simulator.taken import taken
from tools.listening.rooms import rooms
from tools.listening.speakers import VOICES, voices_for
from tools.listening.voice_bench import (
    LOCALES,
    Clip,
    Job,
    Outcome,
    drawn,
    hear,
    judged_anew,
    lines,
    outcome,
    resolver,
    sign_outcome,
)
from tools.listening.voice_table import page, report
from tools.simulated.roles import HEDGES, SIGN, UNSURE

GROUPS = {"yes": YES, "no": NO, "unsure": UNSURE, "nonsense": FALLBACK}


@pytest.mark.parametrize("locale", LOCALES)
def test_each_line_means_what_its_group_says(locale: str) -> None:
    wrong = [
        (group, text, resolver(locale).resolve(text).intent)
        for group, text in lines(locale)
        if (group in GROUPS)
        and resolver(locale).resolve(text).intent != GROUPS[group]
        and resolver(locale).resolve(text).intent != HEDGES.get(GROUPS[group])
    ]
    assert wrong == []


def test_there_is_enough_to_say_and_nothing_twice() -> None:
    assert len(lines("en-US")) >= 200
    assert set(lines("en-US")) < set(lines("en-GB"))
    for locale in LOCALES:
        said = [text for _, text in lines(locale)]
        assert len(said) == len(set(said))


def test_a_whole_run_says_yes_and_no_ten_thousand_times_with_two_dozen_voices_of_people() -> None:
    plain = [text for group, text in lines("en-US") if group in ("yes", "no")]
    assert len(plain) * len(rooms()) * len(voices_for("en-US")) >= 10_000
    assert sum(name.startswith("kokoro") for name in voices_for("en-US")) >= 24
    assert len(voices_for("en-GB")) >= 8
    assert set(voices_for("en-GB")) < set(VOICES)


@pytest.mark.parametrize("locale", LOCALES)
def test_each_line_about_a_sign_does_what_its_group_says(locale: str) -> None:
    found = [(group, text, taken(resolver(locale), text)) for group, text in lines(locale)]
    assert [text for group, text, got in found if group == "sign" and (got.denied or not got.heard)] == []
    assert [text for group, text, got in found if group == "denial" and got.said] == []
    denials = {text for group, text, got in found if group == "denial" and got.denied}
    assert {"no chest pain", "no fever", "I don't have chills"} <= denials


@pytest.mark.slow
@pytest.mark.parametrize(
    ("voice", "room", "every", "right"),
    [
        ("joe", "clean", 11, 0.75),
        ("pico, British", "clean", 13, 0.6),
        ("joe", "20 dB", 13, 0.6),
    ],
)
def test_answers_are_right_or_asked_again_and_never_swapped(
    voice: str, room: str, every: int, right: float
) -> None:
    said = [line for line in lines("en-US") if line[0] not in ("nonsense", "vague")][::every]
    clips = hear(Job(voice, room, said))
    counts = Counter(clip.outcome for clip in clips)
    assert counts["swapped"] == 0, report(clips)
    assert counts["right"] >= right * len(said), report(clips)


@pytest.mark.parametrize(
    ("voice", "room", "group", "said", "taken"),
    [
        ("pico, high and fast", "20 dB", "yes", "yep", True),
        ("pico, American", "20 dB", "nonsense", "the nose knows", False),
    ],
)
def test_what_is_in_doubt_is_heard_again(
    voice: str,
    room: str,
    group: str,
    said: str,
    taken: bool,  # noqa: FBT001 - a column of the table
) -> None:
    """At first hearing the one is a yes at 0.85, of which 0.9 is enough, the other unsure at 0.88."""
    (clip,) = hear(Job(voice, room, [(group, said)]))
    assert (not clip.doubt) is taken


def test_in_noise_a_no_must_be_surer() -> None:
    """The judge gives this a no at 0.87, which would be enough of clear speech."""
    (clip,) = hear(Job("pico, high and fast", "two metres", [("yes", "yup")], "en-GB"))
    assert clip.evidence is not None
    assert 0.8 < clip.evidence.chances.no < 0.92
    assert clip.evidence.clear < 30
    assert clip.doubt


def test_saved_clips_are_judged_by_the_settings_as_they_are(tmp_path: Path) -> None:
    clips = hear(Job("joe", "clean", [("yes", "yes"), ("no", "no"), ("nonsense", "guitar monkey")]))
    assert [clip.outcome for clip in clips] == ["right"] * 3
    laxer = clips[0]._replace(doubt="unlikely", outcome="again")
    files = [tmp_path / "clips.jsonl", tmp_path / "others.jsonl"]
    for file, saved in zip(files, ([laxer], clips[1:]), strict=True):
        file.write_text("".join(json.dumps(clip._asdict()) + "\n" for clip in saved))
    assert judged_anew(files) == clips


def test_a_sample_is_the_same_each_time_and_of_every_kind() -> None:
    every = lines("en-US")
    assert drawn(every, 150) == drawn(every, 150)
    assert len(set(drawn(every, 150))) == 150
    assert {group for group, _ in drawn(every, 150)} == {group for group, _ in every}
    assert drawn(every, 10_000) == every


def test_the_page_counts_by_locale_voice_and_room_and_names_each_swap() -> None:
    told = Clip("yes", "yes", "kokoro bf_emma", "babble", "yes", YES, "", "right", None, "en-GB")
    swapped = told._replace(said="no", group="no", heard="yes", outcome="swapped", voice="joe, slow")
    text = page([told, told, swapped], fresh=False)
    assert "3 recordings: 2 answers and sentences" in text
    assert "said by 2 synthetic voices in 1 rooms" in text
    assert "| en-GB, babble | 3 | 66.7 % | 0.0 % | 66.7 % | 0.0 % | 0.0 % | 0 | 1 |" in text
    assert "| kokoro, babble | 2 | 100.0 % | 0.0 % | 100.0 % | 0.0 % | 0.0 % | 0 | 0 |" in text
    assert 'Swapped: "no" taken as "yes" (joe, slow, babble, en-GB).' in text


def test_what_was_said_too_often_does_not_count_for_more_than_in_a_run_of_everything() -> None:
    """Of two lines of nonsense a tenth is taken, of one other line a half in the one of two rooms."""
    clip = Clip("nonsense", "nose", "joe", "clean", "", FALLBACK, "", "right", None, "en-US")
    taken = clip._replace(outcome="mistaken")
    nonsense = [clip] * 8 + [clip._replace(said="snow")] + [taken]
    other = [clip._replace(group="other", said="stop", room=room) for room in ("clean", "clean", "20 dB")]
    other[0] = other[0]._replace(outcome="mistaken")
    text = report([*nonsense, *other])
    assert "| nonsense | 10 | 1 | 10.00 % |" in text
    assert "| other | 3 | 1 | 33.33 % |" in text
    assert "| both | 13 | 2 | 15.38 % |" in text
    assert "| both, as in a run of everything | | | 15.00 % |" in text
    assert "None was said." in report([clip._replace(group="yes")])


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
        ("guitar monkey", YES, (), True, "mistaken"),
        ("my leg hurts", NO, (), True, "mistaken"),
        ("guitar monkey", FALLBACK, (), True, "right"),
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


@pytest.mark.parametrize(
    ("about", "came"), [("", "again"), ("yes", "asked"), ("no", "again"), ("unsure", "again")]
)
def test_what_is_asked_about_rightly_is_told_apart(about: str, came: Outcome) -> None:
    assert outcome("yes", YES, (), taken=False, about=about) == came


def signs(answers: dict[str, str], unclear: str = "") -> Exchange:
    return Exchange(attributes={"answers": answers, "unclear": unclear})


@pytest.mark.parametrize(
    ("turn", "came"),
    [
        (signs({"fever_or_unwell": "yes"}), "right"),
        (signs({}, "injury_or_pop fever_or_unwell"), "asked"),
        (signs({"fever_or_unwell": "no"}), "other"),
        (signs({"injury_or_pop": "yes"}), "other"),
    ],
)
def test_a_sign_is_judged_by_what_the_skill_writes_down_or_asks_next(turn: Exchange, came: Outcome) -> None:
    assert sign_outcome(turn, signs({"fever_or_unwell": "yes"}), "right") == came


def test_what_the_skill_asks_about_first_is_not_swapped() -> None:
    assert outcome("no", SIGN, ("chest_or_breathing",), taken=True, kept=False) == "again"
