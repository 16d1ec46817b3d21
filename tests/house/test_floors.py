"""The floors of the dialogue: how many modules stand on one another, and on what."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

PACKAGE = "crampguide.dialogue"
FOLDER = Path(__file__).parents[2] / "lambda" / "crampguide" / "dialogue"
MOST_FLOORS = 6
NAMES = {path.stem for path in FOLDER.glob("*.py")} - {"__init__"}
"""The front door is on no floor: it only names what others may use."""


@cache
def below(name: str) -> frozenset[str]:
    """The modules of the dialogue that this one imports."""
    found = set()
    for node in ast.walk(ast.parse((FOLDER / f"{name}.py").read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module == PACKAGE:
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith(f"{PACKAGE}."):
            found.add((node.module or "").removeprefix(f"{PACKAGE}."))
    return frozenset(found)


@cache
def floor(name: str) -> int:
    return 1 + max(map(floor, below(name)), default=0)


def test_the_dialogue_stands_on_few_floors() -> None:
    assert {floor(name) for name in NAMES} == set(range(1, MOST_FLOORS + 1))


def test_no_module_of_it_goes_through_the_front_door() -> None:
    for name in NAMES:
        assert below(name) <= NAMES, name
