from __future__ import annotations

import numpy as np
import pytest

from simulator.speaker.endpoint import BLOCK
from simulator.speaker.moonshine import RATE
from simulator.speaker.voices import Joe, Pico, Voice
from simulator.speaker.wake import Wake

LIKELY = 0.9


def wakes(wake: Wake, sound: np.ndarray) -> int:
    """How often it hears the word in a sound with a second of quiet around it; many times in one is once."""
    padded = np.pad(sound, RATE)
    chances = [wake.take(padded[at : at + BLOCK]) for at in range(0, len(padded) - BLOCK + 1, BLOCK)]
    found = [chance > LIKELY for chance in chances]
    return sum(now and not before for before, now in zip([False, *found], found, strict=False))


@pytest.fixture(scope="module")
def wake() -> Wake:
    return Wake()


@pytest.mark.parametrize("voice", [Joe(), Pico("en-GB")], ids=["joe", "pico"])
@pytest.mark.parametrize("said", ["Alexa.", "Alexa, open leg cramp guide."])
def test_its_name_wakes_it(wake: Wake, voice: Voice, said: str) -> None:
    wake.reset()
    assert wakes(wake, voice.say(said)) == 1


@pytest.mark.parametrize("said", ["A lexicon.", "I'll ask her.", "Open leg cramp guide.", "My leg is axed."])
def test_other_talk_does_not(wake: Wake, said: str) -> None:
    wake.reset()
    assert wakes(wake, Joe().say(said)) == 0


def test_what_was_heard_before_it_was_reset_counts_for_nothing(wake: Wake) -> None:
    said = Joe().say("Alexa.")
    half = said[: len(said) * 7 // 10]
    rest = said[len(half) :]
    wake.reset()
    parts = np.split(half, range(BLOCK, len(half), BLOCK))[:-1]
    assert max(wake.take(part) for part in parts) < LIKELY
    wake.reset()
    assert wakes(wake, rest) == 0
