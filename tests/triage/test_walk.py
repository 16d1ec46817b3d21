"""The rule by which a question is asked, on a protocol small enough to see it."""

from __future__ import annotations

from pathlib import Path

import pytest

from crampguide.triage import (
    Answer,
    Ask,
    Finish,
    Level,
    Protocol,
    ProtocolError,
    QuestionId,
    Recap,
    next_step,
    read_protocol,
)

VALID = (Path(__file__).parents[1] / "broken" / "protocol" / "valid.toml").read_text(encoding="utf-8")
QUESTION = """
[[question]]
id = "{id}"
number = "9"
group = "risk"
sign = "A risk"
suspects = "little by itself"
yes = "self_care"
unsure = "self_care"
recheck = false
reason = "It counts together with another."
cites = ["BOOK"]
reviewed = 2026-11-22
"""
TOGETHER = """
[[combination]]
id = "both_risks"
level = "urgent"
when = [{ first_risk = "yes", second_risk = "yes" }]
reason = "Together they count."
cites = ["BOOK"]
reviewed = 2026-11-22
"""


def protocol() -> Protocol:
    return read_protocol(
        VALID + QUESTION.format(id="first_risk") + QUESTION.format(id="second_risk") + TOGETHER
    )


def known(**answers: Answer) -> dict[QuestionId, Answer]:
    """No to all that comes before the risks, but for these answers."""
    given: dict[QuestionId, Answer] = dict.fromkeys(map(QuestionId, ("chest", "weaker", "lasting")), "no")
    return given | {QuestionId(id_): answer for id_, answer in answers.items()}


@pytest.mark.parametrize(
    ("answers", "asks"),
    [
        pytest.param(known(), "first_risk", id="the second may still follow"),
        pytest.param(known(first_risk="yes"), "second_risk", id="the second now decides"),
        pytest.param(known(first_risk="no"), None, id="the second alone changes nothing"),
        pytest.param(known(first_risk="unsure"), None, id="unsure is not the yes that it takes"),
        pytest.param(known(second_risk="yes"), "first_risk", id="the second was volunteered"),
        pytest.param(known(chest="unsure"), None, id="urgent already"),
        pytest.param(known(lasting="yes"), "first_risk", id="routine can still become urgent"),
    ],
)
def test_a_question_is_asked_while_it_can_change_the_level(
    answers: dict[QuestionId, Answer], asks: str | None
) -> None:
    step = next_step(protocol(), answers)
    assert step == Ask(QuestionId(asks)) if asks else isinstance(step, Recap)


def test_what_counts_together_is_told_as_the_reason() -> None:
    end = next_step(protocol(), known(first_risk="yes", second_risk="yes"), confirmed=True)
    assert end == Finish(Level.URGENT, ("both_risks",), None)


def test_a_question_that_no_combination_needs_is_refused() -> None:
    with pytest.raises(ProtocolError, match="first_risk: no answer to it could change anything"):
        read_protocol(VALID + QUESTION.format(id="first_risk"))
