"""Many calls at once: their draws, their outcomes, and what became of the callers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from random import Random
from typing import NamedTuple

from crampguide.triage import Level
from tools.research.callers import Call, Outcome, Suppositions, data, people

_LONGEST = 1000
"""Draws a conversation may use; one that needs more is a loop, and an error."""


class Figures(NamedTuple):
    """The ends of the calls, as shares of one; and the answers that a healthy one gives."""

    missed: float
    heard: float
    left: float
    turns: float


def simulate(
    kind: str, rate: float, supposed: Suppositions, *, calls: int | None = None, seed: int | None = None
) -> list[Outcome]:
    """Calls of the ``kind`` emergency or healthy: as many as the file says, with its seed, unless given.

    The same seed gives the same calls.
    """
    chance = Random(data()["seed"] if seed is None else seed)  # noqa: S311 - chance in a simulation, no secret
    who = people(kind)
    wanted = data()["callers_simulated"][kind] if calls is None else calls
    drawn = chance.choices([each for each, _ in who], [weight for _, weight in who], k=wanted)
    return [Call(true, rate, supposed, islice(_draws(chance), _LONGEST)).hold() for true in drawn]


def _draws(chance: Random) -> Iterator[float]:
    while True:
        yield chance.random()


def missed(outcomes: Sequence[Outcome]) -> float:
    """The share that was told something calmer than an emergency, or nothing."""
    return sum(outcome.level is not Level.EMERGENCY for outcome in outcomes) / len(outcomes)


def figures(rate: float, supposed: Suppositions) -> Figures:
    """The figures at one rate."""
    ill, well = (simulate(kind, rate, supposed) for kind in ("emergency", "healthy"))
    return Figures(
        missed(ill),
        sum(outcome.alarmed for outcome in well) / len(well),
        sum(outcome.level is Level.EMERGENCY for outcome in well) / len(well),
        sum(outcome.turns for outcome in well) / len(well),
    )
