"""Hold a conversation of tests/conversations by voice, over virtual sound devices."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from queue import Empty
from time import sleep
from typing import NamedTuple

import numpy as np

from simulator.skill import here
from simulator.speaker.doubt import END, WORDS, Understood
from simulator.speaker.ears import Ears
from simulator.speaker.house import build_ears
from simulator.speaker.loop import NOT_TAKEN
from simulator.speaker.moonshine import RATE
from simulator.speaker.settings import settings
from simulator.speaker.sound import SoundCard
from simulator.speaker.voices import Voice
from simulator.understanding.resolve import YES
from tools import conversations
from tools.listening.devices import Devices, NoServerError, devices
from tools.listening.speakers import VOICES
from tools.listening.table import LISTENS, Event, Table, table

CALL = "Alexa."
THINKS, LISTENED_FIRST = 0.6, 1.5
"""Seconds after which somebody answers, and interrupts."""
CALLS_AGAIN, LAST = 6.0, 3.0
PATIENCE = 4
"""How often somebody says the same."""
GRAIN, LOUD = RATE // 100, 0.01
UTTERANCE = 1.2
"""Seconds of silence that part one utterance of somebody from the next."""


class Line(NamedTuple):
    """Something to say: into what the speaker says, or as the answer to it."""

    text: str
    interrupts: bool = False


class Held(NamedTuple):
    """A conversation that was held: what was on the screen, and the lines that had to be said again."""

    screen: Sequence[Event]
    again: Sequence[str]
    interrupted: bool
    """Each interruption was heard while the speaker spoke."""
    itself: int
    """How often the speaker has listened to something where nobody had talked."""
    waits: Sequence[float]
    """Seconds from each end of speech to the reply."""
    canceller: str


def lines(path: Path, interruption: Sequence[str]) -> list[Line]:
    """All that is said in a conversation; after its second question an interruption and what follows it."""
    first, second, *rest = [Line(str(turn["user"])) for turn in conversations.read(path).turns[1:]]
    into, *then = interruption
    return [Line(CALL), first, second, Line(into, interrupts=True), *map(Line, then), *rest]


def hold(ears: Ears, locale: str, guide: str | Voice, person: Voice, said: Sequence[Line]) -> Held:
    """Say all that, each as soon as it may be said, and again where it was not taken.

    Raises `AssertionError` where the speaker leaves or doesn't take something however often it is said.
    """
    sounds = {text: person.say(text) for text in ("Yes.", "No.", *(line.text for line in said))}
    with devices(cancelling=True) as around, SoundCard() as card, table(ears, card, locale, guide) as laid:
        somebody = _Somebody(laid, around, sounds, said)
        with around.recorded() as sides:
            somebody.talk()
            sleep(LAST)
        return Held(
            laid.screen.seen,
            somebody.again,
            somebody.interrupted,
            itself=len(laid.ears.heard) - somebody.talked,
            waits=list(waits(*sides)),
            canceller=card.canceller.name if card.canceller else "",
        )


class _Somebody:
    """Somebody who reads along on the screen and talks."""

    def __init__(
        self, laid: Table, around: Devices, sounds: Mapping[str, np.ndarray], said: Sequence[Line]
    ) -> None:
        self._laid, self._around, self._sounds, self._left = laid, around, sounds, list(said)
        self._open: Line | None = None
        self._doubtful: Understood | None = None
        self.again: list[str] = []
        self.interrupted = True
        self.talked = 0

    def talk(self) -> None:
        """Say it all; returns when the last of it has been answered."""
        self._call(self._left.pop(0).text)
        while self._left or self._open:
            event = self._laid.screen.next()
            if event.who == "end":
                raise AssertionError("the speaker has left")
            if event.who == "you" and NOT_TAKEN not in event.text:
                self._taken(self._laid.ears.heard[-1])
            elif event.who == "skill":
                self._hears(event.text)
            elif event == LISTENS:
                self._answers()

    def _call(self, name: str) -> None:
        for _ in range(PATIENCE):
            self._say(name)
            self.talked -= 1  # it is not given to understand
            with suppress(Empty):
                while self._laid.screen.next(CALLS_AGAIN).who != "you":
                    pass
                return
        raise AssertionError(f"not heard: {name}")

    def _taken(self, heard: Understood) -> None:
        if not self._open:
            return
        resolver = self._laid.ears.resolver
        meant = YES if self._doubtful else resolver.resolve(self._open.text).intent
        if heard.intent == meant:
            self._open = None

    def _hears(self, text: str) -> None:
        last = self._laid.ears.heard[-1] if self._laid.ears.heard else None
        asked = last and last.about and settings().answers.question(last.about, last.words) == text
        self._doubtful = last if asked else None
        if self._left and self._left[0].interrupts and not self._open:
            sleep(LISTENED_FIRST)
            self._open = self._left.pop(0)
            self._say(self._open.text)

    def _answers(self) -> None:
        sleep(THINKS)
        if self._open is None:
            self._open = self._left.pop(0)
            self._say(self._open.text)
        elif self._doubtful:
            self._say("Yes." if is_meant(self._laid.ears, self._doubtful, self._open.text) else "No.")
        else:
            self.interrupted = self.interrupted and not self._open.interrupts
            self.again.append(self._open.text)
            if self.again.count(self._open.text) > PATIENCE * 5:
                raise AssertionError(f"not taken: {self._open.text}")
            self._say(self._open.text)

    def _say(self, text: str) -> None:
        self.talked += 1
        self._around.say(self._sounds[text])


def is_meant(ears: Ears, doubtful: Understood, said: str) -> bool:
    """Tell whether what the speaker asks about is what somebody has said."""
    meant, heard = (ears.resolver.resolve(each) for each in (said, doubtful.words))
    if doubtful.about in {WORDS, END}:
        return (meant.intent, meant.slots) == (heard.intent, heard.slots)
    return ears.meanings.kinds.get(meant.intent) == doubtful.about


def waits(spoke: np.ndarray, talked: np.ndarray) -> Iterator[float]:
    """The seconds from each end of what somebody has talked to what is spoken then."""
    begins = np.array([begin for begin, _ in utterances(spoke, 0.0)])
    for _, end in utterances(talked, UTTERANCE):
        later = begins[begins > end]
        if len(later):
            yield float(later[0] - end)


def utterances(sound: np.ndarray, between: float) -> list[tuple[float, float]]:
    """When each stretch of sound begins and ends, in seconds; a silence of so many seconds ends it."""
    grains = np.abs(sound[: len(sound) // GRAIN * GRAIN]).reshape(-1, GRAIN).max(axis=1) > LOUD
    loud = np.flatnonzero(grains)
    if not len(loud):
        return []
    parted = np.flatnonzero(np.diff(loud) > max(between * RATE / GRAIN, 1))
    starts, ends = [loud[0], *loud[parted + 1]], [*loud[parted], loud[-1]]
    second = RATE / GRAIN
    return [(begin / second, (end + 1) / second) for begin, end in zip(starts, ends, strict=True)]


def main(argv: list[str]) -> int:
    """Print what was said and heard; 1 where the speaker heard itself, 2 without a sound server."""
    given = _parser().parse_args(argv)
    ears = build_ears(here().resolver(given.locale))
    said = lines(conversations.FOLDER / given.locale / f"{given.conversation}.toml", given.interruption)
    try:
        held = hold(ears, given.locale, given.guide, VOICES[given.person](), said)
    except NoServerError as missing:
        print(f"{missing}.", file=sys.stderr)
        return 2
    for who, text in held.screen:
        print(who.ljust(6), text)
    print(f"Canceller: {held.canceller or 'none'}.", f"Said again: {', '.join(held.again) or 'nothing'}.")
    print(f"Interruption heard: {held.interrupted}.", f"Listened to itself {held.itself} times.")
    print("Seconds to the reply:", *(f"{wait:.2f}" for wait in held.waits))
    return int(held.itself > 0)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tools by_voice", description=__doc__)
    parser.add_argument("conversation", help="the name of its file")
    parser.add_argument("--locale", default="en-US", choices=("en-US", "en-GB"))
    parser.add_argument("--guide", default="pico", help="the voice that guides")
    parser.add_argument("--person", default="joe", choices=list(VOICES), metavar="VOICE")
    parser.add_argument("--interruption", nargs="+", default=["wait", "go on"], metavar="LINE")
    return parser
