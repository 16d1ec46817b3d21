"""Each check of the screens refuses data that is broken in just that way, and names the culprit."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest

from crampguide.screen.data import table
from tests.patches import Fault, faults
from tools.screens import apl_lint, apl_tables

FOLDER = Path(__file__).parents[1] / "broken" / "screen"
DOCUMENT: dict[str, Any] = json.loads((FOLDER / "document" / "valid.json").read_text(encoding="utf-8"))
POSES = tomllib.loads((FOLDER / "poses" / "valid.toml").read_text(encoding="utf-8"))
SCREENS = table("screens")


def test_valid_data_has_no_problem() -> None:
    assert apl_lint.wrong(DOCUMENT) == []
    assert list(apl_tables.poses(POSES)) == []


def test_the_screens_have_no_problem() -> None:
    assert apl_lint.problems() == []


@pytest.mark.parametrize("fault", faults(FOLDER / "document"), ids=lambda fault: fault.name)
def test_a_broken_document_is_refused_with_its_culprit(fault: Fault) -> None:
    assert_refused(fault, apl_lint.wrong(fault.data(DOCUMENT)))


@pytest.mark.parametrize("fault", faults(FOLDER / "poses"), ids=lambda fault: fault.name)
def test_broken_poses_are_refused_with_their_culprit(fault: Fault) -> None:
    assert_refused(fault, list(apl_tables.poses(fault.data(POSES))))


@pytest.mark.parametrize("fault", faults(FOLDER / "screens"), ids=lambda fault: fault.name)
def test_a_broken_table_of_screens_is_refused_with_its_culprit(fault: Fault) -> None:
    assert_refused(fault, list(apl_tables.screens(fault.data(SCREENS))))


def assert_refused(fault: Fault, problems: list[str]) -> None:
    assert len(problems) == 1, problems
    assert problems[0].startswith(fault.refused), problems
