"""Going on after a refusal, an exercise, a cramp or a card: what was open, said and known is kept."""

from __future__ import annotations

import pytest

from crampguide.dialogue.state import Asking, Offered, Place, State, Wanted
from crampguide.speech import Line
from crampguide.triage import Answer, QuestionId
from tests.dialogue.states import a_state, changed
from tests.dialogue.test_asides import ASKED, CALF, CHEST, FEVER, GUIDE, SADDLE, WEAKER
from tests.dialogue.test_safe_turns import in_exercise, keys, says
from tests.speech.turns import advised

RECAP = changed(advised({}), level=None, pattern=None, confirmed=False, offer="recap")


def calmer(state: State) -> str:
    """The intent of the answer that reassures."""
    assert state.asking is not None
    return "AMAZON.YesIntent" if GUIDE.protocol.questions[state.asking].calmer == "yes" else "AMAZON.NoIntent"


def test_a_recap_that_is_refused_twice_without_a_yes_starts_over() -> None:
    unheard = RECAP._replace(unheard=frozenset({CALF}), confirmed=True, doubted=True)
    turn = says(unheard, "AMAZON.NoIntent")
    assert keys(turn) == ["acknowledge.started_over"]
    assert turn.state.open == Asking(CHEST)
    assert (turn.state.answers, turn.state.history, turn.state.unheard) == ({}, (), frozenset())
    assert (turn.state.confirmed, turn.state.doubted) == (False, False)


def test_a_cramp_that_may_not_be_released_is_told_to_wait_and_after_advice_for_help_today() -> None:
    early = a_state({CALF: "yes"}, history=(CALF,), asking=FEVER, turn=3)
    turn = says(early, "CrampNowIntent")
    assert (keys(turn), turn.state.open) == (["tips.no_stretch"], early.open)
    after = says(advised({CALF: "yes"}), "CrampNowIntent")
    assert (keys(after), after.state.open) == (["tips.no_stretch", "goodbye.urgent"], Offered("hear_again"))
    emergency = says(advised({SADDLE: "yes"}), "CrampNowIntent")
    assert keys(emergency) == ["tips.not_now", "goodbye.emergency"]
    assert emergency.state.relief.place is None


@pytest.mark.parametrize("intent", ["AMAZON.YesIntent", "AMAZON.NoIntent"])
def test_advice_that_a_summary_interrupted_goes_on_after_it(intent: str) -> None:
    state = changed(advised({}), offer="card", rest=(Line("net.calf"),))
    turn = says(state, intent)
    assert keys(turn) == ["summary.sent" if intent == "AMAZON.YesIntent" else "summary.not_sent", "net.calf"]
    assert (turn.state.open, turn.state.rest) == (Offered("tips"), ())
    assert turn.card == (intent == "AMAZON.YesIntent")


def test_advice_that_an_explanation_interrupted_goes_on_after_it() -> None:
    state = changed(advised({CALF: "yes"}), offer="more", rest=(Line("net.calf"),))
    turn = says(state, "LearnIntent", subjects=("injury",))
    assert keys(turn) == ["learn.injury", "net.calf"]
    assert (turn.state.open, turn.state.rest) == (Offered("hear_again"), ())


def test_an_exercise_that_is_left_goes_back_to_where_it_came_in() -> None:
    for state, opened in (
        (in_exercise(), Offered("tips")),
        (changed(in_exercise(), interrupted_question=FEVER), Asking(FEVER)),
        (a_state(offer="eased", exercise="cramp_release", beat=1, turn=2), Offered("check")),
        (
            changed(a_state(turn=2, declined=True), offer="eased", exercise="cramp_release"),
            Offered("anything"),
        ),
    ):
        turn = says(state, "AMAZON.CancelIntent")
        assert (keys(turn), turn.state.open) == (["coach.stopped"], opened)
        assert turn.state.relief.place is None
        assert turn.state.relief.interrupted_question is None


def test_above_a_recap_that_follows_an_exercise_stands_what_was_said_of_it_once() -> None:
    cramp = changed(RECAP, offer="eased", exercise="cramp_release", beat=1)
    turn = says(cramp, "AMAZON.CancelIntent")
    assert turn.state.open == Offered("recap")
    assert keys(turn).count("coach.stopped") == 1
    assert keys(turn)[0] == "coach.stopped"
    assert keys(turn)[1].startswith("recap.")


def test_what_was_wanted_waits_on_while_the_check_is_done() -> None:
    wanting = says(ASKED, "ExerciseIntent", exercises=("towel_stretch",))
    assert wanting.state.relief.wanted == Wanted("towel_stretch")
    assert wanting.state.open == ASKED.open
    recap = changed(RECAP, wanted=Wanted("towel_stretch"))
    assert says(recap, "AMAZON.YesIntent").state.open == Offered("wanted")


def test_an_exercise_goes_on_after_a_recap_of_what_was_said_in_it() -> None:
    told = says(in_exercise(2), "SymptomIntent", signs=(QuestionId("short_cramp"),))
    assert (told.state.offer, told.state.relief.wanted) == ("recap", Wanted("standing_calf_stretch"))
    again = says(told.state, "AMAZON.YesIntent")
    assert (again.state.offer, again.state.relief.place) == ("coach", Place("standing_calf_stretch", 2))


def test_nothing_was_asked_and_nothing_can_be_undone_before_the_first_question() -> None:
    fresh = a_state(turn=1)
    for intent in ("AMAZON.YesIntent", "AMAZON.NoIntent", "AMAZON.NextIntent"):
        turn = says(fresh, intent)
        assert (keys(turn), turn.state.open) == (["nothing_asked.line"], Offered("check"))
    assert keys(says(fresh, "AMAZON.PreviousIntent")) == ["nothing_to_undo.line"]
    first = says(a_state(asking=CHEST, turn=2), "AMAZON.PreviousIntent")
    assert (keys(first), first.state.open) == (["first_question.line"], Asking(CHEST))


def test_an_answer_taken_back_from_an_emergency_that_has_another_stays_one() -> None:
    both = advised({SADDLE: "yes", CHEST: "yes"})
    both = both._replace(history=(*(id_ for id_ in both.history if id_ != CHEST), CHEST))
    turn = says(both, "AMAZON.PreviousIntent")
    assert (keys(turn)[0], turn.state.open) == ("advice.emergency", Offered("heard_right"))
    assert CHEST not in turn.state.answers
    assert turn.state.answers[SADDLE] == "yes"


def test_advice_that_no_longer_holds_is_recapped_before_another_takes_its_place() -> None:
    urgent = advised({CALF: "yes"})
    turn = says(changed(urgent, asking=CALF), "AMAZON.NoIntent")
    assert (turn.state.level, turn.state.pattern, turn.state.confirmed) == (None, None, False)
    assert turn.state.open == Offered("recap")
    calm = says(turn.state, "AMAZON.YesIntent")
    assert (calm.state.level, calm.state.open) == ("self_care", Offered("tips"))


@pytest.mark.parametrize(("hedge", "plain"), [("HedgedYesIntent", "yes"), ("HedgedNoIntent", "no")])
def test_half_an_answer_to_a_check_that_was_done_leaves_the_question_open(hedge: str, plain: str) -> None:
    for id_, question in GUIDE.protocol.questions.items():
        if question.recheck:
            turn = says(a_state(asking=id_, form="recheck", turn=2), hedge)
            assert turn.state.answers == {id_: "unsure" if question.calmer == plain else plain}
    nothing = says(a_state(turn=1), hedge)
    assert (keys(nothing), nothing.state.open) == (["nothing_asked.line"], Offered("check"))


@pytest.mark.parametrize("opened", [frozenset(), GUIDE.protocol.opens - {"child"}])
@pytest.mark.parametrize("answers", [{}, {CHEST: "no"}, {FEVER: "yes", WEAKER: "unsure"}])
@pytest.mark.parametrize("paused", [False, True])
def test_as_many_questions_are_left_as_it_takes_to_answer_them_calmly(
    opened: frozenset[str],
    answers: dict[QuestionId, Answer],
    paused: bool,  # noqa: FBT001
) -> None:
    start = a_state(answers, history=tuple(answers), opened=opened, offer="resume", turn=3)
    state = start if paused else says(start, "AMAZON.YesIntent").state
    (line,) = says(state, "HowManyLeftIntent").lines
    state, denied = says(start, "AMAZON.YesIntent").state, 0
    while state.asking is not None:
        state, denied = says(state, calmer(state)).state, denied + 1
        assert denied <= 2 * len(GUIDE.protocol.questions)
    assert (line.key, line.number) == ("progress.check" if paused else "progress.questions", denied)


def test_past_the_end_of_an_exercise_the_last_of_it_is_left() -> None:
    """An answer may leave out a step, and with it the place that somebody was at."""
    for exercise in GUIDE.relief.exercises.values():
        if exercise.id != GUIDE.relief.now:
            past = changed(in_exercise(99), exercise=exercise.id)
            turn = says(past, "HowManyLeftIntent")
            assert turn.lines == (Line("left.last"),)
            assert says(past, "AMAZON.YesIntent").state.relief.place is None


def test_a_sign_that_was_in_doubt_is_asked_about_until_it_is_answered() -> None:
    doubt = a_state(asking=FEVER, turn=2, unclear=(FEVER, CALF))
    turn = says(doubt, "AMAZON.NoIntent")
    assert (turn.state.asking, turn.state.unclear) == (CALF, (CALF,))
    turn = says(turn.state, "AMAZON.NoIntent")
    assert turn.state.unclear == ()
    assert turn.state.asking not in {FEVER, CALF, None}


def test_a_recap_whose_answer_was_changed_is_a_new_one() -> None:
    once = says(RECAP, "AMAZON.NoIntent")
    assert once.state.doubted
    changing = says(once.state, "CorrectIntent", signs=(FEVER,))
    changed_answer = says(changing.state, "AMAZON.YesIntent")
    assert (changed_answer.state.open, changed_answer.state.doubted) == (Offered("recap"), False)
    assert says(changed_answer.state, "AMAZON.NoIntent").state.answers[FEVER] == "yes"


def test_whoever_starts_over_is_talked_to_in_the_same_way() -> None:
    state = changed(ASKED, pace="slow", brief=True, introduced=True, unremembered=True)
    for intent in ("AMAZON.StartOverIntent", "AMAZON.NavigateHomeIntent"):
        turn = says(state, intent)
        assert (turn.state.manner, turn.state.turn) == (state.manner, state.turn)
        assert (turn.state.answers, turn.state.history) == ({}, ())


def test_a_recap_said_again_is_the_recap_without_what_stood_above_it() -> None:
    heard = says(RECAP, "AMAZON.HelpIntent")
    again = says(heard.state._replace(said=(*heard.lines, Line("ask.recap"))), "AMAZON.RepeatIntent")
    assert keys(heard)[0] == "help.recap"
    assert again.lines == heard.lines[1:]
    assert all(key.startswith("recap.") for key in keys(again))


def test_a_step_said_again_is_the_step_whatever_was_said_since() -> None:
    for beat, offer in ((0, "begin"), (2, "coach")):
        told = changed(in_exercise(beat), said=(Line("net.calf"), Line("ask.coach")))
        turn = says(told, "AMAZON.RepeatIntent")
        assert turn.state.open == Offered(offer)
        assert turn.state.relief.place == told.relief.place
        assert "net.calf" not in keys(turn)


def test_emergency_advice_said_again_asks_again_with_the_number() -> None:
    for sign, reprompt in ((SADDLE, "reprompt.hear_again_emergency"), (CALF, None)):
        state = advised({sign: "yes"})._replace(said=(Line("net.calf"), Line("ask.hear_again")))
        turn = says(state, "AMAZON.RepeatIntent")
        assert (keys(turn), turn.ask, turn.reprompt) == (["net.calf"], Line("ask.hear_again"), reprompt)
    other = changed(advised({SADDLE: "yes"}), offer="card", said=(Line("net.calf"), Line("ask.card")))
    assert says(other, "AMAZON.RepeatIntent").reprompt is None


def test_after_the_last_there_is_to_tell_no_more_is_offered() -> None:
    last = list(GUIDE.learning.subjects.values())[-1]
    at_end = changed(advised({}), subject=last.id, page=len(last.pages) - 1, said=(Line("learn.x"),))
    turn = says(at_end, "SourceIntent")
    assert turn.lines == (Line("source.lead", last.cites),)
    assert turn.state.open == Offered("tips")
    before = changed(at_end, subject=next(iter(GUIDE.learning.subjects)), page=0)
    assert says(before, "SourceIntent").state.open == Offered("learn_more")


def test_half_way_counts_the_questions_of_topics_that_were_brought_up() -> None:
    state = says(
        a_state(offer="check", opened=GUIDE.protocol.opens - {"child"}, turn=1), "AMAZON.YesIntent"
    ).state
    announced, denied = list[tuple[int, int]](), 0
    while state.asking is not None:
        turn, denied = says(state, calmer(state)), denied + 1
        announced += [(line.number, denied) for line in turn.lines if line.key == "progress.halfway"]
        state = turn.state
        assert denied <= 2 * len(GUIDE.protocol.questions)
    ((left, at),) = announced
    assert left == denied - at


def test_a_question_said_again_has_no_thanks_above_it_and_keeps_the_rest() -> None:
    said = (Line("acknowledge.yes"), Line("net.calf"), Line(f"question.{CALF}"))
    turn = says(ASKED._replace(said=said), "AMAZON.RepeatIntent")
    assert (turn.lines, turn.ask) == (said[1:2], said[2])


def test_what_is_not_understood_at_a_check_to_do_has_the_check_said_again() -> None:
    turn = says(changed(ASKED, form="recheck"), "AMAZON.FallbackIntent")
    assert (keys(turn), turn.ask) == (["fallback.again"], Line(f"recheck.{CALF}"))
    first = says(ASKED, "AMAZON.FallbackIntent")
    assert (keys(first), first.ask) == (["fallback.again"], Line(f"reword.{CALF}"))


def test_tell_me_more_without_a_subject_takes_up_what_is_offered() -> None:
    rest = changed(advised({}), offer="more", rest=(Line("net.calf"),))
    assert keys(says(rest, "LearnIntent")) == ["net.calf"]
    assert keys(says(rest, "LearnIntent", subjects=("injury",)))[0] == "learn.injury"


def test_a_launch_welcomes_in_short_whoever_knows_it_and_the_check_whoever_comes_in_with_it() -> None:
    for introduced, line in ((False, "welcome.first"), (True, "welcome.returning")):
        turn = says(changed(ASKED, introduced=introduced), "AMAZON.NavigateHomeIntent")
        assert (keys(turn), turn.state.open, turn.state.manner.introduced) == ([line], Offered("check"), True)
    assert keys(says(a_state(), "CheckIntent")) == ["welcome.short"]
    assert keys(says(a_state(turn=1), "CheckIntent")) == []
    waiting = changed(advised({}), asking=CALF)
    assert says(waiting, "CheckIntent").state.open == Asking(CALF)
    assert says(advised({}), "CheckIntent").state.open == Offered("check_again")


def test_an_intent_that_is_unknown_was_not_understood() -> None:
    assert keys(says(ASKED, "NoSuchIntent")) == ["fallback.again"]


def test_what_was_left_open_is_explained_as_such_and_not_as_said() -> None:
    turn = says(advised({SADDLE: "unsure"}), "WhyIntent")
    assert turn.lines[:2] == (Line("because.unsure", (SADDLE,)), Line(f"why.{SADDLE}"))
    assert says(advised({CALF: "yes"}), "WhyIntent").lines[0] == Line("because.yes", (CALF,))
