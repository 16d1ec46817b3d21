"""The advice as it is heard: the reason, what to do while waiting, what is asked about, when to call."""

from __future__ import annotations

import pytest

from crampguide.dialogue.turn import Turn
from crampguide.speech import Line
from crampguide.triage import Answer, Level, QuestionId
from tests.dialogue.states import a_state, changed
from tests.dialogue.test_heard_right import NO, QUESTIONS, YES
from tests.dialogue.test_safe_turns import BLADDER, CALF, CHEST, DOWN_LEG, SADDLE, WEAKER, keys, says
from tests.speech.turns import advised

Answers = dict[QuestionId, Answer]
BACK, TINGLING = QuestionId("back_or_buttock_pain"), QuestionId("leg_tingling")
WAITING = [id_ for id_, question in QUESTIONS.items() if question.waiting]
BEFORE_AN_EMERGENCY = [id_ for id_ in WAITING if QUESTIONS[id_].yes < Level.EMERGENCY]


def waiting(turn: Turn) -> list[str]:
    return [key for key in keys(turn) if key.startswith("waiting.")]


def test_of_two_signs_told_at_once_the_reason_names_both_beside_the_question_about_one() -> None:
    told = says(a_state(asking=CALF, turn=1), "SymptomIntent", signs=(CHEST, SADDLE))
    assert Line("because.yes", (CHEST, SADDLE)) in told.lines
    assert told.ask == Line("ask.heard_right_volunteered", (SADDLE,))


def test_a_denial_of_another_sign_leaves_the_question_about_the_one_that_counts() -> None:
    """Tingling would count as well as the back pain; who denies it has not taken back the numbness."""
    known: Answers = {BLADDER: "unsure", BACK: "yes"}
    asked = a_state(known, history=tuple(known), asking=SADDLE, form="recheck", turn=4)
    denied = says(says(asked, "UnsureIntent").state, "NoSymptomIntent", signs=(TINGLING,))
    assert (denied.state.history[-1], denied.state.level) == (TINGLING, "emergency")
    assert denied.ask == Line("ask.heard_right_unsure", (SADDLE,))
    assert says(denied.state, NO).state.asking == SADDLE


@pytest.mark.parametrize("sign", [id_ for id_ in WAITING if QUESTIONS[id_].yes is Level.EMERGENCY])
def test_what_to_do_while_waiting_begins_with_the_sign_of_the_emergency(sign: QuestionId) -> None:
    known: Answers = dict.fromkeys(BEFORE_AN_EMERGENCY, "yes")
    told = says(a_state(known, history=tuple(known), asking=sign, turn=6), YES)
    assert waiting(told)[0] == f"waiting.{QUESTIONS[sign].waiting}"


def test_two_lines_on_waiting_stand_before_the_number_and_the_advice_again_has_all() -> None:
    known: Answers = dict.fromkeys(WAITING, "yes")
    told = says(a_state(known, history=tuple(known), asking=CHEST, turn=9), YES)
    assert (len(waiting(told)), keys(told)[-1]) == (2, "advice.emergency_again")
    again = says(says(told.state, YES).state, YES)
    assert {*waiting(again)} == {f"waiting.{QUESTIONS[id_].waiting}" for id_ in WAITING}


def test_only_an_emergency_leaves_something_to_confirm() -> None:
    recap = changed(advised({CALF: "yes"}), level=None, confirmed=False, offer="recap")
    told = says(recap, YES)
    assert (told.state.level, told.state.to_confirm) == ("urgent", None)


def test_calm_advice_says_how_long_is_too_long_and_an_appointment_need_not() -> None:
    appointment: Answers = {QuestionId("lasting"): "yes", DOWN_LEG: "yes"}
    for answers, limits in (({}, 1), (appointment, 0)):
        recap = changed(advised(answers), level=None, pattern=None, confirmed=False, offer="recap")
        told = says(recap, YES)
        assert told.state.level == ("self_care" if limits else "routine")
        assert keys(told).count("net.time_limit") == limits


def test_an_end_for_want_of_words_still_says_where_to_go() -> None:
    known = a_state({WEAKER: "yes"}, history=(WEAKER,), asking=DOWN_LEG, turn=9, misheard=2)
    told = says(known, "AMAZON.FallbackIntent")
    assert told.ask is None
    assert keys(told)[:2] == ["fallback.close", "advice.urgent"]
    assert f"where.{QUESTIONS[WEAKER].where}" in keys(told)
