"""Reads the subjects and courses and refuses broken ones with a message that names the culprit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, get_args

from crampguide.learning.model import Claim, Course, Learning, Subject
from crampguide.reviewed import DataError, fields, one_or_more, parse, read_checked
from crampguide.triage.model import ANSWERS, Level, Pattern, Protocol, QuestionId, Source

_FILES = ("subjects.toml", "course.toml", "sources.toml")
_FILE = {"first": str, "claim": dict, "subject": list, "course": list, "source": dict}
_CLAIM = {"gist": str}
_CLAIM_MAY = {"correction": str}
_SUBJECT = {"id": str, "lead": list, "cites": list, "reviewed": date}
_SUBJECT_MAY = {"more": list, "why": list}
_COURSE = {"id": str, "levels": list, "cites": list, "reviewed": date}
_COURSE_MAY = {"for": list, "when": dict, "also": bool, "times": bool}
_SOURCE, _SOURCE_MAY = {"name": str}, {"link": str}
_ENDINGS = {"lead": "", "more": "_more", "why": "_why"}
_LEVELS = frozenset(level.id for level in Level)
_FULL = frozenset({"id", "cites", "gist", "levels"})
"""Fields that may not be empty."""


class LearningError(DataError):
    """The subjects or courses are broken. ``problems`` lists every one found, each naming its culprit."""


@cache
def load_learning() -> Learning:
    """The subjects and courses that ship with the package; read once per process, when first needed."""
    paths = (Path(__file__).with_name(name) for name in _FILES)
    return _learning(read_checked(paths, _problems, LearningError))


def read_learning(text: str) -> Learning:
    """Parses subjects, courses and sources written as in the files beside this one, all in one text.

    Raises ``LearningError`` with every problem found. Whether the questions and sources they name exist
    is told by ``unknown``.
    """
    raw = parse(text, LearningError)
    if found := _problems(raw):
        raise LearningError(found)
    return _learning(raw)


def _problems(raw: Mapping[str, Any]) -> list[str]:
    return list(_shape(raw)) or list(_meaning(raw))


def _learning(raw: Mapping[str, Any]) -> Learning:
    return Learning(
        first=raw["first"],
        claims={
            id_: Claim(id_, each["gist"], each.get("correction", "")) for id_, each in raw["claim"].items()
        },
        subjects={entry["id"]: _subject(entry) for entry in raw["subject"]},
        courses=tuple(_course(entry) for entry in raw["course"]),
        sources={id_: Source(id_, each["name"], each.get("link", "")) for id_, each in raw["source"].items()},
    )


def unknown(learning: Learning, protocol: Protocol, elsewhere: Container[str] = ()) -> Iterator[str]:
    """Questions that the protocol lacks, and sources that neither it, ``elsewhere`` nor these files have."""
    everything: list[Subject | Course] = [*learning.subjects.values(), *learning.courses]
    for each in everything:
        for id_ in each.cites:
            if id_ not in learning.sources and id_ not in protocol.sources and id_ not in elsewhere:
                yield f"{each.id}: {id_} is not a source"
    for course in learning.courses:
        for question, _ in course.when:
            if question not in protocol.questions:
                yield f"{course.id}: {question} is not a question"
    for id_ in learning.sources:
        if id_ in protocol.sources or id_ in elsewhere:
            yield f"source {id_}: is listed elsewhere already"


def _shape(raw: Mapping[str, Any]) -> Iterator[str]:
    """Fields that are missing, unknown, empty or of another type."""
    yield from fields("learning", raw, _FILE, {}, _FULL)
    for kind, must, may in (("subject", _SUBJECT, _SUBJECT_MAY), ("course", _COURSE, _COURSE_MAY)):
        for number, entry in enumerate(_tables(raw, kind, list), 1):
            yield from fields(str(entry.get("id", f"{kind} number {number}")), entry, must, may, _FULL)
    for id_, claim in _tables(raw, "claim", dict):
        yield from fields(f"claim {id_}", claim, _CLAIM, _CLAIM_MAY, _FULL)
    for id_, source in _tables(raw, "source", dict):
        yield from fields(f"source {id_}", source, _SOURCE, _SOURCE_MAY, _FULL)


def _tables(raw: Mapping[str, Any], kind: str, of: type) -> list[Any]:
    found: Any = raw.get(kind)
    fits = type(found) is of
    if fits and of is dict:
        return list(found.items())
    return [entry if isinstance(entry, dict) else {} for entry in found] if fits else []


def _meaning(raw: Mapping[str, Any]) -> Iterator[str]:
    """Ids that are used twice or do not exist, claims that nothing says, words with a fixed meaning."""
    for kind in ("subject", "course"):
        for id_, count in Counter(entry["id"] for entry in raw[kind]).items():
            if count > 1:
                yield f"{id_}: this id is used twice"
    if raw["first"] not in {entry["id"] for entry in raw["subject"]}:
        yield f"first: {raw['first']} is not a subject"
    carried: set[str] = set()
    for entry in raw["subject"]:
        claims = [id_ for part in _ENDINGS for id_ in entry.get(part, ())]
        carried.update(claims)
        yield from (f"{entry['id']}: {id_} is not a claim" for id_ in claims if id_ not in raw["claim"])
    yield from (f"claim {id_}: no subject carries it" for id_ in raw["claim"] if id_ not in carried)
    for entry in raw["course"]:
        yield from _course_words(entry)


def _course_words(entry: Mapping[str, Any]) -> Iterator[str]:
    yield from (
        f"{entry['id']}: {level!r} is not a level" for level in entry["levels"] if level not in _LEVELS
    )
    for pattern in entry.get("for", ()):
        if pattern not in get_args(Pattern):
            yield f"{entry['id']}: {pattern!r} is not a pattern"
    for question, said in entry.get("when", {}).items():
        if not one_or_more(said) <= set(ANSWERS):
            yield f"{entry['id']}: when {question} = {said!r} is no answer"


def _subject(entry: Mapping[str, Any]) -> Subject:
    lines = {
        f"learn.{entry['id']}{ending}": tuple(entry[part])
        for part, ending in _ENDINGS.items()
        if part in entry
    }
    return Subject(entry["id"], lines, tuple(entry["cites"]), entry["reviewed"])


def _course(entry: Mapping[str, Any]) -> Course:
    return Course(
        id=entry["id"],
        levels=frozenset(entry["levels"]),
        patterns=frozenset(entry.get("for", ())),
        when=tuple((QuestionId(id_), one_or_more(said)) for id_, said in entry.get("when", {}).items()),
        also=entry.get("also", False),
        times=entry.get("times", False),
        cites=tuple(entry["cites"]),
        reviewed=entry["reviewed"],
    )
