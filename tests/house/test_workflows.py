"""Continuous integration elsewhere runs what a merge must pass here, and no more; updates are looked for."""

from __future__ import annotations

import os
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
SUPPORTED = ["3.11", "3.12", "3.13"]
Yaml = dict[Any, Any]


def read(path: Path) -> Yaml:
    found: Yaml = yaml.safe_load(path.read_text(encoding="utf-8"))
    return found


def jobs() -> dict[str, Yaml]:
    return {f"{path.name}: {name}": job for path in WORKFLOWS for name, job in read(path)["jobs"].items()}


def test_what_a_merge_must_pass_is_run_on_every_python() -> None:
    assert os.access(ROOT / ".ci" / "run", os.X_OK)
    for job in jobs().values():
        assert job["strategy"]["matrix"]["python"] == SUPPORTED
        runs = [step for step in job["steps"] if "run" in step]
        assert [step["run"] for step in runs] == [".ci/run"]
        assert runs[0]["env"]["PYTHON"] == "python${{ matrix.python }}"
    assert jobs()


def test_make_takes_that_python() -> None:
    assert re.search(r"^PYTHON \?= ", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)


def test_the_oldest_python_is_the_one_that_the_project_asks_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["requires-python"] == f">={SUPPORTED[0]}"


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_a_workflow_may_read_and_its_actions_have_versions(path: Path) -> None:
    workflow = read(path)
    assert workflow["permissions"] == {"contents": "read"}
    used = [step["uses"] for job in workflow["jobs"].values() for step in job["steps"] if "uses" in step]
    assert used
    assert [
        action for action in used if not re.fullmatch(r"[\w.-]+/[\w.-]+@(v\d+|[0-9a-f]{40})", action)
    ] == []


def test_updates_are_looked_for_wherever_something_is_pinned() -> None:
    updates = read(ROOT / ".github" / "dependabot.yml")
    assert updates["version"] == 2
    looked: dict[str, list[str]] = {
        each["package-ecosystem"]: each.get("directories") or [each["directory"]]
        for each in updates["updates"]
    }
    locks = {
        f"/{path.parent.relative_to(ROOT)}"
        for part in ("lambda", "requirements")
        for path in (ROOT / part).glob("*.txt")
    }
    assert set(looked["pip"]) == locks
    assert [(ROOT / folder.lstrip("/") / "package-lock.json").is_file() for folder in looked["npm"]] == [True]
    assert looked["github-actions"] == ["/"]
    assert all(each["groups"] and each["schedule"]["interval"] for each in updates["updates"])
