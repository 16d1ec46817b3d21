"""What the guide for maintainers tells to run, and the limits that it says are held."""

from __future__ import annotations

import re
from pathlib import Path

from tests.house.test_pages import ROOT
from tools.__main__ import MODULES

GUIDE = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")


def test_every_verb_of_the_tools_exists() -> None:
    named = set(re.findall(r"python -m tools ([a-z][a-z_-]*[a-z])", GUIDE))
    assert {"record", "diff", "models", "prove"} <= named
    assert named <= set(MODULES)


def test_every_verb_of_make_exists() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    run = [command.split() for command in re.findall(r"`make ([a-z -]+)", GUIDE)]
    assert run
    assert {verb for verbs in run for verb in verbs if verb != "--"} <= targets


def test_the_tests_that_hold_the_limits_exist() -> None:
    named = re.findall(r"`(tests/[\w/]+\.py)`", GUIDE)
    assert "tests/triage/test_space.py" in named
    assert [name for name in named if not Path(ROOT, name).is_file()] == []
