"""The word that wakes a speaker, heard in a stream of sound."""

from __future__ import annotations

import numpy as np
from pymicro_wakeword import MicroWakeWord, MicroWakeWordFeatures, Model

WORD = "Alexa"
LOUDEST = 32767


class Wake:
    """Listens for `WORD`. Keeps two seconds of what it heard at most, as numbers that cannot be played."""

    def __init__(self) -> None:
        self._model = MicroWakeWord.from_builtin(Model.ALEXA)
        self._features = MicroWakeWordFeatures()

    def reset(self) -> None:
        """Forget all that was heard."""
        self._model.reset()
        self._features.reset()

    def take(self, block: np.ndarray) -> float:
        """One block of sound, 16,000 samples a second between -1 and 1; how likely the word ended in it."""
        raw = (np.clip(block, -1, 1) * LOUDEST).astype(np.int16).tobytes()
        chances = [self._model.process_streaming_prob(each) for each in self._features.process_streaming(raw)]
        return max((chance or 0.0 for chance in chances), default=0.0)
