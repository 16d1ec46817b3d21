"""Everything the protocol's pages show, as plain values: the reviewed data with the words that are spoken."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple

from crampguide import speech, triage
from crampguide.reviewed import parse
from crampguide.speech import Catalogue, catalogue_for
from crampguide.triage import Level, Protocol, ProtocolError, QuestionId, read_protocol
from crampguide.triage.model import Case, Condition, Fit
from simulator.files import read_text
from tools.protocol import question_map
from tools.protocol.in_words import LEVELS, case_in_words
from tools.version import version

PROTOCOL = Path(triage.__file__).with_name("protocol.toml")
SHOWN = {
    "protocol": "version schema sign_off opens question combination pattern source",
    "question": "id number group optional parts ambulance sign suspects when yes unsure recheck confirm_no "
    "calmer informs waiting where reason cites last_edited",
    "combination": "id level when reason cites last_edited",
    "pattern": "otherwise cites last_edited nerve cramp cramp_extra fit",
    "fit": "id requires nerve_at_least nerve_at_most nerve_above_cramp cramp_at_least reason",
    "source": "name link",
}
"""The fields that the pages show, by kind of table. A field that is not here is refused, never left out."""
SPOKEN = ("question", "reword", "recheck", "confirm_no", "why", "meaning", "sign", "denied")
"""The kinds of lines that belong to a question, in the order in which the pages show them."""
ELSEWHERE = frozenset({"course", "back"})
"""Kinds of lines that are keyed like a question here and there, but are no part of the check."""
_ADVICE = {
    "emergency": (
        "advice.emergency",
        "advice.emergency_ambulance",
        "because.",
        "waiting.",
        "advice.emergency_again",
        "ask.heard_right",
    ),
    "urgent": (
        "advice.urgent",
        "because.",
        "where.",
        "waiting.",
        "net.cauda_equina",
        "net.calf",
        "advice.medicine",
        "advice.hormones",
    ),
    "routine": (
        "advice.routine",
        "because.",
        "where.",
        "advice.nurse_line",
        "advice.medicine",
        "advice.hormones",
        "advice.review",
        "net.cauda_equina",
        "net.come_back",
        "pattern.",
    ),
    "self_care": (
        "advice.self_care",
        "advice.nurse_line",
        "advice.medicine",
        "advice.hormones",
        "net.time_limit",
        "net.cauda_equina",
        "net.come_back",
        "pattern.",
    ),
}


OPINION = "OPINION"
"""The source of what no guideline says; the pages mark each rule that rests on it."""


class SheetError(ValueError):
    """The data holds something that the pages do not know how to show."""


class Words(NamedTuple):
    """The words for a key, by locale."""

    catalogues: tuple[Catalogue, ...]

    def of(self, key: str) -> list[dict[str, str]]:
        """Each wording with the locales that say it; ``locales`` is empty where all say the same."""
        said: dict[str, list[str]] = {}
        for catalogue in self.catalogues:
            for turn in range(len(catalogue.lines[key])):
                values = {"signs": "…", "count": "…", "sources": "…"}
                said.setdefault(catalogue.say(key, turn, **values), []).append(catalogue.locale)
        everyone = [catalogue.locale for catalogue in self.catalogues]
        return [
            {"text": text, "locales": "" if locales == everyone else ", ".join(locales)}
            for text, locales in said.items()
        ]

    def has(self, key: str) -> bool:
        """Tell whether any locale says something for the key."""
        return any(catalogue.has(key) for catalogue in self.catalogues)


def locales() -> list[str]:
    """Every locale that has words of its own, the first written one first."""
    found = sorted(path.stem for path in Path(speech.__file__).parent.glob("*/regions/*-*.toml"))
    return sorted(found, key=lambda locale: locale != "en-US")


def sheet(text: str | None = None) -> dict[str, Any]:
    """Everything the pages of a protocol show; of the one that ships where no text is given.

    Raises ``SheetError`` for a field or a kind of line that the pages do not show, and ``ProtocolError`` for
    a protocol that is broken.
    """
    text = read_text(PROTOCOL) if text is None else text
    raw = parse(text, ProtocolError, PROTOCOL.name)
    protocol, words = read_protocol(text, PROTOCOL.name), Words(tuple(map(catalogue_for, locales())))
    if found := [*_unshown(raw), *_unspoken(protocol, words)]:
        raise SheetError("\n".join(found))
    questions = [_question(protocol, words, id_) for id_ in protocol.questions]
    combinations = [_combination(protocol, words, id_) for id_ in protocol.combinations]
    levels = [_level(protocol, words, level) for level in sorted(Level, reverse=True)]
    told = json.dumps([questions, combinations, levels], sort_keys=True, ensure_ascii=False)
    return {
        "skill": version(),
        "version": protocol.version,
        "schema": raw["schema"],
        "sign_off": raw["sign_off"],
        "sha256": hashlib.sha256(text.encode()).hexdigest(),
        "told_sha256": hashlib.sha256(told.encode()).hexdigest(),
        "locales": locales(),
        "levels": levels,
        "groups": [
            {"name": name, "questions": list(members)}
            for name, members in groupby(questions, key=lambda question: question["group"])
        ],
        "questions": questions,
        "combinations": combinations,
        "pattern": _pattern(protocol, words, raw["pattern"]),
        "sources": [source._asdict() for source in protocol.sources.values()],
        "map": question_map.bands(protocol, {id_: _short(words, id_) for id_ in protocol.questions}),
    }


def _unshown(raw: Mapping[str, Any]) -> Iterator[str]:
    tables = [("protocol", "protocol", raw), ("pattern", "pattern", raw["pattern"])]
    tables += [(kind, entry["id"], entry) for kind in ("question", "combination") for entry in raw[kind]]
    tables += [("fit", fit["id"], fit) for fit in raw["pattern"]["fit"]]
    tables += [("source", id_, source) for id_, source in raw["source"].items()]
    for kind, label, table in tables:
        for field in table.keys() - set(SHOWN[kind].split()):
            yield f"{label}: the pages do not show the field {field!r}"


def _unspoken(protocol: Protocol, words: Words) -> Iterator[str]:
    for key in sorted({key for catalogue in words.catalogues for key in catalogue.lines}):
        kind, _, id_ = key.partition(".")
        if id_ in protocol.questions and kind not in {*SPOKEN, *ELSEWHERE}:
            yield f"{key}: the pages do not show lines of the kind {kind!r}"


def _question(protocol: Protocol, words: Words, id_: QuestionId) -> dict[str, Any]:
    question = protocol.questions[id_]
    return {
        "id": id_,
        "number": question.number,
        "group": question.group,
        "sign": question.sign,
        "suspects": question.suspects,
        "optional": question.optional,
        "ambulance": question.ambulance,
        "parts": [protocol.questions[part].sign for part in question.parts],
        "asked": _cases(protocol, question.when),
        "yes": question.yes.id,
        "unsure": question.unsure.id,
        "recheck": question.recheck,
        "confirm_no": question.confirm_no,
        "calmer": question.calmer,
        "informs": sorted(question.informs),
        "said": [
            {"kind": kind, "words": words.of(f"{kind}.{id_}")}
            for kind in SPOKEN
            if words.has(f"{kind}.{id_}")
        ],
        "waiting": words.of(f"waiting.{question.waiting}") if question.waiting else [],
        "where": words.of(f"where.{question.where}") if question.where else [],
        "reason": question.reason,
        "opinion": OPINION in question.cites,
        "cites": _sources(protocol, question.cites),
        "last_edited": question.last_edited.isoformat(),
        "combinations": [combination.id for combination in protocol.combined_with[id_]],
    }


def _combination(protocol: Protocol, words: Words, id_: str) -> dict[str, Any]:
    combination = protocol.combinations[id_]
    return {
        "id": id_,
        "name": id_.replace("_", " ").capitalize(),
        "level": combination.level.id,
        "when": _cases(protocol, combination.when),
        "because": words.of(f"because.{id_}"),
        "reason": combination.reason,
        "opinion": OPINION in combination.cites,
        "cites": _sources(protocol, combination.cites),
        "last_edited": combination.last_edited.isoformat(),
    }


def _cases(protocol: Protocol, condition: Condition) -> list[list[str]]:
    """Each group of the condition, of which one case must hold; all groups must. Empty: it always holds."""
    return [[case_in_words(protocol, case) for case in group] for group in condition.groups]


def _sources(protocol: Protocol, cites: tuple[str, ...]) -> list[dict[str, str]]:
    return [protocol.sources[id_]._asdict() for id_ in cites]


def _level(protocol: Protocol, words: Words, level: Level) -> dict[str, Any]:
    return {
        "id": level.id,
        "name": LEVELS[level],
        "yes": [id_ for id_, question in protocol.questions.items() if question.yes is level],
        "unsure": [id_ for id_, question in protocol.questions.items() if question.unsure is level],
        "combinations": [id_ for id_, rule in protocol.combinations.items() if rule.level is level],
        "advice": list(_advice(protocol, words, level)),
    }


def _advice(protocol: Protocol, words: Words, level: Level) -> Iterator[dict[str, Any]]:
    for key in _ADVICE[level.id]:
        if key == "because.":
            yield {"part": "because", "about": "a yes", "words": words.of("because.yes")}
            yield {"part": "because", "about": "an “I don’t know”", "words": words.of("because.unsure")}
            for id_, rule in protocol.combinations.items():
                if rule.level is level:
                    about = id_.replace("_", " ")
                    yield {"part": "because", "about": about, "words": words.of(f"because.{id_}")}
        elif key == "pattern.":
            for pattern in (*(fit.id for fit in protocol.pattern.fit), protocol.pattern.otherwise):
                yield {"part": "pattern", "about": pattern, "words": words.of(f"pattern.{pattern}")}
        elif key.endswith("."):
            for name, numbers in _by_line(protocol, key[:-1], level).items():
                yield {"part": key[:-1], "about": ", ".join(numbers), "words": words.of(key + name)}
        else:
            yield {"part": key, "about": "", "words": words.of(key)}


def _by_line(protocol: Protocol, field: str, level: Level) -> dict[str, list[str]]:
    """The lines that a field of the questions names, each with the numbers of the questions."""
    found: dict[str, list[str]] = {}
    for question in protocol.questions.values():
        name = getattr(question, field)
        if name and (field == "waiting" or level in {question.yes, question.unsure}):
            found.setdefault(name, []).append(question.number)
    return found


def _pattern(protocol: Protocol, words: Words, raw: Mapping[str, Any]) -> dict[str, Any]:
    named = {id_: f"{question.number} ({question.sign})" for id_, question in protocol.questions.items()}
    return {
        "points": [
            {"pattern": name, "question": named[QuestionId(id_)], "points": points}
            for name in ("nerve", "cramp")
            for id_, points in raw[name].items()
        ],
        "cramp_extra": [named[QuestionId(id_)] for id_ in raw["cramp_extra"]],
        "fits": [
            _fit(fit, entry, named, words)
            for fit, entry in zip(protocol.pattern.fit, raw["fit"], strict=True)
        ],
        "otherwise": {"id": raw["otherwise"], "words": words.of(f"pattern.{raw['otherwise']}")},
        "cites": _sources(protocol, protocol.pattern.cites),
        "last_edited": protocol.pattern.last_edited.isoformat(),
    }


def _fit(fit: Fit, entry: Mapping[str, Any], named: Mapping[QuestionId, str], words: Words) -> dict[str, Any]:
    limits = {
        "nerve_at_least": "nerve points at least {}",
        "nerve_at_most": "nerve points at most {}",
        "nerve_above_cramp": "nerve points above cramp points by at least {}",
        "cramp_at_least": "cramp points at least {}",
    }
    needs = ["; or ".join(_required(case, named) for case in group) for group in fit.requires.groups]
    needs += [limits[field].format(value) for field, value in entry.items() if field in limits]
    return {
        "id": fit.id,
        "needs": needs,
        "reason": fit.reason,
        "words": words.of(f"pattern.{fit.id}"),
    }


def _required(case: Case, named: Mapping[QuestionId, str]) -> str:
    return " and ".join(f"{' or '.join(sorted(fits))} to {named[id_]}" for id_, fits in case.answers)


def _short(words: Words, id_: QuestionId) -> str:
    return words.of(f"sign.{id_}")[0]["text"]
