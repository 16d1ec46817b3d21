"""Signs in somebody's own words: what is said to them, what is asked next, and what stays as it was."""

from __future__ import annotations

from crampguide.dialogue.state import Asking, Offered, Wanted
from crampguide.speech import Line
from crampguide.triage import QuestionId
from tests.dialogue.states import a_state, changed
from tests.dialogue.test_asides import CALF, CHEST, DOWN_LEG, FEVER, GUIDE, INJURY, PAIN, SADDLE
from tests.dialogue.test_safe_turns import in_exercise, keys, says
from tests.speech.turns import advised

CORRECTING = changed(advised({CALF: "yes"}), level=None, offer="correct")


def test_a_sign_is_taken_in_the_words_that_fit_how_it_was_said() -> None:
    asked = a_state(asking=PAIN, turn=2)
    for state, signs, line in (
        (a_state(), (INJURY,), Line("welcome.sign", (INJURY,))),
        (asked, (PAIN,), Line("acknowledge.yes", (PAIN,))),
        (asked, (INJURY,), Line("acknowledge.sign", (INJURY,))),
        (asked, (PAIN, INJURY), Line("acknowledge.sign", (PAIN, INJURY))),
        (asked, (INJURY, PAIN), Line("acknowledge.sign", (INJURY, PAIN))),
    ):
        turn = says(state, "SymptomIntent", signs=signs)
        assert turn.lines[0] == line
        assert turn.state.answers == dict.fromkeys(signs, "yes")


def test_an_emergency_sign_gets_nothing_said_before_its_advice() -> None:
    for state in (a_state(), a_state(asking=SADDLE, turn=2), advised({CALF: "yes"}), CORRECTING):
        assert keys(says(state, "SymptomIntent", signs=(SADDLE,)))[0] == "advice.emergency"


def test_to_name_the_wrong_answer_asks_about_it_again() -> None:
    for signs in ((CALF,), (CALF, CALF)):
        turn = says(CORRECTING, "SymptomIntent", signs=signs)
        assert (keys(turn), turn.state.open) == (["acknowledge.corrected"], Asking(CALF))
        assert turn.state.answers == CORRECTING.answers
        assert not turn.state.confirmed
    both = says(CORRECTING, "SymptomIntent", signs=(CALF,), either=((FEVER, PAIN),))
    assert (both.state.open, both.state.unclear) == (Asking(CALF), (FEVER, PAIN))


def test_a_sign_named_where_the_wrong_answer_is_asked_for_counts_where_it_was_denied() -> None:
    for signs in ((INJURY,), (CALF, INJURY)):
        turn = says(CORRECTING, "SymptomIntent", signs=signs)
        assert turn.lines[0] == Line("recap.yes", (CALF, INJURY))
        assert turn.state.answers[INJURY] == "yes"


def test_a_sign_that_is_known_is_heard_again_and_changes_nothing() -> None:
    known = a_state({CALF: "yes"}, history=(CALF,), asking=FEVER, turn=3)
    turn = says(known, "SymptomIntent", signs=(CALF,))
    assert turn.lines == (Line("acknowledge.sign", (CALF,)),)
    assert turn.state.answers == known.answers
    assert turn.state.asking not in {CALF, None}


def test_an_answer_in_other_words_leaves_a_recap_confirmed_and_any_other_sign_does_not() -> None:
    pregnant = next(iter(GUIDE.relief.asks))
    asked = changed(advised({}), asking=pregnant)
    asked = asked._replace(
        answers={id_: said for id_, said in asked.answers.items() if id_ != pregnant},
        history=tuple(id_ for id_ in asked.history if id_ != pregnant),
    )
    answered = says(asked, "SymptomIntent", signs=(pregnant,))
    assert answered.state.confirmed
    assert not says(asked, "SymptomIntent", signs=(DOWN_LEG,)).state.confirmed


def test_signs_that_may_be_meant_stay_to_be_asked_beside_one_that_is_sure() -> None:
    turn = says(a_state(asking=PAIN, turn=2), "SymptomIntent", signs=(FEVER,), either=((CALF, SADDLE),))
    assert turn.state.answers == {FEVER: "yes"}
    assert (turn.state.asking, turn.state.unclear) == (SADDLE, (SADDLE, CALF))
    fresh = says(a_state(), "SymptomIntent", either=((CALF, CHEST),))
    assert (keys(fresh), fresh.state.asking) == (["welcome.short", "acknowledge.unclear"], CHEST)


def test_a_topic_that_is_brought_up_opens_its_questions_besides_those_that_are_open() -> None:
    one, other = sorted(GUIDE.protocol.opens)[:2]
    turn = says(a_state(asking=PAIN, turn=2, opened=frozenset({one})), "OpenTopicIntent", openings=(other,))
    assert keys(turn)[0] == "acknowledge.opened"
    assert turn.state.opened == {one, other}


def test_a_correction_without_a_name_asks_which_and_with_one_asks_it() -> None:
    which = says(CORRECTING, "CorrectIntent")
    assert (keys(which), which.state.open) == (["correct.lead"], Offered("correct"))
    named = says(advised({}), "CorrectIntent", signs=(FEVER,))
    assert (keys(named), named.state.open, named.state.confirmed) == (
        ["acknowledge.corrected"],
        Asking(FEVER),
        False,
    )


def test_an_exercise_waits_for_no_recap_of_what_changes_the_advice() -> None:
    told = says(in_exercise(2), "SymptomIntent", signs=(CALF,))
    assert told.state.relief.wanted is None
    assert told.state.level is None
    calm = says(in_exercise(2), "SymptomIntent", signs=(QuestionId("short_cramp"),))
    assert calm.state.relief.wanted == Wanted("standing_calf_stretch")
