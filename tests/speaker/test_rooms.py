from __future__ import annotations

import numpy as np
import pytest

from simulator.speaker.moonshine import RATE
from tools.listening import rooms
from tools.listening.rooms import data, echoing, heard_in, music

WORD = np.sin(2 * np.pi * 300 * np.arange(RATE // 2) / RATE).astype(np.float32) * 0.5
BEFORE = round(data()["around"]["before"] * RATE)


@pytest.fixture(autouse=True)
def others(monkeypatch: pytest.MonkeyPatch) -> None:
    """Those who talk elsewhere are tones here: what they say takes a minute to make."""
    tones = [np.sin(np.arange(5 * RATE) * step) * np.sqrt(2) for step in (0.05, 0.07)]
    monkeypatch.setattr(rooms, "talks", lambda: tones)
    monkeypatch.setattr(rooms, "programme", lambda: tones[0])


def power(sound: np.ndarray) -> float:
    return float(10 * np.log10(np.mean(sound**2)))


@pytest.mark.parametrize("room", rooms.rooms())
def test_a_room_sounds_the_same_each_time_and_other_with_another_seed(room: str) -> None:
    once, again, other = (heard_in(room, WORD, seed) for seed in ("a", "a", "b"))
    assert once.dtype == np.float32
    assert np.abs(once).max() <= 1
    assert (once == again).all()
    assert (once == other).all() == (room == "clean")


@pytest.mark.parametrize(
    ("room", "decibels"),
    [("20 dB", 20), ("10 dB", 10), ("two metres", 20), ("babble", 12), ("television", 12)],
)
def test_what_disturbs_is_quieter_by_what_the_room_says(room: str, decibels: float) -> None:
    heard = heard_in(room, WORD, "seed")
    disturbed, disturbance = power(heard[BEFORE : BEFORE + len(WORD)]), power(heard[: BEFORE // 2])
    assert disturbed - disturbance == pytest.approx(decibels, abs=1.5)


def test_clean_is_the_sound_itself_between_silences() -> None:
    heard = heard_in("clean", WORD, "seed")
    assert (heard[BEFORE : BEFORE + len(WORD)] == WORD).all()
    assert not heard[:BEFORE].any()
    assert not heard_in("babble", np.zeros(0), "seed").any()


def test_two_metres_are_quieter() -> None:
    near, far = (
        heard_in(room, WORD, "seed")[BEFORE : BEFORE + len(WORD)] for room in ("20 dB", "two metres")
    )
    assert power(near) - power(far) > 8


@pytest.mark.parametrize(("seconds", "direct"), [(0.3, 6.0), (0.8, 0.0)])
def test_an_echo_dies_away_by_sixty_decibels_in_its_time(seconds: float, direct: float) -> None:
    click = np.zeros(RATE)
    click[0] = 1.0
    echo = echoing(click, seconds, direct, np.random.default_rng(1))
    assert echo[0] == pytest.approx(1.0)
    assert 10 * np.log10(np.sum(echo[1:] ** 2)) == pytest.approx(-direct, abs=0.1)
    first, last = round(0.1 * seconds * RATE), round(0.9 * seconds * RATE)
    fall = power(echo[1:first]) - power(echo[last : round(seconds * RATE)])
    assert fall == pytest.approx(54, abs=3)


def test_music_goes_on_as_long_as_it_is_wanted() -> None:
    assert len(music(3 * RATE)) == 3 * RATE
    assert np.abs(music(RATE)).max() > 0
