from __future__ import annotations

import sys

import numpy as np
import pytest

from simulator.speaker.endpoint import BLOCK
from simulator.speaker.moonshine import RATE
from simulator.speaker.sound import AHEAD, SILENCE, SoundCard
from simulator.speaker.voices import Pico, level, resampled


def test_a_card_plays_and_records() -> None:
    with SoundCard(pretend=True) as card:
        blocks = [card.exchange(SILENCE) for _ in range(20)]
        card.rest()
        assert card.exchange(SILENCE).shape == (BLOCK,)
    assert {block.shape for block in blocks} == {(BLOCK,)}
    assert not np.concatenate(blocks).any()


def test_what_is_to_be_played_is_taken_off_its_hands() -> None:
    with SoundCard(pretend=True) as card:
        heard = [card.exchange(np.full(BLOCK, 0.1, dtype=np.float32)) for _ in range(3 * AHEAD)]
    assert len(heard) == 3 * AHEAD


def test_a_tone_keeps_its_pitch_at_another_rate() -> None:
    tone = np.sin(2 * np.pi * 440 * np.arange(22050) / 22050)
    heard = resampled(tone, 22050)
    assert len(heard) == RATE
    assert int(np.abs(np.fft.rfft(heard)).argmax()) == 440


def test_silence_at_the_ends_is_cut_off_and_loudness_evened() -> None:
    sound = np.concatenate([np.zeros(100), np.full(50, 0.1), np.zeros(100)])
    assert level(sound).tolist() == [np.float32(0.6)] * 50
    assert len(level(np.zeros(100))) == 0


@pytest.mark.skipif(sys.platform != "linux", reason="Pico repeats itself exactly on Linux only")
def test_the_same_text_sounds_the_same_whatever_was_said_before() -> None:
    voice, heard = Pico("en-GB"), []
    for other in ("what a lovely day", "yes", "my foot flops when I walk", "no"):
        heard.append(voice.say("go back").tobytes())
        voice.say(other)
    assert len(set(heard)) == 1
