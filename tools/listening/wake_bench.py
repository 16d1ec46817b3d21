"""Count how often talk that does not name it wakes the speaker: what the skill says, in several voices."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable, Iterator
from itertools import islice

import numpy as np

from simulator.speaker.endpoint import BLOCK
from simulator.speaker.moonshine import RATE
from simulator.speaker.wake import Wake
from tools.listening.book import LOCALES, sentences
from tools.listening.rooms import rooms
from tools.listening.speakers import VOICES

BETWEEN = RATE // 2


def talk(voice: str, most: int) -> Iterator[tuple[str, np.ndarray]]:
    """Each sentence of the skill that does not name the speaker, as said by a voice."""
    texts = dict.fromkeys(text for locale in LOCALES for text in sentences(locale))
    who = VOICES[voice]()
    for text in islice((text for text in texts if not re.search("alexa", text, re.IGNORECASE)), most):
        yield text, np.pad(who.say(text), (0, BETWEEN))


def woken(wake: Wake, sounds: Iterable[tuple[str, np.ndarray]], noise: float) -> tuple[float, list[str]]:
    """The hours heard, and the sentences that woke it; noise is so many decibels below the voice."""
    draw, samples, texts = np.random.default_rng(1), 0, []
    for text, sound in sounds:
        level = float(np.std(sound)) / 10 ** (noise / 20)
        heard = (sound + draw.standard_normal(len(sound)) * level).astype(np.float32)
        samples += len(heard)
        found = [wake.take(heard[at : at + BLOCK]) for at in range(0, len(heard), BLOCK)]
        if any(found):
            texts.append(text)
    return samples / RATE / 3600, texts


def main(argv: list[str]) -> int:
    """Print the hours and what woke it, by voice and noise; 1 where it was more than once in ten hours."""
    given = _parser().parse_args(argv)
    wake, hours, count = Wake(), 0.0, 0
    quiet = {name: room.noise for name, room in rooms().items() if name in {"20 dB", "10 dB"}}
    for voice in given.voice or VOICES:
        for name, noise in {"clean": 60.0, **quiet}.items():
            took, texts = woken(wake, talk(voice, given.most), noise or 0.0)
            hours, count = hours + took, count + len(texts)
            print(
                f"{voice}, {name}: {took:.2f} hours, woken {len(texts)} times", *texts, sep="\n  ", flush=True
            )
    print(f"{hours:.1f} hours, woken {count} times")
    return int(count > hours / 10)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tools wake_bench", description=__doc__)
    parser.add_argument(
        "--voice", action="append", choices=list(VOICES), metavar="VOICE", help="only this one"
    )
    parser.add_argument("--most", type=int, default=10**6, metavar="N", help="only so many sentences")
    return parser
