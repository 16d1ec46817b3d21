"""Words that no slot resolved: they count, are asked about, or are nothing, and never a no."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest

from crampguide.dialogue.for_whom import UNDER_SIXTEEN
from crampguide.dialogue.intents import INTENTS, move
from crampguide.dialogue.offers import load_guide
from crampguide.dialogue.state import Asking, State
from crampguide.dialogue.turn import Slots, Turn
from crampguide.speech import Line
from crampguide.triage import Level, QuestionId
from crampguide.understand import Kind, Reading, Stance
from tests.dialogue.states import a_state
from tests.speech.turns import CHEST, GUIDE, PRIVATE, READINGS, SWOLLEN, reading

QUESTIONS = load_guide().protocol.questions
CARRIERS = sorted(INTENTS)
GATE = [id_ for id_, question in QUESTIONS.items() if question.yes is Level.EMERGENCY]
AT_CHEST = a_state({}, asking=CHEST, turn=1)


def said(state: State, found: Reading, intent: str = "SymptomIntent") -> Turn:
    return move(GUIDE, state, intent, Slots(reading=found))


def keys(turn: Turn) -> list[str]:
    return [line.key for line in turn.lines]


def doubt_about(*signs: QuestionId, stance: Stance = Stance.REPORTED) -> Reading:
    return reading(Kind.ASKED, signs=signs, stance=stance, topic=signs[0])


def test_no_reading_of_anything_is_ever_a_no() -> None:
    carriers = [
        each
        for each in CARRIERS
        if each not in {"AMAZON.NoIntent", "HedgedNoIntent", "SaidNoIntent", "NotNowIntent"}
    ]
    for found, intent, question in product(READINGS, carriers, QUESTIONS):
        after = said(a_state({}, asking=question, turn=1), found, intent).state.answers
        assert "no" not in after.values(), (found, intent, question)


def test_a_sure_sign_counts_and_an_emergency_gets_its_advice_at_once() -> None:
    turn = said(AT_CHEST, reading(Kind.RECOGNISED, signs=(PRIVATE,), stance=Stance.REPORTED, topic=PRIVATE))
    assert turn.state.answers == {PRIVATE: "yes"}
    assert keys(turn)[0] == "advice.emergency"


@pytest.mark.parametrize("intent", ["NoSymptomIntent", "TipsIntent", "LearnIntent", "ExerciseIntent"])
def test_a_sure_sign_after_a_carrier_that_reports_none_is_asked_about(intent: str) -> None:
    found = reading(Kind.RECOGNISED, signs=(PRIVATE,), stance=Stance.REPORTED, topic=PRIVATE)
    turn = said(AT_CHEST, found, intent)
    assert (turn.state.answers, turn.state.asking) == ({}, PRIVATE)


def test_doubt_asks_the_likeliest_then_the_other_then_takes_up_what_was_open() -> None:
    turn = said(AT_CHEST, doubt_about(SWOLLEN, PRIVATE))
    assert turn.lines == (Line("acknowledge.sounded_like", (SWOLLEN,)),)
    assert turn.state.asking == SWOLLEN
    turn = move(GUIDE, turn.state, "AMAZON.NoIntent")
    assert turn.state.asking == PRIVATE
    turn = move(GUIDE, turn.state, "AMAZON.NoIntent")
    assert turn.state.asking == CHEST
    assert turn.state.answers == {SWOLLEN: "no", PRIVATE: "no"}


def test_words_in_doubt_about_the_open_question_are_asked_about_once_and_then_leave_it_open() -> None:
    once = said(AT_CHEST, doubt_about(CHEST))
    assert (once.state.asking, once.state.answers) == (CHEST, {})
    assert keys(once) == ["acknowledge.sounded_like"]
    assert said(once.state, doubt_about(CHEST)).state.answers == {CHEST: "unsure"}


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_denial_of_the_open_question_asks_for_a_plain_one(question: QuestionId) -> None:
    turn = said(a_state({}, asking=question, turn=1), doubt_about(question, stance=Stance.DENIED))
    assert turn.state.asking == question
    assert turn.state.answers == {}
    assert keys(turn) == ["acknowledge.hedged"]


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_question_about_a_sign_gets_its_why(question: QuestionId) -> None:
    turn = said(AT_CHEST, reading(stance=Stance.QUESTION, topic=question))
    worse = QUESTIONS[question].yes > Level.SELF_CARE
    assert keys(turn)[0] == f"why.{question}"
    assert turn.state.answers == {}
    assert turn.state.asking == (question if worse else CHEST)


def test_what_is_past_is_asked_about_and_what_is_somebody_elses_is_not_written_down() -> None:
    past = said(AT_CHEST, reading(stance=Stance.PAST, topic=PRIVATE))
    assert (past.state.open, past.state.answers) == (Asking(PRIVATE, "newness"), {})
    others = said(AT_CHEST, reading(stance=Stance.SOMEBODY, topic=PRIVATE))
    assert (others.state.asking, others.state.answers) == (CHEST, {})
    assert keys(others) == ["remark.somebody_else"]


@pytest.mark.parametrize(
    ("cry", "line"),
    [
        ("collapse", "remark.collapsed"),
        ("on_the_floor", "remark.floor"),
        ("call_somebody", "net.call"),
        ("afraid", "remark.afraid"),
    ],
)
def test_a_cry_for_help_is_met_first(cry: str, line: str) -> None:
    turn = said(AT_CHEST, reading(cry=cry))
    assert keys(turn)[0] == line
    assert turn.state.answers == {}


def test_despair_goes_to_the_reply_that_there_is_for_it() -> None:
    assert keys(said(AT_CHEST, reading(cry="crisis")))[0] == "crisis.reply"


@pytest.mark.parametrize("sign", [id_ for id_, question in QUESTIONS.items() if question.ambulance])
def test_who_else_may_need_an_ambulance_is_told_whom_to_call_before_the_question(sign: QuestionId) -> None:
    turn = said(AT_CHEST, replace(doubt_about(sign, stance=Stance.SOMEBODY), vetoed="somebody"))
    assert keys(turn) == ["remark.in_danger"]
    assert (turn.state.answers, turn.state.asking) == ({}, sign)


def test_a_sign_beside_fear_counts_and_a_collapse_comes_before_any_sign() -> None:
    sure = reading(Kind.RECOGNISED, signs=(PRIVATE,), stance=Stance.REPORTED, topic=PRIVATE, cry="afraid")
    assert said(AT_CHEST, sure).state.answers == {PRIVATE: "yes"}
    assert keys(said(AT_CHEST, doubt_about(PRIVATE)))[0] != "remark.collapsed"
    assert (
        keys(said(AT_CHEST, reading(Kind.ASKED, signs=(PRIVATE,), cry="collapse")))[0] == "remark.collapsed"
    )


def test_a_name_in_other_words_leads_to_its_answer_again() -> None:
    state = a_state({SWOLLEN: "no"}, history=(SWOLLEN,), turn=3, asking=CHEST)
    turn = said(state, reading(topic=SWOLLEN), "CorrectIntent")
    assert turn.state.asking == SWOLLEN


@pytest.mark.parametrize("question", GATE)
def test_words_that_fit_nothing_never_end_a_check_at_an_emergency_sign(question: QuestionId) -> None:
    state = a_state({}, asking=question, turn=1)
    for _ in range(4):
        turn = said(state, reading())
        assert turn.ask is not None
        state = turn.state
        if state.asking != question:
            break
    assert state.answers == {question: "unsure"}
    assert state.misheard == 0


def test_elsewhere_the_end_is_the_advice_for_what_is_known() -> None:
    turn = said(a_state({}, asking=SWOLLEN, turn=9, misheard=2), reading())
    assert turn.ask is None
    assert turn.state.level == "routine"
    assert keys(turn)[:2] == ["fallback.close", "advice.routine"]


def test_an_end_before_all_was_asked_calls_nothing_harmless() -> None:
    turn = said(a_state({}, asking=QuestionId("pain_down_leg"), turn=9, misheard=2), reading())
    assert turn.ask is None
    assert turn.state.level is None
    assert keys(turn) == ["fallback.close", "net.cauda_equina", "net.calf"]


def test_a_sign_in_doubt_beside_one_that_was_named_is_asked_about_next() -> None:
    slots = Slots(signs=(SWOLLEN,), reading=doubt_about(PRIVATE))
    turn = move(GUIDE, AT_CHEST, "SymptomIntent", slots)
    assert (turn.state.answers, turn.state.asking) == ({SWOLLEN: "yes"}, PRIVATE)


def test_a_carrier_that_asks_makes_a_question_of_words_that_report() -> None:
    turn = said(AT_CHEST, reading(stance=Stance.REPORTED, topic=PRIVATE), "LearnIntent")
    assert keys(turn)[0] == f"why.{PRIVATE}"


@pytest.mark.parametrize("topic", [None, QuestionId("no_such_sign")])
@pytest.mark.parametrize("intent", ["CorrectIntent", "SymptomIntent"])
def test_what_is_no_sign_of_the_check_is_not_taken_up(intent: str, topic: QuestionId | None) -> None:
    heard = said(AT_CHEST, reading(stance=Stance.PAST, topic=topic), intent)
    assert heard == move(GUIDE, AT_CHEST, intent, Slots())


def test_an_unknown_intent_that_names_a_sign_was_not_understood_with_any_words_beside_it() -> None:
    turn = move(GUIDE, AT_CHEST, "NoSuchIntent", Slots(signs=(SWOLLEN,), reading=reading()))
    assert turn == move(GUIDE, AT_CHEST, "NoSuchIntent", Slots())


def test_nor_is_one_beside_words_that_hold_another_sign() -> None:
    words = reading(Kind.ASKED, signs=(PRIVATE,), stance=Stance.REPORTED, topic=PRIVATE)
    turn = move(GUIDE, AT_CHEST, "NoSuchIntent", Slots(signs=(SWOLLEN,), reading=words))
    assert turn.lines == move(GUIDE, AT_CHEST, "NoSuchIntent", Slots()).lines
    assert turn.state.asking == AT_CHEST.asking


WANTS = (
    "DrivingIntent", "OutOfScopeIntent", "CourseIntent", "LouderIntent", "TipsIntent",
    "TipsIntent.heat_or_cold", "LearnIntent.other_causes", "WhenToSeekHelpIntent",
    "ExerciseIntent", "some_want",
)  # fmt: skip


@pytest.mark.parametrize("want", WANTS)
def test_a_want_gets_what_its_listed_words_get_and_answers_nothing(want: str) -> None:
    intent, _, value = want.partition(".")
    listed = {"TipsIntent": "topics", "LearnIntent": "subjects"}
    slots = Slots(**{listed[intent]: (value,)} if value else {})  # type: ignore[arg-type] # ids by any name
    for question in QUESTIONS:
        state = a_state({}, asking=question, turn=1)
        turn = said(state, reading(want=want))
        assert (turn.state.asking, turn.state.answers) == (question, {}), want
        if intent in INTENTS:
            assert turn.lines == move(GUIDE, state, intent, slots).lines


@pytest.mark.parametrize("intent", ["NoSymptomIntent", "CorrectIntent", "NotNewIntent", "TipsIntent"])
def test_words_that_came_for_something_else_want_nothing(intent: str) -> None:
    with_want = said(AT_CHEST, reading(want="DrivingIntent"), intent)
    assert with_want.lines == said(AT_CHEST, reading(), intent).lines


@pytest.mark.parametrize("stance", [Stance.PAST, Stance.SOMEBODY, Stance.QUESTION])
def test_a_sign_that_is_spoken_of_goes_before_a_want(stance: Stance) -> None:
    found = reading(stance=stance, topic=PRIVATE, want="OutOfScopeIntent")
    assert said(AT_CHEST, found) == said(AT_CHEST, reading(stance=stance, topic=PRIVATE))


def test_a_childs_leg_without_an_age_is_asked_about_and_with_one_it_ends() -> None:
    child = reading(Kind.RECOGNISED, signs=(UNDER_SIXTEEN,), stance=Stance.REPORTED, topic=UNDER_SIXTEEN)
    asked = said(AT_CHEST, child, "OwnWordsIntent").state
    assert (asked.answers, asked.asking) == ({}, UNDER_SIXTEEN)
    ended = said(AT_CHEST, replace(child, young=True), "OwnWordsIntent")
    assert (ended.state.answers, ended.ask) == ({UNDER_SIXTEEN: "yes"}, None)


def test_an_age_that_is_told_beside_a_sign_is_asked_about_after_the_sign() -> None:
    turn = said(AT_CHEST, replace(doubt_about(SWOLLEN, PRIVATE), young=True))
    for sign in (SWOLLEN, PRIVATE):
        assert turn.state.asking == sign
        turn = move(GUIDE, turn.state, "AMAZON.NoIntent")
    assert turn.state.asking == UNDER_SIXTEEN


def test_an_age_that_is_told_beside_nothing_is_asked_about_once() -> None:
    told = reading(Kind.NOTHING, young=True)
    asked = said(AT_CHEST, told, "OwnWordsIntent").state
    assert asked.asking == UNDER_SIXTEEN
    known = a_state({UNDER_SIXTEEN: "no"}, asking=CHEST, turn=1)
    after = said(known, told, "OwnWordsIntent").state
    assert (after.asking, after.opened, after.answers) == (CHEST, known.opened, known.answers)
