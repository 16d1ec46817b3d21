"""Reads the tips and exercises and refuses broken ones with a message that names the culprit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, cast, get_args

from crampguide.relief.model import Exercise, Part, Phase, Relief, Rule, Step, Tip
from crampguide.reviewed import DataError, Fields, fields, one_or_more, parse, read_checked
from crampguide.triage.model import ANSWERS, Pattern, Protocol, QuestionId, Source

_FILES = ("tips.toml", "exercises.toml", "sources.toml")
_FILE = {"now": str, "asks": list, "tip": list, "exercise": list, "source": dict}
_TIP = {"id": str, "for": list, "topics": list, "caution": str, "cites": list, "reviewed": date}
_TIP_MAY = {"phase": str, "when": dict, "first": dict, "do_not": dict}
_EXERCISE = {
    "id": str,
    "number": str,
    "for": list,
    "caution": str,
    "cites": list,
    "reviewed": date,
    "steps": list,
}
_EXERCISE_MAY = {
    "sides": int, "times": int, "together": int, "ask": list, "do_not": dict, "then_ask": str,
}  # fmt: skip
_STEP = {"id": str, "part": str}
_STEP_MAY = {"hold": int, "rest": int, "for": list, "do_not": dict}
_FULL = frozenset({"cites", "steps"})
"""Lists that may not be empty."""
_RULES = ("when", "first", "do_not")
_COUNTS = ("times", "together", "sides", "hold", "rest")
_MOST_SIDES = 2


class ReliefError(DataError):
    """The tips or exercises are broken. ``problems`` lists every one found, each naming its culprit."""


@cache
def load_relief() -> Relief:
    """The tips and exercises that ship with the package; read once per process, when first needed."""
    return _relief(read_checked((Path(__file__).with_name(name) for name in _FILES), _problems, ReliefError))


def read_relief(text: str) -> Relief:
    """Parses tips, exercises and sources written as in the files beside this one, all in one text.

    Raises ``ReliefError`` with every problem found. Whether the questions they name exist is told by
    ``unknown``, which needs the protocol.
    """
    raw = parse(text, ReliefError)
    if found := list(_problems(raw)):
        raise ReliefError(found)
    return _relief(raw)


def _relief(raw: Mapping[str, Any]) -> Relief:
    return Relief(
        now=raw["now"],
        asks=tuple(map(QuestionId, raw["asks"])),
        tips={entry["id"]: _tip(entry) for entry in raw["tip"]},
        exercises={entry["id"]: _exercise(entry) for entry in raw["exercise"]},
        sources={
            id_: Source(id_, entry["name"], entry.get("link", "")) for id_, entry in raw["source"].items()
        },
    )


def unknown(relief: Relief, protocol: Protocol) -> Iterator[str]:
    """Questions and sources that neither the protocol nor the relief data has."""
    everything: list[Tip | Exercise] = [*relief.tips.values(), *relief.exercises.values()]
    for each in everything:
        for id_ in each.cites:
            if id_ not in relief.sources and id_ not in protocol.sources:
                yield f"{each.id}: {id_} is not a source"
        for id_ in sorted(_mentioned(each) - protocol.questions.keys()):
            yield f"{each.id}: {id_} is not a question"
    for id_ in sorted(set(relief.asks) - protocol.questions.keys()):
        yield f"asks: {id_} is not a question"
    for id_ in sorted(relief.sources.keys() & protocol.sources.keys()):
        yield f"source {id_}: is a source of the protocol already"


def _mentioned(each: Tip | Exercise) -> set[QuestionId]:
    if isinstance(each, Tip):
        rules = (each.first, each.do_not, each.when or Rule())
        return {id_ for rule in rules for id_ in rule.questions}
    steps = {id_ for step in each.steps for id_ in step.do_not.questions}
    return steps | {*each.ask, *each.do_not.questions, *((each.then_ask,) if each.then_ask else ())}


def _problems(raw: Mapping[str, Any]) -> Iterator[str]:
    yield from fields("relief", raw, _FILE, {}, _FILE)
    seen: set[str] = set()
    for kind, must, may in (("tip", _TIP, _TIP_MAY), ("exercise", _EXERCISE, _EXERCISE_MAY)):
        for number, entry in enumerate(_entries(raw, kind), 1):
            label = str(entry.get("id", f"{kind} number {number}"))
            yield from _entry(label, entry, must, may)
            if label in seen:
                yield f"{label}: this id is used twice"
            seen.add(label)
            for step in _entries(entry, "steps"):
                yield from _entry(f"{label} step {step.get('id', '?')}", step, _STEP, _STEP_MAY)
    if "now" in raw and raw["now"] not in seen:
        yield f"now: {raw['now']} is not an exercise"
    sources = raw.get("source")
    for id_, source in sources.items() if isinstance(sources, dict) else ():
        yield from fields(f"source {id_}", source, {"name": str}, {"link": str})


def _entries(table: Mapping[str, Any], field: str) -> list[dict[str, Any]]:
    """The tables of a list; what is no list is told by its type, and what is no table gets an empty one."""
    held = table.get(field)
    return [entry if isinstance(entry, dict) else {} for entry in held] if isinstance(held, list) else []


def _entry(label: str, entry: Mapping[str, Any], must: Fields, may: Fields) -> Iterator[str]:
    found = list(fields(label, entry, must, may, _FULL))
    yield from found or _words(label, entry)


def _words(label: str, entry: Mapping[str, Any]) -> Iterator[str]:
    """Words and numbers with a fixed meaning."""
    for pattern in entry.get("for", ()):
        if pattern not in get_args(Pattern):
            yield f"{label}: {pattern!r} is not a pattern"
    for field, known in (("phase", get_args(Phase)), ("part", get_args(Part))):
        if field in entry and entry[field] not in known:
            yield f"{label}: {entry[field]!r} is not a {field}"
    for field in _RULES:
        for id_, said in dict(entry.get(field, {})).items():
            if not one_or_more(said) <= {*ANSWERS, "unasked"}:
                yield f"{label}: {field} {id_} = {said!r} is no answer"
    for field in (each for each in _COUNTS if each in entry):
        number = entry[field]
        if isinstance(number, int) and not 1 <= number <= (_MOST_SIDES if field == "sides" else number):
            yield f"{label}: {field} = {number} is out of range"


def _tip(entry: Mapping[str, Any]) -> Tip:
    return Tip(
        id=entry["id"],
        patterns=frozenset(entry["for"]),
        topics=frozenset(entry["topics"]),
        phase=cast("Phase | None", entry.get("phase")),
        when=_rule(entry, "when") if "when" in entry else None,
        first=_rule(entry, "first"),
        do_not=_rule(entry, "do_not"),
        caution=entry["caution"],
        cites=tuple(entry["cites"]),
        reviewed=entry["reviewed"],
    )


def _exercise(entry: Mapping[str, Any]) -> Exercise:
    return Exercise(
        id=entry["id"],
        number=entry["number"],
        patterns=frozenset(entry["for"]),
        sides=entry.get("sides", 1),
        times=entry.get("times", 1),
        together=entry.get("together", 1),
        ask=tuple(map(QuestionId, entry.get("ask", ()))),
        do_not=_rule(entry, "do_not"),
        then_ask=QuestionId(entry["then_ask"]) if "then_ask" in entry else None,
        steps=tuple(_step(step) for step in entry["steps"]),
        caution=entry["caution"],
        cites=tuple(entry["cites"]),
        reviewed=entry["reviewed"],
    )


def _step(entry: Mapping[str, Any]) -> Step:
    part = cast("Part", entry["part"])
    hold, rest = entry.get("hold", 0), entry.get("rest", 0)
    return Step(entry["id"], part, hold, rest, frozenset(entry.get("for", ())), _rule(entry, "do_not"))


def _rule(entry: Mapping[str, Any], field: str) -> Rule:
    return Rule(tuple((QuestionId(id_), one_or_more(said)) for id_, said in entry.get(field, {}).items()))
