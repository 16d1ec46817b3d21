"""Trains the reader of what words mean, on vectors of single words that somebody else's model gave.

An utterance is the mean of its words' vectors, the rarer ones counting more, beside the greatest value that
any word has in each direction. A hidden layer each for the labels, the stances and the wants follows.
"""

from __future__ import annotations

import warnings
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.exceptions import ConvergenceWarning
from sklearn.neural_network import MLPClassifier

COMMON = 3e-3
"""A word that makes up this share of all words counts half."""
HIDDEN = (64, 24, 24)
ROUNDS, BATCH, RATE, DECAY = 14, 256, 3e-3, 1e-4
STRETCH = 4.0
_MOST, _MOST_UNSIGNED = 127, 255
_SEED = 3


class Vectors:
    """The vectors of the words of a language, in small integers."""

    def __init__(self, path: Path) -> None:
        held = np.load(path)
        self.words: list[str] = [str(each) for each in held["words"]]
        vectors = held["vectors"].astype(np.float32)
        vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-6)
        self.step = STRETCH * float(np.abs(vectors).max()) / _MOST
        self.table = np.round(STRETCH * vectors / self.step).astype(np.int8)
        self.place = {word: at for at, word in enumerate(self.words)}


class Meanings:
    """The weights learned from some rows."""

    def __init__(
        self,
        said: Sequence[Sequence[str]],
        answers: Sequence[np.ndarray],
        weights: Sequence[np.ndarray],
        vectors: Vectors,
    ) -> None:
        counts = Counter(word for row in said for word in row)
        total = sum(counts.values())
        shares = np.array([COMMON / (COMMON + counts[word] / total) for word in vectors.words])
        self.weight_step = 1 / _MOST_UNSIGNED
        self.weights = np.maximum(1, np.round(shares / self.weight_step)).astype(np.uint8)
        self._vectors = vectors
        entry = self.entries(said)
        fitted = [
            _fit(size, entry, answer, each)
            for size, answer, each in zip(HIDDEN, answers, weights, strict=True)
        ]
        self.label_model = fitted[0]
        self.layers = [_layers(each) for each in fitted]

    def entries(self, said: Sequence[Sequence[str]]) -> np.ndarray:
        """The input of the nets for each utterance."""
        return np.array([self._entry(row) for row in said], np.float32)

    def _entry(self, said: Sequence[str]) -> np.ndarray:
        places = [self._vectors.place[word] for word in said if word in self._vectors.place]
        if not places:
            return np.zeros(2 * self._vectors.table.shape[1], np.float32)
        shares = self.weights[places][:, None] * self.weight_step
        weighted = self._vectors.table[places].astype(np.float32) * self._vectors.step * shares
        return np.concatenate([weighted.sum(0) / shares.sum(), weighted.max(0)])


def _fit(size: int, entry: np.ndarray, answer: np.ndarray, weights: np.ndarray) -> Any:  # noqa: ANN401 - untyped
    net = MLPClassifier(
        (size,), alpha=DECAY, batch_size=BATCH, max_iter=ROUNDS, learning_rate_init=RATE, random_state=_SEED
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)  # the rounds are few on purpose
        rows = np.flatnonzero(weights)
        return net.fit(entry[rows], answer[rows], sample_weight=weights[rows])


def _layers(net: Any) -> list[np.ndarray]:  # noqa: ANN401
    (hidden, head), (hidden_bias, head_bias) = net.coefs_, net.intercepts_
    return [hidden.T, hidden_bias, head.T, head_bias]
