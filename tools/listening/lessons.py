"""Recordings that the judge of spoken answers learns from, as `lessons.toml` wants them."""

from __future__ import annotations

import hashlib
import json
import random
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, cached_property
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from simulator.files import fill, read_toml
from simulator.speaker.judge import ANSWERS, EARS
from simulator.speaker.kept import Kept
from simulator.speaker.kokoro import Kokoro, versions
from simulator.speaker.letters import LONGEST
from simulator.speaker.moonshine import RATE
from simulator.speaker.voices import Voice, resampled
from tools.listening.robot_voice import FLITE, PICO, SOUNDS, Flite, Foreigner, Robot
from tools.listening.rooms import Room, heard_around, talking, with_music
from tools.listening.speakers import RECORDINGS
from tools.listening.voice_bench import LOCALE, cut_out, ears, resolver
from tools.listening.whisper import whispered
from tools.setup import recogniser
from tools.simulated.reading import understood

RECIPE = Path(__file__).with_suffix(".toml")
STYLES = RECORDINGS.parent / "styles"


class Lesson(NamedTuple):
    """One recording: what the ears make of it, and what it was.

    The first four: a row by each ear, of each cut. `wordings`: `compared`, or nothing.
    `kind`: its place among the answers, after them where it is none. `family`: voices of one family are
    learnt from together or not at all.
    """

    states: np.ndarray
    embedding: np.ndarray
    words: np.ndarray
    pieces: np.ndarray
    wordings: np.ndarray | None
    kind: int
    family: int
    room: str
    noise: float
    text: str


@cache
def data() -> Mapping[str, Any]:
    """The settings in `lessons.toml`."""
    return read_toml(RECIPE)


def recipe(*, heard: bool = False) -> str:
    """A hash of what is learnt from, and how; `heard`: only of what the recordings depend on."""
    parts = {name: part for name, part in data().items() if not (heard and name == "learning")}
    return hashlib.sha256(json.dumps([parts, read_toml(SOUNDS)]).encode()).hexdigest()


class Mixed(Kokoro):
    """A speaker made of others, with the accent of the first; `shares`: how much of each, together 1."""

    def __init__(self, *shares: tuple[str, float]) -> None:
        self.speaker, self._rate, self._threads = shares[0][0], 1.0, 1
        self._accent = "british" if self.speaker in data()["voices"]["british"] else "american"
        self._shares = shares
        self.identity = f"mixed {shares} {self._accent} {versions()}"

    @cached_property
    def _styles(self) -> np.ndarray:
        """The styles of all, which are fetched only for those who speak."""
        styles: np.ndarray = np.sum([share * _style(name) for name, share in self._shares], axis=0)
        return styles


class Clip(NamedTuple):
    """Something to be said."""

    voice: Voice
    family: int
    text: str
    written: str
    rate: float
    whispered: bool


def clip(number: int) -> Clip:
    """The clip of that number, the same each time."""
    draw = random.Random(number)  # noqa: S311 - no secret
    made, later, voices = data()["made"], data()["later"], data()["voices"]
    course = next((each for each in reversed(later) if number >= each["from"]), data())
    drawn = course["drawn"]
    (group,) = draw.choices([*drawn], [each["share"] for each in drawn.values()])
    words, often = course["words"][group], drawn[group]
    text = draw.choice(words[: often["first"]] if draw.random() < often["often"] else words)
    speakers = voices["speakers"]
    families = voices["families"]
    who: Voice
    if draw.random() < made["robots"]:
        at = draw.randrange(len(voices["robots"]))
        who, family = _robot(voices["robots"][at]), at % families
    else:
        at = draw.randrange(len(speakers))
        family = at % families
        other, share = draw.choice(speakers[family::families]), draw.choice(made["shares"])
        who = Mixed((speakers[at], share), (other, 1 - share))
    if _is_drawn("turned", course, draw):
        who, family = turned(draw)
    written, rate = text + draw.choice(made["ends"]), draw.choice(made["rates"])
    return Clip(who, family, text, written, rate, whispered=_is_drawn("whispered", course, draw))


def _is_drawn(what: str, course: Mapping[str, Any], draw: random.Random) -> bool:
    """Tell whether this clip is one of the share that a course has of it; one without any draws nothing."""
    return what in course and draw.random() < course[what]


def turned(draw: random.Random) -> tuple[Mixed, int]:
    """A man's voice made more of a woman's by what parts a woman of his family from a man of it."""
    voices = data()["voices"]
    man = draw.choice(voices["turned"])
    family = voices["speakers"].index(man) % voices["families"]
    kin = [name for name in voices["speakers"][family :: voices["families"]] if name != man]
    woman, other = (draw.choice([name for name in kin if name[1] == sex]) for sex in "fm")
    much = draw.choice(data()["made"]["turns"])
    return Mixed((man, 1.0), (woman, much), (other, -much)), family


def _robot(name: str) -> Voice:
    program, _, voice = name.partition(" ")
    if program == FLITE:
        return Flite(voice)
    if program == PICO:
        language, pitch = voice.split()
        return Foreigner(language, float(pitch))
    return Robot(name, 0.95)


def lessons(number: int) -> Iterator[Lesson]:
    """Make what is heard of a clip in several rooms."""
    what = clip(number)
    sound = Kept(what.voice, RECORDINGS).say(what.written, what.rate)
    draw = np.random.default_rng(number)
    sound = whispered(sound, draw) if what.whispered else sound
    for at in range(data()["made"]["rooms"] if len(sound) else 0):
        name, room = a_room(draw)
        sized = resampled(sound, round(RATE * draw.choice(data()["made"]["sizes"])))
        recording = cut_out(heard_around(room, sized, draw, talks, programme))
        if recording is not None:
            yield lesson(what, recording, name, room, worded=at < data()["made"]["worded"])


def lesson(what: Clip, recording: np.ndarray, name: str, room: Room, *, worded: bool) -> Lesson:
    """Tell what the ears make of a recording."""
    hearing = ears(LOCALE)
    heard = hearing.model.hear(recording)
    sounds = hearing.sounds(recording, heard)
    states, embedding, words, pieces = (np.stack(sounds[ear]).astype(np.float16) for ear in EARS)
    free = heard.freely() if worded else None
    wordings = hearing.wordings(free, hearing.ways(heard, free)) if free else None
    noise = np.inf if room.noise is None else room.noise
    by_ear = states, embedding, words, pieces
    return Lesson(*by_ear, wordings, kind(what.text), what.family, name, noise, what.text)


def kind(text: str) -> int:
    """The place of a wording's kind among the answers, by what the skill makes of it in writing."""
    told = (answer for answer, wordings in data()["learning"]["meant"].items() if text in wordings)
    meant = next(told, None) or ears(LOCALE).meanings.kinds.get(understood(resolver(LOCALE), text).intent)
    return ANSWERS.index(meant) if meant in ANSWERS else len(ANSWERS)


def a_room(draw: np.random.Generator) -> tuple[str, Room]:
    """A room as nobody heard it before, and what kind of room it is."""
    known = data()["rooms"]
    shares = np.array([each["share"] for each in known.values()])
    name = str(draw.choice([*known], p=shares / shares.sum()))
    drawn = {part: float(draw.uniform(*span)) for part, span in known[name].items() if part != "share"}
    drawn["gain"] = drawn.get("gain", 0.0) + float(draw.uniform(*data()["others"]["gain"]))
    return name, fill(Room, drawn)


@cache
def talks() -> Sequence[np.ndarray]:
    """Those who talk elsewhere."""
    others = data()["others"]
    return talking([Kept(Mixed((name, 1.0)), RECORDINGS) for name in others["babble"]], others["sentences"])


@cache
def programme() -> np.ndarray:
    """The sound of what is on television."""
    name = data()["others"]["television"]
    return with_music(Kept(Mixed((name, 1.0)), RECORDINGS), data()["others"]["sentences"])


@cache
def _style(speaker: str) -> np.ndarray:
    return np.fromfile(STYLES / f"{speaker}.bin", dtype=np.float32).reshape(LONGEST + 1, -1)


def fetch_styles() -> None:
    """Get how all speakers sound, those too that the speaker does not use."""
    speakers = data()["voices"]["speakers"]
    if all((STYLES / f"{name}.bin").is_file() for name in speakers):
        return
    (package,) = (each for each in read_toml(recogniser.WANTED)["package"] if each["name"] == "kokoro-js")
    with tempfile.TemporaryDirectory() as scratch:
        archive = recogniser.pack(recogniser.npm_command(Path(scratch)), package, Path(scratch))
        recogniser.unpack(archive, [f"package/voices/{name}.bin" for name in speakers], STYLES)
