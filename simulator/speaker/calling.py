"""Waits to be called: by the word that wakes a speaker, or by the skill's name."""

from __future__ import annotations

import numpy as np

from simulator.speaker.ears import Ears
from simulator.speaker.settings import Waking
from simulator.speaker.thinking import Thinking
from simulator.speaker.wake import Wake


class Calling:
    """Takes blocks of sound while nobody is in conversation, and tells whether they call the skill."""

    def __init__(self, ears: Ears, thinking: Thinking, settings: Waking) -> None:
        self._ears, self._thinking, self._settings = ears, thinking, settings
        self._wake = Wake()
        self._chance = 0.0

    def reset(self) -> None:
        """Forget all that was heard."""
        self._thinking.reset()
        self._wake.reset()
        self._chance = 0.0

    def take(self, block: np.ndarray) -> str | None:
        """One block of 512 samples; the words with the skill's name by which what ended here has called it.

        Empty where that was the word that wakes it, alone or with other words; None where nobody has called.
        """
        self._chance = max(self._chance, self._wake.take(block))
        call = self._thinking.take(block, self._ears.called)
        chance = self._chance
        if not self._thinking.speaking:
            self._chance = 0.0
        if call and (call.words or self._settings.is_sure(chance, call.word)):
            return call.words
        return None
