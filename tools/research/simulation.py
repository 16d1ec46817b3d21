"""Many calls at once: their draws, their outcomes, and how many emergencies were missed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from crampguide.triage import Level
from tools.research.callers import Call, Design, Outcome, Suppositions, data, people

_LONGEST = 400
"""Draws a conversation may use; one that needs more is a loop, and an error."""
_USUAL = 40


def simulate(kind: str, design: Design, rate: float, supposed: Suppositions, seed: int = 0) -> list[Outcome]:
    """As many calls of the ``kind`` emergency or healthy as the file says.

    The same seed gives the same calls; without one it is the seed of the file.
    """
    chance = np.random.default_rng(seed or data()["seed"])
    who, calls = people(kind), data()["callers_simulated"][kind]
    drawn = chance.choice(len(who), size=calls, p=[weight for _, weight in who]).tolist()
    draws = chance.random((calls, _LONGEST))
    return [
        Call(who[index][0], design, rate, supposed, _one_by_one(row)).hold()
        for index, row in zip(drawn, draws, strict=True)
    ]


def _one_by_one(row: np.ndarray) -> Iterator[float]:
    """The draws of a call, of which hardly one needs more than a few; handing them over is what costs."""
    yield from row[:_USUAL].tolist()
    yield from row[_USUAL:].tolist()


def missed(outcomes: Sequence[Outcome]) -> float:
    """The share that was told something calmer than an emergency, or nothing."""
    return sum(outcome.level is not Level.EMERGENCY for outcome in outcomes) / len(outcomes)
