from __future__ import annotations

import numpy as np
import pytest

from simulator.speaker.moonshine import RATE
from simulator.speaker.voices import Joe
from tools.listening.whisper import whispered

HIGHEST, LOWEST = RATE // 400, RATE // 70
LONG = RATE // 20


def pitched(sound: np.ndarray) -> float:
    """How much the loud moments of a sound repeat themselves as a voice does, at most 1."""
    moments = [sound[at : at + LONG] for at in range(0, len(sound) - LONG, LONG // 2)]
    loud = [each for each in moments if np.std(each) > np.std(sound)]
    alike = [np.correlate(each, each, "full")[LONG - 1 :] for each in loud]
    return float(np.median([max(each[HIGHEST:LOWEST]) / each[0] for each in alike]))


@pytest.mark.parametrize("text", ["No.", "Yes, it is."])
def test_a_whisper_has_no_pitch_and_the_same_sounds_at_the_same_moments(text: str) -> None:
    said = Joe().say(text)
    whisper = whispered(said, np.random.default_rng(1))
    assert len(whisper) == len(said)
    assert pitched(said) > pitched(whisper) + 0.15
    loudness = [[np.std(part) for part in np.array_split(sound, 12)] for sound in (said, whisper)]
    assert np.corrcoef(*loudness)[0, 1] > 0.5
    assert not np.array_equal(whisper, whispered(said, np.random.default_rng(2)))
