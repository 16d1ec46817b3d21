"""Measure how spoken answers are understood: right, asked again, swapped; by voice and room."""

from __future__ import annotations

import argparse
import json
import os
import random
import sys
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Literal, NamedTuple

import numpy as np

from simulator.device.echo import Device, Exchange
from simulator.files import read_toml
from simulator.skill import here
from simulator.speaker.doubt import WORDS, Evidence, Understood
from simulator.speaker.ears import Ears
from simulator.speaker.endpoint import BLOCK, Endpoint
from simulator.speaker.house import build_ears
from simulator.speaker.judge import Chances
from simulator.speaker.moonshine import RATE
from simulator.speaker.settings import settings
from simulator.speaker.spoken import Words, parts
from simulator.speaker.voices import Pico
from simulator.understanding.resolve import FALLBACK, NO, YES, Resolver
from tools.listening.cores import cores
from tools.listening.rooms import disturbances, heard_in, rooms
from tools.listening.speakers import VOICES, record, voice, voices_for
from tools.listening.voice_table import PAGE, page, report
from tools.simulated.reading import understood
from tools.simulated.roles import DENIAL, HEDGES, OWN_WORDS, SIGN, UNSURE

ANSWERS = Path(__file__).parents[2] / "tests" / "speaker" / "answers.toml"
LOCALE = "en-US"
LOCALES = ("en-US", "en-GB")
POLARITY = {
    YES: "yes", HEDGES[YES]: "yes", SIGN: "yes", OWN_WORDS: "yes",
    NO: "no", HEDGES[NO]: "no", DENIAL: "no", UNSURE: "unsure",
}  # fmt: skip
FASTER, SEED = 1.1, 5
Outcome = Literal["right", "asked", "again", "other", "mistaken", "swapped"]
Line = tuple[str, str]
"""A group, and what is said."""


class Job(NamedTuple):
    """Lines to say in one voice and one room. `fresh`: a tenth faster and in other noise than otherwise."""

    voice: str
    room: str
    said: Sequence[Line]
    locale: str = LOCALE
    fresh: bool = False


class Clip(NamedTuple):
    """One thing said once, and what came of it."""

    group: str
    said: str
    voice: str
    room: str
    heard: str
    intent: str
    doubt: str
    outcome: Outcome
    evidence: Evidence | None
    locale: str


@cache
def resolver(locale: str) -> Resolver:
    """The meaning of the words in writing."""
    return here().resolver(locale)


@cache
def ears(locale: str) -> Ears:
    """The speaker's own ears; on one core, since every core listens to something else."""
    return build_ears(resolver(locale), threads=1)


def lines(locale: str) -> list[Line]:
    """Everything that is said in a locale, with its group."""
    data = read_toml(ANSWERS)
    own = data["said_too"].get(locale, {})
    return [(group, text) for group, texts in data["said"].items() for text in [*texts, *own.get(group, [])]]


def cut_out(sound: np.ndarray) -> np.ndarray | None:
    """The recording that the speaker would make of it, from the first word to the end of speech."""
    endpoint = Endpoint(settings().turn)
    for at in range(0, len(sound) - BLOCK + 1, BLOCK):
        recording = endpoint.take(sound[at : at + BLOCK])
        if recording is not None:
            return recording
    return None


def outcome(  # noqa: PLR0913 - all that decides
    said: str,
    intent: str,
    ids: Iterable[str],
    *,
    taken: bool,
    about: str = "",
    kept: bool = True,
    locale: str = LOCALE,
) -> Outcome:
    """How what was understood compares with what the words mean in writing.

    `about`: the answer that is asked about where nothing is taken. `kept`: the skill counts it as an
    answer; what it asks about first is not swapped.
    """
    meant = understood(resolver(locale), said)
    if not taken or intent == FALLBACK:
        if meant.intent == FALLBACK:
            return "right"
        return "asked" if about and about == ears(locale).meanings.kinds.get(meant.intent) else "again"
    if intent == meant.intent and set(ids) == _ids(said, locale):
        return "right"
    ways = POLARITY.get(meant.intent), POLARITY.get(intent)
    swapped = "no" in ways and ways[0] != ways[1] and None not in ways
    if ways[0] is None and intent in (YES, NO, *HEDGES.values()):
        return "mistaken"
    if swapped:
        return "swapped" if kept else "again"
    return "other"


@cache
def answered(words: str, locale: str) -> Exchange:
    """The skill's turn after words at the first question of the check; with none, it has not understood."""
    device = Device(here().handler, locale, resolver=resolver(locale))
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


def sign_outcome(turn: Exchange, meant: Exchange, came: Outcome) -> Outcome:
    """How a sign fared: right where it was written down, asked where the skill asks about it next.

    `meant`: the skill's turn after the same sign in writing. `came`: the outcome otherwise.
    """
    wanted = _yeses(meant) | _asked_about(meant)
    if wanted & _yeses(turn):
        return "right"
    if wanted & _asked_about(turn):
        return "asked"
    return "other" if came == "right" else came


def is_meant(group: str, words: str, said: str, locale: str) -> bool:
    """Tell whether words that are confirmed do what was said; a sign counts or is asked about."""
    turn, meant = answered(words, locale), answered(said, locale)
    if group == "sign":
        return sign_outcome(turn, meant, "again") != "again"
    intents = (understood(resolver(locale), each).intent for each in (words, said))
    return len(set(intents)) == 1 and _ids(words, locale) == _ids(said, locale)


def _yeses(turn: Exchange) -> set[str]:
    answers = turn.attributes.get("answers") or {}
    return {question for question, answer in answers.items() if answer == "yes"}


def _asked_about(turn: Exchange) -> set[str]:
    return set((turn.attributes.get("unclear") or "").split())


def _ids(text: str, locale: str) -> set[str]:
    slots = understood(resolver(locale), text).slots.values()
    return {match.id or match.value for matches in slots for match in matches}


def hear(job: Job) -> list[Clip]:
    """Say lines, listen to them, and act on them."""
    who = voice(job.voice)
    clips = []
    for group, text in job.said:
        sound = who.say(text, FASTER if job.fresh else 1.0)
        seed = job.voice + text + ("again" if job.fresh else "")
        recording = cut_out(heard_in(job.room, sound, seed))
        found = ears(job.locale).weigh(recording) if recording is not None else None
        clips.append(judged(group, text, job.voice, job.room, found, job.locale))
    return clips


def judged(  # noqa: PLR0913, PLR0917 - what a clip is made of
    group: str, text: str, who: str, room: str, found: Evidence | None, locale: str
) -> Clip:
    """The outcome of a recording, by the settings as they are."""
    heard = ears(locale).doubter.taken(found, asked=True) if found else Understood("", FALLBACK, "unknown")
    words, intent, doubt, about = heard
    turn = answered("" if doubt else words, locale)
    kept = turn.attributes.get("answers") != answered("", locale).attributes.get("answers")
    ids = _ids(words, locale)
    came = outcome(text, intent, ids, taken=not doubt, about=about, kept=kept, locale=locale)
    if about == WORDS:
        came = "asked" if is_meant(group, words, text, locale) else "again"
    elif group == "sign" and not doubt:
        came = sign_outcome(turn, answered(text, locale), came)
    elif came == "right" and recorded(turn) != recorded(answered(text, locale)):
        came = "other"
    if not spoken(turn.speech):
        raise AssertionError(f"nothing was said after {text!r}")
    return Clip(group, text, who, room, words, intent, doubt, came, found, locale)


def evidence(saved: Sequence[Any]) -> Evidence:
    """The evidence that was written down with a clip."""
    found = Evidence(*saved)
    return found._replace(chances=Chances(*found.chances))


def judged_anew(files: Iterable[Path]) -> list[Clip]:
    """The clips of earlier runs, judged by the settings as they are now."""
    saved = [line for file in files for line in file.read_text(encoding="utf-8").splitlines()]
    clips = [Clip(**json.loads(line)) for line in saved]
    return [
        judged(
            clip.group,
            clip.said,
            clip.voice,
            clip.room,
            clip.evidence and evidence(clip.evidence),
            clip.locale,
        )
        for clip in clips
    ]


def drawn(said: Sequence[Line], size: int) -> list[Line]:
    """As many of the lines, from all groups alike; the same ones each time."""
    order = sorted(random.Random(SEED).sample(range(len(said)), min(size, len(said))))  # noqa: S311 - no secret
    return [said[at] for at in order]


def record_all(voices: Sequence[str], said: Sequence[Line], *, fresh: bool) -> None:
    """Make the recordings that are missing, on every core, and say how far that is."""
    disturbances()
    texts, rate = [text for _, text in said], FASTER if fresh else 1.0
    with cores() as pool:
        made = pool.map(record, voices, [texts] * len(voices), [rate] * len(voices))
        for at, (name, count) in enumerate(zip(voices, made, strict=True), 1):
            if count:
                print(f"{at} of {len(voices)} voices: {name}, {count} new", file=sys.stderr, flush=True)


def measure(jobs: Sequence[Job]) -> Iterator[list[Clip]]:
    """All jobs, on every core; one list for each."""
    with cores() as pool:
        for at, clips in enumerate(pool.map(hear, jobs), 1):
            print(f"\r{at} of {len(jobs)} heard", end="", file=sys.stderr, flush=True)
            yield clips
    print(file=sys.stderr)


def main(argv: list[str]) -> int:
    """Print the tables; 1 where an answer was swapped on clean speech."""
    given = _parser().parse_args(argv)
    said = [line for line in lines(given.locale) if not given.group or line[0] in given.group]
    said = drawn(said, given.sample) if given.sample else said
    voices = given.voice or voices_for(given.locale)
    if given.judge:
        clips = judged_anew(given.judge)
    else:
        record_all(voices, said, fresh=given.fresh)
        if given.record:
            return 0
        every = given.room or rooms()
        jobs = [Job(name, room, said, given.locale, given.fresh) for name in voices for room in every]
        clips = heard(jobs, given.clips)
    clips.sort(key=_place)
    print(report(clips))
    if given.write:
        PAGE.write_text(page(clips, fresh=given.fresh), encoding="utf-8")
    return int(any(clip.outcome == "swapped" and clip.room == "clean" for clip in clips))


def _place(clip: Clip) -> tuple[int, ...]:
    """The place of a clip in the tables, which keep the order of what they list."""
    return LOCALES.index(clip.locale), list(rooms()).index(clip.room), list(VOICES).index(clip.voice)


def heard(jobs: Sequence[Job], file: Path | None) -> list[Clip]:
    """The outcomes of all jobs; written down as they come where there is a file for them."""
    clips: list[Clip] = []
    with (file or Path(os.devnull)).open("w", encoding="utf-8") as out:
        for done in measure(jobs):
            clips += done
            out.writelines(json.dumps(clip._asdict(), default=str) + "\n" for clip in done)
            out.flush()
    return clips


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tools voice_bench", description=__doc__)
    groups = list(read_toml(ANSWERS)["said"])
    parser.add_argument("--locale", default=LOCALE, choices=LOCALES, help="in its words (default: en-US)")
    for name, known in (("voice", VOICES), ("room", rooms()), ("group", groups)):
        parser.add_argument(
            f"--{name}", action="append", choices=list(known), metavar=name.upper(),
            help=f"only this one, or these: {'; '.join(known)}",
        )  # fmt: skip
    parser.add_argument(
        "--sample", type=int, metavar="N", help="only so many of the lines, the same each time"
    )
    parser.add_argument("--fresh", action="store_true", help="recordings that no setting was chosen by")
    parser.add_argument("--record", action="store_true", help="make the recordings, and hear nothing")
    parser.add_argument("--clips", type=Path, help="write every clip's outcome there, as JSON lines")
    parser.add_argument(
        "--judge",
        type=Path,
        action="append",
        metavar="CLIPS",
        help="hear nothing: judge these clips by the settings as they are; may be given several times",
    )
    parser.add_argument("--write", action="store_true", help=f"write the tables to docs/{PAGE.name} too")
    return parser
