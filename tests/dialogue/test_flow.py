"""Where the check goes on: what an answer counts for, what is said to it, what is still open after it."""

from __future__ import annotations

import pytest

from crampguide.dialogue.explain import explains
from crampguide.dialogue.state import Asking, Offered
from crampguide.speech import Line
from crampguide.triage import Answer, QuestionId
from crampguide.understand import Kind, Stance
from tests.dialogue.states import a_state, changed
from tests.dialogue.test_asides import CALF, CHEST, FEVER, SADDLE
from tests.dialogue.test_own_words import doubt_about, said
from tests.dialogue.test_safe_turns import BLADDER, DOWN_LEG, QUESTIONS, keys, says
from tests.speech.turns import advised, reading

YES, NO, UNSURE = "AMAZON.YesIntent", "AMAZON.NoIntent", "UnsureIntent"
BACK, BOTH_LEGS, CHILD = (
    QuestionId(id_) for id_ in ("back_or_buttock_pain", "both_legs_nerve", "under_sixteen")
)
Answers = dict[QuestionId, Answer]


def test_what_to_expect_waits_for_an_answer_that_is_being_asked_again() -> None:
    turn = says(changed(advised({}), asking=CALF), "CourseIntent")
    assert keys(turn)[0] == "course.after_check"
    assert turn.state.open == Asking(CALF)


@pytest.mark.parametrize("other", [{}, {SADDLE: "no"}])
def test_why_after_signs_that_count_together_tells_of_those_that_were_not_denied(other: Answers) -> None:
    known: Answers = {CHEST: "unsure", BLADDER: "unsure", BOTH_LEGS: "unsure", BACK: "yes", **other}
    given = a_state(known, history=tuple(known), level="emergency", offer="hear_again", turn=9)
    told = [key for key in keys(says(given, "WhyIntent")) if key.startswith("why.")]
    assert told == [f"why.{BLADDER}", f"why.{BOTH_LEGS}"]


def test_a_question_about_the_sign_that_is_being_checked_keeps_its_check() -> None:
    asked = a_state(asking=BLADDER, form="recheck", turn=2)
    about = reading(Kind.NOTHING, stance=Stance.QUESTION, topic=BLADDER)
    turn = said(asked, about)
    assert (keys(turn), turn.state.open) == ([f"why.{BLADDER}"], asked.open)


def test_more_is_about_an_emergency_whatever_was_taught_and_else_about_what_was_taught() -> None:
    taught = (Line("learn.injury"), Line("ask.hear_again"))
    emergency, urgent = (
        changed(advised({sign: "yes"}), subject="injury", said=taught) for sign in (SADDLE, CALF)
    )
    assert urgent.just_taught
    assert (explains(emergency), explains(urgent)) == (True, False)
    assert explains(says(a_state(asking=SADDLE, turn=1), YES).state)


def test_what_was_left_of_earlier_advice_is_not_said_after_newer_one() -> None:
    known: Answers = {**advised({}).answers}
    del known[FEVER]
    state = changed(advised({}), answers=known, asking=FEVER, rest=(Line("net.calf"),))
    turn = says(state, NO)
    while turn.state.asking is not None:
        turn = says(turn.state, NO)
    assert (turn.state.level, turn.state.rest) == ("self_care", ())


@pytest.mark.parametrize(
    "sign", [id_ for id_, each in QUESTIONS.items() if not each.recheck and each.id != CHILD]
)
def test_i_dont_know_where_there_is_nothing_to_check_is_taken_with_a_word(sign: QuestionId) -> None:
    turn = says(a_state(asking=sign, turn=2), UNSURE)
    assert (keys(turn), turn.state.answers) == (["acknowledge.unsure"], {sign: "unsure"})


def test_i_dont_know_after_the_check_is_taken_without_a_word() -> None:
    turn = says(a_state(asking=FEVER, form="recheck", turn=2), UNSURE)
    assert (keys(turn), turn.state.answers) == ([], {FEVER: "unsure"})


def test_a_denied_sign_is_said_back_before_the_next_sign_in_doubt() -> None:
    doubted = said(a_state(asking=FEVER, turn=2), doubt_about(CHEST, SADDLE))
    turn = says(doubted.state, NO)
    assert turn.state.asking == SADDLE
    assert turn.lines == (Line("acknowledge.no_to", (CHEST,)),)


def test_what_the_answers_fit_is_unknown_again_while_a_new_sign_is_looked_into() -> None:
    turn = says(advised({}, "cramp"), "SymptomIntent", signs=(CALF,))
    assert (turn.state.level, turn.state.pattern) == (None, None)


def test_only_a_sign_whose_advice_stands_stays_a_yes_through_i_dont_know() -> None:
    calm = says(a_state({FEVER: "yes"}, history=(FEVER,), asking=FEVER, form="recheck", turn=3), UNSURE)
    assert calm.state.answers == {FEVER: "unsure"}
    told = says(a_state(asking=SADDLE, turn=1), YES).state
    stands = says(changed(told, asking=SADDLE, form="recheck"), UNSURE)
    assert (stands.state.answers, stands.state.sure) == ({SADDLE: "yes"}, frozenset())
    another = says(changed(told, asking=CHEST), YES)
    assert (another.state.answers, another.state.sure) == ({SADDLE: "yes", CHEST: "yes"}, frozenset())


def test_i_dont_know_to_the_check_of_a_sign_is_a_yes_only_once_it_was_taken_back_twice() -> None:
    for times, answer in ((1, "unsure"), (2, "yes")):
        state = a_state(asking=SADDLE, form="recheck", taken_back=(SADDLE,) * times, turn=5)
        assert says(state, UNSURE).state.answers == {SADDLE: answer}


def test_where_nothing_is_open_a_check_that_was_begun_is_taken_up() -> None:
    begun = says(a_state({CALF: "no"}, history=(CALF,), turn=3), "LearnIntent", subjects=("injury",))
    assert begun.state.open == Offered("resume")


def test_a_sign_taken_back_twice_is_checked_and_the_advice_said_to_be_gone_for_now() -> None:
    turn = says(a_state(asking=SADDLE, taken_back=(SADDLE,), turn=3), YES)
    again = says(turn.state._replace(sure=frozenset()), NO)
    assert (keys(again), again.state.open) == (["acknowledge.taken_back"], Asking(SADDLE, "recheck"))


def test_a_denial_in_other_words_of_an_open_sign_is_asked_about_with_its_check() -> None:
    turn = said(a_state(asking=BLADDER, turn=2), doubt_about(BLADDER, stance=Stance.DENIED))
    assert (keys(turn), turn.state.open) == (["acknowledge.hedged"], Asking(BLADDER, "recheck", hedged=True))


def test_i_said_no_after_emergency_advice_that_was_kept_asks_about_its_sign_again() -> None:
    told = says(a_state(asking=CHEST, turn=1), "SymptomIntent", signs=(SADDLE,))
    kept = says(told.state, UNSURE)
    assert kept.state.open == Offered("hear_again")
    turn = says(kept.state, "SaidNoIntent")
    assert (keys(turn), turn.state.open) == (["acknowledge.taken_back"], Asking(SADDLE))


def test_a_sign_in_doubt_is_asked_about_before_a_cramp_is_released() -> None:
    doubted = said(a_state(asking=FEVER, turn=2), doubt_about(CHEST, SADDLE))
    turn = says(doubted.state, "CrampNowIntent", signs=(FEVER,))
    assert (turn.state.asking, turn.state.relief.place) == (CHEST, None)
    assert turn.state.answers == {FEVER: "yes"}


def test_half_way_is_said_where_as_many_are_left_as_were_answered() -> None:
    turn = says(a_state(asking=CHEST, turn=1), "SymptomIntent", signs=(DOWN_LEG,))
    while keys(turn) != ["progress.halfway"]:
        turn = says(turn.state, NO)
    answered = sum(1 + QUESTIONS[id_].confirm_no for id_ in turn.state.answers)
    assert turn.lines[0].number == answered
