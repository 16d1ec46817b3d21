"""How far speech stands out of what else is to be heard."""

from __future__ import annotations

import numpy as np

from simulator.speaker.moonshine import RATE

FRAME = RATE // 100
AROUND = 15
"""Hundredths of a second at either end of a recording in which nobody speaks."""
LOUD = 95
"""Percentile of a recording's moments that is as loud as its speech."""


def clearness(recording: np.ndarray) -> float:
    """Decibels between the speech in a recording and the louder of what is heard before and after it.

    An echo counts as what is heard after it. The recording has at least ten milliseconds.
    """
    whole = recording[: len(recording) // FRAME * FRAME].reshape(-1, FRAME)
    loudness = 10 * np.log10(np.mean(whole**2, axis=1) + 1e-12)
    around = max(np.median(loudness[:AROUND]), np.median(loudness[-AROUND:]))
    return float(np.percentile(loudness, LOUD) - around)
