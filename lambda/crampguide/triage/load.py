"""Reads the protocol and refuses a broken one with a message that names the culprit."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from crampguide.reviewed import parse, read_toml, shown
from crampguide.triage import shape
from crampguide.triage.check import problems
from crampguide.triage.errors import ProtocolError
from crampguide.triage.model import (
    Case,
    Combination,
    Condition,
    Fit,
    Level,
    PatternRules,
    Protocol,
    Question,
    QuestionId,
    Source,
)

_ANY_SCORE = 99


@cache
def load_protocol() -> Protocol:
    """The protocol that ships with the package; read and checked once per process."""
    path = Path(__file__).with_name("protocol.toml")
    raw = read_toml(path, ProtocolError)
    try:
        return _checked(raw)
    except ProtocolError as broken:
        raise ProtocolError([f"{shown(path)}: {problem}" for problem in broken.problems]) from broken


def read_protocol(text: str, name: str = "protocol") -> Protocol:
    """Parses and checks a protocol written as in ``protocol.toml``; ``name`` is used in messages.

    Raises ``ProtocolError`` with every problem found, each naming the question, combination or field.
    """
    return _checked(parse(text, ProtocolError, name))


def _checked(raw: Mapping[str, Any]) -> Protocol:
    if found := list(shape.fields(raw)):
        raise ProtocolError(found)
    if found := list(shape.words(raw)):
        raise ProtocolError(found)
    protocol = _build(raw)
    if found := list(problems(protocol)):
        raise ProtocolError(found)
    return protocol


def _build(raw: Mapping[str, Any]) -> Protocol:
    questions = {QuestionId(entry["id"]): _question(entry) for entry in raw["question"]}
    combinations = {entry["id"]: _combination(entry) for entry in raw["combination"]}
    return Protocol(
        version=raw["version"],
        opens=frozenset(raw["opens"]),
        questions=questions,
        combinations=combinations,
        pattern=_pattern(raw["pattern"]),
        sources={
            id_: Source(id_, entry["name"], entry.get("link", "")) for id_, entry in raw["source"].items()
        },
        opened_by={
            id_: tuple(other for other in questions.values() if id_ in other.condition.mentions)
            for id_ in questions
        },
        combined_with={
            id_: tuple(other for other in combinations.values() if id_ in other.condition.mentions)
            for id_ in questions
        },
    )


def _question(entry: Mapping[str, Any]) -> Question:
    return Question(
        id=QuestionId(entry["id"]),
        number=entry["number"],
        group=entry["group"],
        sign=entry["sign"],
        suspects=entry["suspects"],
        condition=_condition(entry),
        yes=Level[entry["yes"].upper()],
        unsure=Level[entry["unsure"].upper()],
        recheck=entry["recheck"],
        confirm_no=entry.get("confirm_no", False),
        calmer=entry.get("calmer", "no"),
        informs=frozenset(entry.get("informs", ())),
        waiting=entry.get("waiting"),
        where=entry.get("where"),
        optional=entry.get("optional", False),
        reason=entry["reason"],
        cites=tuple(entry["cites"]),
        reviewed=entry["reviewed"],
    )


def _combination(entry: Mapping[str, Any]) -> Combination:
    level, cites = Level[entry["level"].upper()], tuple(entry["cites"])
    return Combination(entry["id"], level, _condition(entry), entry["reason"], cites, entry["reviewed"])


def _condition(entry: Mapping[str, Any]) -> Condition:
    groups = tuple(tuple(_case(case) for case in entry[field]) for field in ("when", "and") if field in entry)
    return Condition(groups, frozenset(id_ for group in groups for case in group for id_, _ in case.answers))


def _case(case: Mapping[str, Any]) -> Case:
    answers = {key: value for key, value in case.items() if key not in {"opened", "reached"}}
    reached = Level[case["reached"].upper()] if "reached" in case else Level.SELF_CARE
    return Case(_fits(answers), case.get("opened"), reached)


def _fits(answers: Mapping[str, Any]) -> tuple[tuple[QuestionId, frozenset[str]], ...]:
    return tuple((QuestionId(id_), shape.fitting(value)) for id_, value in answers.items())


def _pattern(entry: Mapping[str, Any]) -> PatternRules:
    return PatternRules(
        nerve=entry["nerve"],
        cramp=entry["cramp"],
        cramp_extra=frozenset(entry["cramp_extra"]),
        fits=tuple(_fit(fit) for fit in entry["fit"]),
        otherwise=entry["otherwise"],
        cites=tuple(entry["cites"]),
        reviewed=entry["reviewed"],
    )


def _fit(entry: Mapping[str, Any]) -> Fit:
    return Fit(
        id=entry["id"],
        requires=_fits(entry["requires"]),
        nerve_at_least=entry.get("nerve_at_least", 0),
        nerve_at_most=entry.get("nerve_at_most", _ANY_SCORE),
        nerve_above_cramp=entry.get("nerve_above_cramp", -_ANY_SCORE),
        cramp_at_least=entry.get("cramp_at_least", 0),
        reason=entry["reason"],
    )
