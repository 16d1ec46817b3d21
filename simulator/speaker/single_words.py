"""The sound of a recording, to a network that people's single words taught to tell words apart.

It is the ResNet of EfficientWord-Net, which learnt from the Multilingual Spoken Words Corpus.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np

from simulator.speaker.moonshine import RATE
from simulator.speaker.onnx import opened

FILE = "slim_93%_accuracy_72.7390%_qint8.onnx"
WINDOW, STEP, MOST = 3 * RATE // 2, RATE // 2, 4
"""Samples that it hears at once, and from one to the next; a long recording is heard in so many at most."""
FRAME, HOP, BANDS, SIZE = 400, 160, 64, 512
LOUDEST = 0.5
SILENT = float(np.finfo(float).eps)


class SingleWords:
    """The network, ready for use."""

    def __init__(self, folder: Path, threads: int = 2) -> None:
        """`folder` holds its file; `threads`: on so many cores."""
        self._net = opened(folder / FILE, threads)

    def hear(self, recording: np.ndarray) -> np.ndarray:
        """2,048 numbers for each window of 1.5 seconds, at least one; `recording`: samples of any length.

        How loud it is makes no difference.
        """
        loudest = max(float(np.abs(recording).max(initial=0.0)), SILENT)
        sound = recording.astype(np.float32) * np.float32(LOUDEST / loudest)
        missing = max(0, WINDOW - len(sound))
        sound = np.pad(sound, (missing // 2, missing - missing // 2))
        surplus = len(sound) - WINDOW
        starts = np.linspace(0, surplus, min(MOST, 1 + -(-surplus // STEP))).astype(int)
        return np.concatenate([self._heard(sound[start : start + WINDOW]) for start in starts])

    def _heard(self, window: np.ndarray) -> np.ndarray:
        frames = np.lib.stride_tricks.sliding_window_view(np.pad(window, (0, HOP)), FRAME)[::HOP]
        power = np.abs(np.fft.rfft(frames, SIZE)) ** 2 / SIZE
        bands = np.log(np.maximum(power @ _filters(), SILENT)).astype(np.float32)
        (found,) = self._net.run(None, {"input": bands[None, None]})
        return np.asarray(found)


@cache
def _filters() -> np.ndarray:
    """The bands of hearing, evenly spaced by pitch: how much of each frequency belongs to each of them."""
    highest = 2595 * np.log10(1 + RATE / 2 / 700)
    edges = 700 * (10 ** (np.linspace(0, highest, BANDS + 2) / 2595) - 1)
    low, middle, high = (np.floor((SIZE + 1) * edges / RATE)[at : at + BANDS] for at in range(3))
    at = np.arange(SIZE // 2 + 1)[:, None]
    rising, falling = (at - low) / np.maximum(middle - low, 1), (high - at) / np.maximum(high - middle, 1)
    return np.where(at < middle, np.where(at >= low, rising, 0), np.where(at < high, falling, 0))
