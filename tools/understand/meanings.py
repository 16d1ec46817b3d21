"""Trains the reader of what words mean, on vectors of single words that somebody else's model gave.

An utterance is the mean of its words' vectors, the rarer ones counting more, beside the greatest value that
any word has in each direction. A hidden layer each for the labels, the stances and the wants follows. The
vectors are learned along: all are turned alike, so that a word that no row holds moves with its neighbours,
and each word that rows hold is moved on its own. What is moved is left out at times, words are left out, and
words stand in for their neighbours, so that what is learned of one word serves for those that mean the same.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from scipy import sparse
from threadpoolctl import threadpool_limits

COMMON = 3e-3
"""A word that makes up this share of all words counts half."""
HIDDEN = (192, 32, 24)
BATCHES, BATCH, RATE = 14_000, 256, 2e-3
"""How often how many rows are drawn, each as often as it weighs, and how fast is learned from them."""
LONGEST = 20
"""Words of an utterance that are learned from."""
UNMOVED, LEFT_OUT, SWAPPED = 0.3, 0.15, 0.25
"""The shares of words that are taken unmoved, left out, and swapped for a neighbour while learning ..."""
SILENT = 0.25
"""... and of the places of a hidden layer that are left out."""
FEW = 2
"""Of so few words none is left out."""
NEIGHBOURS = 5
MOVED = 0.3
"""The rate of a single word's move, beside all others'."""
STRETCH = 4.0
LEVELS = 24
"""Steps of a vector's numbers to each side of nothing."""
_MOST, _MOST_UNSIGNED = 127, 255
_SEED = 3
_NEVER = -1e9
_KEPT, _KEPT_SQUARE = 0.9, 0.999
Values = dict[str, np.ndarray]


class Vectors:
    """The vectors of the words of a language, with the nearest words of each; place 0 stands for no word."""

    def __init__(self, path: Path) -> None:
        held = np.load(path)
        self.words: list[str] = [str(each) for each in held["words"]]
        self.place = {word: at for at, word in enumerate(self.words, start=1)}
        vectors = held["vectors"].astype(np.float32)
        vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-6)
        self.table = np.concatenate([np.zeros_like(vectors[:1]), STRETCH * vectors])
        self.near = np.concatenate([np.zeros((1, NEIGHBOURS), int), *_nearest(vectors)])

    def places(self, said: Sequence[Sequence[str]]) -> np.ndarray:
        """The places of the words of each utterance, filled up with 0."""
        found = np.zeros((len(said), LONGEST), int)
        for row, spoken in enumerate(said):
            known = [self.place[word] for word in spoken if word in self.place][:LONGEST]
            found[row, : len(known)] = known
        return found


def _nearest(vectors: np.ndarray) -> Iterator[np.ndarray]:
    for start in range(0, len(vectors), 1000):
        alike = vectors[start : start + 1000] @ vectors.T
        yield 1 + np.argpartition(-alike, NEIGHBOURS, axis=1)[:, :NEIGHBOURS]


class Layers:
    """The layers of a net: each a row of whole numbers for each that it leads to, their step, and biases."""

    def __init__(
        self, hidden: np.ndarray, hidden_bias: np.ndarray, head: np.ndarray, head_bias: np.ndarray
    ) -> None:
        self.hidden_bias, self.head_bias = hidden_bias, head_bias
        self.hidden_step, self.head_step = (float(np.abs(each).max()) / _MOST for each in (hidden, head))
        self.hidden = np.round(hidden / self.hidden_step).astype(np.int8)
        self.head = np.round(head / self.head_step).astype(np.int8)


class Meanings:
    """The weights learned from some rows: a table of words, and the layers of each net."""

    def __init__(
        self,
        said: Sequence[Sequence[str]],
        answers: Sequence[np.ndarray],
        weights: Sequence[np.ndarray],
        vectors: Vectors,
    ) -> None:
        self._vectors = vectors
        counts = Counter(word for row in said for word in row)
        total = sum(counts.values())
        shares = np.array([COMMON / (COMMON + counts[word] / total) for word in vectors.words])
        self.weight_step = 1 / _MOST_UNSIGNED
        self.weights = np.maximum(1, np.round(shares / self.weight_step)).astype(np.uint8)
        learned = _Learning(vectors, np.concatenate([[0], self.weights * self.weight_step]), answers)
        with threadpool_limits(1):  # the matrices are too small for several threads to be of use
            learned.learn(vectors.places(said), answers, weights)
        moved = learned.moved()
        self.step = float(np.abs(moved).max()) / LEVELS
        self.table = np.round(moved / self.step).astype(np.int8)[1:]
        self.layers = [Layers(*learned.layers(net)) for net in range(len(HIDDEN))]

    def likely(self, said: Sequence[Sequence[str]]) -> np.ndarray:
        """How likely each label is, a row for each utterance."""
        net = self.layers[0]
        entry = np.array([self._entry(row) for row in said], np.float32)
        hidden = np.maximum(entry @ net.hidden.T * net.hidden_step + net.hidden_bias, 0)
        return _shares(hidden @ net.head.T * net.head_step + net.head_bias)

    def _entry(self, said: Sequence[str]) -> np.ndarray:
        places = [self._vectors.place[word] - 1 for word in said if word in self._vectors.place]
        if not places:
            return np.zeros(2 * self.table.shape[1], np.float32)
        shares = self.weights[places][:, None] * self.weight_step
        weighted = self.table[places].astype(np.float32) * self.step * shares
        return np.concatenate([weighted.sum(0) / shares.sum(), weighted.max(0)])


class _Learning:
    """The values while they are learned, by Adam (Kingma and Ba 2015)."""

    def __init__(self, vectors: Vectors, shares: np.ndarray, answers: Sequence[np.ndarray]) -> None:
        self._chance = np.random.default_rng(_SEED)
        self._vectors, self._shares = vectors, shares.astype(np.float32)
        long = vectors.table.shape[1]
        self._values: Values = {"turn": np.eye(long, dtype=np.float32), "move": np.zeros_like(vectors.table)}
        for net, (size, answer) in enumerate(zip(HIDDEN, answers, strict=True)):
            self._values |= {
                f"hidden {net}": self._drawn(2 * long, size, 2.0),
                f"hidden bias {net}": np.zeros(size, np.float32),
                f"head {net}": self._drawn(size, int(answer.max()) + 1, 1.0),
                f"head bias {net}": np.zeros(int(answer.max()) + 1, np.float32),
            }
        self._mean = {name: np.zeros_like(value) for name, value in self._values.items()}
        self._square = {name: np.zeros_like(value) for name, value in self._values.items()}

    def _drawn(self, rows: int, columns: int, spread: float) -> np.ndarray:
        drawn = self._chance.standard_normal((rows, columns)) * np.sqrt(spread / rows)
        return drawn.astype(np.float32)

    def learn(self, places: np.ndarray, answers: Sequence[np.ndarray], weights: Sequence[np.ndarray]) -> None:
        """Learn from rows, each drawn as often as the first of its weights says."""
        often = weights[0] / weights[0].sum()
        relative = [(each / weights[0]).astype(np.float32) for each in weights]
        for done in range(1, BATCHES + 1):
            rows = self._chance.choice(len(places), BATCH, p=often)
            said = self._varied(places[rows])
            slopes = self._slopes(said, [each[rows] for each in answers], [each[rows] for each in relative])
            rate = RATE * (1.02 - done / BATCHES)
            self._follow_moves(said.ravel(), slopes.pop("move"), rate)
            self._follow(slopes, done, rate)

    def moved(self) -> np.ndarray:
        """The vector of each word, as learned."""
        moved: np.ndarray = self._vectors.table @ self._values["turn"] + self._values["move"]
        return moved

    def layers(self, net: int) -> list[np.ndarray]:
        """A net's weights and biases: hidden layer, then head, a row for each that they lead to."""
        hidden, head = self._values[f"hidden {net}"], self._values[f"head {net}"]
        return [hidden.T, self._values[f"hidden bias {net}"], head.T, self._values[f"head bias {net}"]]

    def _varied(self, said: np.ndarray) -> np.ndarray:
        """Utterances with some words swapped for neighbours, and some left out where others are left."""
        said = said[:, : max(1, int((said > 0).sum(1).max()))]
        near = self._vectors.near[said, self._chance.integers(0, NEIGHBOURS, said.shape)]
        said = np.where(self._chance.random(said.shape) < SWAPPED, near, said)
        many = (said > 0).sum(1, keepdims=True) > FEW
        out = (self._chance.random(said.shape) < LEFT_OUT) & many
        return np.where(out, 0, said)

    def _slopes(
        self, said: np.ndarray, answers: Sequence[np.ndarray], weights: Sequence[np.ndarray]
    ) -> Values:
        """The slope of the loss in each value; of ``move`` in each word that was said."""
        held = said > 0
        shares = (self._shares[said] * held)[..., None]
        total = np.maximum(shares.sum(1), 1e-3)
        moves = (self._chance.random(said.shape) >= UNMOVED).astype(np.float32)[..., None]
        given = self._vectors.table[said]
        vectors = (given @ self._values["turn"] + self._values["move"][said] * moves) * shares
        greatest = np.where(held[..., None], vectors, _NEVER).argmax(1)[:, None]
        entry = np.concatenate(
            [vectors.sum(1) / total, np.take_along_axis(vectors, greatest, 1)[:, 0]], axis=1
        )
        slopes: Values = {}
        back = sum(
            self._through(net, entry, answer, weight, slopes)
            for net, (answer, weight) in enumerate(zip(answers, weights, strict=True))
        )
        of_mean, of_greatest = np.split(back, 2, axis=1)
        slope = np.repeat((of_mean / total)[:, None], said.shape[1], axis=1)
        top = np.take_along_axis(slope, greatest, 1) + of_greatest[:, None]
        np.put_along_axis(slope, greatest, top, 1)
        slope *= shares
        long = slope.shape[-1]
        slopes["turn"] = given.reshape(-1, long).T @ slope.reshape(-1, long)
        slopes["move"] = (slope * moves).reshape(-1, long)
        return slopes

    def _through(
        self, net: int, entry: np.ndarray, answer: np.ndarray, weight: np.ndarray, slopes: Values
    ) -> np.ndarray:
        """Note the slopes of a net; the slope in what enters it."""
        hidden, hidden_bias, head, head_bias = self.layers(net)
        before = entry @ hidden.T + hidden_bias
        heard = (before > 0) * (self._chance.random(before.shape) >= SILENT) / np.float32(1 - SILENT)
        after = (before * heard).astype(np.float32)
        slope = _shares(after @ head.T + head_bias)
        slope[np.arange(len(answer)), answer] -= 1
        slope *= weight[:, None] / len(answer)
        slopes[f"head {net}"], slopes[f"head bias {net}"] = after.T @ slope, slope.sum(0)
        slope = (slope @ head) * heard
        slopes[f"hidden {net}"], slopes[f"hidden bias {net}"] = entry.T @ slope, slope.sum(0)
        back: np.ndarray = slope @ hidden
        return back

    def _follow(self, slopes: Values, done: int, rate: float) -> None:
        """Move each value down its slope."""
        for name, slope in slopes.items():
            mean, square = self._noted(name, slice(None), slope)
            by = mean / (1 - _KEPT**done) / (np.sqrt(square / (1 - _KEPT_SQUARE**done)) + 1e-8)
            self._values[name] -= np.float32(rate) * by

    def _follow_moves(self, said: np.ndarray, slope: np.ndarray, rate: float) -> None:
        """Move the words that were said, rarer ones faster: there is less to learn of them from."""
        words, place = np.unique(said, return_inverse=True)
        each = sparse.csr_matrix((np.ones(said.size, np.float32), (place.ravel(), np.arange(said.size))))
        added = each @ slope
        mean, square = self._noted("move", words, added)
        self._values["move"][words] -= np.float32(rate * MOVED) * mean / (np.sqrt(square) + 1e-7)

    def _noted(self, name: str, rows: slice | np.ndarray, slope: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """The running means of a slope and of its square, with this one added."""
        mean, square = self._mean[name], self._square[name]
        mean[rows] = _KEPT * mean[rows] + (1 - _KEPT) * slope
        square[rows] = _KEPT_SQUARE * square[rows] + (1 - _KEPT_SQUARE) * slope**2
        return mean[rows], square[rows]


def _shares(odds: np.ndarray) -> np.ndarray:
    """Odds as likelihoods that add up to 1 in each row."""
    found = np.exp(odds - odds.max(1, keepdims=True))
    return found / found.sum(1, keepdims=True)
