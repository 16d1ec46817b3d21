"""Count how often talk that does not call it opens the speaker: what the skill and people say, by voice."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable, Iterator
from itertools import islice, product
from pathlib import Path

import numpy as np

from simulator.files import read_toml
from simulator.speaker.calling import Calling
from simulator.speaker.endpoint import BLOCK
from simulator.speaker.moonshine import RATE
from simulator.speaker.settings import settings
from simulator.speaker.thinking import Thinking
from simulator.speaker.wake import WORD
from tools.listening.book import LOCALES, sentences
from tools.listening.rooms import rooms
from tools.listening.speakers import VOICES
from tools.listening.voice_bench import LOCALE, ears, resolver
from tools.understand.rows import OWN_WORDS

BETWEEN = RATE
OWN_WORDS_FOLDER = Path(__file__).parents[1] / "understand" / "en"
SENTENCE, CLEAN, PART = 3, 60.0, 200
"""Fewer words are no sentence; so many decibels below the voice is no noise; so many sentences a report."""


def talk(voice: str, most: int | None, rate: float = 1.0) -> Iterator[tuple[str, np.ndarray]]:
    """Sentences that name neither speaker nor skill, of the skill and of people's own, as said by a voice.

    `most`: so many of them at most, drawn by the voice's name.
    """
    said = dict.fromkeys([*(text for locale in LOCALES for text in sentences(locale)), *people_say()])
    names = re.compile(f"{WORD}|{resolver(LOCALE).model.invocation}", re.IGNORECASE)
    texts = [text for text in said if not names.search(text)]
    who = VOICES[voice]()
    np.random.default_rng(list(voice.encode())).shuffle(texts)
    for text in texts[:most]:
        yield text, who.say(text, rate)


def people_say() -> list[str]:
    """The sentences that the understanding of people is learned from, by file."""
    files = [OWN_WORDS_FOLDER / f"{name}.toml" for name in OWN_WORDS]
    return [text for file in files for text in _texts(read_toml(file)) if len(text.split()) >= SENTENCE]


def _texts(data: object) -> Iterator[str]:
    match data:
        case str():
            yield from data.splitlines()
        case dict():
            for value in data.values():
                yield from _texts(value)
        case list():
            for value in data:
                yield from _texts(value)


def called(
    calling: Calling, sounds: Iterable[tuple[str, np.ndarray]], noise: float
) -> tuple[float, list[str]]:
    """The hours of talk, and the sentences that called it; noise is so many decibels below the voice."""
    draw, samples, texts = np.random.default_rng(1), 0, []
    for text, sound in sounds:
        level = float(np.std(sound)) / 10 ** (noise / 20)
        heard = np.pad(sound, (0, BETWEEN))
        heard = (heard + draw.standard_normal(len(heard)) * level).astype(np.float32)
        samples += len(sound)
        found = [calling.take(heard[at : at + BLOCK]) for at in range(0, len(heard) - BLOCK + 1, BLOCK)]
        if any(call is not None for call in found):
            texts.append(text)
    return samples / RATE / 3600, texts


def main(argv: list[str]) -> int:
    """Print the hours and what called it, by voice and noise; 1 where it was more than once in ten hours."""
    given = _parser().parse_args(argv)
    hours, count = 0.0, 0
    calling = Calling(ears(LOCALE), Thinking(settings().turn), settings().wake)
    quiet = {name: room.noise for name, room in rooms().items() if name in {"20 dB", "10 dB"}}
    heard_in = {"clean": CLEAN, **(quiet if given.noise else {})}
    for voice in given.voice or VOICES:
        for (name, noise), rate in product(heard_in.items(), given.rate or [1.0]):
            print(f"{voice}, {name}, rate {rate}:")
            sounds = talk(voice, given.most, rate)
            while part := list(islice(sounds, PART)):
                took, texts = called(calling, part, noise or 0.0)
                hours, count = hours + took, count + len(texts)
                print(f"  {hours:.2f} hours so far, called {count} times", *texts, sep="\n    ", flush=True)
    print(f"{hours:.1f} hours, called {count} times")
    return int(count > hours / 10)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tools wake_bench", description=__doc__)
    parser.add_argument(
        "--voice", action="append", choices=list(VOICES), metavar="VOICE", help="only this one"
    )
    parser.add_argument("--rate", action="append", type=float, metavar="N", help="so fast (default: 1)")
    parser.add_argument("--noise", action="store_true", help="in noise at 20 and 10 dB too")
    parser.add_argument("--most", type=int, metavar="N", help="only so many sentences, drawn for each voice")
    return parser
