"""Simulate misheard answers for each way of asking; write or check docs/misheard.md and its plot.

`--check` compares a fingerprint of what the figures rest on; to simulate again takes about a minute, and
needs the packages of the group research, which `make docs` gets.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
from importlib.util import find_spec
from pathlib import Path

from tools.research import callers

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "misheard.md"
PLOT = ROOT / "docs" / "images" / "misheard.svg"
_RESTS_ON = (
    callers.DATA,
    Path(callers.__file__),
    Path(__file__).with_name("simulation.py"),
    ROOT / "lambda" / "crampguide" / "triage" / "protocol.toml",
)
_MARK = "<!-- made from {} -->"
_NEEDS = ("matplotlib", "numpy")


def fingerprint() -> str:
    """The hash of what the figures rest on: data, simulation, protocol."""
    found = hashlib.sha256()
    for path in _RESTS_ON:
        found.update(path.read_bytes())
    return found.hexdigest()


def main(argv: list[str]) -> int:
    """Simulate and write, or with ``--check`` return 1 where the page rests on something else."""
    parser = argparse.ArgumentParser(prog="python -m tools misheard", description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; say whether the page is stale")
    check = parser.parse_args(argv).check
    callers.data()  # a broken file is named before anything else is said
    mark = _MARK.format(fingerprint())
    if check:
        fresh = PAGE.is_file() and PAGE.read_text(encoding="utf-8").startswith(mark)
        return 0 if fresh else _failed(f"{PAGE.name}: rests on something else by now; run `make docs`")
    if missing := [name for name in _NEEDS if find_spec(name) is None]:
        return _failed(f"{' and '.join(missing)}: not installed; run `make docs`, which gets what is needed")
    from tools.research import figures  # noqa: PLC0415 - a check does without the packages that this needs

    PAGE.write_text(figures.page(mark), encoding="utf-8")
    figures.plot(PLOT)
    print(PAGE.read_text(encoding="utf-8"))
    return 0


def _failed(complaint: str) -> int:
    print(complaint, file=sys.stderr)
    return 1
