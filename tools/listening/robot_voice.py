"""Voices so robotic that what is understood of them will be understood of people."""

from __future__ import annotations

import ctypes
import hashlib
import io
import json
import re
import shutil
import subprocess
import wave
from collections.abc import Callable
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np

from simulator.files import read_toml
from simulator.speaker.espeak import ALONE, UTF8, library, pronounced, speak_as
from simulator.speaker.voices import Pico, level, resampled

RATE_OF_SPEECH, WORDS_A_MINUTE = 1, 165
FLITE, PICO = "flite", "pico"
ACCENT = "en-us"
SOUNDS = Path(__file__).with_name("pico_sounds.toml")
_Callback = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.c_void_p)


class Robot:
    """Says a text as the voices of the speaker do."""

    def __init__(self, language: str = "en-us", rate: float = 1.0) -> None:
        self._language, self._rate = language, rate
        self.identity = f"robot {language} {rate} {version('espeakng_loader')}"

    def say(self, text: str, rate: float = 1.0) -> np.ndarray:
        raw = text.encode() + b"\0"
        with ALONE:
            collected, _ = _collecting()
            collected.clear()
            calls = speak_as(self._language)
            calls.espeak_SetParameter(RATE_OF_SPEECH, int(WORDS_A_MINUTE * rate * self._rate), 0)
            calls.espeak_Synth(raw, ctypes.c_size_t(len(raw)), 0, 0, 0, UTF8, None, None)
            sound = np.concatenate([np.zeros(1), *collected]) / 32768
        return level(resampled(sound, library().rate))


@cache
def _collecting() -> tuple[list[np.ndarray], Callable[..., int]]:
    """A list of what the library has said, and the callback, which must not be collected."""
    collected: list[np.ndarray] = []

    def take(samples: Any, count: int, _: Any) -> int:  # noqa: ANN401 - C gives a pointer
        if samples and count:
            collected.append(np.ctypeslib.as_array(samples, (count,)).copy())
        return 0

    callback = _Callback(take)
    library().calls.espeak_SetSynthCallback(callback)
    return collected, callback


class NoVoiceError(Exception):
    """A program that speaks is not installed; the message names it."""


class Flite:
    """One of the voices of the program flite: `awb`, `kal16`, `rms` or `slt`.

    Whoever lets it speak, or asks who it is, raises `NoVoiceError` where flite is not installed.
    """

    def __init__(self, name: str) -> None:
        self._name = name

    @property
    def identity(self) -> str:
        """The voice and its version."""
        return f"flite {self._name} {flite_version()}"

    def say(self, text: str, rate: float = 1.0) -> np.ndarray:
        command = [FLITE, "-voice", self._name, "--setf", f"duration_stretch={1 / rate:.3f}"]
        said = subprocess.run(  # noqa: S603 - these words alone
            [*command, "-t", text, "-o", "/dev/stdout"], capture_output=True, check=True
        ).stdout
        with wave.open(io.BytesIO(said)) as file:
            sound = np.frombuffer(said[-2 * file.getnframes() :], dtype=np.int16) / 32768
            return level(resampled(sound, file.getframerate()))


@cache
def flite_version() -> str:
    """The version of flite; raises `NoVoiceError` where there is none."""
    if not shutil.which(FLITE):
        raise NoVoiceError("no flite here: install flite, whose voices are learnt from")
    told = subprocess.run([FLITE, "--version"], capture_output=True, text=True, check=False).stdout  # noqa: S603
    return next(line.split()[1] for line in told.splitlines() if line.strip().startswith("version"))


class Foreigner:
    """A voice of Pico of another language, who speaks English in the nearest sounds of its own.

    `language`: one of `pico_sounds.toml`; `pitch`: how much higher it is than usual.
    """

    def __init__(self, language: str, pitch: float = 1.0) -> None:
        known = read_toml(SOUNDS)
        self._sounds = {**known["both"], **known[language]}
        self._pico = Pico(language, pitch=pitch)
        read = hashlib.sha256(json.dumps(self._sounds).encode()).hexdigest()
        self.identity = f"{self._pico.identity} {read} {version('espeakng_loader')}"

    def say(self, text: str, rate: float = 1.0) -> np.ndarray:
        longest = "|".join(map(re.escape, sorted(self._sounds, key=len, reverse=True)))
        words = (re.findall(longest, word) for word in pronounced(text, ACCENT).split())
        sounds = [" ".join(filter(None, (self._sounds[sound] for sound in word))) for word in words]
        return self._pico.say(" ".join(f'<phoneme ph="{word}"/>' for word in sounds if word), rate)
