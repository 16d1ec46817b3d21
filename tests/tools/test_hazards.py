"""The hazard log: every hazard has a control, and every control a test that is there."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from simulator.files import read_toml
from tools.protocol import hazards

LOG = read_toml(hazards.LAYOUT / "hazards.toml")


def test_every_control_of_the_house_is_proved() -> None:
    assert list(hazards.problems(LOG)) == []


def one(**changes: Any) -> dict[str, Any]:  # noqa: ANN401 - any value of the file
    return {**LOG, "hazard": [{**LOG["hazard"][0], **changes}]}


@pytest.mark.parametrize(
    ("tests", "said"),
    [
        (["tests/nowhere.py"], "there is no tests/nowhere.py"),
        (["tests/tools/test_hazards.py::test_gone"], "there is no tests/tools/test_hazards.py::test_gone"),
        ([], "no test proves that it is controlled"),
    ],
)
def test_a_control_without_its_test_is_named(tests: list[str], said: str) -> None:
    log = one(control=[{"control": "It is controlled", "tests": tests}])
    assert list(hazards.problems(log)) == [f"{LOG['hazard'][0]['id']}: {said}"]


def test_a_hazard_without_a_control_is_named() -> None:
    assert list(hazards.problems(one(control=[]))) == [f"{LOG['hazard'][0]['id']}: has no control"]


def test_the_highest_risk_comes_first_and_one_that_is_not_acceptable_says_so() -> None:
    worst = {**LOG["hazard"][-1], "severity": "catastrophic", "likelihood": "very_high"}
    page = hazards.page({**LOG, "hazard": [*LOG["hazard"][:-1], worst]})
    rows = [line for line in page.splitlines() if line.startswith("| [")]
    assert (
        rows[0] == f"| [{worst['hazard']}](#{worst['id']}) | catastrophic | very high | 5 | not acceptable |"
    )


def test_a_stale_page_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert hazards.main(["--check"]) == 0
    stale = tmp_path / "hazard-log.md"
    stale.write_text("as it was", encoding="utf-8")
    monkeypatch.setattr(hazards, "PAGE", stale)
    assert hazards.main(["--check"]) == 1
    assert "run `make docs`" in capsys.readouterr().err
    assert stale.read_text(encoding="utf-8") == "as it was"
