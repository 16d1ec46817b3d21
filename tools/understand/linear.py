"""Trains the linear reader: words, pairs of words and pieces of words, weighed by how rare they are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np
from scipy import sparse
from sklearn.linear_model import SGDClassifier

from crampguide.understand.text import features

SEEN, PIECES = 4, 14_000
"""How often a word or pair must be seen, and how many pieces are kept."""
SMOOTHING, ROUNDS = 2e-6, 7
LEAST, GREATEST = 0.8, 16.0
"""Smaller weights are dropped, greater ones cut."""
_MOST, _MOST_RARE = 63, 63
_SEED = 1
Blocks = Sequence[tuple[set[int], set[int]]]


class Linear:
    """The weights learned from some rows: a row of weights for each feature, a column for each answer."""

    def __init__(
        self, said: Sequence[Sequence[str]], answers: Sequence[np.ndarray], weights: Sequence[np.ndarray]
    ) -> None:
        found = [features(each) for each in said]
        self.features = sorted(_chosen(found))
        self._place = {each: at for at, each in enumerate(self.features)}
        counts = Counter(each for row in found for block in row for each in block if each in self._place)
        rarity = np.array([1 + np.log((1 + len(found)) / (1 + counts[each])) for each in self.features])
        self.rarity_step = float(rarity.max()) / _MOST_RARE
        self.rarity = np.round(rarity / self.rarity_step).astype(np.uint8)
        matrix = self.matrix(found)
        fitted = [_fit(matrix, answer, each) for answer, each in zip(answers, weights, strict=True)]
        self.label_model = fitted[0]
        self.bias = np.concatenate([each.intercept_ for each in fitted])
        dense = np.concatenate([each.coef_ for each in fitted]).T
        self.value_step = min(float(np.abs(dense).max()), GREATEST) / _MOST
        kept = np.where(np.abs(dense) >= LEAST, np.clip(dense, -GREATEST, GREATEST), 0.0)
        self.label_model.coef_ = kept.T[: len(self.label_model.coef_)]
        self.weights = sparse.csr_matrix(np.round(kept / self.value_step).astype(np.int8))

    def matrix(self, found: Blocks) -> Any:  # noqa: ANN401 - scipy has no types
        """A row of weighed features for each utterance."""
        rows: list[int] = []
        columns: list[int] = []
        values: list[float] = []
        idf = self.rarity * self.rarity_step
        for row, blocks in enumerate(found):
            for block in blocks:
                places = [self._place[each] for each in sorted(block) if each in self._place]
                weights = idf[places]
                size = np.sqrt((weights**2).sum()) or 1.0
                rows += [row] * len(places)
                columns += places
                values += list(weights / size)
        return sparse.csr_matrix((values, (rows, columns)), shape=(len(found), len(self.features)))


def _chosen(found: Blocks) -> set[int]:
    words = Counter(each for row, _ in found for each in row)
    pieces = Counter(each for _, row in found for each in row)
    often = sorted(pieces, key=lambda each: (-pieces[each], each))[:PIECES]
    return {each for each, count in words.items() if count >= SEEN} | set(often)


def _fit(matrix: Any, answer: np.ndarray, weights: np.ndarray) -> Any:  # noqa: ANN401
    fitted = SGDClassifier(loss="log_loss", alpha=SMOOTHING, max_iter=ROUNDS, tol=None, random_state=_SEED)
    rows = np.flatnonzero(weights)
    return fitted.fit(matrix[rows], answer[rows], sample_weight=weights[rows])
