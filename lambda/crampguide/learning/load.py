"""Reads the subjects and courses and refuses broken ones with a message that names the culprit."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from crampguide.learning.model import Course, Learning, LearningFile, Subject
from crampguide.reviewed import DataError, parse
from crampguide.triage.model import Protocol
from crampguide.typed import typed, typed_files

_FILES = ("subjects.toml", "course.toml", "sources.toml")


class LearningError(DataError):
    """The subjects or courses are broken. ``problems`` lists every one found, each naming its culprit."""


@cache
def load_learning() -> Learning:
    """The subjects and courses that ship with the package; read once per process, when first needed."""
    return typed_files((Path(__file__).with_name(name) for name in _FILES), _learning, LearningError)


def read_learning(text: str) -> Learning:
    """Parses subjects, courses and sources written as in the files beside this one, all in one text.

    Raises ``LearningError`` with every problem found. Whether the questions and sources they name exist
    is told by ``unknown``.
    """
    return _learning(parse(text, LearningError))


def _learning(raw: Mapping[str, Any]) -> Learning:
    file = typed(LearningFile, raw, "learning", LearningError, _problems)
    return Learning(
        first=file.first,
        claims=file.claim,
        subjects={subject.id: subject for subject in file.subject},
        courses=file.course,
        sources=file.source,
    )


def _problems(file: LearningFile, _tables: Mapping[str, Any]) -> Iterator[str]:
    """Subjects and claims that do not exist, and claims that nothing says."""
    if file.first not in {subject.id for subject in file.subject}:
        yield f"first: {file.first} is not a subject"
    carried: set[str] = set()
    for subject in file.subject:
        claims = [id_ for line in subject.lines.values() for id_ in line]
        carried.update(claims)
        yield from (f"{subject.id}: {id_} is not a claim" for id_ in claims if id_ not in file.claim)
    yield from (f"claim {id_}: no subject carries it" for id_ in file.claim if id_ not in carried)


def unknown(learning: Learning, protocol: Protocol, elsewhere: Container[str] = ()) -> Iterator[str]:
    """Questions that the protocol lacks, and sources that neither it, ``elsewhere`` nor these files have."""
    everything: list[Subject | Course] = [*learning.subjects.values(), *learning.courses]
    for each in everything:
        for id_ in each.cites:
            if id_ not in learning.sources and id_ not in protocol.sources and id_ not in elsewhere:
                yield f"{each.id}: {id_} is not a source"
    for course in learning.courses:
        for question in sorted(course.when.mentions):
            if question not in protocol.questions:
                yield f"{course.id}: {question} is not a question"
    for id_ in learning.sources:
        if id_ in protocol.sources or id_ in elsewhere:
            yield f"source {id_}: is listed elsewhere already"
