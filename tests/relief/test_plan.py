"""How an exercise is laid out in replies: sides, repetitions and counts."""

from __future__ import annotations

from collections import Counter
from typing import get_args

import pytest

from crampguide.condition import Case, Condition
from crampguide.relief import Exercise, load_relief, plan
from crampguide.relief.model import Part, Step
from crampguide.relief.plan import Beat, in_one
from crampguide.speech import catalogue_for
from crampguide.triage.model import Pattern, QuestionId

RELIEF = load_relief()
COACHED = [each for id_, each in RELIEF.exercises.items() if id_ != RELIEF.now]
WORDS = catalogue_for("en-US")


@pytest.mark.parametrize("exercise", COACHED, ids=lambda exercise: exercise.id)
@pytest.mark.parametrize("pattern", get_args(Pattern))
def test_every_step_is_said_as_often_as_it_is_done(exercise: Exercise, pattern: str) -> None:
    beats = plan(exercise, {}, pattern)
    said = Counter(key.split(".")[2] for beat in beats for key, _ in beat.lines if key.count(".") > 1)
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
                if step.hold and key.endswith(f".{exercise.id}.{step.id}"):
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
    rub = ("step.cramp_release.rub", 0)
    assert rub in in_one(release, {swollen: "no"}, "end")
    assert rub not in in_one(release, {}, "end")
    assert rub not in in_one(release, {swollen: "unsure"}, "end")


@pytest.mark.parametrize("hold", [10, 15, 20, 30])
def test_a_count_takes_about_as_long_as_it_says(hold: int) -> None:
    assert WORDS.seconds(WORDS.say(f"count.s{hold}")) == pytest.approx(hold, rel=0.1)


def step(id_: str, part: Part, hold: int = 0, rest: int = 0, **do_not: str) -> Step:
    cases = tuple(Case(((QuestionId(question), frozenset({said})),)) for question, said in do_not.items())
    barred = Condition((cases,), frozenset(map(QuestionId, do_not)))
    return Step(id_, part, hold, rest, frozenset(), do_not=barred)


STEPS = (
    step("sit", "start"),
    step("turn", "side"),
    step("bend", "each", 10, 5),
    step("back", "end", 0, 5),
    step("rub", "end", one_calf_swollen="yes"),
)
MADE = COACHED[0]._replace(id="E", steps=STEPS)


def test_two_sides_with_repetitions_in_full() -> None:
    made = plan(MADE._replace(sides=2, times=4, together=2), {}, None)
    first = (("coach.first_time", 4), ("step.E.bend", 0), ("count.s10", 0), ("rest.s5", 0))
    middle = [
        (("coach.time", time), ("again.E.bend", 0), ("count.s10", 0), ("rest.s5", 0)) for time in (2, 3)
    ]
    last = (("coach.last_time", 0), ("again.E.bend", 0), ("count.s10", 0))
    assert made == (
        Beat((("intro.E", 0),)),
        Beat((("step.E.sit", 0),)),
        Beat((("coach.first_side", 0), ("step.E.turn", 0)), 1),
        Beat(first, 1, 1),
        Beat((*middle[0], *middle[1]), 1, 3),
        Beat(last, 1, 4),
        Beat((("coach.other_side", 0), ("step.E.turn", 0)), 2),
        Beat(first, 2, 1),
        Beat((*middle[0], *middle[1]), 2, 3),
        Beat(last, 2, 4),
        Beat((("step.E.back", 0), ("rest.s5", 0), ("step.E.rub", 0), ("coach.done", 0))),
    )


def test_one_side_once_names_neither_side_nor_time_and_ends_without_a_rest() -> None:
    made = plan(MADE._replace(sides=1, times=1, together=3), {}, None)
    assert made[2:-1] == (
        Beat((("step.E.turn", 0),), 1),
        Beat((("step.E.bend", 0), ("count.s10", 0)), 1, 1),
    )


def test_twice_is_a_first_and_a_last_time() -> None:
    made = plan(MADE._replace(sides=1, times=2, together=9), {}, None)
    assert [beat.lines[0] for beat in made if beat.time] == [("coach.first_time", 2), ("coach.last_time", 0)]
    assert made[3].lines[-1] == ("rest.s5", 0), "rest before the same side follows once more"
    assert made[4].lines[-1] == ("count.s10", 0), "and none after it"


def test_a_step_that_an_answer_forbids_is_left_out() -> None:
    made = plan(MADE._replace(sides=1), {QuestionId("one_calf_swollen"): "yes"}, None)
    assert made[-1].lines == (("step.E.back", 0), ("rest.s5", 0), ("coach.done", 0))


def test_a_step_for_one_pattern_is_for_nobody_else() -> None:
    for_either = step("stay", "start")._replace(patterns=frozenset({"either"}))
    beats = {
        pattern: plan(MADE._replace(steps=(for_either,)), {}, pattern)
        for pattern in (None, *get_args(Pattern))
    }
    stays = Beat((("step.E.stay", 0),))
    assert {pattern for pattern, said in beats.items() if stays in said} == {None, "either"}
