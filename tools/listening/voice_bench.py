"""Measure how spoken answers are understood: right, asked again, swapped; by voice and noise."""

from __future__ import annotations

import argparse
import json
import os
import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from multiprocessing import get_context
from pathlib import Path
from typing import Literal, NamedTuple

import numpy as np

from simulator.device.echo import Device, Exchange
from simulator.device.reading import understood
from simulator.device.skill import load_handler
from simulator.files import read_toml
from simulator.speaker.ears import Ears, Evidence
from simulator.speaker.endpoint import BLOCK, Endpoint
from simulator.speaker.house import build_ears
from simulator.speaker.moonshine import RATE
from simulator.speaker.settings import settings
from simulator.speaker.spoken import Words, parts
from simulator.speaker.voices import Joe, Pico, Voice
from simulator.understanding.resolve import (
    DENIAL,
    FALLBACK,
    HEDGES,
    NO,
    OWN_WORDS,
    SIGN,
    UNSURE,
    YES,
    Resolver,
)
from tools.listening.robot_voice import Robot
from tools.listening.voice_table import PAGE, page, report

ANSWERS = Path(__file__).parents[2] / "tests" / "speaker" / "answers.toml"
LOCALE = "en-US"
VOICES: dict[str, Callable[[], Voice]] = {
    "joe": lambda: Joe(threads=1),
    "joe, slow": lambda: Joe(0.8, threads=1),
    "pico, American": lambda: Pico("en-US"),
    "pico, British": lambda: Pico("en-GB"),
    "pico, high and fast": lambda: Pico("en-GB", 1.15, 1.3),
    "robot": Robot,
}
NOISES: dict[str, float | None] = {"clean": None, "20 dB": 20.0, "10 dB": 10.0}
POLARITY = {
    YES: "yes", HEDGES[YES]: "yes", SIGN: "yes", OWN_WORDS: "yes",
    NO: "no", HEDGES[NO]: "no", DENIAL: "no", UNSURE: "unsure",
}  # fmt: skip
FASTER, SEED = 1.1, 5
Outcome = Literal["right", "again", "other", "mistaken", "swapped"]


class Job(NamedTuple):
    """Lines to say in one voice and one noise. `fresh`: a tenth faster and in other noise than otherwise."""

    voice: str
    noise: str
    said: Sequence[tuple[str, str]]
    fresh: bool = False


class Clip(NamedTuple):
    """One thing said once, and what came of it."""

    group: str
    said: str
    voice: str
    noise: str
    heard: str
    intent: str
    doubt: str
    outcome: Outcome
    evidence: Evidence | None


@cache
def resolver() -> Resolver:
    """The meaning of the words in writing."""
    return Resolver.for_locale(LOCALE)


@cache
def ears() -> Ears:
    """The speaker's own ears; on one core, since every core listens to something else."""
    return build_ears(resolver(), LOCALE, threads=1)


def lines() -> list[tuple[str, str]]:
    """Everything that is said, with its group."""
    said = read_toml(ANSWERS)["said"]
    return [(group, text) for group, texts in said.items() for text in texts]


def noisy(sound: np.ndarray, decibels: float | None, seed: str) -> np.ndarray:
    """The sound between silences, in white noise that is quieter than it by so many decibels."""
    padded = np.pad(sound, (RATE // 2, RATE))
    if decibels is None or not len(sound):
        return padded
    noise = np.random.default_rng(list(seed.encode())).standard_normal(len(padded))
    scale = np.sqrt(np.mean(sound**2)) / 10 ** (decibels / 20)
    mixed: np.ndarray = (padded + noise * scale).astype(np.float32)
    return mixed


def cut_out(sound: np.ndarray) -> np.ndarray | None:
    """The recording that the speaker would make of it, from the first word to the end of speech."""
    endpoint = Endpoint(settings().turn)
    for at in range(0, len(sound) - BLOCK + 1, BLOCK):
        recording = endpoint.take(sound[at : at + BLOCK])
        if recording is not None:
            return recording
    return None


def outcome(said: str, intent: str, ids: Iterable[str], *, taken: bool) -> Outcome:
    """How what was understood compares with what the words mean in writing."""
    meant = understood(resolver(), said)
    if not taken or intent == FALLBACK:
        return "right" if meant.intent == FALLBACK else "again"
    if intent == meant.intent and set(ids) == _ids(said):
        return "right"
    ways = POLARITY.get(meant.intent), POLARITY.get(intent)
    swapped = "no" in ways and ways[0] != ways[1] and None not in ways
    if meant.intent == FALLBACK and intent in (YES, NO, *HEDGES.values()):
        return "mistaken"
    return "swapped" if swapped else "other"


@cache
def answered(words: str) -> Exchange:
    """The skill's turn after words at the first question of the check; with none, it has not understood."""
    device = Device(load_handler(), LOCALE, resolver=resolver())
    device.launch()
    device.intent(YES)
    return device.say(words) if words else device.intent(FALLBACK)


@cache
def spoken(ssml: str) -> float:
    """The seconds that a reply takes to say in the quickest voice, without its pauses."""
    voice = Pico("en-US")
    return float(sum(len(voice.say(part.text)) for part in parts(ssml) if isinstance(part, Words)) / RATE)


def recorded(turn: Exchange) -> tuple[object, ...]:
    """Somebody's answers after a turn, and the place of the conversation."""
    return tuple(turn.attributes.get(name) for name in ("answers", "asking", "offer", "level", "pattern"))


def _ids(text: str) -> set[str]:
    slots = understood(resolver(), text).slots.values()
    return {match.id or match.value for matches in slots for match in matches}


def hear(job: Job) -> list[Clip]:
    """Say lines, listen to them, and act on them."""
    voice = VOICES[job.voice]()
    clips = []
    for group, text in job.said:
        sound = voice.say(text, FASTER if job.fresh else 1.0)
        seed = job.voice + text + ("again" if job.fresh else "")
        recording = cut_out(noisy(sound, NOISES[job.noise], seed))
        found = ears().weigh(recording) if recording is not None else None
        clips.append(judged(group, text, job.voice, job.noise, found))
    return clips


def judged(group: str, text: str, voice: str, noise: str, found: Evidence | None) -> Clip:
    """The outcome of a recording, by the settings as they are."""
    doubt = ears().judge(found, asked=True) if found else "unheard"
    words, intent = (found.words, found.intent) if found else ("", FALLBACK)
    came = outcome(text, intent, _ids(words), taken=not doubt)
    turn = answered("" if doubt else words)
    if came == "right" and recorded(turn) != recorded(answered(text)):
        came = "other"
    if not spoken(turn.speech):
        raise AssertionError(f"nothing was said after {text!r}")
    return Clip(group, text, voice, noise, words, intent, doubt, came, found)


def judged_anew(file: Path) -> list[Clip]:
    """The clips of an earlier run, judged by the settings as they are now."""
    clips = [Clip(**json.loads(line)) for line in file.read_text(encoding="utf-8").splitlines()]
    return [
        judged(clip.group, clip.said, clip.voice, clip.noise, clip.evidence and Evidence(*clip.evidence))
        for clip in clips
    ]


def sample(size: int) -> list[tuple[str, str]]:
    """As many lines, drawn from all groups alike; the same ones each time."""
    every = lines()
    drawn = sorted(random.Random(SEED).sample(range(len(every)), min(size, len(every))))  # noqa: S311 - no secret
    return [every[at] for at in drawn]


def measure(jobs: Sequence[Job]) -> Iterator[list[Clip]]:
    """All jobs, on every core; one list for each."""
    with ProcessPoolExecutor(os.cpu_count(), get_context("spawn")) as pool:
        yield from pool.map(hear, jobs)


def main(argv: list[str]) -> int:
    """Print the tables; 1 where an answer was swapped on clean speech."""
    parser = argparse.ArgumentParser(prog="python -m tools voice_bench", description=__doc__)
    parser.add_argument("--voice", action="append", choices=list(VOICES), help="only this one, or these")
    parser.add_argument("--noise", action="append", choices=list(NOISES), help="only this one, or these")
    parser.add_argument(
        "--sample", type=int, metavar="N", help="only so many of the lines, the same each time"
    )
    parser.add_argument("--fresh", action="store_true", help="recordings that no setting was chosen by")
    parser.add_argument("--clips", type=Path, help="write every clip's outcome there, as JSON lines")
    parser.add_argument(
        "--judge", type=Path, help="hear nothing: judge these clips by the settings as they are"
    )
    parser.add_argument("--write", action="store_true", help=f"write the tables to docs/{PAGE.name} too")
    given = parser.parse_args(argv)
    said = sample(given.sample) if given.sample else lines()
    jobs = [
        Job(voice, noise, said, given.fresh)
        for voice in given.voice or VOICES
        for noise in given.noise or NOISES
    ]
    clips = judged_anew(given.judge) if given.judge else []
    for done in [] if given.judge else measure(jobs):
        clips += done
        if given.clips:
            text = "".join(json.dumps(clip._asdict(), default=str) + "\n" for clip in clips)
            given.clips.write_text(text, encoding="utf-8")
    print(report(clips))
    if given.write:
        PAGE.write_text(page(clips, fresh=given.fresh), encoding="utf-8")
    return int(any(clip.outcome == "swapped" and clip.noise == "clean" for clip in clips))
