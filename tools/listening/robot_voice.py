"""A voice so robotic that what is understood of it will be understood of people: espeak-ng."""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from functools import cache
from importlib.metadata import version
from typing import Any

import numpy as np

from simulator.speaker.espeak import ALONE, UTF8, library, speak_as
from simulator.speaker.voices import level, resampled

RATE_OF_SPEECH, WORDS_A_MINUTE = 1, 165
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
