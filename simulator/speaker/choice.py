"""Which voice the speaker speaks with: the wanted one, or the best that this machine is fast enough for."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from time import perf_counter

from simulator.files import BrokenFileError, read_json
from simulator.speaker.book import speaking
from simulator.speaker.kokoro import Kokoro
from simulator.speaker.letters import speakers
from simulator.speaker.moonshine import RATE
from simulator.speaker.voices import Joe, Pico, Voice


def chosen(name: str | None, locale: str, folder: Path) -> Voice:
    """The voice of that name, or without one the usual voice. Raises `LookupError` for an unknown name."""
    if name:
        return voice_named(name, locale, folder)
    settings = speaking()
    usual = voice_named(settings["voices"]["usual"], locale, folder)
    fast = pace(usual, folder / "pace.json") <= settings["pace"]["at_most"]
    return usual if fast else voice_named(settings["voices"]["quick"], locale, folder)


def voice_named(name: str, locale: str, folder: Path) -> Voice:
    """`kokoro`, `joe`, `pico`, or a speaker of Kokoro; raises `LookupError` for any other name."""
    if name == "joe":
        return Joe()
    if name == "pico":
        return Pico(speaking()["pico"][locale])
    speaker = speaking()["kokoro"][locale] if name == "kokoro" else name
    if speaker not in speakers():
        raise LookupError(f"there is no voice {name}; there are kokoro, joe, pico, {', '.join(speakers())}")
    return Kokoro(speaker, folder)


def pace(voice: Voice, file: Path) -> float:
    """The seconds this machine takes for a second of speech; tried once, and written down in the file."""
    try:
        known: dict[str, float] = dict(read_json(file))
    except BrokenFileError:
        known = {}
    if voice.identity not in known:
        print("Trying how fast this machine can speak (once) ...", file=sys.stderr, flush=True)
        known[voice.identity] = tried(voice)
        file.write_text(json.dumps(known), encoding="utf-8")
    return known[voice.identity]


def tried(voice: Voice) -> float:
    """The seconds for a second of speech, the voice being awake."""
    voice.say("Yes.")
    before = perf_counter()
    sound = voice.say(speaking()["pace"]["sentence"])
    return (perf_counter() - before) / (len(sound) / RATE)
