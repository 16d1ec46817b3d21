"""The questions and what they open, in the order of the diagram: bands of rows, each with its follow-ups."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from crampguide.triage import ANSWERS, Level, Protocol, Question, QuestionId
from crampguide.triage.model import Case
from tools.protocol.in_words import opening

_LAST = "follow-up"
_UNASKED = "unasked"
_Opened = Mapping[frozenset[str], list[tuple[QuestionId, bool]]]


def bands(protocol: Protocol, short: Mapping[QuestionId, str]) -> list[dict[str, Any]]:
    """The bands from top to bottom: each question that everyone may hear, or that opens others, has a row.

    A question without a row of its own is a follow-up in the row of each answer that can open it.
    ``more`` says that the answer alone is not enough.
    """
    opened = _opened(protocol)
    rows = [
        (question.group, _row(protocol, short, question, opened.get(question.id, {})))
        for question in protocol.questions.values()
        if question.id in opened or not question.when.groups
    ]
    order = list(dict.fromkeys(band for band, _ in rows if band != _LAST))
    found = [{"name": name, "rows": [row for band, row in rows if band == name]} for name in (*order, _LAST)]
    topics = [
        {"topic": opening(topic), "opens": [_chip(protocol, short, *one) for one in chips]}
        for topic, chips in _topics(protocol)
    ]
    return [*found, {"name": "topics", "rows": topics}]


def _row(
    protocol: Protocol, short: Mapping[QuestionId, str], question: Question, opened: _Opened
) -> dict[str, Any]:
    answers = [
        {
            "answer": " or ".join(answer for answer in ANSWERS if answer in fits),
            "opens": [_chip(protocol, short, *one) for one in chips],
        }
        for fits, chips in opened.items()
    ]
    return {**_chip(protocol, short, question.id), "sign": question.sign, "answers": answers}


def openers(case: Case) -> list[tuple[QuestionId, frozenset[str]]]:
    """The answers of a case that lead to its question; what only must not stand in the way is left out.

    Where nothing but a no is needed, every answer of the case leads there.
    """
    asked_for = [(id_, fits) for id_, fits in case.answers if "no" not in fits and _UNASKED not in fits]
    if asked_for or case.opened is not None or case.reached > Level.SELF_CARE:
        return asked_for
    return list(case.answers)


def _opened(protocol: Protocol) -> dict[QuestionId, dict[frozenset[str], list[tuple[QuestionId, bool]]]]:
    found: dict[QuestionId, dict[frozenset[str], list[tuple[QuestionId, bool]]]] = {}
    for question in protocol.questions.values():
        for group in question.when.groups:
            for case in group:
                for id_, fits in openers(case):
                    chips = found.setdefault(id_, {}).setdefault(fits, [])
                    chip = question.id, _needs_more(question, case)
                    if (question.id, False) not in chips and chip not in chips:
                        chips.append(chip)
    return found


def _needs_more(question: Question, case: Case) -> bool:
    whole = len(case.answers) == 1 and case.opened is None and case.reached is Level.SELF_CARE
    return len(question.when.groups) > 1 or not whole


def _topics(protocol: Protocol) -> Iterator[tuple[str, list[tuple[QuestionId, bool]]]]:
    for topic in sorted(protocol.opens):
        yield (
            topic,
            [
                (question.id, _needs_more(question, case) and bool(case.answers))
                for question in protocol.questions.values()
                for group in question.when.groups
                for case in group
                if case.opened == topic
            ],
        )


def _chip(
    protocol: Protocol, short: Mapping[QuestionId, str], id_: QuestionId, *more: bool
) -> dict[str, Any]:
    question = protocol.questions[id_]
    return {
        "id": id_,
        "number": question.number,
        "short": short[id_],
        "level": question.yes.id,
        "unsure": question.unsure.id,
        "more": any(more),
    }
