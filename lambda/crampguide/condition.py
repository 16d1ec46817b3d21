"""The one condition language of the reviewed data: how a condition is written, and when it holds.

A condition is a table of ``any_of``, ``all_of`` and ``not``, all of which must hold. ``any_of`` and
``all_of`` have a table of entries, or a list of conditions; ``not`` has a condition. An entry is a question
with the answers that fit ("yes", "no", "unsure" or a list of these; none fits before there is an answer),
``opened`` with a subject, or ``reached`` with a level.
"""

# Annotations here are values, for the reader of the data goes by them: nothing is parsed again at start-up.
from collections.abc import Iterator, Mapping
from enum import IntEnum
from itertools import product
from typing import Annotated, Literal, NamedTuple, NewType

QuestionId = NewType("QuestionId", str)
Answer = Literal["yes", "no", "unsure"]
Answers = Mapping[QuestionId, Answer]

ANSWERS: tuple[Answer, ...] = ("yes", "no", "unsure")
UNASKED = "unasked"
"""Stands among the answers of a ``Case`` for a question that has none."""

_EVERY = frozenset({*ANSWERS, UNASKED})
_NOTHING: frozenset[str] = frozenset()


class Level(IntEnum):
    """The urgency of care. Ordered: a higher level is more urgent."""

    SELF_CARE = 1
    ROUTINE = 2
    URGENT = 3
    EMERGENCY = 4

    @property
    def id(self) -> str:
        """The id used in data, session attributes and speech keys, such as ``"self_care"``."""
        return self.name.lower()


class Case(NamedTuple):
    """One way a condition can hold: all entries together."""

    answers: tuple[tuple[QuestionId, frozenset[str]], ...]
    """Each question with the answers that fit; ``"unasked"`` among them means that no answer fits too."""
    opened: str | None = None
    """A subject that the person brought up or agreed to."""
    reached: Level = Level.SELF_CARE
    """The level that must have been reached by now."""

    def holds(self, answers: Answers, opened: frozenset[str], level: Level) -> bool:
        """All entries fit."""
        if level < self.reached or (self.opened is not None and self.opened not in opened):
            return False
        for id_, fits in self.answers:  # noqa: SIM110 - twice as fast as all(), and asked a thousand times a turn
            if answers.get(id_, UNASKED) not in fits:
                return False
        return True


class Condition(NamedTuple):
    """Holds when every group has a case that holds. Without groups it always holds."""

    groups: tuple[tuple[Case, ...], ...]
    mentions: frozenset[QuestionId]

    def holds(
        self, answers: Answers, opened: frozenset[str] = _NOTHING, level: Level = Level.SELF_CARE
    ) -> bool:
        """True where it holds for these answers, subjects opened and level reached."""
        for group in self.groups:
            for case in group:
                if case.holds(answers, opened, level):
                    break
            else:
                return False
        return True

    def fitting(self, answers: Answers) -> tuple[QuestionId, ...]:
        """The questions by whose answers it holds; none where it does not hold."""
        if not self.holds(answers):
            return ()
        held = (
            case for group in self.groups for case in group if case.holds(answers, _NOTHING, Level.SELF_CARE)
        )
        return tuple(dict.fromkeys(id_ for case in held for id_, _ in case.answers))

    def lacking(self, answers: Answers) -> tuple[QuestionId, ...]:
        """The questions for want of whose answers it does not hold; none where it holds."""
        if self.holds(answers):
            return ()
        cases = (case for group in self.groups for case in group)
        wanted = (
            id_ for case in cases for id_, fits in case.answers if answers.get(id_, UNASKED) not in fits
        )
        return tuple(dict.fromkeys(wanted))

    @classmethod
    def read(cls, written: object, place: str, found: list[str]) -> "Condition":
        """The condition as it is written; what is wrong with it is added to ``found``, ``place`` in front."""
        groups = tuple(map(tuple, _groups(written, place, found)))
        return cls(groups, frozenset(id_ for group in groups for case in group for id_, _ in case.answers))


ALWAYS = Condition((), frozenset())
NEVER = Condition(((),), frozenset())


class OfAnswersAlone:
    """Marks a condition that counts for everyone: no subject opened or level reached is part of it."""

    def complaint(self, condition: Condition) -> str:
        """The fault of the condition; empty where there is none."""
        cases = [case for group in condition.groups for case in group]
        aside = any(case.opened is not None or case.reached > Level.SELF_CARE for case in cases)
        return "may be of answers alone, not of what was opened or reached" if aside else ""


AnswersCondition = Annotated[Condition, OfAnswersAlone()]

Groups = list[list[Case]]


def _groups(written: object, place: str, found: list[str]) -> Groups:
    if not isinstance(written, dict) or not written:
        found.append(f"{place} must be a table of any_of, all_of or not")
        return []
    groups: Groups = []
    for operator, value in written.items():
        if operator == "not":
            groups += _negated(_groups(value, place, found), place, found)
        elif operator not in {"any_of", "all_of"}:
            found.append(f"{place} {operator} is not any_of, all_of or not")
        elif isinstance(value, list) and value:
            parts = [_groups(each, place, found) for each in value]
            if operator == "all_of":
                groups += [group for part in parts for group in part]
            else:
                groups.append([case for part in parts for case in _cases(part, place, found)])
        elif isinstance(value, dict) and value:
            entries = [case for key, said in value.items() for case in _entry(key, said, place, found)]
            groups += (
                [entries] if operator == "any_of" else [_cases([[each] for each in entries], place, found)]
            )
        else:
            found.append(f"{place} {operator} must be a table of entries or a list of conditions")
    return groups


def _entry(key: str, said: object, place: str, found: list[str]) -> Iterator[Case]:
    """The case of one entry; none for one that is wrong."""
    fits = frozenset(map(str, said if isinstance(said, list) else [said]))
    levels = {level.id: level for level in Level}
    if key == "opened" and isinstance(said, str):
        yield Case((), said)
    elif key == "reached" and isinstance(said, str) and said in levels:
        yield Case((), None, levels[said])
    elif key == "reached":
        found.append(f"{place} reached = {said!r} is not a level ({', '.join(levels)})")
    elif key == "opened":
        found.append(f"{place} opened = {said!r} is not one subject")
    elif fits and fits <= {*ANSWERS}:
        yield Case(((QuestionId(key), fits),))
    else:
        found.append(f"{place} {key} = {said!r} is not yes, no, unsure, or a list of these")


def _cases(groups: Groups, place: str, found: list[str]) -> list[Case]:
    """The ways in which all groups hold: a case of each, taken together."""
    return [_together(cases, place, found) for cases in product(*groups)]


def _together(cases: tuple[Case, ...], place: str, found: list[str]) -> Case:
    fitting: dict[QuestionId, frozenset[str]] = {}
    for case in cases:
        for id_, fits in case.answers:
            fitting[id_] = fitting.get(id_, fits) & fits
    opened = sorted({case.opened for case in cases if case.opened is not None})
    if len(opened) > 1:
        found.append(f"{place} opened cannot be both {' and '.join(opened)}")
    reached = max((case.reached for case in cases), default=Level.SELF_CARE)
    return Case(tuple(fitting.items()), opened[0] if opened else None, reached)


def _negated(groups: Groups, place: str, found: list[str]) -> Groups:
    """The groups that hold where those given do not."""
    if any(case.opened is not None or case.reached > Level.SELF_CARE for group in groups for case in group):
        found.append(f"{place} not may be of answers alone, not of what was opened or reached")
    against = [
        [[Case(((id_, _EVERY - fits),)) for id_, fits in case.answers] for case in group] for group in groups
    ]
    if len(against) == 1:
        return against[0]
    return [[case for each in against for case in _cases(each, place, found)]]
