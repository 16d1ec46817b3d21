"""Measure start-up, turns and memory beside a minimal skill on the same SDK.

Both are sent the very same requests, those of a conversation with this skill. Both are measured in fresh
processes that take turns, so that a busy machine is busy for both; the medians
are compared. Figures are for people: a missed target is printed, never an error.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from tools import duration

ROOT = Path(__file__).parents[1]
PROBE = ROOT / "tools" / "bench_probe.py"
ROUNDS = 15
Measured = dict[str, Any]


class Skill(NamedTuple):
    """A skill to measure: the folder of its handler and the handler's module."""

    folder: Path
    module: str


class Figure(NamedTuple):
    """One line of the comparison; `target` is the highest ratio wanted, if one is."""

    key: str
    label: str
    unit: str
    target: float | None = None


MINIMAL = Skill(ROOT / "tools", "bench_minimal")
OURS = Skill(ROOT / "lambda", "lambda_function")
FIGURES = (
    Figure("import", "import, fresh process", "ms", 1.25),
    Figure("first", "first turn", "ms"),
    Figure("p50", "warm turn, p50", "ms", 1.3),
    Figure("p99", "warm turn, p99", "ms"),
    Figure("memory", "peak memory", "MB"),
)


def measure(skill: Skill, recorded: Path) -> Measured:
    """One fresh process's figures for the recorded requests."""
    measured: Measured = json.loads(probe(skill, str(recorded)))
    return measured


def probe(skill: Skill, *recorded: str) -> str:
    """What the probe of a skill prints."""
    command = [sys.executable, "-P", str(PROBE), str(skill.folder), skill.module, *recorded]
    # Both skills are measured with bytecode, whatever the caller's own Python is told about writing it.
    env = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    done = subprocess.run(command, cwd=ROOT, env=env, stdout=subprocess.PIPE, text=True, check=True)  # noqa: S603
    return done.stdout


def alternate(rounds: int) -> tuple[list[Measured], list[Measured]]:
    """The figures of both skills, measured in turn after one run each that leaves bytecode behind."""
    with TemporaryDirectory() as folder:
        recorded = Path(folder) / "requests.json"
        recorded.write_text(probe(OURS), encoding="utf-8")
        measure(MINIMAL, recorded)
        pairs = [(measure(MINIMAL, recorded), measure(OURS, recorded)) for _ in range(rounds)]
    return [minimal for minimal, _ in pairs], [ours for _, ours in pairs]


def compare(figure: Figure, minimal: Sequence[Measured], ours: Sequence[Measured]) -> list[str]:
    """The cells of one line: both medians, their ratio, the target and whether it is met."""
    low, high = (median(run[figure.key] for run in runs) for runs in (minimal, ours))
    ratio = high / low
    cells = [figure.label, f"{low:.2f} {figure.unit}", f"{high:.2f} {figure.unit}", f"{ratio:.2f}"]
    if figure.target is None:
        return [*cells, "", ""]
    return [*cells, f"<= {figure.target}", "met" if ratio <= figure.target else "MISSED"]


def table(rows: Sequence[Sequence[str]]) -> str:
    """Rows of cells as aligned text, the first column to the left and the others to the right."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = [
        [
            cell.rjust(width) if place else cell.ljust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        for row in rows
    ]
    return "\n".join("  ".join(line).rstrip() for line in lines)


def speed() -> str:
    """The comparison with the minimal skill."""
    minimal, ours = alternate(ROUNDS)
    heading = ["", "minimal", "this skill", "ratio", "target", ""]
    unwanted = sorted({name for run in ours for name in run["unwanted"]})
    return "\n".join(
        [
            f"Medians of {ROUNDS} fresh processes each, in turn; Python {sys.version.partition(' ')[0]}",
            table([heading, *(compare(figure, minimal, ours) for figure in FIGURES)]),
            f"imported though unwanted: {', '.join(unwanted) or 'nothing'} (of boto3, flask, yaml)",
        ]
    )


# Each answers with a finished section of text, printed in this order.
SECTIONS: tuple[Callable[[], str], ...] = (speed, duration.section)


def main(argv: list[str]) -> int:
    """Print every section; takes no options."""
    if argv:
        print("usage: python -m tools bench", file=sys.stderr)
        return 2
    for section in SECTIONS:
        print(section(), end="\n\n", flush=True)
    return 0
