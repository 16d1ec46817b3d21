"""The form of a protocol file: its fields, their types, and the words with a fixed meaning."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from crampguide import reviewed
from crampguide.triage.model import Level

_QUESTION = {
    "id": str,
    "number": str,
    "group": str,
    "sign": str,
    "suspects": str,
    "yes": str,
    "unsure": str,
    "recheck": bool,
    "reason": str,
    "cites": list,
    "reviewed": date,
}
_QUESTION_MAY = {
    "when": list,
    "and": list,
    "informs": list,
    "waiting": str,
    "where": str,
    "optional": bool,
    "confirm_no": bool,
    "calmer": str,
}
_COMBINATION = {"id": str, "level": str, "when": list, "reason": str, "cites": list, "reviewed": date}
_COMBINATION_MAY = {"and": list}
_PATTERN = {
    "otherwise": str,
    "nerve": dict,
    "cramp": dict,
    "cramp_extra": list,
    "fit": list,
    "cites": list,
    "reviewed": date,
}
_FIT = {"id": str, "requires": dict, "reason": str}
_FIT_MAY = dict.fromkeys(("nerve_at_least", "nerve_at_most", "nerve_above_cramp", "cramp_at_least"), int)
_SOURCE, _SOURCE_MAY = {"name": str}, {"link": str}
_FILE = {
    "version": str,
    "schema": int,
    "sign_off": str,
    "opens": list,
    "question": list,
    "combination": list,
    "pattern": dict,
    "source": dict,
}
_ITEMS = {
    "question": dict,
    "combination": dict,
    "source": dict,
    "fit": dict,
    "when": dict,
    "and": dict,
    "opens": str,
    "cites": str,
    "informs": str,
    "cramp_extra": str,
    "nerve": int,
    "cramp": int,
}


def fields(raw: Mapping[str, Any]) -> Iterator[str]:
    """Missing, unknown, empty and mistyped fields, and ids used twice."""
    yield from _fields("protocol", raw, _FILE, {})
    seen = set()
    for kind, must, may in (
        ("question", _QUESTION, _QUESTION_MAY),
        ("combination", _COMBINATION, _COMBINATION_MAY),
    ):
        for index, entry in enumerate(_tables(raw, kind), 1):
            label = entry.get("id", f"{kind} number {index}")
            yield from _fields(label, entry, must, may)
            if label in seen:
                yield f"{label}: this id is used twice"
            seen.add(label)
    for pattern in _tables(raw, "pattern"):
        yield from _fields("pattern", pattern, _PATTERN, {})
        for fit in _tables(pattern, "fit"):
            yield from _fields(f"pattern {fit.get('id', '?')}", fit, _FIT, _FIT_MAY)
    for sources in _tables(raw, "source"):
        for id_ in sources:
            for source in _tables(sources, id_):
                yield from _fields(f"source {id_}", source, _SOURCE, _SOURCE_MAY)


def _tables(entry: Mapping[str, Any], field: str) -> list[Mapping[str, Any]]:
    """The tables under a field, one or a list of them; what is no table is refused where the field is."""
    value = entry.get(field)
    return [item for item in (value if isinstance(value, list) else [value]) if isinstance(item, dict)]


def _fields(
    label: str, entry: Mapping[str, Any], must: Mapping[str, type], may: Mapping[str, type]
) -> Iterator[str]:
    yield from reviewed.fields(label, entry, must, may)
    for field in entry.keys() & _ITEMS.keys() & (must.keys() | may.keys()):
        kind = _ITEMS[field]
        if type(entry[field]) in {list, dict} and not _holds(entry[field], kind):
            yield f"{label}: {field} must hold only items of type {kind.__name__}"


def _holds(value: list[Any] | dict[str, Any], kind: type) -> bool:
    items = value.values() if isinstance(value, dict) else value
    return all(type(item) is kind for item in items)


def words(raw: Mapping[str, Any]) -> Iterator[str]:
    """Words with a fixed meaning: levels, answers, and what may be opened or informed."""
    levels = [level.id for level in Level]
    for entry in (*raw["question"], *raw["combination"]):
        for level in (entry[field] for field in ("yes", "unsure", "level") if field in entry):
            if level not in levels:
                yield f"{entry['id']}: {level!r} is not a level ({', '.join(levels)})"
        for informed in entry.get("informs", []):
            if informed not in {"pattern", "advice", "waiting"}:
                yield f"{entry['id']}: informs {informed!r} is not pattern, advice or waiting"
        for case in (*entry.get("when", []), *entry.get("and", [])):
            yield from _case_words(entry["id"], case, raw["opens"], levels)
    for entry in raw["question"]:
        yield from _calmer_words(entry)
    yield from _combined_words(raw["combination"])
    for fit in raw["pattern"]["fit"]:
        yield from _case_words(f"pattern {fit['id']}", fit["requires"], [], levels)


def _calmer_words(entry: Mapping[str, Any]) -> Iterator[str]:
    """The calmer answer is stated where the levels do not tell it, and only there."""
    told = entry["yes"] != Level.SELF_CARE.id
    if told and "calmer" in entry:
        yield f"{entry['id']}: calmer is not stated where a yes raises the level: there it is no"
    if not told and entry.get("calmer") not in {"yes", "no"}:
        yield f"{entry['id']}: calmer must be yes or no, for its yes raises no level that would tell"


def _combined_words(combinations: list[Mapping[str, Any]]) -> Iterator[str]:
    """What was brought up, or reached before, would let a combination that answers reach pass unseen."""
    for entry in combinations:
        for case in (*entry["when"], *entry.get("and", [])):
            for key in sorted({"opened", "reached"} & case.keys()):
                yield f"{entry['id']}: {key} has no meaning in a combination, which counts for everyone"


def _case_words(label: str, case: Mapping[str, Any], opens: list[str], levels: list[str]) -> Iterator[str]:
    for key, value in case.items():
        if key == "opened" and value not in opens:
            yield f"{label}: opened {value!r} is not among opens"
        elif key == "reached" and value not in levels:
            yield f"{label}: reached {value!r} is not a level"
        elif key not in {"opened", "reached"} and not fitting(value) <= {"yes", "no", "unsure", "unasked"}:
            yield f"{label}: {key} = {value!r} is not yes, no, unsure, not yes, or a list of these"


def fitting(value: object) -> frozenset[str]:
    """The answers that an entry of a case accepts; "unasked" stands for none."""
    if value == "not yes":
        return frozenset({"no", "unsure", "unasked"})
    return frozenset(map(str, value if isinstance(value, list) else [value]))
