"""Puts a speaker together from its parts."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from simulator.device.echo import Device
from simulator.device.requests import SKILL_ID, Clock
from simulator.skill import here
from simulator.speaker import single_words
from simulator.speaker.book import Prompts, book, speaking
from simulator.speaker.choice import chosen
from simulator.speaker.ears import Ears
from simulator.speaker.embedding import Embedding
from simulator.speaker.keyboard import Keyboard
from simulator.speaker.kokoro import Kokoro
from simulator.speaker.loop import ALWAYS, Keys, Speaker
from simulator.speaker.moonshine import Moonshine
from simulator.speaker.mouth import Mouth
from simulator.speaker.settings import settings
from simulator.speaker.sound import Sound, SoundCard
from simulator.speaker.voices import Voice
from simulator.terminal.paper import Paper
from simulator.understanding.resolve import Resolver

MODEL = Path(sys.prefix) / "speech"
PROMPTS = MODEL / "prompts"


def build_ears(resolver: Resolver, threads: int = 2) -> Ears:
    """The ears of a locale; raises `LookupError` where the recogniser has not been fetched."""
    if not all((MODEL / name).is_file() for name in ("decoder_model_merged.onnx", single_words.FILE)):
        raise LookupError(f"{MODEL}: no recogniser here; `make speak` fetches it")
    return Ears(
        Moonshine(MODEL, threads),
        Embedding(threads),
        single_words.SingleWords(MODEL, threads),
        resolver,
        settings(),
    )


def build(  # noqa: PLR0913 - what differs from one speaker to the next
    sound: Sound,
    locale: str,
    voice: str | Voice | None = None,
    *,
    ears: Ears | None = None,
    deaf: float = ALWAYS,
    keys: Keys | None = None,
    paper: Paper | None = None,
    clock: Clock | None = None,
    seed: int = 0,
) -> Speaker:
    """A speaker that talks to the skill; raises `LookupError` for what is unknown or not installed."""
    ears = ears or build_ears(here().resolver(locale))
    skill_id = os.environ.get("SKILL_ID") or SKILL_ID
    device = Device(here().handler, locale, resolver=ears.resolver, skill_id=skill_id, clock=clock, seed=seed)
    paper = paper or Paper(sys.stdout)
    return Speaker(
        device,
        ears,
        mouth_of(voice, sound, paper, locale),
        sound,
        keys or Keyboard(),
        paper,
        settings(),
        deaf=deaf,
    )


def deaf(card: SoundCard, *, headset: bool) -> float:
    """For how many seconds of its voice a speaker must not listen while it speaks."""
    if headset:
        return 0.0
    return float(speaking()["canceller"]["learns"]) if card.canceller else ALWAYS


def mouth_of(voice: str | Voice | None, sound: Sound, paper: Paper, locale: str) -> Mouth:
    """A voice at work; one that takes a while has the book's sentences made while nobody talks."""
    if voice is None or isinstance(voice, str):
        voice = chosen(voice, locale, MODEL)
    if not isinstance(voice, Kokoro):  # the others say anything at once
        return Mouth(voice, sound.rest)
    prompts = Prompts(voice, PROMPTS / locale / voice.speaker, book(locale, MODEL))
    if left := prompts.left():
        paper.note(f"While nobody talks, {left:,} sentences are made that are then said without a wait.")
    return Mouth(prompts, sound.rest, prompts.chores())
