"""Write docs/dependencies.md, every package asked for with its reason and licence; or check it is fresh."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

from simulator.files import read_toml
from tools.setup import locks

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "dependencies.md"
LICENCES = Path(__file__).with_suffix(".toml")
GROUPS = {
    "What ships to AWS Lambda": "lambda",
    "A conversation on this machine": "talk",
    "The kit for testing skills": "kit",
    "Hosting without Lambda": "webservice",
    "Other assistants": "mcp",
    "The hands-free speaker": "speech",
    "npm where the machine has none": "npm",
    "The runtime in the tests": "runtime",
    "Pinning packages": "lock",
    "The workshop": "dev",
    "The simulation of misheard answers": "research",
    "Mutation testing": "mutation",
    "The training of the understanding": "understand",
}
_GROUP = re.compile(r"^([a-z]+) = \[.*\n((?:  .*\n)*)\]", re.MULTILINE)
_ASKED = re.compile(r'^  "([^"]+)", *# (.+)$', re.MULTILINE)
_INTRODUCTION = """\
# Dependencies

Written by `python -m tools dependencies` from the dependency groups of `pyproject.toml`, their lock files
and `tools/release/dependencies.toml`. Every version is pinned, with the hashes of its files, in the lock of
each group, `requirements/<group>.txt` and `lambda/requirements.txt`; what these packages need themselves is
pinned there too, and listed by `make sbom`. The ASK CLI and what it needs is pinned by integrity in
`tools/release/cli/package-lock.json` and installed without running scripts; it is Apache-2.0.
"""


def licences() -> dict[str, str]:
    """The licence of each package that is asked for, as somebody looked it up: its SPDX expression."""
    listed: dict[str, str] = read_toml(LICENCES)["licence"]
    return listed


def asked(group: str) -> list[tuple[str, str]]:
    """Each package that a group names itself, with its reason."""
    written = dict(_GROUP.findall(locks.PROJECT.read_text(encoding="utf-8")))
    return [(locks.name_of(package), reason) for package, reason in _ASKED.findall(written[group])]


def version(group: str, package: str) -> str:
    """The pinned version, or several where Pythons differ."""
    return " or ".join(pin.version for pin in locks.read(group) if pin.name == package)


def page() -> str:
    """The page."""
    known = licences()
    lines = [_INTRODUCTION]
    for title, group in GROUPS.items():
        lines += [f"## {title}\n", "| package | version | licence | reason |", "|---|---|---|---|"]
        for package, reason in asked(group):
            lines.append(f"| {package} | {version(group, package)} | {known[package]} | {reason} |")
        lines.append("")
    return "\n".join(lines)


def stated(package: str) -> Iterator[str]:
    """The licence as an installed package states it itself, in as many places as it does."""
    about = metadata.metadata(package)
    for field in ("License-Expression", "License", "Classifier"):
        yield from (each for each in about.get_all(field) or [] if field != "Classifier" or "License" in each)


def main(argv: list[str]) -> int:
    """Write the page, or with ``--check`` return 1 where it is stale."""
    parser = argparse.ArgumentParser(prog="python -m tools dependencies", description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; say whether the page is stale")
    if not parser.parse_args(argv).check:
        PAGE.write_text(page(), encoding="utf-8")
        print(f"wrote {PAGE.name}")
        return 0
    fresh = PAGE.is_file() and PAGE.read_text(encoding="utf-8") == page()
    if not fresh:
        print(f"{PAGE.name}: is stale; run `python -m tools dependencies`", file=sys.stderr)
    return int(not fresh)
