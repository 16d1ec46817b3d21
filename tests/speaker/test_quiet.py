from __future__ import annotations

import numpy as np
import pytest

from simulator.speaker.quiet import clearness
from simulator.speaker.voices import Pico
from tools.listening.rooms import heard_in
from tools.listening.voice_bench import cut_out


@pytest.mark.parametrize(
    ("room", "least", "most"),
    [("clean", 60, 140), ("20 dB", 18, 29), ("10 dB", 9, 19), ("two metres", 18, 29), ("long echo", 25, 50)],
)
@pytest.mark.parametrize("said", ["no", "yes, I think so"])
def test_speech_stands_out_as_far_as_the_room_lets_it(said: str, room: str, least: int, most: int) -> None:
    recording = cut_out(heard_in(room, Pico().say(said), said))
    assert recording is not None
    assert least < clearness(recording) < most


def test_how_loud_it_is_makes_no_difference() -> None:
    recording = cut_out(heard_in("20 dB", Pico().say("no"), "seed"))
    assert recording is not None
    assert clearness(recording / 10) == pytest.approx(clearness(recording), abs=0.1)


def test_silence_is_not_clear() -> None:
    assert clearness(np.zeros(16000, dtype=np.float32)) == 0.0
