"""Reads the tips and exercises and refuses broken ones with a message that names the culprit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from crampguide.relief.model import Exercise, Relief, ReliefFile, Tip
from crampguide.reviewed import DataError, parse
from crampguide.triage.model import Protocol, QuestionId
from crampguide.typed import typed, typed_files

_FILES = ("tips.toml", "exercises.toml", "sources.toml")


class ReliefError(DataError):
    """The tips or exercises are broken. ``problems`` lists every one found, each naming its culprit."""


@cache
def load_relief() -> Relief:
    """The tips and exercises that ship with the package; read once per process, when first needed."""
    return typed_files((Path(__file__).with_name(name) for name in _FILES), _relief, ReliefError)


def read_relief(text: str) -> Relief:
    """Parses tips, exercises and sources written as in the files beside this one, all in one text.

    Raises ``ReliefError`` with every problem found. Whether the questions they name exist is told by
    ``unknown``, which needs the protocol.
    """
    return _relief(parse(text, ReliefError))


def _relief(raw: Mapping[str, Any]) -> Relief:
    file = typed(ReliefFile, raw, "relief", ReliefError, _problems)
    return Relief(
        now=file.now,
        asks=file.asks,
        tips={tip.id: tip for tip in file.tip},
        exercises={exercise.id: exercise for exercise in file.exercise},
        sources=file.source,
    )


def _problems(file: ReliefFile, _tables: Mapping[str, Any]) -> Iterator[str]:
    exercises = {exercise.id: exercise for exercise in file.exercise}
    for tip in file.tip:
        if tip.id in exercises:
            yield f"{tip.id}: this id is used twice"
    for exercise in file.exercise:
        yield from _wrong_instead(exercise, exercises)
    if file.now not in exercises:
        yield f"now: {file.now} is not an exercise"


def _wrong_instead(exercise: Exercise, exercises: Mapping[str, Exercise]) -> Iterator[str]:
    """Faults of the one in its place, which is begun on the answers that this one has asked for."""
    if exercise.instead is None:
        return
    place, other = f"{exercise.id}: instead = {exercise.instead}", exercises.get(exercise.instead)
    if other is None:
        yield f"{place} is not an exercise"
    elif other.instead is not None:
        yield f"{place} has another in its own place"
    elif unasked := {*other.ask, *other.do_not.mentions} - {*exercise.ask, *exercise.do_not.mentions}:
        yield f"{place} depends on what is not asked before: {', '.join(sorted(unasked))}"


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
        return {*each.cautions, *each.first.mentions, *each.when.mentions}
    steps = {id_ for step in each.steps for id_ in step.only_for.mentions | step.do_not.mentions}
    return steps | {*each.ask, *each.do_not.mentions, *((each.then_ask,) if each.then_ask else ())}
