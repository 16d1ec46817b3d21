"""The check where several signs meet: which is asked about next, and what a denial leaves to be asked."""

from __future__ import annotations

import pytest

from crampguide.dialogue.state import Asking, State
from crampguide.triage import Answer, QuestionId
from crampguide.understand import Stance
from tests.dialogue.states import a_state
from tests.dialogue.test_asides import CALF, CHEST, FEVER, INJURY, PAIN, SADDLE
from tests.dialogue.test_for_whom import somebody
from tests.dialogue.test_own_words import doubt_about, keys, said
from tests.dialogue.test_safe_turns import says

SWOLLEN_AT_PAIN = a_state({CALF: "yes"}, history=(CALF,), asking=PAIN, turn=3)
YES, NO = "AMAZON.YesIntent", "AMAZON.NoIntent"


@pytest.mark.parametrize(("likely", "asked"), [((FEVER, SADDLE), SADDLE), ((FEVER,), FEVER)])
def test_of_signs_in_doubt_one_that_is_worse_than_what_is_known_comes_first(
    likely: tuple[QuestionId, ...], asked: QuestionId
) -> None:
    turn = said(SWOLLEN_AT_PAIN, doubt_about(*likely))
    assert (turn.state.open, turn.state.unclear) == (Asking(asked), likely)


@pytest.mark.parametrize("stance", [Stance.REPORTED, Stance.DENIED])
@pytest.mark.parametrize(
    "state", [State(), a_state(offer="check", turn=1), a_state(asking=PAIN, hedged=True, turn=3)]
)
def test_signs_in_doubt_are_asked_about_wherever_they_are_said_and_answer_nothing_else(
    state: State, stance: Stance
) -> None:
    turn = said(state, doubt_about(SADDLE, stance=stance))
    assert (turn.state.open, turn.state.answers) == (Asking(SADDLE), {})


def test_words_in_doubt_about_a_sign_that_is_being_checked_leave_it_unknown() -> None:
    turn = said(a_state(asking=CHEST, form="recheck", turn=1), doubt_about(CHEST))
    assert turn.state.answers == {CHEST: "unsure"}


def test_of_signs_denied_together_those_are_asked_that_nobody_has_asked_about() -> None:
    known: dict[QuestionId, Answer] = {FEVER: "no"}
    at_pain, at_numbness = (a_state(known, history=(FEVER,), asking=each, turn=2) for each in (PAIN, SADDLE))
    for state in (at_pain, says(at_numbness, YES).state):
        assert says(state, "NoSymptomIntent", signs=(FEVER, INJURY)).state.unheard == {INJURY}


def test_a_sign_of_an_emergency_denied_beside_another_is_asked_in_its_turn() -> None:
    """Chest pain and numbness in one breath, then "no chest pain": without the numbness it is asked again."""
    both = says(a_state(asking=CHEST, turn=1), "SymptomIntent", signs=(CHEST, SADDLE))
    denied = says(both.state, "NoSymptomIntent", signs=(CHEST,))
    assert denied.state.level == "emergency"
    assert denied.state.unheard == {CHEST}
    numb = says(denied.state, NO)
    assert numb.state.asking == SADDLE
    assert says(numb.state, NO).state.asking == CHEST


def test_in_an_emergency_whose_leg_it_is_changes_nothing_of_its_advice() -> None:
    told = says(a_state(asking=SADDLE, turn=1), YES)
    kept = says(told.state, "UnsureIntent")
    for state, offer in ((told.state, "heard_right"), (kept.state, "hear_again")):
        turn = somebody(state, "adult")
        assert (keys(turn), turn.state.offer) == (["goodbye.emergency"], offer)


def test_whoever_begins_with_somebody_elses_leg_is_welcomed_before_the_question() -> None:
    assert keys(somebody(State(), "any_age")) == ["welcome.short"]
