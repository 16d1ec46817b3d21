"""Turns on which safety hangs: each of these fails where one word of a move is dropped or swapped."""

from __future__ import annotations

import pytest

from crampguide.dialogue import Slots, State, load_guide, move
from crampguide.dialogue.intents import MEANINGLESS_ALONE
from crampguide.dialogue.progress import progress_lines
from crampguide.dialogue.recap import say_recap
from crampguide.dialogue.state import Asking, Offered, Place, Wanted
from crampguide.dialogue.turn import Situation, Turn
from crampguide.speech import Line
from crampguide.triage import Answer, Level, QuestionId
from tests.dialogue.states import a_state, changed
from tests.speech.turns import advised

GUIDE = load_guide()
QUESTIONS = GUIDE.protocol.questions
CALF, FEVER, PAIN = (
    QuestionId(id_) for id_ in ("one_calf_swollen", "fever_or_unwell", "severe_or_worsening_pain")
)
SADDLE, CHEST, DOWN_LEG = (
    QuestionId(id_) for id_ in ("saddle_numbness", "chest_or_breathing", "pain_down_leg")
)
BLADDER, WEAKER = QuestionId("bladder_or_bowel_change"), QuestionId("leg_getting_weaker")
CRAMP = (QuestionId("short_cramp"), QuestionId("night_cramps"))
EMERGENCIES = [id_ for id_, question in QUESTIONS.items() if question.yes is Level.EMERGENCY]


def says(state: State, intent: str, **slots: object) -> Turn:
    return move(GUIDE, state, intent, Slots(**slots))  # type: ignore[arg-type] # ids by any name


def keys(turn: Turn) -> list[str]:
    return [line.key for line in turn.lines]


def in_exercise(beat: int = 1) -> State:
    return changed(
        advised({}),
        offer="coach" if beat else "begin",
        exercise="standing_calf_stretch",
        beat=beat,
        already_told=("standing_calf_stretch",),
    )


def test_a_sign_that_is_volunteered_after_advice_is_recapped_before_it_counts() -> None:
    turn = says(advised({}), "SymptomIntent", signs=(CALF,))
    while turn.state.asking is not None:
        turn = says(turn.state, "AMAZON.NoIntent")
    assert turn.state.offer == "recap"
    assert not turn.state.confirmed
    assert turn.state.level is None


@pytest.mark.parametrize("sign", ["short_cramp", "night_cramps", "after_exercise"])
def test_a_sign_after_advice_that_changes_no_level_is_recapped_too(sign: str) -> None:
    turn = says(
        advised({FEVER: "yes", **dict.fromkeys(CRAMP, "no")}), "SymptomIntent", signs=(QuestionId(sign),)
    )
    assert (turn.state.offer, turn.state.confirmed) == ("recap", False)
    assert any(sign in line.names for line in turn.lines)


@pytest.mark.parametrize("left", [{}, {WEAKER: "yes"}])
def test_a_denial_after_advice_is_recapped_before_it_counts(left: dict[QuestionId, Answer]) -> None:
    turn = says(advised({CALF: "yes", **left}), "NoSymptomIntent", signs=(CALF,))
    assert (turn.state.offer, turn.state.confirmed) == ("recap", False)


@pytest.mark.parametrize("sign", EMERGENCIES)
def test_emergency_advice_begins_with_the_call_and_repeats_it_before_the_doubt(sign: QuestionId) -> None:
    turn = says(a_state(asking=CHEST, turn=2), "SymptomIntent", signs=(sign,))
    said = keys(turn)
    alone = QUESTIONS[sign].ambulance
    assert said[0] == ("advice.emergency_ambulance" if alone else "advice.emergency")
    assert said[-1] == "advice.emergency_again"
    assert len(said) > 1
    assert turn.ask == Line("ask.heard_right_volunteered", (sign,))


def test_that_it_was_always_there_is_about_the_last_sign_after_help_was_advised() -> None:
    given = advised({CALF: "yes"})
    last = says(given._replace(history=(*given.history, CALF)), "NotNewIntent")
    assert last.state.open == Asking(CALF, "newness")
    # After calm advice nothing was said to be new, so nothing is asked.
    calm = says(advised({}), "NotNewIntent")
    assert calm.state.open == Offered("tips")


def test_that_it_was_always_there_is_about_the_sign_that_was_named_before_the_one_that_is_open() -> None:
    turn = says(a_state(asking=CHEST, turn=2), "NotNewIntent", signs=(CALF,))
    assert turn.state.open == Asking(CALF, "newness")
    assert says(a_state(asking=CHEST, turn=2), "NotNewIntent").state.open == Asking(CHEST, "newness")


def test_a_denial_of_a_part_is_asked_once_more_like_a_plain_no() -> None:
    turn = says(a_state(asking=BLADDER, turn=2), "NoSymptomIntent", signs=(BLADDER,))
    assert turn.state.open == Asking(BLADDER, "confirm_no")
    assert turn.state.answers == {}


def test_an_open_sign_that_is_denied_in_part_is_asked_again() -> None:
    open_still: dict[QuestionId, Answer] = {CHEST: "no", BLADDER: "unsure"}
    state = a_state(open_still, history=tuple(open_still), asking=CALF, turn=4)
    turn = says(state, "NoSymptomIntent", signs=(BLADDER,))
    assert turn.state.unheard == {BLADDER}
    assert turn.state.asking == BLADDER


def test_nothing_can_be_corrected_before_anything_was_answered() -> None:
    fresh = says(a_state(offer="check", turn=1), "CorrectIntent", signs=(CALF,))
    assert fresh.state.open == Offered("check")
    assert keys(fresh) == ["fallback.again"]
    assert says(a_state({CALF: "no"}, history=(CALF,), turn=2), "CorrectIntent").state.offer == "correct"


@pytest.mark.parametrize(
    "intent",
    ["AMAZON.YesIntent", "AMAZON.NoIntent", "AMAZON.NextIntent", "AMAZON.ResumeIntent", "DoneIntent",
     "HedgedYesIntent", "HedgedNoIntent", "WorseIntent", "UnsureIntent", ""],
)  # fmt: skip
def test_what_means_nothing_alone_is_not_acted_on_when_the_session_was_lost(intent: str) -> None:
    assert intent in MEANINGLESS_ALONE


def test_what_names_something_is_acted_on_when_the_session_was_lost() -> None:
    named = {"SymptomIntent", "NoSymptomIntent", "CrampNowIntent", "TipsIntent", "AMAZON.StopIntent"}
    assert MEANINGLESS_ALONE.isdisjoint(named | {"CheckIntent", "CallForHelpIntent", "AMAZON.HelpIntent"})


def test_the_question_that_a_cramp_interrupted_is_asked_again_and_then_forgotten() -> None:
    released = says(a_state(asking=FEVER, turn=2), "CrampNowIntent")
    assert released.state.relief.interrupted_question == FEVER
    back = says(released.state, "AMAZON.YesIntent")
    assert back.state.open == Asking(FEVER)
    assert back.state.relief.interrupted_question is None
    assert back.state.relief.place is None


def test_a_second_cramp_goes_back_to_what_it_interrupted_itself() -> None:
    first = says(a_state(asking=FEVER, turn=2), "CrampNowIntent").state
    asked_now = says(changed(first, asking=PAIN), "CrampNowIntent").state
    assert says(asked_now, "AMAZON.YesIntent").state.asking == PAIN
    nothing_open = says(changed(first, offer=None), "CrampNowIntent").state
    assert nothing_open.relief.interrupted_question is None


def test_learning_is_offered_on_below_urgent_alone() -> None:
    cases: list[tuple[dict[QuestionId, Answer], str]] = [
        ({}, "learn_more"),
        ({DOWN_LEG: "yes", QuestionId("lasting"): "yes"}, "learn_more"),
        ({CALF: "yes"}, "hear_again"),
        ({SADDLE: "yes"}, "hear_again"),
    ]
    for answers, offer in cases:
        assert says(advised(answers), "LearnIntent", subjects=("injury",)).state.offer == offer
    # Even where an offer is open that would give way.
    for sign in (CALF, SADDLE):
        state = changed(advised({sign: "yes"}), offer="tips")
        assert says(state, "LearnIntent", subjects=("injury",)).state.offer != "learn_more"


# More of the same kind: one word of a move, and who would be hurt without it.


def test_a_question_that_may_be_missed_is_asked_twice_before_its_no_counts() -> None:
    confirmed = [id_ for id_, question in QUESTIONS.items() if question.confirm_no]
    assert confirmed
    for id_ in confirmed:
        first = says(a_state(asking=id_, turn=2), "AMAZON.NoIntent")
        assert first.state.open == Asking(id_, "confirm_no")
        assert first.state.answers == {}
        assert says(first.state, "AMAZON.NoIntent").state.answers == {id_: "no"}


def test_a_denied_sign_that_nobody_asked_about_is_still_to_be_asked() -> None:
    turn = says(a_state(asking=CHEST, turn=2), "NoSymptomIntent", signs=(CALF,))
    assert turn.state.unheard == {CALF}
    assert CALF not in turn.state.counted_answers()
    heard = says(a_state(asking=CALF, turn=2), "NoSymptomIntent", signs=(CALF,))
    assert heard.state.unheard == frozenset()


def test_of_signs_in_doubt_the_most_dangerous_is_asked_first_and_none_is_taken_for_said() -> None:
    turn = says(a_state(asking=PAIN, turn=2), "SymptomIntent", either=((CALF, SADDLE),))
    assert turn.state.asking == SADDLE
    assert turn.state.answers == {}
    assert set(turn.state.unclear) == {CALF, SADDLE}
    assert keys(turn)[-1] == "acknowledge.unclear"


def test_words_that_can_only_be_an_emergency_are_one() -> None:
    turn = says(a_state(asking=PAIN, turn=2), "SymptomIntent", either=((SADDLE, CHEST),))
    assert turn.state.level == "emergency"
    assert turn.state.answers == {SADDLE: "yes"}


def test_words_that_fit_the_open_question_answer_it_and_leave_the_emergency_to_be_asked() -> None:
    turn = says(a_state(asking=CALF, turn=2), "SymptomIntent", either=((CALF, SADDLE),))
    assert turn.state.answers == {CALF: "yes"}
    assert turn.state.asking == SADDLE
    assert turn.state.unclear == (SADDLE,)


def test_a_sign_in_doubt_reopens_a_confirmed_recap_but_never_one_that_was_said() -> None:
    doubted = says(advised({}), "SymptomIntent", either=((CALF, FEVER),)).state
    assert not doubted.confirmed
    said = says(advised({CALF: "yes"}), "SymptomIntent", either=((CALF, FEVER),)).state
    assert CALF not in said.unclear
    assert said.answers[CALF] == "yes"


def test_a_second_hedge_at_a_recap_asks_which_answer_and_confirms_nothing() -> None:
    recap = changed(advised({}), level=None, pattern=None, offer="recap", confirmed=False)
    first = says(recap, "HedgedYesIntent")
    assert first.state.open == Offered("recap", hedged=True)
    assert keys(first)[0] == "acknowledge.hedged"
    second = says(first.state, "HedgedYesIntent")
    assert (second.state.offer, second.state.confirmed) == ("correct", False)
    # It refused nothing either: the answers are kept however often that is said.
    assert not second.state.doubted
    assert says(first.state, "AMAZON.YesIntent").state.confirmed


def test_a_hedge_at_an_offer_does_not_carry_over_to_the_next_one() -> None:
    hedged = changed(advised({}), offer="card", hedged=True)
    assert says(hedged, "HedgedYesIntent").card is False
    assert says(hedged, "LearnIntent", subjects=("injury",)).state.open == Offered("learn_more")


def test_pain_that_got_worse_reopens_a_no_about_it_and_leaves_a_yes() -> None:
    denied = says(advised({}), "HurtsMoreIntent").state
    assert denied.open == Asking(PAIN)
    assert denied.unheard == {PAIN}
    assert says(advised({PAIN: "yes"}), "HurtsMoreIntent").state.unheard == frozenset()


def test_i_said_no_after_urgent_advice_takes_nothing_back() -> None:
    turn = says(advised({CALF: "yes"}), "SaidNoIntent")
    assert turn.state.answers[CALF] == "yes"
    assert turn.state.asking is None


def test_i_said_no_goes_back_only_where_the_question_was_asked_just_now() -> None:
    asked = (Line("acknowledge.yes"), Line(f"question.{FEVER}"))
    state = a_state({CALF: "yes"}, history=(CALF,), asking=FEVER, turn=3, said=asked)
    assert says(state, "SaidNoIntent").state.asking == CALF
    explained = state._replace(said=(Line(f"why.{FEVER}"), Line(f"question.{FEVER}")))
    assert says(explained, "SaidNoIntent").state.answers == {CALF: "yes", FEVER: "no"}


@pytest.mark.parametrize(
    ("positive", "unsure", "lines"),
    [
        (0, 0, []),
        (1, 0, [("recap.yes", 1, 0)]),
        (3, 0, [("recap.yes", 3, 0)]),
        (4, 0, [("recap.yes", 2, 0), ("recap.more", 0, 2)]),
        (1, 1, [("recap.yes", 1, 0), ("recap.unsure", 1, 0)]),
        (2, 1, [("recap.yes", 2, 0), ("recap.unsure_count", 0, 1)]),
        (3, 1, [("recap.yes", 1, 0), ("recap.more", 0, 2), ("recap.unsure_count", 0, 1)]),
        (0, 3, [("recap.unsure_count", 0, 3)]),
    ],
)
def test_a_recap_names_or_counts_whatever_is_no_plain_no(
    positive: int, unsure: int, lines: list[tuple[str, int, int]]
) -> None:
    ids = [id_ for id_ in QUESTIONS if id_ not in EMERGENCIES]
    said: dict[QuestionId, Answer] = dict.fromkeys(ids[:positive], "yes")
    said |= dict.fromkeys(ids[positive : positive + unsure], "unsure")
    turn = say_recap(Situation(GUIDE, a_state(said, history=tuple(said))))
    assert [(line.key, len(line.names), line.number) for line in turn.lines] == lines


def test_a_recap_names_every_denied_emergency_sign_that_was_heard() -> None:
    gate = [id_ for id_, question in QUESTIONS.items() if question.gates_emergency]
    state = a_state(dict.fromkeys(gate, "no"), history=tuple(gate))
    assert say_recap(Situation(GUIDE, state)).lines == (Line("recap.no_to_all", tuple(gate)),)
    unheard = state._replace(unheard=frozenset(gate[:1]))
    assert say_recap(Situation(GUIDE, unheard)).lines == (Line("recap.no_to_all", tuple(gate[1:])),)


def test_a_recap_that_is_refused_twice_keeps_each_yes_and_asks_the_rest_again() -> None:
    recap = changed(advised({CALF: "yes"}), level=None, offer="recap", confirmed=False)
    once = says(recap, "AMAZON.NoIntent").state
    assert (once.offer, once.doubted, once.answers) == ("correct", True, recap.answers)
    twice = says(changed(once, offer="recap"), "AMAZON.NoIntent")
    assert twice.state.answers == {CALF: "yes"}
    assert (twice.state.doubted, twice.state.confirmed, twice.state.history) == (False, False, (CALF,))
    assert keys(twice)[0] == "correct.rest_again"


def test_progress_counts_the_open_question_and_the_second_asking_of_a_no() -> None:
    def left(state: State) -> tuple[Line, ...]:
        return progress_lines(Situation(GUIDE, state))

    for id_ in QUESTIONS:
        if QUESTIONS[id_].confirm_no:
            first, second = (left(a_state(asking=id_, form=form)) for form in ("question", "confirm_no"))
            assert first[0].number == second[0].number + 1
    done = advised({})
    assert left(done) == (Line("progress.done"),)
    assert left(changed(done, offer="recap")) == (Line("progress.recap"),)
    tips = tuple(GUIDE.relief.tips)
    assert left(changed(done, offer="more_tips", already_told=tips)) == (Line("progress.last_tip"),)


def test_an_exercise_goes_on_after_what_changes_nothing_and_stops_for_what_does() -> None:
    exercising = in_exercise()
    kept = says(exercising, "NoSymptomIntent", signs=(CALF,)).state
    assert (kept.offer, kept.relief.place) == ("coach", Place("standing_calf_stretch", 1))
    hurt = says(exercising, "SymptomIntent", signs=(CALF,)).state
    assert hurt.offer != "coach"
    shot = says(exercising, "SymptomIntent", signs=(DOWN_LEG,))
    assert keys(shot)[0] == "coach.hurt"
    assert shot.state.relief.place is None
    assert shot.state.answers[DOWN_LEG] == "yes"


def test_an_exercise_is_paused_without_losing_its_place_and_never_begun_by_a_no() -> None:
    assert says(in_exercise(), "AMAZON.NoIntent").state.relief.place == Place("standing_calf_stretch", 1)
    assert keys(says(in_exercise(), "AMAZON.NoIntent")) == ["coach.wait"]
    declined = says(in_exercise(0), "AMAZON.NoIntent")
    assert declined.state.relief.place is None
    assert keys(declined)[0] == "coach.skipped"
    assert says(in_exercise(0), "AMAZON.YesIntent").state.relief.place == Place("standing_calf_stretch", 1)


def test_back_from_the_first_step_stays_there_and_from_another_goes_one_back() -> None:
    first = says(in_exercise(1), "AMAZON.PreviousIntent")
    assert (first.state.relief.place, keys(first)[0]) == (
        Place("standing_calf_stretch", 1), "coach.first_step",
    )  # fmt: skip
    third = says(in_exercise(3), "AMAZON.PreviousIntent")
    assert third.state.relief.place == Place("standing_calf_stretch", 2)
    assert "coach.first_step" not in keys(third)


def test_next_confirms_no_recap_ends_no_cramp_and_sends_no_card() -> None:
    recap = changed(advised({}), level=None, pattern=None, offer="recap", confirmed=False)
    assert says(recap, "AMAZON.NextIntent").state.open == Offered("recap")
    tight = a_state(offer="eased", exercise="cramp_release", beat=1, turn=2)
    assert says(tight, "AMAZON.NextIntent").state.open == Offered("eased")
    card = says(changed(advised({}), offer="card"), "AMAZON.NextIntent")
    assert (card.card, keys(card)) == (False, ["summary.not_sent"])
    assert says(changed(advised({}), offer="card"), "AMAZON.YesIntent").card


def test_what_was_wanted_is_not_given_once_help_is_needed() -> None:
    waiting = advised({})._replace(level=None).wanting(Wanted("standing_calf_stretch"))
    for sign in (CALF, SADDLE):
        turn = says(waiting, "SymptomIntent", signs=(sign,))
        while turn.state.level is None:
            turn = says(turn.state, "AMAZON.YesIntent" if turn.state.offer else "AMAZON.NoIntent")
        assert turn.state.relief.wanted is None
        assert turn.state.relief.place is None


@pytest.mark.parametrize(
    ("what", "offers"),
    [
        ("learning", {"tips", "wanted", "learn_more", "card"}),
        ("course", {"hear_again", "more", "tips", "wanted", "learn_more", "card"}),
        ("summary", {"hear_again", "more", "tips", "more_tips", "wanted", "another", "learn_more", "card",
                     "check_again"}),
    ],
)  # fmt: skip
def test_only_these_offers_give_way(what: str, offers: set[str]) -> None:
    """An offer made in an exercise, in a cramp or in a check never does: what is open there is not lost."""
    gives = {id_ for id_, offer in GUIDE.offers.items() if what in offer.may_wait_for}
    assert gives >= offers
    assert not gives & {"check", "resume", "recap", "correct", "begin", "coach", "eased", "anything"}


def test_go_on_takes_up_no_offer_that_says_something_about_the_leg_or_starts_over() -> None:
    taken = {id_ for id_, offer in GUIDE.offers.items() if "go_on" in offer.taken_up_by}
    assert not taken & {"recap", "correct", "eased", "check_again", "card", "hear_again"}
    assert taken >= {"coach", "begin", "tips", "more"}


def test_the_calmer_answer_of_an_offer_is_the_one_that_reassures() -> None:
    calmer = {id_: offer.calmer for id_, offer in GUIDE.offers.items()}
    assert {calmer[id_] for id_ in ("recap", "eased", "begin", "coach", "card")} == {"yes"}
    assert {calmer[id_] for id_ in ("check", "check_again", "resume", "correct", "more")} == {"no"}
