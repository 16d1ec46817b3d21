"""Each check of the screens refuses data that is broken in just that way, and names the culprit."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from crampguide.screen.data import table
from tools.screens import apl_lint, apl_tables

FOLDER = Path(__file__).parents[1] / "broken" / "screen"
EXPECTED = {
    "unknown_role": "mainTemplate.Container.TouchWrapper.role: 'banana'",
    "unknown_property": "mainTemplate.Container.Frame.Container.Text: Additional properties are not allowed",
    "unknown_argument_of_a_command": "mainTemplate.Container.TouchWrapper.onPress",
    "unknown_component": "mainTemplate.Container.TouchWrapper.Label: no such component or layout",
    "unknown_style": "mainTemplate.Container.TouchWrapper.Text: there is no style tiny",
    "layout_without_its_parameter": "mainTemplate.Container.Answer: turn is not given",
    "touch_without_label": "Container.TouchWrapper: accessibilityLabel is missing",
    "touch_without_role": "Container.TouchWrapper: the role of a TouchWrapper is button",
    "touch_without_effect": "Container.TouchWrapper: a touch must send one event",
    "touch_without_words": "Container.TouchWrapper: a target must have words on it",
    "touch_that_scrolls_away": "Container.ScrollView.Container.TouchWrapper: a target must not scroll",
    "picture_without_label": "Container.Frame.Container.VectorGraphic: accessibilityLabel is missing",
    "picture_without_role": "Container.Frame.Container.VectorGraphic: the role of a VectorGraphic is image",
    "scrolling_without_label": "Container.ScrollView: accessibilityLabel is missing",
    "progress_without_label": "Container.Frame: accessibilityLabel is missing",
    "lines_that_do_not_scroll": "Container.Container: lines must be in a ScrollView",
    "text_without_style": "Container.Frame.Container.Text: style is missing",
    "text_with_its_own_size": "Container.Frame.Container.Text: fontSize comes from the style",
    "text_of_a_fixed_height": "Container.Frame.Container.Text: a fixed height cuts text off",
    "no_heading": "no heading",
    "nothing_to_touch": "nothing can be touched",
    "colour_without_a_picture": "Container.Frame: colour must not speak alone",
    "poses_of_no_step": "cramp_release.fly: is no step of an exercise",
    "poses_without_head": "cramp_release.pull: head is missing",
    "poses_without_the_limb_that_works": "cramp_release.pull: active is missing",
    "poses_unknown_layer": "cramp_release.pull: hat is not known",
    "poses_that_is_no_point": "cramp_release.pull: body '118,144 132;232' is no list of points",
    "poses_that_leaves_the_picture": "cramp_release.pull: body '118,144 132,332' leaves the picture",
    "poses_two_heads": "cramp_release.pull: head '118,112 20,30' is no list of points",
    "poses_arrow_without_end": "cramp_release.pull: an arrow has two or three points",
    "poses_like_nothing": "cramp_release.walk: walking_plan.begin is not drawn",
    "poses_like_another_and_its_own": "cramp_release.walk: is drawn like another",
    "poses_without_words": "cramp_release.walk: screen.drawing.cramp_release.walk has no words",
    "screens_offer_of_nothing": "answers: banana is no offer",
    "screens_without_a_target": "answers: tips has no targets",
    "screens_target_of_nothing": "answers tips: perhaps stands for nothing",
    "screens_target_without_words": "answers tips: screen.act.yes_banana has no words",
    "screens_kind_without_a_title": "banana: screen.title.banana has no words",
    "screens_kind_of_no_lines": "tips: banana is no group of lines",
    "screens_kept_at_no_level": "kept: soon is no level",
    "screens_kept_but_for_nothing": "kept: banana is no kind of screen",
    "screens_colour_that_is_none": "colour urgent: is no #RRGGBB",
    "screens_colour_too_light": "colour urgent: text cannot be read on it",
    "screens_two_levels_alike": "colours: two levels look the same",
}
"""How the one problem of each file starts. One named ``screens_`` holds what differs from the real table."""


def found(name: str) -> list[str]:
    if (path := FOLDER / f"{name}.json").is_file():
        return apl_lint.wrong(json.loads(path.read_text(encoding="utf-8")))
    read = tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
    if name.startswith("poses_"):
        return list(apl_tables.poses(read))
    return list(apl_tables.screens(merged(table("screens"), read)))


def merged(real: Mapping[str, Any], other: Mapping[str, Any]) -> dict[str, Any]:
    nested = {
        key: merged(real[key], value) if isinstance(value, dict) and key in real else value
        for key, value in other.items()
    }
    return {**real, **nested}


@pytest.mark.parametrize("name", ["valid", "poses_valid"])
def test_valid_data_has_no_problem(name: str) -> None:
    assert found(name) == []


def test_the_screens_have_no_problem() -> None:
    assert apl_lint.problems() == []


@pytest.mark.parametrize(("name", "problem"), EXPECTED.items(), ids=list(EXPECTED))
def test_broken_data_is_refused_with_its_culprit(name: str, problem: str) -> None:
    problems = found(name)
    assert len(problems) == 1, problems
    assert problems[0].startswith(problem), problems


def test_every_broken_file_is_expected_to_fail() -> None:
    assert {path.stem for path in FOLDER.iterdir()} - EXPECTED.keys() == {"valid", "poses_valid"}
