"""Ids are words; the codes of the clinical evidence are kept in ``number`` fields alone."""

from __future__ import annotations

import re

import pytest

from crampguide.learning.load import load_learning
from crampguide.relief.load import load_relief
from crampguide.triage.load import load_protocol
from tests.house.test_source import BINARY, ROOT, tracked

WORDS = re.compile(r"[a-z]{2,}(_[a-z]+)*")
CODE = re.compile(r"(?<![A-Za-z0-9])([PCX][0-9]|relief_x[0-9])(?![A-Za-z0-9])")
NUMBER = re.compile(r'^number = "')
# What ships, what is said to it, and what works on it: nothing there has a reason to hold a code.
FOLDERS = (
    "lambda", "interaction_models", "mcp_server", "simulator", "tools", "webservice", "tests/conversations",
)  # fmt: skip
LOCKS = {"requirements.txt", "package-lock.json"}


def ids() -> dict[str, set[str]]:
    protocol, relief, learning = load_protocol(), load_relief(), load_learning()
    return {
        "questions": set(protocol.questions),
        "exercises": set(relief.exercises),
        "steps": {step.id for exercise in relief.exercises.values() for step in exercise.steps},
        "tips": set(relief.tips),
        "subjects": set(learning.subjects),
    }


@pytest.mark.parametrize("kind", ["questions", "exercises", "steps", "tips", "subjects"])
def test_ids_are_words(kind: str) -> None:
    found = ids()[kind]
    assert found
    assert sorted(id_ for id_ in found if not WORDS.fullmatch(id_)) == []


def test_no_code_stands_where_an_id_belongs() -> None:
    files = [
        path
        for path in tracked()
        if path.relative_to(ROOT).as_posix().startswith(FOLDERS)
        and path.suffix not in BINARY
        and path.name not in LOCKS
    ]
    assert len(files) > 100
    found = [
        f"{path.relative_to(ROOT)}:{row}: {line.strip()[:80]}"
        for path in files
        for row, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if CODE.search(line) and not NUMBER.match(line)
    ]
    assert found == []


def test_each_exercise_keeps_its_own_number_of_the_evidence() -> None:
    numbers = [exercise.number for exercise in load_relief().exercises.values()]
    assert sorted(numbers) == [*(f"X{place}" for place in range(1, 9)), "plan", "seated"]
