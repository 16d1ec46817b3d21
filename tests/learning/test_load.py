"""The reviewed data of learning: what is refused, and that what ships is sound."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from crampguide.learning import LearningError, courses_for, load_learning, read_learning, unknown
from crampguide.relief import load_relief
from crampguide.speech import catalogue_for
from crampguide.triage import QuestionId, load_protocol
from tests.patches import Fault, as_toml, faults
from tools.words import learning_lint

ROOT = Path(__file__).parents[2]
BROKEN = ROOT / "tests/broken/learning"
VALID = tomllib.loads((BROKEN / "valid.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("fault", faults(BROKEN), ids=lambda fault: fault.name)
def test_refuses(fault: Fault) -> None:
    with pytest.raises(LearningError) as refused:
        read_learning(fault.text(VALID))
    assert [fault.refused in each for each in refused.value.problems] == [True]


def test_the_valid_file_is_taken() -> None:
    valid = read_learning(as_toml(VALID))
    assert list(unknown(valid, load_protocol())) == [
        "gout: GOUT-TRIAL is not a source",
        "flare: toe is not a question",
    ]


def test_what_ships_names_only_what_exists() -> None:
    assert list(unknown(load_learning(), load_protocol(), load_relief().sources)) == []


def test_a_line_that_is_too_long_is_named() -> None:
    good = catalogue_for("en-US")
    lines = {**good.lines, "learn.injury": ("word " * 61,)}
    found = list(learning_lint.problems(good._replace(lines=lines), load_learning()))
    assert found == ["learn.injury has 61 words, more than 60"]


@pytest.mark.parametrize(
    ("level", "pattern", "answers", "told"),
    [
        ("self_care", "cramp", {}, ["cramp"]),
        ("routine", "cramp", {"frequent_cramps": "yes"}, ["frequent_cramps"]),
        ("self_care", "cramp", {"night_cramps": "yes"}, ["frequent_cramps"]),
        ("self_care", "sciatica", {"lasting": "no"}, ["sciatica"]),
        ("routine", "sciatica", {"limiting": "yes"}, ["sciatica_booked"]),
        ("routine", "sciatica", {"lasting": "yes"}, ["sciatica_lasting"]),
        ("routine", "cramp", {"walking_calf_pain": "yes"}, ["walking_pain", "cramp"]),
        ("self_care", "either", {}, ["either"]),
        ("urgent", None, {"one_calf_swollen": "unsure"}, ["clot"]),
        ("urgent", None, {"severe_or_worsening_pain": "yes"}, ["severe"]),
        ("urgent", None, {"fever_or_unwell": "yes"}, ["seen_first"]),
        ("emergency", None, {"one_calf_swollen": "yes", "saddle_numbness": "yes"}, []),
    ],
)
def test_the_course_follows_the_advice(
    level: str, pattern: str | None, answers: dict[str, str], told: list[str]
) -> None:
    given = {QuestionId(id_): said for id_, said in answers.items()}
    courses = courses_for(load_learning(), level, pattern, given)  # type: ignore[arg-type]
    assert [course.id for course in courses] == told


_HEARD = """
import logging
from crampguide.alexa.skill import build_skill
from simulator.device.echo import Device
from simulator.device.requests import SlotValue
logging.disable()
device = Device(build_skill({}).lambda_handler())
device.launch()
print(device.intent("LearnIntent", {"subject": SlotValue("gout", "gout")}).text)
print(device.intent("WhyIntent").text)
print(device.intent("SourceIntent").text)
"""
_SUBJECT = """
[[subject]]
id = "gout"
claims = { lead = [], why = [] }
cites = ["NHS-CRAMP"]
last_edited = 2026-11-22
"""


def test_a_subject_is_added_with_data_and_words_alone(tmp_path: Path) -> None:
    for folder in ("lambda/crampguide", "simulator", "tools", "interaction_models"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    with (tmp_path / "lambda/crampguide/learning/subjects.toml").open("a") as subjects:
        subjects.write(_SUBJECT)
    with (tmp_path / "lambda/crampguide/speech/en/subjects.toml").open("a") as words:
        words.write('\n[gout]\nlead = "Gout is sore."\nwhy = "Crystals do it."\n')
    done = subprocess.run(
        [sys.executable, "-c", _HEARD],
        cwd=tmp_path,
        env={"PYTHONPATH": f"{tmp_path / 'lambda'}:{tmp_path}", "PYTHONWARNINGS": "ignore"},
        capture_output=True,
        text=True,
        check=True,
    )
    lead, why, source = done.stdout.splitlines()
    assert lead == "Gout is sore. Shall I check for warning signs?"
    assert why.startswith("Crystals do it.")
    assert source.startswith("I go by NHS advice on leg cramps.")


def test_a_source_that_is_listed_elsewhere_is_named() -> None:
    learning = load_learning()
    twice = next(iter(learning.sources))
    found = list(
        unknown(learning, load_protocol(), {**load_relief().sources, twice: learning.sources[twice]})
    )
    assert found == [f"source {twice}: is listed elsewhere already"]
