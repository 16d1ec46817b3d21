"""Rooms to speak in: echo, distance, noise, other people, a television. Made up, and the same each time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from simulator.files import fill, read_toml
from simulator.speaker.moonshine import RATE
from simulator.speaker.voices import Voice
from tools.listening.speakers import voice

SETTINGS = Path(__file__).with_suffix(".toml")
SIXTY_DECIBELS = 6.908
"""The natural logarithm of a thousand: sixty decibels below is a thousandth of the height."""


class Room(NamedTuple):
    """A room, as `rooms.toml` explains it; None for what it has not."""

    noise: float | None = None
    echo: float | None = None
    direct: float = 0.0
    gain: float = 0.0
    babble: float | None = None
    television: float | None = None


@cache
def data() -> Mapping[str, Any]:
    """The settings in `rooms.toml`."""
    return read_toml(SETTINGS)


@cache
def rooms() -> Mapping[str, Room]:
    """Every room by its name, the easiest first."""
    return {name: fill(Room, given) for name, given in data()["rooms"].items()}


def heard_in(name: str, sound: np.ndarray, seed: str) -> np.ndarray:
    """A sound as the microphone records it in that room, with what is to be heard before and after it.

    The seed draws the noise, and where in their talk the others are.
    """
    return heard_around(rooms()[name], sound, np.random.default_rng(list(seed.encode())), talks, programme)


def heard_around(
    room: Room,
    sound: np.ndarray,
    draw: np.random.Generator,
    talks: Callable[[], Sequence[np.ndarray]],
    programme: Callable[[], np.ndarray],
) -> np.ndarray:
    """The same in any room; who talks elsewhere and what is on television is only made where it is heard."""
    around = data()["around"]
    others = room.babble is not None or room.television is not None
    after = around["after_among_voices" if others else "after"]
    padded = np.pad(sound, (round(around["before"] * RATE), round(after * RATE)))
    if not len(sound):
        return padded
    if room.echo is not None:
        padded = echoing(padded, room.echo, room.direct, draw)
    padded = padded * 10 ** (room.gain / 20)
    loudness = _loudness(padded) * np.sqrt(len(padded) / len(sound))
    disturbed = padded.copy()
    sounds: tuple[tuple[float | None, Callable[[int], np.ndarray]], ...] = (
        (room.noise, draw.standard_normal),
        (room.babble, lambda length: evened(sum(_excerpt(talk, length, draw) for talk in talks()))),
        (room.television, lambda length: evened(_excerpt(programme(), length, draw))),
    )
    for decibels, make in sounds:
        if decibels is not None:
            disturbed += make(len(padded)) * loudness / 10 ** (decibels / 20)
    heard: np.ndarray = np.clip(disturbed, -1, 1).astype(np.float32)
    return heard


def echoing(sound: np.ndarray, seconds: float, direct: float, draw: np.random.Generator) -> np.ndarray:
    """A sound with an echo that dies away exponentially."""
    times = np.arange(round(seconds * RATE)) / RATE
    tail = draw.standard_normal(len(times)) * np.exp(-SIXTY_DECIBELS * times / seconds)
    tail *= 10 ** (-direct / 20) / np.sqrt(np.sum(tail**2))
    tail[0] = 1.0
    size = len(sound) + len(tail) - 1
    both = np.fft.irfft(np.fft.rfft(sound, size) * np.fft.rfft(tail, size), size)
    return both[: len(sound)]


def disturbances() -> None:
    """Make the recordings of those who talk elsewhere, where they are missing."""
    talks()
    programme()


@cache
def talks() -> Sequence[np.ndarray]:
    """The talk of each of those who talk elsewhere, at one loudness."""
    others = data()["others"]
    return talking([voice(f"kokoro {name}") for name in others["babble"]], others["sentences"])


@cache
def programme() -> np.ndarray:
    """A voice with music behind it."""
    other = data()["others"]
    return with_music(voice(f"kokoro {other['television']}"), other["sentences"])


def talking(voices: Iterable[Voice], sentences: Sequence[str]) -> list[np.ndarray]:
    """The talk of each voice, at one loudness; each begins at another sentence."""
    return [evened(spoken(who, [*sentences[at:], *sentences[:at]])) for at, who in enumerate(voices)]


def with_music(who: Voice, sentences: Sequence[str]) -> np.ndarray:
    """The talk of a voice with music behind it."""
    talk = evened(spoken(who, sentences))
    return talk + evened(music(len(talk))) * data()["music"]["level"]


def spoken(who: Voice, sentences: Sequence[str]) -> np.ndarray:
    """Sentences, one after the other."""
    return np.concatenate([who.say(sentence) for sentence in sentences])


def music(length: int) -> np.ndarray:
    """Chords that fade, one each beat."""
    score = data()["music"]
    times = np.arange(round(score["beat"] * RATE)) / RATE
    overtones = range(1, score["overtones"] + 1)
    chords = [
        sum(np.sin(2 * np.pi * note * tone * times) / tone for note in chord for tone in overtones)
        * np.exp(-2 * times)
        for chord in score["chords"]
    ]
    return np.resize(np.concatenate(chords), length)


def _excerpt(talk: np.ndarray, length: int, draw: np.random.Generator) -> np.ndarray:
    """A piece of a talk that goes round and round."""
    return np.take(talk, np.arange(length) + int(draw.integers(len(talk))), mode="wrap")


def evened(sound: np.ndarray) -> np.ndarray:
    """A sound at one loudness."""
    return sound / _loudness(sound)


def _loudness(sound: np.ndarray) -> float:
    return float(np.sqrt(np.mean(sound**2)))
