"""The version stands in pyproject.toml; whatever shows one reads it there."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from simulator import __main__ as simulator
from simulator.skill import Skill
from tools import version
from tools.docs import api
from tools.protocol import pages, sheet
from tools.release import sbom

ROOT = Path(__file__).parents[2]
OTHER = "98.76.54"


def written() -> str:
    found: str = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    return found


def test_the_simulator_says_it_and_no_more() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "simulator", "--version"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout == f"Leg Cramp Guide {written()}\n"


def test_the_changelog_is_cut_at_it() -> None:
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    releases = re.findall(r"^## (\d+\.\d+\.\d+) - \d{4}-\d{2}-\d{2}$", text, re.MULTILINE)
    assert releases[0] == written()
    assert releases == sorted(releases, key=lambda each: [*map(int, each.split("."))], reverse=True)


@pytest.fixture
def other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The project at another version."""
    project = tmp_path / "pyproject.toml"
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    project.write_text(text.replace(f'version = "{written()}"', f'version = "{OTHER}"', 1), encoding="utf-8")
    monkeypatch.setattr(version, "PROJECT", project)
    (tmp_path / "models").symlink_to(ROOT / "interaction_models")
    (tmp_path / "skill.json").symlink_to(ROOT / "skill.json")
    monkeypatch.setattr(simulator, "here", lambda: Skill(tmp_path))
    monkeypatch.setattr(sbom, "PROJECT", project)
    return OTHER


def test_the_simulator_reads_it_there(other: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="0"):
        simulator.main(["--version"])
    assert other in capsys.readouterr().out


def test_every_page_of_the_protocol_shows_it(other: str) -> None:
    made = pages.pages(sheet.sheet())
    shown = {name: page for name, page in made.items() if name.endswith((".md", ".pdf"))}
    assert len(shown) == 7
    assert {name for name, page in shown.items() if other.encode() not in page} == set()


@pytest.mark.parametrize("name", ["protocol.md", "protocol-checklist.md", "protocol-emergency.md"])
def test_the_committed_pages_show_this_one(name: str) -> None:
    head = (ROOT / "docs" / name).read_text(encoding="utf-8")[:1000]
    assert re.search(rf"Leg Cramp Guide( \| version)? {re.escape(written())}\b", head)


def test_a_bill_of_materials_is_of_it(other: str, tmp_path: Path) -> None:
    bill = json.loads(sbom.write("npm", tmp_path).read_text(encoding="utf-8"))
    component = bill["metadata"]["component"]
    assert (component["name"], component["version"]) == ("leg-cramp-guide", other)


def test_the_documentation_of_the_functions_shows_it(other: str, tmp_path: Path) -> None:
    assert api.main([], ["crampguide.triage"], tmp_path) == 0
    assert f"Leg Cramp Guide {other}" in (tmp_path / "crampguide" / "triage.html").read_text(encoding="utf-8")
