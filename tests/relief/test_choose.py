"""Which tips and exercises suit whom, for every answer that matters to one."""

from __future__ import annotations

import json
from itertools import product
from pathlib import Path
from typing import get_args

import pytest

from crampguide.relief import allowed, caution_to_ask, load_relief, next_exercise, tips_for
from crampguide.relief.choose import forbidden_by, phase
from crampguide.relief.load import unknown
from crampguide.triage import ANSWERS, load_protocol
from crampguide.triage.model import Answer, Pattern, QuestionId

RELIEF = load_relief()
MODELS = Path(__file__).parents[2] / "interaction_models"


def answered(**said: Answer) -> dict[QuestionId, Answer]:
    return {QuestionId(id_): answer for id_, answer in said.items()}


def ids(answers: dict[QuestionId, Answer], pattern: str, topic: str | None = None) -> list[str]:
    return [tip.id for tip in tips_for(RELIEF, answers, pattern, topic)]


def test_the_data_names_only_what_exists() -> None:
    assert list(unknown(RELIEF, load_protocol())) == []


def test_nothing_is_chosen_that_an_answer_forbids() -> None:
    asked = sorted({id_ for tip in RELIEF.tips.values() for id_ in tip.cautions})
    topics = [None, *sorted(RELIEF.topics)]
    for said in product((None, *ANSWERS), repeat=len(asked)):
        answers = {id_: answer for id_, answer in zip(asked, said, strict=True) if answer}
        forbidden = {tip.id for tip in RELIEF.tips.values() if tip.barred_by(answers)}
        for topic in topics if len(answers) == 1 else topics[:1]:
            for pattern in get_args(Pattern):
                assert forbidden.isdisjoint(ids(answers, pattern, topic))


def test_a_caution_is_asked_only_for_a_tip_that_depends_on_it() -> None:
    tips = RELIEF.tips
    assert caution_to_ask(RELIEF, {}, tips["keep_moving"], tips["posture_breaks"]) is None
    assert caution_to_ask(RELIEF, {}, tips["keep_moving"], tips["heat_pack"]) == "skin_and_circulation"
    assert caution_to_ask(RELIEF, {}, tips["pain_reliever"]) == "pregnant_or_new_mother"
    assert caution_to_ask(RELIEF, answered(skin_and_circulation="no"), tips["heat_pack"]) is None


def test_cold_belongs_to_the_first_days_unless_it_is_asked_for() -> None:
    assert "cold_pack" in ids(answered(lasting="no"), "cramp")
    assert "cold_pack" in ids({}, "cramp")
    assert "cold_pack" not in ids(answered(lasting="yes"), "cramp")
    assert ids(answered(lasting="yes"), "cramp", "heat_or_cold")[:2] == ["heat_pack", "cold_pack"]


def test_what_the_person_brought_up_comes_first() -> None:
    for sign, tip in (
        ("night_cramps", "night_cramp_setup"),
        ("sweating_or_thirsty", "heat_cramp"),
        ("after_exercise", "warm_up_footwear"),
        ("medicine_link", "medicine_review"),
    ):
        assert ids({QuestionId(sign): "yes"}, "cramp")[0] == tip
    assert ids(answered(pregnant_or_new_mother="yes", one_calf_swollen="no"), "cramp")[0] == "pregnancy_cramp"


def test_tips_differ_by_pattern() -> None:
    assert "night_cramp_setup" in ids({}, "cramp")
    assert "pacing_mood" not in ids({}, "cramp")
    assert "pacing_mood" in ids({}, "sciatica")
    assert "no_quinine" not in ids({}, "sciatica")


@pytest.mark.parametrize("locale", ["en-US", "en-GB"])
def test_every_topic_and_exercise_that_can_be_asked_for_is_there(locale: str) -> None:
    model = json.loads((MODELS / f"{locale}.json").read_text(encoding="utf-8"))
    types = {
        each["name"]: {value["id"] for value in each["values"]}
        for each in model["interactionModel"]["languageModel"]["types"]
    }
    assert types["Topic"] == RELIEF.topics
    assert types["Exercise"] == RELIEF.exercises.keys()


@pytest.mark.parametrize("pattern", get_args(Pattern))
def test_exercises_come_one_after_the_other_and_none_that_is_forbidden(pattern: str) -> None:
    answers = answered(walking_calf_pain="yes", pregnant_or_new_mother="unsure")
    done: list[str] = []
    while found := next_exercise(RELIEF, answers, pattern, done):
        done.append(found.id)
    assert len(set(done)) == len(done)
    assert bool(done) == (pattern != "neither"), "no exercise is for pain that walking brings on"
    assert {"knee_to_chest", "walking_plan", "figure_four", RELIEF.now}.isdisjoint(done)
    assert done.count("seated_figure_four") == (pattern == "sciatica"), "in place of the one lying down"


def test_the_exercise_in_the_place_of_another_can_be_forbidden_too() -> None:
    pregnant, lying = answered(pregnant_or_new_mother="yes"), RELIEF.exercises["figure_four"]
    seated = RELIEF.exercises["seated_figure_four"]
    assert allowed(RELIEF, answered(pregnant_or_new_mother="no"), lying) == lying
    assert allowed(RELIEF, pregnant, lying) == seated
    both = {**RELIEF.exercises, seated.id: seated._replace(do_not=lying.do_not)}
    assert allowed(RELIEF._replace(exercises=both), pregnant, lying) is None
    assert allowed(RELIEF, pregnant, RELIEF.exercises["knee_to_chest"]) is None


def test_who_was_told_no_pattern_gets_what_is_for_either() -> None:
    assert tips_for(RELIEF, {}, None) == tips_for(RELIEF, {}, "either")
    assert next_exercise(RELIEF, {}, None) == next_exercise(RELIEF, {}, "either")
    for exercise in RELIEF.exercises.values():
        others = [id_ for id_ in RELIEF.exercises if id_ != exercise.id]
        told = next_exercise(RELIEF, {}, None, others)
        assert told == (exercise if "either" in exercise.patterns else None)
        for pattern in get_args(Pattern):
            told = next_exercise(RELIEF, {}, pattern, others)
            assert told == (exercise if pattern in exercise.patterns else None)


def test_the_phase_is_known_once_it_is_known_whether_it_lasts() -> None:
    assert phase(answered(lasting="yes")) == "late"
    assert phase(answered(lasting="no")) == "early"
    assert phase(answered(lasting="unsure")) is None
    assert phase({}) is None


def test_what_an_exercise_asks_first_is_a_caution_of_it() -> None:
    for exercise in RELIEF.exercises.values():
        for id_ in exercise.ask:
            others: dict[QuestionId, Answer] = dict.fromkeys(exercise.do_not.mentions - {id_}, "no")
            if id_ in RELIEF.asks:
                assert caution_to_ask(RELIEF, others, exercise) == id_


def test_the_answers_that_left_out_a_topic_are_named_once() -> None:
    hurt = answered(one_calf_swollen="unsure", injury_or_pop="yes", skin_and_circulation="yes")
    assert forbidden_by(RELIEF, hurt, "massage") == ("one_calf_swollen", "injury_or_pop")
    both = ["cold_pack", "heat_pack"]
    assert all("skin_and_circulation" in RELIEF.tips[id_].cautions for id_ in both)
    assert forbidden_by(RELIEF, answered(skin_and_circulation="yes"), "heat_or_cold") == (
        "skin_and_circulation",
    )
    assert forbidden_by(RELIEF, hurt, "posture") == ()
    assert forbidden_by(RELIEF, answered(one_calf_swollen="no"), "massage") == ()
