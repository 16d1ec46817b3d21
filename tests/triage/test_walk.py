"""The rule by which a question is asked, on a protocol small enough to see it."""

from __future__ import annotations

import pytest

from crampguide.triage import (
    Answer,
    Ask,
    Finish,
    Level,
    ProtocolError,
    QuestionId,
    Recap,
    level_of,
    next_step,
)
from crampguide.triage.conditions import Known, Truth, truth
from tests.triage.small import combination, known, protocol, question

RISKS = question("first_risk") + question("second_risk")
BOTH = combination("both_risks", "urgent", 'all_of = { first_risk = "yes", second_risk = "yes" }')


@pytest.mark.parametrize(
    ("answers", "asks"),
    [
        pytest.param(known(), "first_risk", id="the second may still follow"),
        pytest.param(known(first_risk="yes"), "second_risk", id="the second now decides"),
        pytest.param(known(first_risk="no"), None, id="the second alone changes nothing"),
        pytest.param(known(first_risk="unsure"), None, id="unsure is not the yes that it takes"),
        pytest.param(known(second_risk="yes"), "first_risk", id="the second was volunteered"),
        pytest.param(known(second_risk="no"), None, id="the second was denied unasked"),
        pytest.param(known(chest="unsure"), None, id="urgent already"),
        pytest.param(known(lasting="yes"), "first_risk", id="routine can still become urgent"),
    ],
)
def test_a_question_is_asked_while_it_can_change_the_level(
    answers: dict[QuestionId, Answer], asks: str | None
) -> None:
    step = next_step(protocol(RISKS, BOTH), answers)
    assert step == Ask(QuestionId(asks)) if asks else isinstance(step, Recap)


def test_what_counts_together_is_told_as_the_reason() -> None:
    end = next_step(protocol(RISKS, BOTH), known(first_risk="yes", second_risk="yes"), confirmed=True)
    assert end == Finish(Level.URGENT, ("both_risks",), None)


def test_what_counts_by_itself_is_told_as_the_reason_before_what_counts_together() -> None:
    said = known(weaker="yes", cannot_move="no", first_risk="yes", second_risk="yes")
    end = next_step(protocol(RISKS, BOTH), said, confirmed=True)
    assert end == Finish(Level.URGENT, ("weaker",), None)


def test_a_question_that_no_combination_needs_is_refused() -> None:
    with pytest.raises(ProtocolError, match="first_risk: no answer to it could change anything"):
        protocol(question("first_risk"))


def test_the_recap_says_what_was_answered_yes_and_what_is_unsure_in_the_order_of_asking() -> None:
    said = known(first_risk="unsure", lasting="yes", weaker="unsure", second_risk="no")
    recap = next_step(protocol(RISKS, BOTH), said)
    assert recap == Recap(
        yes=(QuestionId("lasting"),), unsure=(QuestionId("weaker"), QuestionId("first_risk"))
    )


def test_the_pattern_is_told_below_urgent_alone() -> None:
    for said, level, pattern in (
        (known(down_leg="yes"), Level.SELF_CARE, "sciatica"),
        (known(down_leg="no"), Level.SELF_CARE, "either"),
        (known(down_leg="yes", lasting="yes"), Level.ROUTINE, "sciatica"),
        (known(down_leg="yes", chest="unsure"), Level.URGENT, None),
    ):
        end = next_step(protocol(), said, frozenset({"more"}), confirmed=True)
        assert isinstance(end, Finish)
        assert (end.level, end.pattern) == (level, pattern)


@pytest.mark.parametrize(
    ("informs", "said", "asked"),
    [
        pytest.param("advice", {}, True, id="advice differs by it"),
        pytest.param("advice", {"lasting": "yes"}, True, id="advice to see a doctor differs by it"),
        pytest.param("advice", {"chest": "unsure"}, False, id="urgent advice does not differ by it"),
        pytest.param("waiting", {}, True, id="what to do while waiting differs by it"),
        pytest.param("waiting", {"chest": "unsure"}, True, id="and that is told with urgent advice"),
    ],
)
def test_a_question_is_asked_for_what_it_informs(
    informs: str, said: dict[str, Answer], *, asked: bool
) -> None:
    step = next_step(protocol(question("helper", f'informs = ["{informs}"]')), known(**said))
    assert isinstance(step, Ask) == asked


def test_an_emergency_ends_the_questions_that_inform_too() -> None:
    small = protocol(question("helper", 'informs = ["waiting"]'))
    assert isinstance(next_step(small, {QuestionId("chest"): "yes"}), Finish)


OPENER = question("opener")
FOLLOW_UP = question("follow_up", 'when = { any_of = { opener = "yes" } }', yes="urgent", unsure="routine")


@pytest.mark.parametrize(
    ("said", "asks"),
    [
        pytest.param({}, "opener", id="a yes opens what can raise the level"),
        pytest.param({"opener": "yes"}, "follow_up", id="it does"),
        pytest.param({"opener": "no"}, None, id="it does not"),
        pytest.param({"follow_up": "no"}, None, id="what it opens was denied unasked"),
        pytest.param({"follow_up": "unsure"}, None, id="what it opens is known to be unsure"),
        pytest.param({"chest": "unsure"}, None, id="what it opens reaches no more than is reached"),
    ],
)
def test_a_question_is_asked_for_what_it_opens(said: dict[str, Answer], asks: str | None) -> None:
    step = next_step(protocol(OPENER, FOLLOW_UP), known(**said))
    assert step == Ask(QuestionId(asks)) if asks else isinstance(step, Recap)


def test_a_question_is_not_asked_for_a_follow_up_that_needs_another_answer_to_it() -> None:
    """The follow-up is opened by a yes, and counts together with a no alone."""
    risk = question("risk", 'when = { any_of = { opener = "yes" } }')
    apart = combination("apart", "urgent", 'all_of = { opener = "no", risk = "yes" }')
    assert isinstance(next_step(protocol(OPENER, risk, apart), known()), Recap)


def test_a_question_is_asked_for_a_level_that_opens_more() -> None:
    """Routine as the level stands, urgent once it is answered: then more is asked."""
    deeper = question(
        "deeper",
        'when = { all_of = { opener = "yes", reached = "urgent" } }',
        yes="emergency",
        unsure="urgent",
    )
    risen = question("opener", yes="urgent", unsure="routine")
    assert next_step(protocol(risen, deeper), known(chest="unsure")) == Ask(QuestionId("opener"))
    assert next_step(protocol(risen, deeper), known(opener="yes")) == Ask(QuestionId("deeper"))
    assert isinstance(next_step(protocol(OPENER, deeper), known(opener="yes")), Recap)


def test_a_case_that_holds_without_an_answer_is_no_reason_to_ask_for_it() -> None:
    risk = question("risk")
    unless = combination(
        "unless", "urgent", 'any_of = [{ all_of = { opener = "yes" }, not = { any_of = { risk = "yes" } } }]'
    )
    small = protocol(OPENER, risk, unless)
    assert next_step(small, known()) == Ask(QuestionId("opener"))
    assert isinstance(next_step(small, known(opener="yes")), Recap), "it holds already, whatever the risk"
    assert level_of(small, known(opener="yes")) is Level.URGENT
    assert level_of(small, known(opener="yes", risk="yes")) is Level.SELF_CARE


def test_a_case_that_may_hold_once_the_level_is_reached_leaves_its_group_open() -> None:
    either = 'when = { any_of = { reached = "urgent", opener = "yes" } }'
    small = protocol(OPENER, question("deeper", either, yes="emergency", unsure="urgent"))
    assert next_step(small, known()) == Ask(QuestionId("opener"))


def test_an_answer_that_can_only_stop_a_combination_is_not_asked_for() -> None:
    unless = combination(
        "unless", "urgent", 'not = { any_of = { first_risk = "yes" } }, any_of = { second_risk = "yes" }'
    )
    assert next_step(protocol(RISKS, unless), known()) == Ask(QuestionId("second_risk"))


def test_what_is_not_known_yet_is_open() -> None:
    small = protocol(RISKS, BOTH)
    ((case,),) = small.combinations["both_risks"].when.groups
    for said, expected in (
        (known(), Truth.OPEN),
        (known(first_risk="yes"), Truth.OPEN),
        (known(first_risk="yes", second_risk="yes"), Truth.TRUE),
        (known(first_risk="yes", second_risk="unsure"), Truth.FALSE),
    ):
        assert truth(Known(small, said, frozenset(), Level.SELF_CARE), case) is expected


def test_a_group_that_holds_by_another_case_is_no_reason_to_ask() -> None:
    either = 'any_of = { first_risk = "yes", second_risk = "yes" }'
    small = protocol(RISKS, OPENER, combination("both", "urgent", f'{either}, all_of = {{ opener = "yes" }}'))
    assert next_step(small, known()) == Ask(QuestionId("first_risk"))
    assert next_step(small, known(first_risk="yes")) == Ask(QuestionId("opener"))
    assert next_step(small, known(first_risk="no")) == Ask(QuestionId("second_risk"))
    assert isinstance(next_step(small, known(opener="no")), Recap)
    assert isinstance(next_step(small, known(first_risk="no", second_risk="no")), Recap)
