from __future__ import annotations

import numpy as np
import pytest

from simulator.speaker.house import MODEL
from simulator.speaker.moonshine import RATE
from simulator.speaker.single_words import SingleWords
from simulator.speaker.voices import Pico


@pytest.fixture(scope="module")
def net() -> SingleWords:
    return SingleWords(MODEL)


@pytest.mark.parametrize(("seconds", "windows"), [(0.0, 1), (0.3, 1), (1.5, 1), (1.6, 2), (2.5, 3), (9.0, 4)])
def test_a_sound_of_any_length_is_heard_in_a_few_windows(
    net: SingleWords, seconds: float, windows: int
) -> None:
    sound = np.random.default_rng(1).standard_normal(round(seconds * RATE)) * 0.1
    heard = net.hear(sound)
    assert heard.shape == (windows, 2048)
    assert np.isfinite(heard).all()


def test_loudness_makes_no_difference(net: SingleWords) -> None:
    sound = Pico("en-GB").say("nothing")
    assert np.allclose(net.hear(sound), net.hear(sound * 0.1), atol=1e-3)


def test_a_word_is_nearest_to_itself_in_another_voice(net: SingleWords) -> None:
    words = ("definitely", "nothing", "yes", "correct")
    american, british = (
        np.array([net.hear(Pico(accent).say(word)).mean(0) for word in words])
        for accent in ("en-US", "en-GB")
    )
    american, british = (each / np.linalg.norm(each, axis=1, keepdims=True) for each in (american, british))
    assert [*(american @ british.T).argmax(1)] == [*range(len(words))]
