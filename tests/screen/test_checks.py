"""Each check of the screens refuses data that is broken in just that way, and names the culprit."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from crampguide.reviewed import DataError, read_toml
from crampguide.screen import data
from tests.patches import Fault, faults
from tools.screens import apl_lint, apl_tables

FOLDER = Path(__file__).parents[1] / "broken" / "screen"
DOCUMENT: dict[str, Any] = json.loads((FOLDER / "document" / "valid.json").read_text(encoding="utf-8"))
POSES = tomllib.loads((FOLDER / "poses" / "valid.toml").read_text(encoding="utf-8"))
SCREENS = read_toml(Path(data.__file__).with_name("screens.toml"))


def of_positions(tables: Mapping[str, Any]) -> list[str]:
    try:
        return list(apl_tables.of_positions(data.positions_of(tables)))
    except DataError as broken:
        return list(broken.problems)


def of_screens(tables: Mapping[str, Any]) -> list[str]:
    try:
        return list(apl_tables.of_screens(data.screens_of(tables)))
    except DataError as broken:
        return list(broken.problems)


def test_valid_data_has_no_problem() -> None:
    assert apl_lint.wrong(DOCUMENT) == []
    assert of_positions(POSES) == []


def test_the_screens_have_no_problem() -> None:
    assert apl_lint.problems() == []


@pytest.mark.parametrize("fault", faults(FOLDER / "document"), ids=lambda fault: fault.name)
def test_a_broken_document_is_refused_with_its_culprit(fault: Fault) -> None:
    assert_refused(fault, apl_lint.wrong(fault.data(DOCUMENT)))


@pytest.mark.parametrize("fault", faults(FOLDER / "poses"), ids=lambda fault: fault.name)
def test_broken_poses_are_refused_with_their_culprit(fault: Fault) -> None:
    assert_refused(fault, of_positions(fault.data(POSES)))


@pytest.mark.parametrize("fault", faults(FOLDER / "screens"), ids=lambda fault: fault.name)
def test_a_broken_table_of_screens_is_refused_with_its_culprit(fault: Fault) -> None:
    assert_refused(fault, of_screens(fault.data(SCREENS)))


def test_every_problem_of_a_file_is_told_with_its_place() -> None:
    several = {
        **SCREENS,
        "longest": "many",
        "kept": {"levels": ["soon"]},
        "colours": {**SCREENS["colours"], "card": "grey", "mauve": "#C8A2C8"},
        "strokes": {**SCREENS["strokes"], "head": {"colour": "#FFFFFF"}},
    }
    with pytest.raises(DataError) as refused:
        data.screens_of(several)
    assert sorted(refused.value.problems) == [
        "colours: card = 'grey' is no #RRGGBB",
        "colours: mauve is not a known field",
        "kept: but_for is missing",
        "kept: levels number 1 = 'soon' is not one of self_care, routine, urgent, emergency",
        "screens: longest must be a whole number",
        "strokes head: width is missing",
    ]


def assert_refused(fault: Fault, problems: list[str]) -> None:
    assert len(problems) == 1, problems
    assert problems[0].startswith(fault.refused), problems
