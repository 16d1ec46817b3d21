"""The verbs that people and continuous integration use."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tools import __main__ as tools

ROOT = Path(__file__).parents[2]
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
MAIN = re.compile(r"^def main\(", re.MULTILINE)
VERBS = set(re.findall(r"^([a-z-]+):", MAKEFILE, re.MULTILINE))


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md", ".ci/run"])
def test_every_verb_a_page_names_exists(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    named = set(re.findall(r"(?:`|^|\| )make (?:-s )?([a-z-]+)", text, re.MULTILINE))
    assert named, "the pattern no longer fits the page"
    assert named <= VERBS


def test_every_verb_is_explained_and_phony() -> None:
    explained = set(re.findall(r"^([a-z-]+):.*## \S", MAKEFILE, re.MULTILINE))
    phony = re.search(r"^\.PHONY: (.*)$", MAKEFILE, re.MULTILINE)
    assert phony
    assert explained == VERBS == set(phony[1].split())


def test_help_lists_every_verb() -> None:
    listing = subprocess.run(
        ["make", "-s", "help"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    assert set(re.findall(r"^  make ([a-z-]+) ", listing, re.MULTILINE)) == VERBS


def test_the_makefile_calls_only_tools_that_exist() -> None:
    called = set(re.findall(r"-m tools ([a-z_]+)", MAKEFILE))
    assert called
    assert called <= set(tools.verbs())


def test_every_module_with_a_main_is_a_verb() -> None:
    entries = [
        path.relative_to(tools.HERE)
        for path in tools.HERE.rglob("[a-z]*.py")
        if MAIN.search(path.read_text())
    ]
    assert {".".join(path.with_suffix("").parts) for path in entries} == set(tools.MODULES.values())
    assert list(tools.MODULES) == sorted(tools.MODULES)


def test_every_tool_says_in_one_line_what_it_does() -> None:
    assert {name for name, line in tools.verbs().items() if not line} == set()


def test_tools_imports_only_the_verb_that_runs() -> None:
    code = "import sys; from tools import __main__ as t; t.usage(); print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    ours = {name for name in loaded.stdout.split() if name.startswith("tools.")}
    assert ours == {"tools.__main__", "tools.entry"}


def test_help_of_tools_is_a_success(capsys: pytest.CaptureFixture[str]) -> None:
    assert tools.main(["--help"]) == 0
    assert "  bootstrap " in capsys.readouterr().out


@pytest.mark.parametrize("argv", [[], ["nonsense"], ["__main__"]], ids=["none", "unknown", "no verb"])
def test_an_unknown_tool_gets_the_list_and_two(argv: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert tools.main(argv) == 2
    assert "usage: python -m tools VERB" in capsys.readouterr().err
