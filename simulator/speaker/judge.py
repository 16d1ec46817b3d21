"""How likely a recording is a yes, a no or an "I don't know": learnt from recordings made for it.

`tools/listening/learn_answers.py` makes the recordings, learns from them, and writes `judge.npz`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np

from simulator.speaker.moonshine import Written

FILE = Path(__file__).with_suffix(".npz")
ANSWERS = ("yes", "no", "unsure")
KINDS = (*ANSWERS, "sign", "other", "nothing")
"""The kinds that words may be of to the skill: an answer, a sign or its denial, anything else, or nothing."""
LEAST = 1e-5
EARS = ("states", "embedding", "words", "pieces")
"""The ways of hearing a sound: the recogniser's states, those of two networks for single words, and how
likely the recogniser begins with one word or another."""
FAINTEST = -20.0
"""Logarithms of probabilities below it are all alike."""
Pooled = Mapping[str, Sequence[np.ndarray]]
"""A recording by each of `EARS`: a row of numbers (see `pooled`, `begun`), cut in one way or in several."""


class Chances(NamedTuple):
    """The probabilities that a recording is one of the answers, or something else; together they are 1."""

    yes: float = 0.0
    no: float = 0.0
    unsure: float = 0.0
    other: float = 1.0

    def of(self, kind: str) -> float:
        """The probability of "yes", "no" or "unsure"; raises `KeyError` for any other kind."""
        return float(self._asdict()[kind])

    @property
    def best(self) -> float:
        """The probability of the likeliest answer."""
        return max(map(self.of, ANSWERS))


@cache
def known() -> Mapping[str, np.ndarray]:
    """Read what was learnt: `judge.npz`, with a hash of `lessons.toml` and the number of lessons."""
    with np.load(FILE) as data:
        return {name: data[name] for name in data.files}


class Judge:
    """Judges by the sound alone first, then by that and by what the recogniser makes of it."""

    def __init__(self, learnt: Mapping[str, np.ndarray]) -> None:
        """`learnt`: the layers by name, as `known` reads them."""
        self._learnt = learnt

    def chances(self, sounds: Pooled, wordings: np.ndarray) -> Chances:
        """Judge one recording. `wordings`: see `compared`."""
        return Chances(*map(float, self.joined(self.by_sound(sounds), wordings)))

    def joined(self, by_sound: np.ndarray, wordings: np.ndarray) -> np.ndarray:
        """The chances by both, in the order of `Chances`."""
        chances: np.ndarray = np.exp(_normal(self._layer(np.concatenate([by_sound, wordings]), "all")))
        return chances

    def by_sound(self, sounds: Pooled) -> np.ndarray:
        """The logarithms of the probabilities that the sound alone speaks for, by each ear in turn."""
        return np.concatenate(
            [np.mean([self._by_ear(ear, cut) for cut in sounds[ear]], axis=0) for ear in EARS]
        )

    def _by_ear(self, ear: str, pooled: np.ndarray) -> np.ndarray:
        hidden = np.maximum(self._layer(pooled, ear), 0.0)
        return np.maximum(_normal(self._layer(hidden, f"{ear}_hidden", scaled=False)), np.log(LEAST))

    def _layer(self, given: np.ndarray, name: str, *, scaled: bool = True) -> np.ndarray:
        learnt = self._learnt
        if scaled:
            given = (given - learnt[f"{name}_mean"]) / learnt[f"{name}_scale"]
        done: np.ndarray = given @ learnt[f"{name}_weights"].astype(np.float32) + learnt[f"{name}_bias"]
        return done


def together(each: Sequence[Chances]) -> Chances:
    """The chances by several hearings of the same: one that is sure against it weighs most."""
    logs = np.log(np.maximum(np.array(each), LEAST)).mean(0)
    return Chances(*map(float, np.exp(_normal(logs))))


def pooled(states: np.ndarray) -> np.ndarray:
    """All that an ear makes of a recording, a row for each moment however long, as one row of numbers."""
    half = (len(states) + 1) // 2
    return np.concatenate([states.mean(0), states.max(0), states[:half].mean(0), states[-half:].mean(0)])


def begun(logs: np.ndarray) -> np.ndarray:
    """How likely some beginnings are, as one row of numbers; `logs`: logarithms of their probabilities."""
    return np.maximum(logs, FAINTEST)


def compared(free: Written, ways: Sequence[tuple[Written, str]], meant: str, reach: float) -> np.ndarray:
    """How the likeliest wordings compare, as one row of numbers.

    `free`: what was written without help, which has the kind `meant`. `ways`: phrases of the model that are
    not less likely by more than `reach`, with their kinds.
    """
    best = dict.fromkeys(KINDS, -reach)
    for way, kind in [(free, meant), *ways]:
        best[kind] = max(best[kind], way.score - free.score)
    leads = [best[kind] - max(best[other] for other in KINDS if other != kind) for kind in ANSWERS]
    each = free.score / (len(free.ids) + 1)
    return np.array([*best.values(), *leads, free.score, each, *(float(kind == meant) for kind in KINDS)])


def _normal(logits: np.ndarray) -> np.ndarray:
    normal: np.ndarray = logits - logits.max()
    normal -= np.log(np.exp(normal).sum())
    return normal
