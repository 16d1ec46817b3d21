"""Those who speak on the bench, and the recordings that are made of them once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path

from simulator.files import read_toml
from simulator.speaker.house import MODEL
from simulator.speaker.kept import Kept
from simulator.speaker.kokoro import Kokoro
from simulator.speaker.letters import speakers
from simulator.speaker.voices import Joe, Pico, Voice
from tools.listening.robot_voice import Robot

RECORDINGS = Path(__file__).parents[2] / "build" / "voices"
TEACHERS = frozenset(read_toml(Path(__file__).with_name("lessons.toml"))["voices"]["speakers"])
"""Speakers of Kokoro that the judge of answers has learnt from, and that the bench therefore has not."""
OTHERS = {name: accent for name, accent in speakers().items() if name not in TEACHERS}


def _kokoro(name: str) -> Callable[[], Voice]:
    return lambda: Kokoro(name, MODEL, threads=1)


VOICES: dict[str, Callable[[], Voice]] = {
    "joe": lambda: Joe(threads=1),
    "joe, slow": lambda: Joe(0.8, threads=1),
    "pico, American": lambda: Pico("en-US"),
    "pico, British": lambda: Pico("en-GB"),
    "pico, high and fast": lambda: Pico("en-GB", 1.15, 1.3),
    "robot": Robot,
    **{f"kokoro {name}": _kokoro(name) for name in OTHERS},
}
"""On one core each, since every core listens to something else."""
BRITISH = {
    "pico, British", "pico, high and fast",
    *(f"kokoro {name}" for name, accent in OTHERS.items() if accent == "british"),
}  # fmt: skip


def voices_for(locale: str) -> list[str]:
    """Whoever is heard in that locale: everybody in en-US, British voices in en-GB."""
    return [name for name in VOICES if locale != "en-GB" or name in BRITISH]


@cache
def voice(name: str) -> Kept:
    """A voice, whose recordings are kept."""
    return Kept(VOICES[name](), RECORDINGS)


def record(name: str, texts: Iterable[str], rate: float) -> int:
    """Make the recordings that are missing; how many that were."""
    who = voice(name)
    missing = [text for text in texts if not who.has(text, rate)]
    for text in missing:
        who.say(text, rate)
    return len(missing)
