"""Whispers, made of what was said aloud."""

from __future__ import annotations

import numpy as np

from simulator.speaker.moonshine import RATE
from simulator.speaker.voices import level

FRAME = 512
STEP = FRAME // 4
SHAPE = RATE // 500
"""Whatever repeats itself faster than that in a spectrum, in samples, is the voice, and not the mouth."""
BREATH = 200
"""Hertz below which nothing is to be heard of a breath."""


def whispered(sound: np.ndarray, draw: np.random.Generator) -> np.ndarray:
    """The same mouth without a voice: breath, shaped as the sound was at each moment."""
    window = np.hanning(FRAME)
    padded = np.pad(sound, FRAME)
    starts = range(0, len(padded) - FRAME, STEP)
    breath = draw.standard_normal(len(padded))
    done = np.zeros(len(padded))
    low = np.fft.rfftfreq(FRAME, 1 / RATE) < BREATH
    for start in starts:
        there = slice(start, start + FRAME)
        shape = _shape(padded[there] * window)
        shape[low] = 0
        done[there] += np.fft.irfft(np.fft.rfft(breath[there] * window) * shape) * window
    return level(done[FRAME:-FRAME])


def _shape(frame: np.ndarray) -> np.ndarray:
    """How loud each frequency is, smoothed over the overtones of a voice."""
    logs = np.log(np.abs(np.fft.rfft(frame)) + 1e-5)
    repeats = np.fft.irfft(logs)
    repeats[SHAPE:-SHAPE] = 0
    smooth: np.ndarray = np.exp(np.fft.rfft(repeats).real)
    return smooth
