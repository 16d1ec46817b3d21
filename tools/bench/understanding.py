"""Measure the cost of understanding people's own words: its file, the first use of it, and each utterance."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter

from crampguide.understand import reader
from crampguide.understand.reader import HERE, WEIGHTS
from tools.bench.table import table
from tools.understand.rows import Frames, own_words
from tools.understand.train import FOLDER, languages

ROUNDS = 9
_LOAD = """
from time import perf_counter
start = perf_counter()
from crampguide.understand import reader
imported = perf_counter()
reader({language!r}).read("my foot is a strange color")
print(imported - start, perf_counter() - imported)
"""


def section() -> str:
    """Size, load and time per utterance of each language, over the rows that figures are of."""
    lines = []
    for language in languages():
        starts = [_start(language) for _ in range(ROUNDS)]
        taken = sorted(_taken(language))
        lines.append(
            [
                language,
                f"{(HERE / language / WEIGHTS).stat().st_size / 1e6:.1f} MB",
                f"{1000 * median(imported for imported, _ in starts):.1f} ms",
                f"{1000 * median(first for _, first in starts):.1f} ms",
                f"{1000 * median(taken):.2f} ms",
                f"{1000 * quantiles(taken, n=100)[-1]:.2f} ms",
            ]
        )
    heads = ["language", "file", "import", "first reading", "a reading", "99 of 100 within"]
    return "Understanding people's own words (aim: below 5 ms a reading)\n" + table([heads, *lines])


def _start(language: str) -> tuple[float, float]:
    done = subprocess.run(  # noqa: S603 - our own code
        [sys.executable, "-c", _LOAD.format(language=language)],
        cwd=Path(__file__).parents[2] / "lambda",
        capture_output=True,
        text=True,
        check=True,
    )
    imported, first = map(float, done.stdout.split())
    return imported, first


def _taken(language: str) -> list[float]:
    by, folder = reader(language), FOLDER / language
    found = []
    for row in own_words(folder, Frames(folder)):
        if not row.aside:
            continue
        start = perf_counter()
        by.read(row.said)
        found.append(perf_counter() - start)
    return found
