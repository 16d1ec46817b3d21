"""The word that wakes a speaker, heard in a stream of sound."""

from __future__ import annotations

import numpy as np
from pymicro_wakeword import MicroWakeWord, MicroWakeWordFeatures, Model

LOUDEST = 32767


class Wake:
    """Listens for "Alexa". Keeps two seconds of what it heard at most, as numbers that cannot be played."""

    def __init__(self) -> None:
        self._model = MicroWakeWord.from_builtin(Model.ALEXA)
        self._features = MicroWakeWordFeatures()

    def reset(self) -> None:
        """Forget all that was heard."""
        self._model.reset()
        self._features.reset()

    def take(self, block: np.ndarray) -> bool:
        """One block of sound, 16,000 samples a second between -1 and 1; tell whether the word ended in it."""
        raw = (np.clip(block, -1, 1) * LOUDEST).astype(np.int16).tobytes()
        found = [self._model.process_streaming(each) for each in self._features.process_streaming(raw)]
        return any(found)
