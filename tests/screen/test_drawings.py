"""The drawings: each exercise has its own, every step shows one, and none leaves its frame."""

from __future__ import annotations

import re
from itertools import combinations

import pytest

from crampguide.relief import load_relief
from crampguide.screen.data import drawn, pose_of, positions
from crampguide.screen.drawing import drawing_of, graphic

DRAWN = sorted(drawn())


def test_every_step_of_every_exercise_has_a_drawing_of_that_exercise_or_one_like_it() -> None:
    for exercise in load_relief().exercises.values():
        own = {name for name in positions() if name.startswith(f"{exercise.id}.")}
        shown = {pose_of(name)[0] for name in own}
        for line in (f"intro.{exercise.id}", *(f"step.{exercise.id}.{step.id}" for step in exercise.steps)):
            assert drawing_of(line) in shown, line


def test_every_drawing_is_of_a_step() -> None:
    steps = {f"{each.id}.{step.id}" for each in load_relief().exercises.values() for step in each.steps}
    assert positions().keys() <= steps


def test_a_step_in_short_shows_what_the_step_shows() -> None:
    assert (
        drawing_of("again.standing_calf_stretch.lean")
        == drawing_of("step.standing_calf_stretch.lean")
        == "standing_calf_stretch.lean"
    )
    assert drawing_of("coach.done") is None


def test_no_two_drawings_are_the_same() -> None:
    assert [pair for pair in combinations(DRAWN, 2) if graphic(pair[0]) == graphic(pair[1])] == []


@pytest.mark.parametrize("name", DRAWN)
def test_a_drawing_stays_in_its_frame(name: str) -> None:
    drawn = graphic(name)
    for item in drawn["items"]:
        for x, y in re.findall(r"[MLQ ](-?\d+),(-?\d+)", re.sub(r"a[^M]*", "", item["pathData"])):
            assert 0 <= int(x) <= drawn["width"], (item["stroke"], x)
            assert 0 <= int(y) <= drawn["height"], (item["stroke"], y)
