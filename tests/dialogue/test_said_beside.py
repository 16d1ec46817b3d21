"""What is said beside the check: remarks, the summary, cautions before tips, and where they lead back to."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from crampguide.dialogue.state import State
from crampguide.dialogue.tips import beats
from crampguide.dialogue.turn import Situation, Turn
from crampguide.relief import plan
from crampguide.speech import Line
from crampguide.triage import Answer, QuestionId
from tests.dialogue.states import a_state, changed
from tests.dialogue.test_asides import CALF, CHEST, FEVER, GUIDE, PAIN, SADDLE
from tests.dialogue.test_own_words import said as heard
from tests.dialogue.test_safe_turns import QUESTIONS, keys, says
from tests.dialogue.test_tips import ILL, RELIEF, told
from tests.speech.turns import PATTERNS, advised, reading

YES, NO, UNSURE = "AMAZON.YesIntent", "AMAZON.NoIntent", "UnsureIntent"
CAUTIONS = {id_ for id_, question in QUESTIONS.items() if "advice" in question.informs}
Answers = dict[QuestionId, Answer]


def test_what_no_advice_covers_says_so_and_in_an_emergency_to_call() -> None:
    asked = a_state(asking=FEVER, turn=2)
    assert keys(says(asked, "OutOfScopeIntent")) == ["remark.out_of_scope"]
    assert keys(says(asked, "LouderIntent")) == ["remark.louder"]
    assert keys(heard(asked, reading(want="some_want"))) == ["remark.want_in_doubt"]
    emergency = says(a_state(asking=SADDLE, turn=1), YES).state
    for turn in (says(emergency, "OutOfScopeIntent"), heard(emergency, reading(want="some_want"))):
        assert keys(turn)[0] == "net.call"


@pytest.mark.parametrize("sign", QUESTIONS)
def test_whether_a_sign_is_new_is_asked_in_place_of_its_check_which_an_aside_leads_back_to(
    sign: QuestionId,
) -> None:
    turn = says(a_state(asking=sign, form="newness", turn=2), "LouderIntent")
    assert turn.ask == Line(f"recheck.{sign}" if QUESTIONS[sign].recheck else f"question.{sign}")


def test_a_sign_that_is_taken_back_leaves_nothing_to_confirm() -> None:
    emergency = says(a_state(asking=SADDLE, turn=1), YES).state
    assert emergency.to_confirm is not None
    assert says(emergency, NO).state.to_confirm is None


def test_an_exercise_nobody_named_is_not_waited_for() -> None:
    assert says(a_state(offer="check", turn=1), "ExerciseIntent").state.relief.wanted is None


def test_what_was_denied_twice_is_summed_up_once() -> None:
    told_twice = [id_ for id_, question in QUESTIONS.items() if question.looks_again]
    known: Answers = dict.fromkeys((CHEST, *told_twice), "no")
    turn = says(a_state(known, history=tuple(known), asking=FEVER, turn=9), "SummaryIntent")
    assert Line("summary.no", (CHEST,)) in turn.lines


def test_a_summary_in_an_emergency_begins_with_the_number_and_has_the_answers() -> None:
    emergency = says(a_state(asking=SADDLE, turn=1), YES)
    kept = changed(emergency.state, said=(Line("ask.hear_again"),))
    turn = says(kept, "SummaryIntent")
    assert keys(turn)[0] == "goodbye.emergency"
    assert Line("summary.yes", (SADDLE,)) in turn.lines


def test_where_a_sign_forbids_stretching_there_are_other_tips() -> None:
    assert told(says(advised({CALF: "unsure"}, "cramp"), "TipsIntent"))


def test_that_all_was_told_is_no_refusal_whatever_a_sign_forbids() -> None:
    done = changed(advised({ILL: "yes"}, "cramp"), already_told=tuple(RELIEF.tips))
    assert says(done, "TipsIntent").lines == (Line("relief.no_more"),)


def test_a_topic_is_told_again_before_a_check_too() -> None:
    first = says(a_state(offer="check", turn=1), "TipsIntent", topics=("hydration",))
    again = says(first.state, "TipsIntent", topics=("hydration",))
    assert told(first) == told(again) != []


@pytest.mark.parametrize("pattern", PATTERNS)
@pytest.mark.parametrize("exercise", RELIEF.exercises)
def test_an_exercise_is_coached_as_the_answers_and_the_pattern_have_it(exercise: str, pattern: str) -> None:
    for sign in (None, *CAUTIONS):
        state = changed(advised({} if sign is None else {sign: "yes"}), pattern=pattern)
        assert beats(Situation(GUIDE, state), exercise) == plan(
            RELIEF.exercises[exercise], state.answers, pattern
        )


def unchecked() -> Iterator[State]:
    """Calm advice with one question on what is safe still open, or all of them, or denied unheard."""
    for pattern in ("cramp", "sciatica"):
        given = advised({}, pattern)
        for left in (*({id_} for id_ in CAUTIONS), CAUTIONS):
            answers = {id_: said for id_, said in given.answers.items() if id_ not in left}
            yield changed(given, answers=answers, history=tuple(answers))
            yield changed(given, unheard=frozenset(left))
            yield changed(given, answers=answers, history=tuple(answers), opened=frozenset({"tips"}))
        answers = {id_: said for id_, said in given.answers.items() if id_ not in CAUTIONS}
        for told_before in range(len(RELIEF.tips)):
            yield changed(given, answers=answers, already_told=tuple(RELIEF.tips)[:told_before])
        yield changed(given, answers=answers, unheard=frozenset({PAIN}))  # it hurt more in an exercise


def asked_until_told(turn: Turn) -> set[int]:
    """The numbers of questions it takes, over every answer to each."""
    asked = turn.state.asking
    if asked is None:
        return {0}
    ways: set[int] = set()
    for said in (YES, NO, UNSURE):
        then = says(turn.state, said)
        assert not any(key.startswith("relief.caution") for key in keys(then))
        same = then.state.asking == asked
        ways |= {left + (not same) for left in asked_until_told(then)}
    return ways


@pytest.mark.parametrize("wanted", [None, *RELIEF.exercises])
def test_as_many_questions_come_before_tips_and_exercises_as_were_announced(wanted: str | None) -> None:
    for state in unchecked():
        turn = says(state, "ExerciseIntent", exercises=(wanted,)) if wanted else says(state, "TipsIntent")
        if turn.state.asking is None:
            continue
        ways, line = asked_until_told(turn), turn.lines[0]
        if line.key == "relief.caution":
            assert ways == {1}
        elif line.key == "relief.cautions":
            assert (ways, line) == ({line.number}, Line("relief.cautions", (), line.number))
        else:
            least = 1 if line.key == "relief.caution_or_more" else 2
            assert least == min(ways) < max(ways) <= line.number, (state, line)


def test_tips_that_are_wanted_in_words_of_ones_own_wait_for_the_same_questions() -> None:
    for state in unchecked():
        assert heard(state, reading(want="TipsIntent")) == says(state, "TipsIntent")
