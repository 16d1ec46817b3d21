"""Reads the protocol and refuses a broken one with a message that names the culprit."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from crampguide.reviewed import parse
from crampguide.triage.errors import ProtocolError
from crampguide.triage.model import Combination, Level, Protocol, ProtocolFile, Question, QuestionId
from crampguide.triage.problems import problems, unstated
from crampguide.typed import typed, typed_files


@cache
def load_protocol() -> Protocol:
    """The protocol that ships with the package; read and checked once per process."""
    return typed_files([Path(__file__).with_name("protocol.toml")], _checked, ProtocolError)


def read_protocol(text: str, name: str = "protocol") -> Protocol:
    """Parses and checks a protocol written as in ``protocol.toml``; ``name`` is used in messages.

    Raises ``ProtocolError`` with every problem found, each naming the question, combination or field.
    """
    return _checked(parse(text, ProtocolError, name))


def _checked(raw: Mapping[str, Any]) -> Protocol:
    protocol = _build(typed(ProtocolFile, raw, "protocol", ProtocolError, unstated))
    if found := list(problems(protocol)):
        raise ProtocolError(found)
    return protocol


def _build(file: ProtocolFile) -> Protocol:
    opened_by = {
        each.id: tuple(other for other in file.question if each.id in other.when.mentions)
        for each in file.question
    }
    combined_with = {
        each.id: tuple(other for other in file.combination if each.id in other.when.mentions)
        for each in file.question
    }
    return Protocol(
        version=file.version,
        opens=file.opens,
        questions={question.id: question for question in file.question},
        combinations={combination.id: combination for combination in file.combination},
        pattern=file.pattern,
        sources=file.source,
        opened_by=opened_by,
        combined_with=combined_with,
        reaches=_reaches(file.question, opened_by, combined_with),
    )


def _reaches(
    questions: tuple[Question, ...],
    opened_by: Mapping[QuestionId, tuple[Question, ...]],
    combined_with: Mapping[QuestionId, tuple[Combination, ...]],
) -> dict[QuestionId, Level]:
    """Worked out from the last question on: what a question opens comes after it."""
    reaches: dict[QuestionId, Level] = {}
    for each in reversed(questions):
        combined = (other.level for other in combined_with[each.id])
        opened = (reaches.get(other.id, Level.EMERGENCY) for other in opened_by[each.id])
        reaches[each.id] = max((each.yes, *combined, *opened))
    return reaches
