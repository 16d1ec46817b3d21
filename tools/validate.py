"""Check the reviewed data: the protocol, the words of every locale, the models and the manifest.

Prints every problem with file and key, then exits 1 if there was one.
"""

from __future__ import annotations

import sys
from pathlib import Path

from crampguide import learning
from crampguide.dialogue.offers import load_guide
from crampguide.relief import load_relief
from crampguide.relief.load import unknown
from crampguide.reviewed import DataError
from crampguide.triage import load_protocol
from simulator.files import BrokenFileError, read_json, read_toml
from tools.models import model_lint
from tools.screens import apl_lint
from tools.words import speech_lint

ROOT = Path(__file__).parents[1]
FOLDERS = ("docs", "interaction_models", "lambda", "mcp_server", "simulator", "tools", "tests")
BROKEN_ON_PURPOSE = "tests/broken"


def problems() -> list[str]:
    """Every problem found; what is broken comes alone, for the rest is held against it."""
    if found := broken_files(ROOT):
        return found
    try:
        protocol, relief, taught = load_protocol(), load_relief(), learning.load_learning()
        load_guide()
        return [
            *(f"relief: {problem}" for problem in unknown(relief, protocol)),
            *(f"learning: {problem}" for problem in learning.unknown(taught, protocol, relief.sources)),
            *(f"screen: {problem}" for problem in apl_lint.problems()),
            *(f"speech: {problem}" for problem in speech_lint.problems()),
            *model_lint.problems(ROOT),
            *_locales(ROOT),
        ]
    except DataError as error:
        return list(error.problems)


def broken_files(root: Path) -> list[str]:
    """The data files under ``root`` that cannot be read, with the place in each and what is wrong."""
    found = []
    for path in data_files(root):
        try:
            (read_toml if path.suffix == ".toml" else read_json)(path)
        except BrokenFileError as broken:
            found.append(str(broken))
    return found


def data_files(root: Path) -> list[Path]:
    """Every TOML and JSON file of the house, but for those that tests keep because they are broken."""
    spared = root / BROKEN_ON_PURPOSE
    endings = ("*.toml", "*.json")
    found = [path for ending in endings for folder in FOLDERS for path in (root / folder).rglob(ending)]
    found += [path for ending in endings for path in root.glob(ending)]
    return sorted(path for path in found if spared not in path.parents)


def _locales(root: Path) -> list[str]:
    """A region is spoken where it is understood."""
    understood = {path.stem for path in (root / "interaction_models").glob("*.json")}
    spoken = set(speech_lint.locales())
    return [
        *(
            f"interaction_models: {locale} is spoken, but has no model"
            for locale in sorted(spoken - understood)
        ),
        *(f"speech: {locale} has a model, but no words" for locale in sorted(understood - spoken)),
    ]


def main(argv: list[str]) -> int:
    """Print the problems, or how much was checked."""
    if argv:
        print("usage: python -m tools validate", file=sys.stderr)
        return 2
    found = problems()
    for problem in found:
        print(problem, file=sys.stderr)
    if not found:
        protocol = load_protocol()
        print(
            f"{len(protocol.questions)} questions in {len(speech_lint.locales())} locales: no problem found"
        )
    return 1 if found else 0
