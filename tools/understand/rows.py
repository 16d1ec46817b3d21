"""The rows that the understanding is learned from and measured with."""

from __future__ import annotations

import json
import random
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from simulator.files import read_toml

ROOT = Path(__file__).parents[2]
MODELS = ROOT / "interaction_models"
PROTOCOL = ROOT / "lambda" / "crampguide" / "triage" / "protocol.toml"
OWN_WORDS = (
    "emergency", "urgent", "wider", "background", "stances", "chatter", "further", "ordinary", "wants",
    "public", "voices_emergency", "voices_urgent", "nearby", "harmless", "spoken_of", "cries",
)  # fmt: skip
NONE = "none"
_LEVELS_OF_WARNING = {"emergency", "urgent"}
_SECOND_LOOK = "second look"
_SEED = 7
_WEIGHT = {
    "phrase": 1.0,
    "carried": 0.7,
    "own": 4.0,
    "own carried": 1.5,
    "cry": 10.0,
    "other": 1.5,
    "made": 0.5,
    "dictionary": 1.0,
}


@dataclass(frozen=True, slots=True)
class Row:
    """An utterance with what it means."""

    said: str
    label: str
    """A sign, a cry for help, a want, or ``none``."""
    stance: str
    weight: float = 1.0
    also: tuple[str, ...] = ()
    """Signs that are as right as ``label``."""
    aside: bool = False
    """Measured with; only what ships learns from it."""
    own: bool = False
    """In people's own words, rather than made of reviewed phrases."""
    bare: bool = False
    """Said just so: own words or a reviewed phrase, with nothing put around it."""
    file: str = ""
    """The file of own words that it is from."""
    want: bool = False
    """Asks for something: ``label`` is what."""
    unsorted: bool = False
    """No sign, but perhaps a want: nothing is learned of wants from it."""


class Frames:
    """How a language's phrases become utterances; what is picked for one hangs on no other."""

    def __init__(self, folder: Path) -> None:
        self.data: Mapping[str, Any] = read_toml(folder / "frames.toml")

    def pick(self, several: Sequence[str], count: int, key: str) -> list[str]:
        """At most so many of them, in no order, the same ones for the same key."""
        return _seeded(key).sample(several, min(count, len(several)))

    def is_clause(self, phrase: str) -> bool:
        """True where a phrase is a clause of its own rather than the name of something."""
        return phrase.split(maxsplit=1)[0] in self.data["clause"]

    def fitting(self, samples: Sequence[str], phrase: str) -> list[str]:
        """The carriers that the phrase can stand in."""
        if not self.is_clause(phrase):
            return list(samples)
        return [each for each in samples if _word_before(each) not in self.data["takes_no_clause"]]

    def around(self, said: str) -> list[str]:
        """The utterance with something said before it, and with something after."""
        chosen = _seeded(said)
        before, after = (chosen.choice(self.data[each]) for each in ("before", "after"))
        return [f"{before} {said}", f"{said} {after}"]

    def with_fear(self, said: str) -> str:
        """The utterance of somebody who is frightened besides."""
        frame: str = _seeded(f"fear {said}").choice(self.data["with_fear"])
        return frame.replace("{}", said)


def _seeded(key: str) -> random.Random:
    return random.Random(f"{_SEED} {key}")  # noqa: S311 - the same ones each time


def _word_before(sample: str) -> str:
    return (sample.partition("{")[0].split() or [""])[-1]


@cache
def warnings() -> tuple[str, ...]:
    """The signs whose yes reaches urgent or emergency, in the order of the protocol."""
    return tuple(each["id"] for each in _questions() if each["yes"] in _LEVELS_OF_WARNING)


@cache
def emergencies() -> tuple[str, ...]:
    """The signs whose yes reaches emergency, in the order of the protocol."""
    return tuple(each["id"] for each in _questions() if each["yes"] == "emergency")


@cache
def signs() -> tuple[str, ...]:
    """Every sign of the protocol; the second look asks about signs that have words already."""
    return tuple(each["id"] for each in _questions())


def _questions() -> list[dict[str, Any]]:
    return [each for each in read_toml(PROTOCOL)["question"] if each["group"] != _SECOND_LOOK]


class Model:
    """The phrases of the interaction models of a language, each once."""

    def __init__(self, locales: Iterable[str]) -> None:
        self.samples: dict[str, list[str]] = defaultdict(list)
        self.slots: dict[str, dict[str, str]] = {}
        self._values: dict[str, dict[str, str]] = defaultdict(dict)
        for locale in locales:
            raw = json.loads((MODELS / f"{locale}.json").read_text(encoding="utf-8"))
            for intent in raw["interactionModel"]["languageModel"]["intents"]:
                name = intent["name"]
                self.samples[name] += [
                    each for each in intent.get("samples", ()) if each not in self.samples[name]
                ]
                self.slots[name] = {slot["name"]: slot["type"] for slot in intent.get("slots", ())}
            for kind in raw["interactionModel"]["languageModel"]["types"]:
                for value in kind["values"]:
                    for phrase in (value["name"]["value"], *value["name"].get("synonyms", ())):
                        self._values[kind["name"]].setdefault(phrase, value["id"])

    def phrases(self, kind: str) -> Iterator[tuple[str, str]]:
        """Every phrase of a slot type with the sign that it names."""
        yield from self._values[kind].items()

    def kinds(self) -> Iterable[str]:
        """The slot types."""
        return self._values.keys()

    def slot_type(self, intent: str) -> str:
        """The type of an intent's first slot."""
        return next(iter(self.slots[intent].values()))

    def carriers(self, intent: str) -> tuple[str, list[str]]:
        """The place of an intent's first slot, and the samples that hold that slot alone."""
        slot = "{" + next(iter(self.slots[intent])) + "}"
        return slot, [each for each in self.samples[intent] if re.findall(r"{\w+}", each) == [slot]]

    def said(self) -> Iterator[tuple[str, str]]:
        """Every sample with its intent."""
        return ((intent, sample) for intent, samples in self.samples.items() for sample in samples)

    def held_by(self, intent: str, sample: str) -> set[str]:
        """The types of the slots that a sample holds."""
        return {self.slots[intent][name] for name in re.findall(r"{(\w+)}", sample)}


def rows(folder: Path, dictionary: Iterable[str] = ()) -> list[Row]:
    """All rows of a language, in a fixed order, each once; the sentences of ``dictionary`` are no sign."""
    frames = Frames(folder)
    found: dict[tuple[str, str, str], Row] = {}
    other = (Row(said, NONE, NONE, _WEIGHT["dictionary"]) for said in dictionary)
    for row in (*own_words(folder, frames), *_of_models(folder, frames), *other):
        found.setdefault((row.said, row.label, row.stance), row)
    return list(found.values())


def cries(folder: Path) -> list[str]:
    """The kinds of cry for help that a language's rows hold."""
    return _named(folder, "cry")


def wants(folder: Path) -> list[str]:
    """The wants that a language's rows hold: each an intent, with the value of its slot after a dot."""
    return _named(folder, "want")


def _named(folder: Path, kind: str) -> list[str]:
    groups = (group for name in OWN_WORDS for group in read_toml(folder / f"{name}.toml")["group"])
    return sorted({group[kind] for group in groups if kind in group})


def answer_words(folder: Path) -> list[str]:
    """The samples whose words alone say yes, no or that somebody does not know."""
    data = read_toml(folder / "frames.toml")
    model = Model(data["models"])
    return [sample for intent in data["answers"] for sample in model.samples[intent]]


def own_words(folder: Path, frames: Frames) -> Iterator[Row]:
    """The rows in people's own words; those that are always learned from also with words around them."""
    for name in OWN_WORDS:
        for group in read_toml(folder / f"{name}.toml")["group"]:
            for said in group["said"].strip().splitlines():
                row = _own(group, said, name)
                yield row
                if not row.aside:
                    fear = [frames.with_fear(said)] if row.stance == "reported" else []
                    yield from (
                        replace(row, said=each, weight=_WEIGHT["own carried"], own=False, bare=False)
                        for each in (*frames.around(said), *fear)
                    )


def _own(group: Mapping[str, Any], said: str, file: str) -> Row:
    label = group.get("sign") or group.get("cry") or group.get("want") or NONE
    stance = group.get("stance") or ("reported" if "sign" in group else NONE)
    return Row(
        said, label, stance, _WEIGHT["cry" if "cry" in group else "own"], tuple(group.get("also", ())),
        group.get("aside", False), own=True, bare=True, file=file, want="want" in group,
        unsorted=group.get("unsorted", False),
    )  # fmt: skip


def _of_models(folder: Path, frames: Frames) -> Iterator[Row]:
    model = Model(frames.data["models"])
    yield from _reported(model, frames)
    yield from _denied(model, frames)
    yield from _past(model, frames)
    yield from _asked_about(model, frames)
    yield from _others(model, frames, wants(folder))
    yield from _elsewhere(frames)


def _reported(model: Model, frames: Frames) -> Iterator[Row]:
    intent = frames.data["reported"]
    slot, carriers = model.carriers(intent)
    somebody = [each for each in carriers if set(each.split()) & set(frames.data["somebody"])]
    own = [each for each in carriers if each not in somebody]
    for phrase, sign in model.phrases(model.slot_type(intent)):
        yield Row(phrase, sign, "reported", _WEIGHT["phrase"], bare=True)
        for carrier in frames.pick(frames.fitting(own, phrase), 2, phrase):
            yield Row(carrier.replace(slot, phrase), sign, "reported", _WEIGHT["carried"])
        yield Row(frames.with_fear(phrase), sign, "reported", _WEIGHT["carried"])
        if not frames.is_clause(phrase):
            for carrier in frames.pick(somebody, 1, phrase):
                yield Row(carrier.replace(slot, phrase), sign, "somebody", _WEIGHT["made"])


def _denied(model: Model, frames: Frames) -> Iterator[Row]:
    intent = frames.data["denied"]
    slot, carriers = model.carriers(intent)
    for phrase, sign in model.phrases(model.slot_type(intent)):
        for carrier in frames.pick(carriers, 4, phrase):
            yield Row(carrier.replace(slot, phrase), sign, "denied", _WEIGHT["carried"])
    for place, (phrase, sign) in enumerate(model.phrases(model.slot_type(frames.data["reported"]))):
        if place % 2 == 0 and (turned := _turned(phrase)):
            yield Row(turned, sign, "denied", _WEIGHT["made"])


_TURNS = (
    (re.compile(r"\b(is|are|was|am) (?!not\b)"), r"\1 not "),
    (re.compile(r"\b(i|my \w+) (can't|cannot) "), r"\1 can "),
    (re.compile(r"^i have (?!not\b|no\b|lost\b)"), "i do not have "),
    (re.compile(r"'s (?=(gone|getting|going|numb|weak|cold|swollen|turning)\b)"), " isn't "),
)
_NEGATED = re.compile(
    r"\b(no|not|never|without|nothing|hardly|barely|won't|doesn't|don't|isn't|aren't|lost)\b"
)


def _turned(phrase: str) -> str | None:
    """The denial of a phrase, where a rule makes one."""
    if _NEGATED.search(phrase):
        return None
    for pattern, by in _TURNS:
        turned, count = pattern.subn(by, phrase, count=1)
        if count:
            return turned
    return None


def listed(folder: Path) -> Iterator[tuple[str, str]]:
    """Every phrase that the interaction models list for a sign, with the sign."""
    data = read_toml(folder / "frames.toml")
    model = Model(data["models"])
    yield from model.phrases(model.slot_type(data["reported"]))


def built_denials(folder: Path) -> Iterator[tuple[str, str]]:
    """Every denial that the interaction models build, with the sign that it denies."""
    data = read_toml(folder / "frames.toml")
    model = Model(data["models"])
    slot = "{" + next(iter(model.slots[data["denied"]])) + "}"
    for phrase, sign in model.phrases(model.slot_type(data["denied"])):
        yield from ((sample.replace(slot, phrase), sign) for sample in model.samples[data["denied"]])


def _past(model: Model, frames: Frames) -> Iterator[Row]:
    intent = frames.data["past"]
    slot, carriers = model.carriers(intent)
    for phrase, sign in model.phrases(model.slot_type(intent)):
        for carrier in frames.pick(carriers, 2, phrase):
            yield Row(carrier.replace(slot, phrase), sign, "past", _WEIGHT["carried"])


def _asked_about(model: Model, frames: Frames) -> Iterator[Row]:
    for phrase, sign in model.phrases("SignName"):
        for key, stance in (
            ("question_of_name", "question"),
            ("somebody_of_name", "somebody"),
            ("past_of_name", "past"),
        ):
            for frame in frames.pick(frames.data[key], 2, phrase):
                yield Row(frame.replace("{}", phrase), sign, stance, _WEIGHT["made"])
    for place, (phrase, sign) in enumerate(model.phrases(model.slot_type(frames.data["reported"]))):
        if place % 4 == 0:
            clause = frames.is_clause(phrase)
            for frame in frames.pick(
                frames.data["question_of_clause" if clause else "question_of_name"], 1, phrase
            ):
                yield Row(frame.replace("{}", phrase), sign, "question", _WEIGHT["made"])
        elif place % 8 == 1 and not frames.is_clause(phrase):
            for frame in frames.pick(frames.data["somebody_of_name"], 1, phrase):
                yield Row(frame.replace("{}", phrase), sign, "somebody", _WEIGHT["made"])


def _others(model: Model, frames: Frames, wanted: Collection[str]) -> Iterator[Row]:
    apart = {model.slot_type(frames.data[each]) for each in ("reported", "denied", "past")}
    apart.update(frames.data["may_hold_signs"])
    cried: Mapping[str, str] = frames.data["cries"]
    same: Mapping[str, str] = frames.data["same_want"]

    def label(intent: str, value: str) -> str:
        want = f"{intent}.{value}" if value else intent
        want = same.get(want, want)
        return cried.get(intent) or (want if want in wanted else NONE)

    for intent, sample in model.said():
        if any(kind in apart for kind in model.held_by(intent, sample)):
            continue
        for said, value in _filled(sample, model, intent, frames):
            meant = label(intent, value)
            yield Row(said, meant, NONE, _WEIGHT["other"])
            if "{" not in sample:
                yield from (Row(each, meant, NONE, _WEIGHT["made"]) for each in frames.around(said))
    for kind, intent in frames.data["named_alone"].items():
        for phrase, value in model.phrases(kind):
            yield Row(phrase, label(intent, value), NONE, _WEIGHT["other"])


def _elsewhere(frames: Frames) -> Iterator[Row]:
    for made in frames.data["elsewhere"]:
        for name in made["of"]:
            for said in frames.pick(made["said"], made["each"], name):
                yield Row(said.replace("{}", name), made.get("want", NONE), NONE, _WEIGHT["other"])


def _filled(sample: str, model: Model, intent: str, frames: Frames) -> Iterable[tuple[str, str]]:
    """The sample with some phrases in its first slot, each with the id of what it names."""
    named = re.findall(r"{(\w+)}", sample)
    if not named:
        return [(sample, "")]
    values = dict(model.phrases(model.slots[intent][named[0]]))
    chosen = frames.pick(list(values), 2, sample)
    return [(sample.replace("{" + named[0] + "}", each), values[each]) for each in chosen]
