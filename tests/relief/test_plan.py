"""How an exercise is laid out in replies: sides, repetitions and counts."""

from __future__ import annotations

from collections import Counter
from typing import get_args

import pytest

from crampguide.relief import Exercise, load_relief, plan
from crampguide.relief.plan import in_one
from crampguide.speech import catalogue_for, seconds
from crampguide.triage.model import Pattern, QuestionId

RELIEF = load_relief()
COACHED = [each for id_, each in RELIEF.exercises.items() if id_ != RELIEF.now]
WORDS = catalogue_for("en-US")


@pytest.mark.parametrize("exercise", COACHED, ids=lambda exercise: exercise.id)
@pytest.mark.parametrize("pattern", get_args(Pattern))
def test_every_step_is_said_as_often_as_it_is_done(exercise: Exercise, pattern: str) -> None:
    beats = plan(exercise, {}, pattern)
    said = Counter(key.partition("_")[2] for beat in beats for key, _ in beat.lines if "_" in key)
    often = {"start": 1, "end": 1, "side": exercise.sides, "each": exercise.sides * exercise.times}
    for step in exercise.steps:
        applies = not step.patterns or pattern in step.patterns
        assert said[step.id] == (often[step.part] if applies else 0), step.id
    assert beats[0].lines == ((f"intro.{exercise.id}", 0),)
    assert beats[-1].lines[-1] == ("coach.done", 0)


@pytest.mark.parametrize("exercise", COACHED, ids=lambda exercise: exercise.id)
def test_holds_are_counted_after_their_step_and_repetitions_by_number(exercise: Exercise) -> None:
    beats = plan(exercise, {}, "sciatica")
    if exercise.times > 1:
        counted = [(beat.side, beat.time) for beat in beats if beat.time]
        assert counted[-1] == (exercise.sides, exercise.times)
        assert counted == sorted(set(counted))
    for beat in beats:
        for (key, _), (after, _) in zip(beat.lines, (*beat.lines[1:], ("", 0)), strict=True):
            for step in exercise.steps:
                if step.hold and key.endswith(f".{exercise.id}_{step.id}"):
                    assert after == f"count.s{step.hold}"


@pytest.mark.parametrize("exercise", COACHED, ids=lambda exercise: exercise.id)
def test_each_side_is_named_before_its_first_step_and_only_there(exercise: Exercise) -> None:
    beats = plan(exercise, {}, "sciatica")
    named = {"coach.first_side": 1, "coach.other_side": 2}
    found = [(key, beat.side) for beat in beats for key, _ in beat.lines if key in named]
    assert found == (list(named.items()) if exercise.sides == 2 else [])
    for key, side in found:
        assert next(beat for beat in beats if beat.side == side).lines[0] == (key, 0)


def test_the_release_is_rubbed_only_where_swelling_was_denied() -> None:
    release, swollen = RELIEF.exercises[RELIEF.now], QuestionId("one_calf_swollen")
    rub = ("step.X1_rub", 0)
    assert rub in in_one(release, {swollen: "no"}, "end")
    assert rub not in in_one(release, {}, "end")
    assert rub not in in_one(release, {swollen: "unsure"}, "end")


@pytest.mark.parametrize("hold", [10, 15, 20, 30])
def test_a_count_takes_about_as_long_as_it_says(hold: int) -> None:
    assert seconds(WORDS.say(f"count.s{hold}")) == pytest.approx(hold, rel=0.1)
