from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest

from simulator.speaker.judge import (
    ANSWERS,
    FAINTEST,
    KINDS,
    Chances,
    Judge,
    begun,
    compared,
    known,
    pooled,
    together,
)
from simulator.speaker.moonshine import Written
from tools.listening.lessons import clip, data, kind, recipe
from tools.listening.rooms import data as rooms
from tools.listening.speakers import VOICES
from tools.listening.voice_bench import lines

FREE = Written("Now.", (1, 2), -3.0)


def test_it_learnt_by_the_recipe_that_is_here() -> None:
    assert str(known()["recipe"]) == recipe()
    assert int(known()["lessons"]) > 10_000


def test_it_learnt_from_no_voice_of_the_bench_and_from_few_of_its_other_words() -> None:
    voices = set(data()["voices"]["speakers"])
    others = rooms()["others"]
    assert voices.isdisjoint([*others["babble"], others["television"]])
    assert {name for name in voices if name[0] in "ab"} == {"af_kore", "am_adam", "am_puck", "bm_fable"}
    heard = {name.removeprefix("kokoro ") for name in VOICES if name.startswith("kokoro ")}
    assert voices.isdisjoint(heard)
    assert len(heard) >= 24
    words = {
        word for course in (data(), *data()["later"]) for group in course["words"].values() for word in group
    }
    nonsense = {text for group, text in lines("en-GB") if group == "nonsense"}
    assert len(nonsense - words) >= len(nonsense) / 2


@pytest.mark.parametrize("course", [data(), *data()["later"]])
def test_the_words_of_a_group_mean_what_it_says(course: Mapping[str, Any]) -> None:
    kinds = {group: {word: kind(word) for word in words} for group, words in course["words"].items()}
    wanted = {group: {ANSWERS.index(group) if group in ANSWERS else len(ANSWERS)} for group in kinds}
    wanted["vague"] = {ANSWERS.index("yes"), ANSWERS.index("no")}
    assert {
        group: wrong
        for group, words in kinds.items()
        if (wrong := {word for word, meant in words.items() if meant not in wanted[group]})
    } == {}


def test_the_clip_of_a_number_is_the_same_each_time() -> None:
    one, two, other = clip(7), clip(7), clip(8)
    assert (one.voice.identity, one[1:]) == (two.voice.identity, two[1:])
    assert one[1:] != other[1:]


def test_later_clips_say_what_the_first_ones_lacked() -> None:
    for course in data()["later"]:
        said = {word for group in course["words"].values() for word in group}
        assert all(clip(course["from"] + at).text in said for at in range(40))
        assert not all(clip(course["from"] - 1 - at).text in said for at in range(40))


@pytest.mark.parametrize("course", data()["later"])
def test_a_later_course_whispers_and_turns_men_into_women_as_often_as_it_says(
    course: Mapping[str, Any],
) -> None:
    clips = [clip(course["from"] + at) for at in range(200)]
    found = {
        "whispered": np.mean([each.whispered for each in clips]),
        "turned": np.mean([each.voice.identity.count("('") == 3 for each in clips]),
    }
    for what, share in found.items():
        assert share == pytest.approx(course.get(what, 0.0), abs=0.1 if what in course else 0.0)


def test_wordings_are_compared_by_kind() -> None:
    row = compared(
        FREE, [(Written("No.", (3,), -4.0), "no"), (Written("No!", (3,), -9.0), "no")], "nothing", 12.0
    )
    best = dict(zip(KINDS, row, strict=False))
    assert (best["no"], best["nothing"], best["yes"]) == (-1.0, 0.0, -12.0)
    assert [*row[len(KINDS) : len(KINDS) + 3]] == [-12.0, -1.0, -12.0]
    assert row[-1] == 1.0


def test_both_halves_of_a_recording_count() -> None:
    states = np.arange(8.0).reshape(4, 2)
    assert [*pooled(states)] == [3.0, 4.0, 6.0, 7.0, 1.0, 2.0, 5.0, 6.0]
    assert [*pooled(states[:1])] == [0.0, 1.0] * 4


def test_beginnings_that_are_out_of_the_question_are_alike() -> None:
    assert [*begun(np.array([-0.5, -30.0, -90.0]))] == [-0.5, FAINTEST, FAINTEST]


def test_the_chances_are_those_of_all_that_may_have_been_said() -> None:
    draw = np.random.default_rng(1)
    states, words = draw.standard_normal((40, 288)), draw.standard_normal((9, 96))
    sounds = {
        "states": [pooled(states), pooled(states[6:])],
        "embedding": [pooled(words)],
        "words": [draw.standard_normal(len(known()["words_mean"]))],
        "pieces": [begun(draw.uniform(-25, 0, len(known()["pieces_mean"])))],
    }
    judge, no = Judge(known()), (Written("No.", (3,), -0.1), "no")
    unheard, heard = (judge.chances(sounds, compared(FREE, ways, "nothing", 12.0)) for ways in ([], [no]))
    assert sum(unheard) == pytest.approx(1.0)
    assert heard.no > unheard.no, "what the recogniser makes of it counts too"
    assert Chances(no=0.7).of("no") == 0.7


def test_several_hearings_agree_on_what_none_of_them_speaks_against() -> None:
    sure, unsure = Chances(yes=0.9, other=0.1), Chances(yes=0.6, other=0.4)
    assert together([sure]) == pytest.approx(sure, abs=1e-4)
    assert unsure.yes < together([sure, unsure, unsure]).yes < sure.yes
    against = together([sure, sure, Chances(yes=0.001, other=0.999)])
    assert against.yes < 0.5 < against.other
    assert sum(against) == pytest.approx(1.0)


def test_the_likeliest_answer_is_none_of_what_is_no_answer() -> None:
    assert Chances(yes=0.1, no=0.2, unsure=0.05, other=0.65).best == 0.2
