"""Simulate callers whose answers are misheard; write or check docs/misheard.md and its plot.

`--check` holds some of the calls again and compares what came of them: it fails where the skill has come to
answer otherwise. To simulate all takes about two minutes, and needs the packages of the group research,
which `make docs` gets.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
from importlib.util import find_spec
from pathlib import Path

from tools.research import callers, simulation

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "misheard.md"
PLOT = ROOT / "docs" / "images" / "misheard.svg"
_RESTS_ON = (
    callers.DATA,
    *(Path(__file__).with_name(name) for name in ("callers.py", "simulation.py", "figures.py")),
)
_TRIED = 150
"""Calls of each kind whose ends say whether the skill still answers as it did."""
_MARK = "<!-- made from {} -->"
_NEEDS = ("matplotlib",)


def fingerprint() -> str:
    """The hash of what the figures rest on: what is supposed, how it is simulated, how the skill answers."""
    found = hashlib.sha256()
    for path in _RESTS_ON:
        found.update(path.read_bytes())
    worst, supposed = max(callers.data()["rates"]), callers.suppositions()
    for kind in ("emergency", "healthy"):
        found.update(repr(simulation.simulate(kind, worst, supposed, calls=_TRIED)).encode())
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
