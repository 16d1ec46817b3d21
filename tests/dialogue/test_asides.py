"""What is said besides the check: everything has its words, keeps what was open, and loses nothing."""

from __future__ import annotations

from itertools import product

import pytest

from crampguide.dialogue import Slots, State, load_guide, move, reply
from crampguide.dialogue.check import come_back, lost
from crampguide.dialogue.help import forget_me, sorry, unsupported
from crampguide.dialogue.intents import INTENTS
from crampguide.dialogue.state import Asking, Offered, Place, Wanted
from crampguide.dialogue.turn import Situation
from crampguide.speech import Line, catalogue_for
from crampguide.triage import Level, QuestionId
from tests.dialogue.states import a_state, changed
from tests.dialogue.test_safe_turns import in_exercise, keys, says
from tests.speech.turns import advised, places

GUIDE = load_guide()
QUESTIONS = GUIDE.protocol.questions
CALF, FEVER, SADDLE, CHEST, DOWN_LEG, PAIN = (
    QuestionId(id_)
    for id_ in (
        "one_calf_swollen", "fever_or_unwell", "saddle_numbness", "chest_or_breathing", "pain_down_leg",
        "severe_or_worsening_pain",
    )
)  # fmt: skip
INJURY, WEAKER = QuestionId("injury_or_pop"), QuestionId("leg_getting_weaker")
FRESH = Situation(GUIDE, State())
ASKED = a_state({FEVER: "no"}, history=(FEVER,), asking=CALF, turn=2)


@pytest.mark.parametrize("intent", sorted(INTENTS))
def test_whatever_is_said_at_any_place_gets_a_reply_that_has_all_its_words(intent: str) -> None:
    catalogue = catalogue_for("en-US")
    named = Slots((CALF,), openings=tuple(GUIDE.protocol.opens)[:1], subjects=("injury",))
    for place, slots in product(places(), (Slots(), named)):
        answer = reply(GUIDE, catalogue, move(GUIDE, place, intent, slots))
        assert answer.missing == ()
        assert answer.speech
        assert (answer.reprompt is None) == (answer.turn.state.open is None)


def test_damaged_attributes_start_the_check_again_and_say_so() -> None:
    turn = lost(FRESH)
    assert turn.lines == (Line("lost.line"),)
    assert turn.state.asking == CHEST


def test_whoever_comes_back_hears_what_was_open_and_a_stranger_a_welcome() -> None:
    assert come_back(Situation(GUIDE, ASKED)).state.open == ASKED.open
    assert keys(come_back(FRESH)) == ["welcome.first"]


def test_an_error_and_what_cannot_be_done_are_said_and_the_question_stays() -> None:
    here = Situation(GUIDE, ASKED)
    assert (keys(sorry(here)), sorry(here).state.open) == (["error.line", "net.line"], ASKED.open)
    assert (keys(unsupported(here)), unsupported(here).state.open) == (["unsupported.line"], ASKED.open)


def test_forgetting_says_where_a_summary_may_be_only_where_there_is_one() -> None:
    for state, lines in (
        (ASKED, ["forget.erased"]),
        (changed(advised({}), asking=CALF), ["forget.erased"]),
        (a_state(offer="check", turn=1), ["forget.erased"]),
        (advised({}), ["forget.erased", "summary.forget"]),
    ):
        turn = forget_me(Situation(GUIDE, state), "erased")
        assert keys(turn) == lines
        assert turn.state.manner.unremembered
        assert turn.state.open == state.open


def test_a_question_left_open_has_its_warning_said_where_there_is_one() -> None:
    for id_, question in QUESTIONS.items():
        if question.unsure is Level.EMERGENCY or id_ == "under_sixteen":
            continue  # who may be a child, or confused, is told what to do
        turn = says(a_state(asking=id_, turn=2), "AMAZON.NextIntent")
        aloud = ["net.cauda_equina"] if question.waiting == "cauda_equina" else []
        assert keys(turn)[: 1 + len(aloud)] == ["acknowledge.skipped", *aloud]
        assert ("net.cauda_equina" in keys(turn)) == bool(aloud)
        assert turn.state.answers == {id_: "unsure"}


def test_words_for_one_of_two_signs_that_are_both_known_ask_nothing_more() -> None:
    known = a_state({CALF: "yes", INJURY: "yes"}, history=(CALF, INJURY), asking=WEAKER, turn=3)
    turn = says(known, "SymptomIntent", either=((CALF, INJURY),))
    assert turn.state.unclear == ()
    assert turn.state.answers == known.answers
    assert turn.state.asking is not None


def test_in_an_emergency_words_that_may_mean_something_milder_are_not_asked_about() -> None:
    turn = says(advised({SADDLE: "yes"}), "SymptomIntent", either=((CALF, FEVER),))
    assert turn.state.offer == "heard_right"
    assert turn.state.level == "emergency"


def test_a_sign_in_doubt_no_worse_than_what_is_known_is_not_asked_about_first() -> None:
    urgent = a_state({CALF: "yes"}, history=(CALF,), asking=PAIN, turn=3, unclear=(FEVER,))
    assert says(urgent, "AMAZON.NoIntent").state.asking != FEVER
    doubted = says(advised({}), "SymptomIntent", either=((CALF, FEVER),)).state
    assert doubted.confirmed is False
    graver = changed(urgent, unclear=(FEVER, SADDLE))
    assert says(graver, "AMAZON.NoIntent").state.asking == SADDLE


def test_warning_signs_in_doubt_are_asked_about_in_the_order_they_were_left() -> None:
    calm = QuestionId("back_or_buttock_pain")
    for order in ((calm, CALF, SADDLE), (SADDLE, CALF, calm), (CALF, SADDLE, calm)):
        state = a_state(asking=PAIN, turn=2, unclear=order)
        assert says(state, "UnsureIntent").state.open == Asking(PAIN, "recheck")
        assert says(state, "AMAZON.NoIntent").state.asking == next(each for each in order if each != calm)


def test_a_sign_denied_twice_is_still_said_to_be_heard() -> None:
    turn = says(ASKED, "NoSymptomIntent", signs=(FEVER,))
    assert keys(turn) == ["acknowledge.denial"]
    assert turn.state.answers == ASKED.answers


def test_the_brief_version_is_left_again_on_demand() -> None:
    brief = changed(ASKED, brief=True, said=(Line(f"question.{CALF}"),))
    fuller = says(brief, "FullerIntent")
    assert not fuller.state.manner.brief
    assert keys(fuller)[0] == "acknowledge.fuller"
    assert says(fuller.state, "BrieferIntent").state.manner.brief


@pytest.mark.parametrize(
    ("before", "slower", "faster"),
    [("slow", "slow", "normal"), ("normal", "slow", "fast"), ("fast", "normal", "fast")],
)
def test_slower_and_faster_go_one_step_and_no_further(before: str, slower: str, faster: str) -> None:
    state = changed(ASKED, pace=before, said=(Line(f"question.{CALF}"),))
    for intent, pace in (("SlowerIntent", slower), ("FasterIntent", faster)):
        turn = says(state, intent)
        assert turn.state.manner.pace == pace
        assert keys(turn) == [f"acknowledge.{intent.removesuffix('Intent').lower()}"]
        assert turn.ask == Line(f"question.{CALF}")


def test_an_answer_taken_back_takes_back_what_followed_from_it() -> None:
    """The advice, its rest and its pattern, the recap that confirmed it, and that the answer was unheard."""
    given = changed(advised({}), offer="more", rest=(Line("net.line"),), unheard=frozenset({CALF, FEVER}))
    given = given._replace(history=(*(id_ for id_ in given.history if id_ != CALF), CALF))
    turn = says(given, "AMAZON.PreviousIntent")
    assert turn.state.open == Asking(CALF)
    assert CALF not in turn.state.answers
    assert (turn.state.level, turn.state.pattern, turn.state.rest) == (None, None, ())
    assert turn.state.unheard == {FEVER}
    assert not turn.state.confirmed


def test_a_place_is_no_answer_to_an_offer_either() -> None:
    turn = says(advised({}), "PlaceIntent")
    assert (keys(turn), turn.state.open) == (["acknowledge.yes"], Offered("tips"))


def test_on_the_floor_a_fall_is_asked_about_only_where_it_could_change_what_is_said() -> None:
    fall = QuestionId("injury_or_pop")
    assert keys(says(a_state(asking=CHEST, turn=2), "OnTheFloorIntent")) == ["remark.floor", "net.call"]
    releasing = a_state(offer="eased", exercise="cramp_release", beat=1, interrupted_question=CHEST, turn=2)
    asked = (a_state(asking=fall, turn=2), changed(advised({}), asking=CALF))
    for state in (*asked, in_exercise(), releasing):
        turn = says(state, "OnTheFloorIntent")
        assert keys(turn) == ["remark.floor", "net.call"]
        assert turn.state.open == state.open
    unasked = {id_: said for id_, said in advised({}).answers.items() if id_ != fall}
    advice = advised({})._replace(answers=unasked, history=tuple(unasked))
    assert says(advice, "OnTheFloorIntent").state.open == Offered("tips")


def test_back_from_the_second_step_is_the_first_without_a_word_about_it() -> None:
    second = says(in_exercise(2), "AMAZON.PreviousIntent")
    assert second.state.relief.place == Place("standing_calf_stretch", 1)
    assert "coach.first_step" not in keys(second)


@pytest.mark.parametrize(
    ("pattern", "named"), [("sciatica", "nerve"), ("cramp", "cramp"), ("either", "both")]
)
def test_what_fits_names_the_signs_of_that_pattern_alone(pattern: str, named: str) -> None:
    nerve, cramp = (list(each)[:2] for each in (GUIDE.protocol.pattern.nerve, GUIDE.protocol.pattern.cramp))
    state = advised(dict.fromkeys((*nerve, *cramp), "yes"), pattern)  # type: ignore[arg-type] # by its name
    (fits,) = (line for line in says(state, "CourseIntent").lines if line.key == "course.fits")
    assert set(fits.names) <= {"nerve": {*nerve}, "cramp": {*cramp}, "both": {*nerve, *cramp}}[named]
    assert len(fits.names) >= 2


def test_what_to_expect_waits_for_nothing_but_leaves_other_offers_open() -> None:
    plain = keys(says(advised({}), "CourseIntent"))
    more = changed(advised({}), offer="more", rest=(Line("net.calf"),))
    turn = says(more, "CourseIntent")
    assert keys(turn) == [*plain, "net.calf"]
    assert (turn.state.open, turn.state.rest) == (Offered("tips"), ())
    for offer in ("more_tips", "check_again", "another"):
        kept = says(changed(advised({}), offer=offer), "CourseIntent")
        assert (keys(kept), kept.state.open) == (plain, Offered(offer))


def test_how_many_tips_are_left_counts_down_to_the_last() -> None:
    state = changed(advised({}, "cramp"), offer="more_tips")
    left = []
    while state.offer == "more_tips":
        (line,) = says(state, "HowManyLeftIntent").lines
        left.append(line)
        assert len(left) <= len(GUIDE.relief.tips)
        state = says(state, "AMAZON.YesIntent").state
    counts = [line.number for line in left if line.key == "progress.tips"]
    assert counts == sorted(counts, reverse=True)
    assert counts[0] == len(state.relief.already_told)
    assert min(counts) > 1
    for line in left[len(counts) :]:
        assert line == Line("progress.last_tip")
    last = changed(state, offer="more_tips", already_told=state.relief.already_told[:-1])
    assert says(last, "HowManyLeftIntent").lines == (Line("progress.last_tip"),)
    two = changed(last, already_told=last.relief.already_told[:-1])
    assert says(two, "HowManyLeftIntent").lines == (Line("progress.tips", (), 2),)


def test_pain_is_met_with_what_helps_at_that_moment() -> None:
    hurt = says(in_exercise(), "InPainIntent")
    assert (keys(hurt)[0], hurt.state.relief.place) == ("coach.hurt", None)
    for state, line in (
        (advised({}), "remark.pain_advice"),
        (advised({FEVER: "yes"}), "remark.pain_cramp"),
        (advised({CALF: "yes"}), "remark.pain"),
        (changed(advised({}), asking=CALF), "remark.pain_cramp"),
        (a_state(asking=CHEST, turn=2), "remark.pain_cramp"),
    ):
        turn = says(state, "InPainIntent")
        assert keys(turn) == [line]
        assert turn.state.open == state.open


def test_the_wrong_answer_may_be_named_after_being_told_how() -> None:
    turn = says(changed(advised({}), offer="correct", level=None, confirmed=False), "AMAZON.YesIntent")
    assert (keys(turn), turn.state.open) == (["help.correct"], Offered("correct"))


def test_advice_that_is_asked_for_again_is_given_whole_and_without_another_recap() -> None:
    for sign, first, offer in (
        (CALF, "advice.urgent", "hear_again"),
        (SADDLE, "advice.emergency", "heard_right"),
    ):
        state = advised({sign: "yes"})._replace(confirmed=False)
        turn = says(state, "AMAZON.YesIntent")
        assert keys(turn)[0] == first
        assert (turn.state.open, turn.state.level) == (Offered(offer), state.level)


def test_the_end_of_what_there_is_to_tell_leaves_the_question_open() -> None:
    subject = list(GUIDE.learning.subjects.values())[-1]
    page = len(subject.pages) - 1
    asked = changed(ASKED, subject=subject.id, page=page, said=(Line(subject.pages[page]),))
    turn = says(asked, "MoreIntent")
    assert (keys(turn), turn.state.open, turn.state.taught) == (["learn.no_more"], ASKED.open, None)
    offered = changed(advised({}), offer="learn_more", subject=subject.id, page=page)
    assert says(offered, "MoreIntent").state.open == Offered("tips")


def test_what_waited_for_the_check_is_given_on_a_yes() -> None:
    for wanted in (Wanted(topic="footwear"), Wanted(topic="hydration")):
        turn = says(changed(advised({}, "cramp"), offer="wanted", wanted=wanted), "AMAZON.YesIntent")
        told = [GUIDE.relief.tips[key.removeprefix("tip.")] for key in keys(turn) if key.startswith("tip.")]
        assert told
        assert all(wanted.topic in tip.topics for tip in told)
    exercise = Wanted("towel_stretch")
    turn = says(changed(advised({}), offer="wanted", wanted=exercise), "AMAZON.YesIntent")
    assert turn.state.relief.place == Place("towel_stretch")


def test_who_says_so_is_about_what_was_told_last() -> None:
    tips = [tip for tip in GUIDE.relief.tips.values() if len(tip.cites) == 1][:3]
    assert len({tip.cites for tip in tips}) == 3
    told = changed(advised({}), offer="more_tips", already_told=tuple(tip.id for tip in tips))
    assert says(told, "SourceIntent").lines == (Line("source.lead", tips[-1].cites),)
    for state in (changed(told, offer=None), changed(told, offer="tips"), advised({})):
        assert keys(says(state, "SourceIntent")) == ["source.none"]
    for id_, question in QUESTIONS.items():
        lines = says(changed(told, asking=id_), "SourceIntent").lines
        assert lines == (Line("source.lead", question.cites[:2]),)


def test_more_is_more_of_whatever_is_offered() -> None:
    rest = changed(advised({}), offer="more", rest=(Line("net.calf"),))
    assert keys(says(rest, "MoreIntent")) == ["net.calf"]
    another = says(changed(advised({}), offer="another"), "MoreIntent")
    assert another.state.offer == "begin"


def test_after_thoughts_of_dying_the_advice_goes_on_with_what_it_offered() -> None:
    for state, offer in ((advised({}), "tips"), (advised({CALF: "yes"}), "hear_again")):
        turn = says(changed(state, offer="crisis_then"), "AMAZON.YesIntent")
        assert (turn.lines, turn.state.open) == ((), Offered(offer))


def test_a_summary_at_a_recap_takes_its_place_and_asks_whether_it_is_right() -> None:
    recap = changed(advised({CALF: "yes"}), level=None, pattern=None, confirmed=False, offer="recap")
    turn = says(recap, "SummaryIntent")
    assert keys(turn)[:2] == ["summary.yes", "summary.no"]
    assert turn.state.open == Offered("recap")
    elsewhere = says(changed(recap, asking=FEVER), "SummaryIntent")
    assert keys(elsewhere) == ["summary.lead", *keys(turn)]
    assert elsewhere.state.asking == FEVER


def test_that_it_got_worse_is_heard_before_the_pain_was_asked_about() -> None:
    turn = says(a_state({CHEST: "no"}, history=(CHEST,), offer="resume", turn=2), "WorseIntent")
    assert keys(turn) == ["acknowledge.worse"]
    assert turn.state.asking is not None


def test_to_go_on_after_a_wait_is_to_hear_the_question_and_not_to_skip_it() -> None:
    waited = says(ASKED, "WaitIntent")
    assert keys(waited) == ["coach.wait"]
    turn = says(waited.state._replace(said=waited.lines), "AMAZON.NextIntent")
    assert (turn.state.open, turn.state.answers, turn.lines) == (ASKED.open, ASKED.answers, ())


def test_a_cramp_that_has_eased_goes_on_with_the_check_and_says_each_thing_once() -> None:
    begun = says(a_state({CHEST: "no"}, history=(CHEST,), offer="resume", turn=2), "CrampNowIntent")
    held = says(begun.state, "AMAZON.NoIntent")
    assert held.state.relief.place == Place("cramp_release", 2)
    eased = keys(says(held.state, "AMAZON.YesIntent"))
    assert (eased[0], eased[-1]) == ("cramp_now.eased", "cramp_now.walk_off")
    assert len(eased) == len(set(eased))
    asked = says(held.state, "AMAZON.NoIntent")
    assert (keys(asked), asked.state.asking) == (
        ["cramp_now.keep_on"],
        GUIDE.relief.exercises["cramp_release"].then_ask,
    )
    assert asked.state.relief.place is None


def test_no_pattern_is_told_where_help_is_needed_today() -> None:
    for pattern in ("sciatica", "cramp"):
        state = advised({CALF: "yes", DOWN_LEG: "yes"})._replace(pattern=pattern)
        told = keys(says(state, "CourseIntent"))
        assert "course.clot" in told
        assert not {f"pattern.{pattern}", "course.fits"} & {*told}


def test_how_long_to_wait_is_told_only_for_what_passes_by_itself() -> None:
    for course in GUIDE.learning.courses:
        if course.levels == {Level.URGENT}:
            assert not course.times
    assert "times.self_care" in keys(says(advised({}, "sciatica"), "CourseIntent"))
    assert not any(key.startswith("times.") for key in keys(says(advised({}, "cramp"), "CourseIntent")))


def test_who_says_so_names_two_sources_at_most_or_that_there_is_none() -> None:
    lasting = advised({QuestionId("lasting"): "yes", DOWN_LEG: "yes"}, "sciatica")
    expected = says(lasting, "CourseIntent")
    told = expected.state._replace(said=expected.lines)
    sources = says(told, "SourceIntent").lines[0]
    assert sources == Line("source.lead", ("NHS-SCI", "ATLAS"))
    general = says(a_state(offer="check", turn=1), "CourseIntent")
    assert keys(says(general.state._replace(said=general.lines), "SourceIntent"))[0] == "source.none"


@pytest.mark.parametrize(("sign", "news"), [("short_cramp", "cramp"), ("pain_down_leg", None)])
def test_whoever_has_heard_the_advice_is_told_only_what_is_new(sign: str, news: str | None) -> None:
    """A sign after advice that leaves its level: that it stays, and the pattern where it is another now."""
    before = advised({QuestionId("night_cramps"): "yes"}, "either")
    answered = before._replace(answers={**before.answers, QuestionId(sign): "yes"}, confirmed=False)
    turn = says(changed(answered, offer="recap"), "AMAZON.YesIntent")
    assert turn.state.level == before.level
    assert keys(turn) == ["advice.unchanged", *([f"pattern.{news}"] if news else [])]
    assert turn.state.pattern == (news or before.pattern)


def test_whoever_cannot_go_on_with_a_question_after_advice_goes_back_to_the_advice() -> None:
    waiting = changed(advised({}), asking=QuestionId("skin_and_circulation"))
    turn = says(waiting, "NotNowIntent")
    assert (keys(turn), turn.state.open) == (["remark.not_now"], Offered("tips"))


def test_whoever_cannot_go_on_with_the_check_hears_when_to_call() -> None:
    turn = says(ASKED, "NotNowIntent")
    assert (keys(turn), turn.state.open) == (["remark.not_now", "net.line"], Offered("resume"))
