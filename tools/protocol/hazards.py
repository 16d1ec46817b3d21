"""Write the hazard log for the clinical safety officer; `--check` says what is stale or proved by no test."""

from __future__ import annotations

import argparse
import ast
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import jinja2

from simulator.files import read_text, read_toml

ROOT = Path(__file__).parents[2]
LAYOUT = Path(__file__).with_name("layout")
PAGE = ROOT / "docs" / "hazard-log.md"


def problems(log: Mapping[str, Any], root: Path = ROOT) -> Iterator[str]:
    """Yield what is wrong with a log, each naming its hazard: no control, or one that no test proves."""
    for hazard in log["hazard"]:
        if not hazard.get("control"):
            yield f"{hazard['id']}: has no control"
        for control in hazard.get("control", ()):
            if not control["tests"]:
                yield f"{hazard['id']}: no test proves that {control['control'].lower()}"
            missing = (test for test in control["tests"] if not _exists(test, root))
            yield from (f"{hazard['id']}: there is no {test}" for test in missing)


def page(log: Mapping[str, Any]) -> str:
    """The log as a page for people; the highest risk first."""
    shown = [{**hazard, "risk": _risk(log, hazard)} for hazard in log["hazard"]]
    for hazard in shown:
        hazard["likelihood"] = hazard["likelihood"].replace("_", " ")
        hazard["controls"] = [
            {**control, "proofs": ", ".join(map(_linked, control["tests"]))} for control in hazard["control"]
        ]
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(LAYOUT),
        undefined=jinja2.StrictUndefined,
        autoescape=False,  # noqa: S701 - a Markdown page of our own data
    )
    text = environment.get_template("hazard-log.md.j2").render(
        log["risk"]
        | {
            "hazards": sorted(shown, key=lambda hazard: -hazard["risk"]),
            "matrix": [(name.replace("_", " "), row) for name, row in log["risk"]["matrix"].items()],
        }
    )
    return text.rstrip() + "\n"


def main(argv: list[str]) -> int:
    """Write the page, or with ``--check`` look whether it is stale. Return 1 if it is, or for any problem."""
    parser = argparse.ArgumentParser(prog="python -m tools hazards", description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; say what is wrong")
    check = parser.parse_args(argv).check
    log = read_toml(LAYOUT / "hazards.toml")
    found = [f"hazards.toml: {problem}" for problem in problems(log)]
    made = page(log)
    if not check:
        PAGE.write_text(made, encoding="utf-8")
    elif not PAGE.is_file() or read_text(PAGE) != made:
        found.append(f"docs/{PAGE.name}: not what hazards.toml says now; run `make docs`")
    print(*found, sep="\n", end="\n" if found else "", file=sys.stderr)
    return int(bool(found))


def _risk(log: Mapping[str, Any], hazard: Mapping[str, Any]) -> int:
    row = log["risk"]["matrix"][hazard["likelihood"]]
    risk: int = row[log["risk"]["severities"].index(hazard["severity"])]
    return risk


def _exists(test: str, root: Path) -> bool:
    """Look whether a file of tests, or ``file::function`` in it, is there."""
    file, _, name = test.partition("::")
    path = root / file
    if not path.is_file() or not name:
        return path.is_file()
    body = ast.parse(read_text(path)).body
    return any(isinstance(node, ast.FunctionDef) and node.name == name for node in body)


def _linked(test: str) -> str:
    file, _, name = test.partition("::")
    return f"[{(name or Path(file).stem).replace('_', ' ')}](../{file})"
