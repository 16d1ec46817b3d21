"""Check the reviewed data: the protocol, the words of every locale, the models and the manifest.

Prints every problem with file and key, then exits 1 if there was one.
"""

from __future__ import annotations

import sys
from pathlib import Path

from crampguide import learning
from crampguide.relief import ReliefError, load_relief
from crampguide.relief.load import unknown
from crampguide.triage import ProtocolError, load_protocol
from tools import apl_lint, model_lint, speech_lint

ROOT = Path(__file__).parents[1]


def problems() -> list[str]:
    """Every problem found; with a broken protocol its own come alone, for the rest is held against it."""
    try:
        load_protocol()
    except ProtocolError as error:
        return [f"protocol.toml: {problem}" for problem in error.problems]
    try:
        relief = load_relief()
    except ReliefError as error:
        return [f"relief: {problem}" for problem in error.problems]
    try:
        taught = learning.load_learning()
    except learning.LearningError as error:
        return [f"learning: {problem}" for problem in error.problems]
    return [
        *(f"relief: {problem}" for problem in unknown(relief, load_protocol())),
        *(f"learning: {problem}" for problem in learning.unknown(taught, load_protocol(), relief.sources)),
        *(f"speech: {problem}" for problem in speech_lint.problems()),
        *(f"screen: {problem}" for problem in apl_lint.problems()),
        *model_lint.problems(ROOT),
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
