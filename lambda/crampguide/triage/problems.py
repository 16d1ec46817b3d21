"""Problems of a protocol. Each check yields one sentence per problem and names the culprit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product
from typing import Any

from crampguide.condition import UNASKED
from crampguide.triage.model import (
    Answer,
    Case,
    Combination,
    Condition,
    Level,
    Protocol,
    ProtocolFile,
    Question,
    QuestionId,
)

CALMEST_UNSURE = {
    Level.EMERGENCY: Level.URGENT,
    Level.URGENT: Level.ROUTINE,
    Level.ROUTINE: Level.SELF_CARE,
    Level.SELF_CARE: Level.SELF_CARE,
}
"""The calmest level "I don't know" may reach for a question whose yes reaches the key."""


def unstated(file: ProtocolFile, tables: Mapping[str, Any]) -> Iterator[str]:
    """Problems of a file that its values no longer show: an id of two kinds, a calmer answer left out."""
    questions = {question.id for question in file.question}
    for combination in file.combination:
        if combination.id in questions:
            yield f"{combination.id}: this id is used twice"
    for question, entry in zip(file.question, tables["question"], strict=True):
        told = question.yes > Level.SELF_CARE
        if told and "calmer" in entry:
            yield f"{question.id}: calmer is not stated where a yes raises the level: there it is no"
        if not told and "calmer" not in entry:
            yield f"{question.id}: calmer must be yes or no, for its yes raises no level that would tell"


def problems(protocol: Protocol) -> Iterator[str]:
    """Every problem of a protocol whose fields have the right shape."""
    unknown = list(_unknown_questions(protocol))
    yield from unknown
    yield from _citations(protocol)
    for question in protocol.questions.values():
        yield from _levels(question)
    yield from _subjects(protocol)
    yield from _scoring(protocol)
    if not unknown:
        yield from _order(protocol)
        yield from _parts(protocol)
        yield from _reachable(protocol)
        for combination in protocol.combinations.values():
            yield from _raises(protocol, combination)


def _conditions(protocol: Protocol) -> Iterator[tuple[str, Condition]]:
    yield from ((id_, question.when) for id_, question in protocol.questions.items())
    yield from ((id_, combination.when) for id_, combination in protocol.combinations.items())


def _unknown_questions(protocol: Protocol) -> Iterator[str]:
    for label, condition in _conditions(protocol):
        for id_ in sorted(condition.mentions - protocol.questions.keys()):
            yield f"{label}: depends on {id_!r}, which is no question"
    for id_, question in protocol.questions.items():
        for part in question.parts:
            if part not in protocol.questions:
                yield f"{id_}: its part {part!r} is no question"
    rules = protocol.pattern
    required = {id_ for fit in rules.fit for id_ in fit.requires.mentions}
    for scored in sorted(
        {*rules.nerve, *rules.cramp, *rules.cramp_extra, *required} - protocol.questions.keys()
    ):
        yield f"pattern: {scored!r} is no question"


def _citations(protocol: Protocol) -> Iterator[str]:
    cited: list[tuple[str, tuple[str, ...]]] = [(id_, rule.cites) for id_, rule in protocol.questions.items()]
    cited += [(id_, rule.cites) for id_, rule in protocol.combinations.items()]
    for label, cites in (*cited, ("pattern", protocol.pattern.cites)):
        for source in cites:
            if source not in protocol.sources:
                yield f"{label}: cites {source!r}, which is not in the list of sources"


def _levels(question: Question) -> Iterator[str]:
    calmest = CALMEST_UNSURE[question.yes]
    if question.unsure < calmest:
        yield f"{question.id}: unsure is {question.unsure.id}, calmer than the {calmest.id} it must reach"
    if question.unsure > question.yes:
        yield f"{question.id}: unsure is {question.unsure.id}, above its yes"


def _subjects(protocol: Protocol) -> Iterator[str]:
    for question in protocol.questions.values():
        for case in (case for group in question.when.groups for case in group):
            if case.opened is not None and case.opened not in protocol.opens:
                yield f"{question.id}: opened {case.opened!r} is not among opens"


def _scoring(protocol: Protocol) -> Iterator[str]:
    for id_, question in protocol.questions.items():
        scores = id_ in protocol.pattern.nerve or id_ in protocol.pattern.cramp
        if scores != ("pattern" in question.informs):
            yield f"{id_}: informs the pattern and scores in it must go together"


def _order(protocol: Protocol) -> Iterator[str]:
    earlier: set[QuestionId] = set()
    for question in protocol.questions.values():
        for id_ in sorted(_waited_for(question.when) - earlier):
            yield f"{question.id}: its condition is on {id_}, which is not asked before it"
        earlier.add(question.id)


def _parts(protocol: Protocol) -> Iterator[str]:
    place = {id_: number for number, id_ in enumerate(protocol.questions)}
    for id_, question in protocol.questions.items():
        for part in question.parts:
            if place[part] <= place[id_]:
                yield f"{id_}: its part {part} must come after it"


def _waited_for(condition: Condition) -> set[QuestionId]:
    """The questions whose answer a condition needs; one it accepts unasked may come later."""
    cases = (case for group in condition.groups for case in group)
    return {id_ for case in cases for id_, fits in case.answers if UNASKED not in fits}


def _reachable(protocol: Protocol) -> Iterator[str]:
    reachable: set[QuestionId] = set()
    for question in protocol.questions.values():
        if not _can_hold(question.when, reachable):
            yield f"{question.id}: nothing leads here, its condition can never hold"
            continue
        reachable.add(question.id)
        matters = question.yes > Level.SELF_CARE or question.informs or protocol.combined_with[question.id]
        if not (matters or protocol.opened_by[question.id]):
            yield f"{question.id}: no answer to it could change anything"
    for combination in protocol.combinations.values():
        if not _can_hold(combination.when, reachable):
            yield f"{combination.id}: its condition can never hold"


def _can_hold(condition: Condition, reachable: set[QuestionId]) -> bool:
    return any(_consistent(cases, reachable) for cases in product(*condition.groups))


def _consistent(cases: tuple[Case, ...], reachable: set[QuestionId]) -> bool:
    fitting: dict[QuestionId, frozenset[str]] = {}
    for case in cases:
        for id_, fits in case.answers:
            fitting[id_] = fitting.get(id_, fits) & fits
    return all(fits and (id_ in reachable or UNASKED in fits) for id_, fits in fitting.items())


def _raises(protocol: Protocol, combination: Combination) -> Iterator[str]:
    """A combination must need an answer that does not reassure, and reach more than its answers do alone."""
    for cases in product(*combination.when.groups):
        if all(
            _reassures(protocol, id_) in fits or UNASKED in fits
            for case in cases
            for id_, fits in case.answers
        ):
            yield f"{combination.id}: holds when every answer reassures"
            return
        alone = max(
            min(_level(protocol, id_, fit) for fit in fits) for case in cases for id_, fits in case.answers
        )
        if alone >= combination.level:
            yield f"{combination.id}: its answers reach {alone.id} without it"
            return


def _reassures(protocol: Protocol, id_: QuestionId) -> Answer:
    return protocol.questions[id_].calmer


def _level(protocol: Protocol, id_: QuestionId, fit: str) -> Level:
    question = protocol.questions[id_]
    return {"yes": question.yes, "unsure": question.unsure}.get(fit, Level.SELF_CARE)
