"""Nothing in the simulator is about this skill: what is comes from it, by the names in pyproject.toml."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

from simulator.skill import Hooks

ROOT = Path(__file__).parents[2]
ENTRY = ROOT / "simulator" / "__init__.py"
"""Says in a clone which command gets what is missing, with what the other packages say it with."""
FILES = [
    path for path in (ROOT / "simulator").rglob("*") if path.is_file() and "__pycache__" not in path.parts
]
OURS = re.compile(
    r"\b(legs?|cal(f|ves)|cramp\w*|sciatica|symptom\w*|chest|diagnos\w*|urinat\w*)\b", re.IGNORECASE
)


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        match node:
            case ast.Import(names=names):
                yield from (each.name.partition(".")[0] for each in names)
            case ast.ImportFrom(module=str() as module):
                yield module.partition(".")[0]


def test_nothing_in_it_mentions_what_this_skill_is_about() -> None:
    assert len(FILES) > 50
    lines = (
        (path.relative_to(ROOT).as_posix(), line)
        for path in FILES
        if path.suffix != ".npz"
        for line in path.read_text(encoding="utf-8").splitlines()
    )
    assert [(name, line) for name, line in lines if OURS.search(line)] == []


def test_it_imports_nothing_of_this_project() -> None:
    projects = {"crampguide", "lambda_function", "mcp_server", "tests", "tools", "webservice"}
    found = {
        path.name: {*imported(path)} & projects for path in FILES if path.suffix == ".py" and path != ENTRY
    }
    assert {name: modules for name, modules in found.items() if modules} == {}


def test_every_hook_is_handed_in_by_this_skill() -> None:
    handed = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["simulator"]
    assert handed.keys() == {*Hooks._fields}
