"""A voice so robotic that what is understood of it will be understood of people: espeak-ng."""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from functools import cache
from typing import Any

import espeakng_loader
import numpy as np

from simulator.speaker.voices import level, resampled

SYNCHRONOUS, UTF8, RATE_OF_SPEECH, WORDS_A_MINUTE = 2, 1, 1, 165
_Callback = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.c_void_p)


class Robot:
    """Says a text as the voices of the speaker do."""

    def __init__(self, language: str = "en-us", rate: float = 1.0) -> None:
        self._language, self._rate = language, rate

    def say(self, text: str, rate: float = 1.0) -> np.ndarray:
        library, collected, own_rate, _ = _engine()
        collected.clear()
        library.espeak_SetVoiceByName(self._language.encode())
        library.espeak_SetParameter(RATE_OF_SPEECH, int(WORDS_A_MINUTE * rate * self._rate), 0)
        raw = text.encode() + b"\0"
        library.espeak_Synth(raw, ctypes.c_size_t(len(raw)), 0, 0, 0, UTF8, None, None)
        return level(resampled(np.concatenate([np.zeros(1), *collected]) / 32768, own_rate))


@cache
def _engine() -> tuple[Any, list[np.ndarray], int, Callable[..., int]]:
    """The library, what it has said, its sample rate, and the callback, which must not be collected."""
    library = ctypes.CDLL(espeakng_loader.get_library_path())
    collected: list[np.ndarray] = []

    def take(samples: Any, count: int, _: Any) -> int:  # noqa: ANN401 - C gives a pointer
        if samples and count:
            collected.append(np.ctypeslib.as_array(samples, (count,)).copy())
        return 0

    callback = _Callback(take)
    rate = library.espeak_Initialize(SYNCHRONOUS, 0, espeakng_loader.get_data_path().encode(), 0)
    library.espeak_SetSynthCallback(callback)
    return library, collected, rate, callback
