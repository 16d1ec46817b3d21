"""Count which interruptions the speaker hears while it speaks, over virtual sound devices."""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Iterator, Sequence
from time import sleep
from typing import NamedTuple

from simulator.skill import here
from simulator.speaker.doubt import Understood
from simulator.speaker.ears import Ears
from simulator.speaker.house import build_ears
from simulator.speaker.sound import SoundCard
from simulator.speaker.voices import Voice
from tools import conversations
from tools.listening.devices import NoServerError, devices
from tools.listening.speakers import VOICES, voice
from tools.listening.table import LISTENS, Event, Table, table

WORDS = ("Wait.", "Stop.", "Repeat that.", "I can't feel my foot.")
PEOPLE = (
    "joe", "pico, British", "kokoro af_bella", "kokoro af_sarah", "kokoro am_michael", "kokoro am_fenrir",
    "kokoro bf_emma", "kokoro bf_isabella", "kokoro bm_george", "kokoro bm_lewis",
)  # fmt: skip
SOONEST, LATEST = 1.0, 2.5
"""Seconds after which somebody talks into a question."""
LEARNS = 3.0
"""Seconds of the welcome, in which the canceller learns the room."""
SEED = 5
CALM = "ordinary_cramp_in_thirteen_questions"


class Tried(NamedTuple):
    """Something that was said into the speaker's voice, and all that the speaker heard."""

    voice: str
    words: str
    seen: Sequence[str]
    heard: bool


def interrupted(ears: Ears, locale: str, guide: Voice, tries: Sequence[tuple[str, str]]) -> Iterator[Tried]:
    """Each voice says its words into the first question of a check, at a moment that is drawn."""
    draw = random.Random(SEED)  # noqa: S311 - no secret
    with devices(cancelling=True) as around, SoundCard() as card:
        for who, words in tries:
            with table(ears, card, locale, guide) as laid:
                laid.screen.next()
                for typed, listens in (("", LEARNS), ("yes", 0.0)):
                    laid.keyboard.type(typed)
                    _until(laid, "skill")
                    sleep(listens)
                sleep(draw.uniform(SOONEST, LATEST))
                around.say(voice(who).say(words))
                seen = _until(laid, "you")
            meant = ears.resolver.resolve(words).intent
            heard = any(who == "you" and ears.resolver.resolve(text).intent == meant for who, text in seen)
            yield Tried(who, words, [heard.words + " " + heard.doubt for heard in laid.ears.heard], heard)


def _until(laid: Table, who: str) -> list[Event]:
    """All lines until one of somebody, or until the speaker listens."""
    seen = [laid.screen.next()]
    while seen[-1].who != who and seen[-1] != LISTENS:
        seen.append(laid.screen.next())
    return seen


def alone(ears: Ears, locale: str, guide: Voice) -> list[Understood]:
    """All that the speaker has heard of itself in the replies of a check, with nobody there."""
    turns = conversations.read(conversations.FOLDER / locale / f"{CALM}.toml").turns
    with devices(cancelling=True), SoundCard() as card, table(ears, card, locale, guide) as laid:
        laid.screen.next()
        for typed in ["", *(str(turn["user"]) for turn in turns[1:-1])]:
            laid.keyboard.type(typed)
            _until(laid, "note")
        return laid.ears.heard


def main(argv: list[str]) -> int:
    """Print what was heard of each interruption, and of the speaker itself; 2 without a sound server."""
    given = _parser().parse_args(argv)
    ears = build_ears(here().resolver(given.locale))
    guide = voice(given.guide)
    voices = given.voice or PEOPLE
    tries = [(who, words) for who in voices for words in WORDS]
    try:
        found = []
        for tried in interrupted(ears, given.locale, guide, tries):
            found.append(tried)
            print(*tried, sep=" | ", flush=True)
        print(f"{sum(tried.heard for tried in found)} of {len(found)} heard")
        if not given.voice:
            itself = alone(ears, given.locale, guide)
            print(f"listened to itself {len(itself)} times:", *itself, sep="\n  ")
    except NoServerError as missing:
        print(f"{missing}.", file=sys.stderr)
        return 2
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tools interrupt_bench", description=__doc__)
    parser.add_argument("--locale", default="en-US", choices=("en-US", "en-GB"))
    parser.add_argument("--guide", default="pico, British", choices=list(VOICES), metavar="VOICE")
    parser.add_argument(
        "--voice", action="append", choices=list(VOICES), metavar="VOICE", help="only this one interrupts"
    )
    return parser
