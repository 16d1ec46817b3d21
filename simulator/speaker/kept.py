"""Sounds that were made once and are kept on disk: whatever says the same text again is quick."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import numpy as np

from simulator.speaker.voices import Voice

FULL = 32767


class Kept:
    """A voice whose sounds are kept in a folder, by hash of voice, versions, text and rate."""

    def __init__(self, voice: Voice, folder: Path) -> None:
        self._voice, self._folder = voice, folder
        self.identity = voice.identity

    def file(self, text: str, rate: float = 1.0) -> Path:
        """The file that holds the sound of a text, or will."""
        key = hashlib.sha256(repr((self.identity, text, rate)).encode()).hexdigest()
        return self._folder / key[:2] / f"{key}.npy"

    def has(self, text: str, rate: float = 1.0) -> bool:
        """Tell whether a text was said before."""
        return self.file(text, rate).is_file()

    def say(self, text: str, rate: float = 1.0) -> np.ndarray:
        kept = self.file(text, rate)
        if not kept.is_file():
            self._keep(kept, self._voice.say(text, rate))
        return np.load(kept).astype(np.float32) / FULL

    @staticmethod
    def _keep(file: Path, sound: np.ndarray) -> None:
        """The file is whole or not there, whoever else writes the same one meanwhile."""
        file.parent.mkdir(parents=True, exist_ok=True)
        unfinished = file.with_suffix(f".{os.getpid()}")
        with unfinished.open("wb") as out:
            np.save(out, (np.clip(sound, -1, 1) * FULL).astype(np.int16))
        unfinished.replace(file)
