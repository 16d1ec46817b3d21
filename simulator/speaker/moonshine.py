"""Moonshine, a small speech recogniser: what it writes down freely, and how well it likes a given wording."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple, Protocol

import numpy as np

from simulator.speaker.onnx import opened
from simulator.speaker.pieces import END, START, Beginnings, Pieces

RATE = 16000
LAYERS, HEADS, WIDTH = 6, 8, 36
PIECES_A_SECOND, FEWEST_PIECES = 8, 8
SHORTEST = RATE // 2
KINDS = ("decoder", "encoder")
_PAST = [f"{layer}.{kind}.{part}" for layer in range(LAYERS) for kind in KINDS for part in ("key", "value")]


class Written(NamedTuple):
    """A wording, its pieces, and the logarithm of how likely it is for what was heard."""

    text: str
    ids: tuple[int, ...]
    score: float


class Paths(Protocol):
    """A grammar of pieces; a place in it is any hashable value or None at its beginning."""

    def begin(self) -> object: ...

    def onward(self, place: object) -> dict[int, object]: ...

    def ends(self, place: object) -> bool: ...


class Recording:
    """One recording as the recogniser hears it; ask it as often as you like."""

    def __init__(self, model: Moonshine, hidden: np.ndarray, seconds: float) -> None:
        self._model = model
        self._hidden = hidden
        self._longest = FEWEST_PIECES + int(seconds * PIECES_A_SECOND)

    @property
    def states(self) -> np.ndarray:
        """Tell what its ear makes of the sound: 288 numbers for each 24 milliseconds."""
        states: np.ndarray = self._hidden[0]
        return states

    @cached_property
    def _first(self) -> tuple[np.ndarray, list[np.ndarray]]:
        """How likely each first piece is, and the state that follows: the same for every wording."""
        return self._model.step(self._hidden, [START], self._model.begin())

    def freely(self) -> Written:
        """The words it writes down when nothing is asked of it."""
        ids: list[int] = []
        score = 0.0
        logs, state = self._first
        while len(ids) < self._longest:
            piece = int(logs[0].argmax())
            score += float(logs[0, piece])
            if piece == END:
                break
            ids.append(piece)
            logs, state = self._model.step(self._hidden, [piece], state)
        return Written(self._model.pieces.decode(ids), tuple(ids), score)

    def begins(self, beginnings: Beginnings) -> np.ndarray:
        """How likely each of the first pieces is, then how likely each is after those that it may follow."""
        logs, state = self._first
        state = self._model.keep(state, [0] * len(beginnings.after))
        onward, _ = self._model.step(self._hidden, [*beginnings.after], state)
        rows = zip(onward, beginnings.after.values(), strict=True)
        return np.concatenate([logs[0, list(beginnings.first)], *(row[list(next_)] for row, next_ in rows)])

    def begins_with(self, ids: Sequence[int]) -> float:
        """The logarithm of how likely it is that what was said begins with these pieces, whatever follows."""
        logs, state = self._first
        score = float(logs[0, ids[0]])
        for before, piece in pairwise(ids):
            logs, state = self._model.step(self._hidden, [before], state)
            score += float(logs[0, piece])
        return score

    def scores(self, wordings: Sequence[tuple[int, ...]]) -> list[float]:
        """How likely each wording is, from its first piece to the end of what was said."""
        length = max(map(len, wordings)) + 1
        given = np.full((len(wordings), length), END, dtype=np.int64)
        for row, ids in enumerate(wordings):
            given[row, : len(ids) + 1] = (START, *ids)
        logs = self._model.all_steps(self._hidden, given)
        return [
            float(sum(logs[row, at, piece] for at, piece in enumerate((*ids, END))))
            for row, ids in enumerate(wordings)
        ]

    def along(self, paths: Paths, beam: int, least: float = -np.inf) -> list[Written]:
        """The likeliest wordings among those that the paths allow, the best first, none below the least."""
        logs, state = self._first
        alive: list[tuple[float, tuple[int, ...], object]] = [(0.0, (), paths.begin())]
        done: list[Written] = []
        while alive and len(alive[0][1]) < self._longest * 2:
            if alive[0][1]:
                logs, state = self._model.step(self._hidden, [ids[-1] for _, ids, _ in alive], state)
            reached: list[tuple[float, int, int, object]] = []
            for row, (score, ids, place) in enumerate(alive):
                if paths.ends(place):
                    text = self._model.pieces.decode(ids)
                    done.append(Written(text, ids, score + float(logs[row, END])))
                reached.extend(
                    (score + float(logs[row, piece]), row, piece, onward)
                    for piece, onward in paths.onward(place).items()
                    if score + logs[row, piece] >= least
                )
            reached.sort(key=lambda way: -way[0])
            done.sort(key=lambda written: -written.score)
            worst = done[beam - 1].score if len(done) >= beam else -np.inf
            kept = [way for way in reached[:beam] if way[0] > worst]
            state = self._model.keep(state, [row for _, row, _, _ in kept])
            alive = [(score, (*alive[row][1], piece), onward) for score, row, piece, onward in kept]
        return [written for written in done if written.score >= least]


class Moonshine:
    """The recogniser. Loading is the slow part; `hear` may then be called many times."""

    def __init__(self, folder: Path, threads: int = 2) -> None:
        self._encoder = opened(folder / "encoder_model.onnx", threads)
        self._decoder = opened(folder / "decoder_model_merged.onnx", threads, unfolded=True)
        self.pieces = Pieces.read(folder / "llama-tokenizer.js")

    def hear(self, recording: np.ndarray) -> Recording:
        """Listen to a recording: 16,000 samples a second between -1 and 1."""
        sound = np.pad(recording.astype(np.float32), (0, max(0, SHORTEST - len(recording))))
        (hidden,) = self._encoder.run(None, {"input_values": sound[None]})
        return Recording(self, hidden, len(sound) / RATE)

    @staticmethod
    def begin() -> list[np.ndarray]:
        """The state before the first piece."""
        return [np.zeros((1, HEADS, 0, WIDTH), dtype=np.float32)] * len(_PAST)

    def step(
        self, hidden: np.ndarray, pieces: Sequence[int], state: list[np.ndarray]
    ) -> tuple[np.ndarray, list[np.ndarray]]:
        """The log-probabilities after one more piece for each row, and the state that follows."""
        first = state[0].shape[2] == 0
        given = np.array(pieces, dtype=np.int64)[:, None]
        logits, *after = self._run(hidden, given, state, cached=not first)
        if not first:  # what the decoder takes from the sound stays as it was
            after = [
                old if ".encoder." in name else new
                for name, old, new in zip(_PAST, state, after, strict=True)
            ]
        return _logs(logits[:, -1]), after

    def all_steps(self, hidden: np.ndarray, given: np.ndarray) -> np.ndarray:
        """The log-probabilities after every piece of several wordings."""
        empty = [np.zeros((len(given), HEADS, 0, WIDTH), dtype=np.float32)] * len(_PAST)
        sound = np.repeat(hidden, len(given), axis=0)
        return _logs(self._run(sound, given, empty, cached=False)[0])

    def keep(self, state: list[np.ndarray], rows: Sequence[int]) -> list[np.ndarray]:
        """The state of these rows, in this order; what it takes from the sound is the same for all."""
        return [
            part if ".encoder." in name else part[list(rows)] for name, part in zip(_PAST, state, strict=True)
        ]

    def _run(
        self, hidden: np.ndarray, given: np.ndarray, state: list[np.ndarray], *, cached: bool
    ) -> list[np.ndarray]:
        past = {f"past_key_values.{name}": part for name, part in zip(_PAST, state, strict=True)}
        inputs = {"input_ids": given, "encoder_hidden_states": hidden, "use_cache_branch": np.array([cached])}
        outputs: list[np.ndarray] = self._decoder.run(None, {**inputs, **past})
        return outputs


def _logs(logits: np.ndarray) -> np.ndarray:
    highest = logits.max(axis=-1, keepdims=True)
    logits -= highest
    logits -= np.log(np.exp(logits).sum(axis=-1, keepdims=True))
    return logits
