"""Each check of the relief data refuses a file with just that fault, and names the culprit."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from crampguide.relief import ReliefError, load_relief, read_relief
from crampguide.relief.load import unknown
from crampguide.speech import catalogue_for
from crampguide.triage import load_protocol
from tests.patches import Fault, as_toml, faults
from tools.words import relief_lint

FOLDER = Path(__file__).parents[1] / "broken" / "relief"
VALID = tomllib.loads((FOLDER / "valid.toml").read_text(encoding="utf-8"))


def found(text: str) -> list[str]:
    try:
        relief = read_relief(text)
    except ReliefError as error:
        return list(error.problems)
    return list(unknown(relief, load_protocol()))


def test_a_valid_file_has_no_problem() -> None:
    assert found((FOLDER / "valid.toml").read_text(encoding="utf-8")) == []
    assert found(as_toml(VALID)) == []


@pytest.mark.parametrize("fault", faults(FOLDER), ids=lambda fault: fault.name)
def test_a_broken_file_is_refused_with_its_culprit(fault: Fault) -> None:
    problems = found(fault.text(VALID))
    assert len(problems) == 1
    assert problems[0].startswith(fault.refused)


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ('now = "cramp_release"\n', "", "relief: now is missing"),
        (
            'now = "cramp_release"\n',
            'now = "cramp_release"\nthen = "standing_calf_stretch"\n',
            "relief: then is not a known field",
        ),
        ('id = "warm"\n', "", "tip number 1: id is missing"),
        ('id = "pull", ', "", "cramp_release steps number 1: id is missing"),
        (
            'id = "pull", part = "each"',
            'part = "middle", id = "pull"',
            "cramp_release steps pull: part = 'middle' is not one of start, side, each, end",
        ),
        ("times = 3", "times = 0", "cramp_release: times = 0 is less than 1"),
        ("times = 3", "together = 0", "cramp_release: together = 0 is less than 1"),
        ("sides = 2", "sides = 0", "cramp_release: sides = 0 is not one of 1, 2"),
        ("hold = 10", "rest = -1", "cramp_release steps pull: rest = -1 is less than 1"),
        ('[source.OWN]\nname = "A leaflet"\n', "", "relief: source is missing"),
    ],
)
def test_a_file_with_one_thing_changed_is_refused_for_it(old: str, new: str, problem: str) -> None:
    valid = (FOLDER / "valid.toml").read_text(encoding="utf-8")
    assert old in valid
    with pytest.raises(ReliefError) as refused:
        read_relief(valid.replace(old, new))
    assert refused.value.problems == (problem,)


@pytest.mark.parametrize("kind", ["tip", "exercise"])
def test_a_file_without_tips_or_exercises_is_refused(kind: str) -> None:
    text = (FOLDER / "valid.toml").read_text(encoding="utf-8")
    before, _, after = text.partition(f"[[{kind}]]")
    with pytest.raises(ReliefError) as refused:
        read_relief(before + after[after.index("\n[") :])
    assert f"relief: {kind} is missing" in refused.value.problems


@pytest.mark.parametrize(
    ("key", "text", "problem"),
    [
        ("rest.s10", "{pause:11}", "rest.s10 pauses for '11', at most 10 seconds"),
        ("tip.heat_pack", "word " * 90, "seconds together"),
        ("step.towel_stretch.pull", "word " * 40, "towel_stretch: coach.first_time and what follows take"),
    ],
)
def test_words_that_do_not_fit_are_named(key: str, text: str, problem: str) -> None:
    good = catalogue_for("en-US")
    changed = good._replace(lines={**good.lines, key: (text,)})
    problems = list(relief_lint.problems(changed, load_relief()))
    assert problems
    assert all(problem in line for line in problems)
