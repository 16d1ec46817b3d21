"""Puts a speaker together from its parts."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from simulator.device.echo import Device
from simulator.device.requests import SKILL_ID, Clock
from simulator.device.skill import load_handler
from simulator.speaker.ears import Ears
from simulator.speaker.keyboard import Keyboard
from simulator.speaker.loop import Keys, Speaker
from simulator.speaker.moonshine import Moonshine
from simulator.speaker.settings import settings
from simulator.speaker.sound import Sound
from simulator.speaker.voices import Voice, voice_named
from simulator.terminal.paper import Paper
from simulator.understanding.resolve import Resolver

VOICES = {"en-US": "joe", "en-GB": "pico"}
MODEL = Path(sys.prefix) / "speech"


def build_ears(resolver: Resolver, locale: str, threads: int = 2) -> Ears:
    """The ears of a locale; raises `LookupError` where the recogniser has not been fetched."""
    if not (MODEL / "decoder_model_merged.onnx").is_file():
        raise LookupError(f"{MODEL}: no recogniser here; `make speak` fetches it")
    return Ears(Moonshine(MODEL, threads), resolver, settings(), locale)


def build(  # noqa: PLR0913 - what differs from one speaker to the next
    sound: Sound,
    locale: str,
    voice: str | Voice | None = None,
    *,
    ears: Ears | None = None,
    headset: bool = False,
    keys: Keys | None = None,
    paper: Paper | None = None,
    clock: Clock | None = None,
    seed: int = 0,
) -> Speaker:
    """A speaker that talks to the skill; raises `LookupError` for what is unknown or not installed."""
    ears = ears or build_ears(Resolver.for_locale(locale), locale)
    skill_id = os.environ.get("SKILL_ID") or SKILL_ID
    device = Device(load_handler(), locale, resolver=ears.resolver, skill_id=skill_id, clock=clock, seed=seed)
    voice = voice or VOICES.get(locale, "pico")
    return Speaker(
        device,
        ears,
        voice_named(voice, locale) if isinstance(voice, str) else voice,
        sound,
        keys or Keyboard(),
        paper or Paper(sys.stdout),
        settings(),
        headset=headset,
    )
