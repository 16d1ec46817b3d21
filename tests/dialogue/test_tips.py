"""Tips and exercises as they are offered: each once, none that a sign forbids, and why where none is."""

from __future__ import annotations

import pytest

from crampguide.dialogue.state import Asking, Offered, Place, State
from crampguide.dialogue.turn import Turn
from crampguide.speech import Line
from crampguide.triage import Answer, Level, Pattern, QuestionId
from tests.dialogue.states import a_state, changed
from tests.dialogue.test_asides import CALF, CHEST, FEVER, GUIDE
from tests.dialogue.test_safe_turns import in_exercise, keys, says
from tests.speech.turns import PATTERNS, advised, unasked

RELIEF = GUIDE.relief
TOUCHING = {id_ for id_, tip in RELIEF.tips.items() if tip.topics & {"stretch", "massage"}}
PREGNANT, CIRCULATION, ILL = (
    QuestionId(id_) for id_ in ("pregnant_or_new_mother", "skin_and_circulation", "long_term_condition")
)


def told(turn: Turn) -> list[str]:
    return [key.removeprefix("tip.") for key in keys(turn) if key.startswith("tip.")]


def all_told(state: State) -> list[str]:
    """Every tip to the end of them, by taking up the offer of more."""
    turn = says(state, "TipsIntent")
    found = told(turn)
    for _ in RELIEF.tips:
        if turn.state.offer == "more_tips":
            turn = says(turn.state, "AMAZON.YesIntent")
            found += told(turn)
    assert (keys(turn)[-1], turn.state.open) == ("relief.no_more", Offered("check_again"))
    return found


@pytest.mark.parametrize("pattern", [each for each in PATTERNS if each != "neither"])
def test_each_tip_for_the_pattern_is_told_once_two_at_a_time(pattern: Pattern) -> None:
    state = advised({}, pattern)
    found = all_told(state)
    assert len(found) == len(set(found))
    suiting = {id_ for id_, tip in RELIEF.tips.items() if pattern in tip.patterns}
    assert set(found) <= suiting
    assert {*found} & TOUCHING or pattern == "sciatica"
    assert len(told(says(state, "TipsIntent"))) == 2
    assert "tips.no_stretch" not in keys(says(state, "TipsIntent"))


def test_where_a_sign_forbids_stretching_that_is_said_first_and_no_tip_stretches() -> None:
    for state in (advised({CALF: "unsure"}, "cramp"), advised({CALF: "unsure"}, "either")):
        assert state.level == "routine"
        turn = says(state, "TipsIntent")
        assert keys(turn)[0] == "tips.no_stretch"
        assert not {*all_told(state)} & TOUCHING
        stretches = says(state, "TipsIntent", topics=("stretch",))
        assert keys(stretches)[0] == "tips.no_stretch"
        assert not told(stretches)
        assert keys(says(state, "ExerciseIntent")) == ["tips.no_stretch"]


def test_a_topic_whose_tips_a_sign_forbids_is_refused_by_the_name_of_the_sign() -> None:
    turn = says(advised({ILL: "yes"}, "cramp"), "TipsIntent", topics=("magnesium",))
    assert turn.lines == (Line("relief.not_for_you", (ILL,)),)
    assert turn.state.open == Offered("check_again")
    assert told(says(advised({}, "cramp"), "TipsIntent", topics=("magnesium",))) == ["magnesium_honest"]


def test_whoever_was_told_everything_hears_so_and_may_ask_for_a_topic_again() -> None:
    done = changed(advised({}, "cramp"), already_told=tuple(RELIEF.tips))
    assert says(done, "TipsIntent").lines == (Line("relief.no_more"),)
    assert told(says(done, "TipsIntent", topics=("magnesium",))) == ["magnesium_honest"]


def test_an_exercise_that_a_sign_forbids_is_refused_by_its_name_and_another_offered() -> None:
    turn = says(advised({PREGNANT: "yes"}, "sciatica"), "ExerciseIntent", exercises=("knee_to_chest",))
    assert turn.lines == (Line("relief.not_for_you", (PREGNANT,)),)
    assert (turn.state.offer, turn.state.relief.place) == ("another", None)


@pytest.mark.parametrize("said", ["yes", "unsure"])
def test_an_exercise_that_a_sign_forbids_is_done_another_way_where_there_is_one(said: Answer) -> None:
    seated = Place("seated_figure_four")
    turn = says(advised({PREGNANT: said}, "sciatica"), "ExerciseIntent", exercises=("figure_four",))
    assert turn.lines == (Line("relief.instead", (PREGNANT,)), Line("intro.seated_figure_four"))
    assert (turn.state.offer, turn.state.relief.place) == ("begin", seated)
    begun = changed(turn.state.placed(seated._replace(beat=2)), offer="tips")
    again = says(begun, "ExerciseIntent", exercises=("figure_four",))
    assert (again.state.offer, again.state.relief.place) == ("coach", seated._replace(beat=2))
    open_ = unasked(advised({}, "sciatica"), PREGNANT, CIRCULATION)
    asked = says(open_, "ExerciseIntent", exercises=("figure_four",))
    assert asked.state.open == Asking(PREGNANT)
    circulation = says(asked.state, "AMAZON.YesIntent" if said == "yes" else "UnsureIntent")
    assert circulation.state.open == Asking(CIRCULATION)
    assert says(circulation.state, "AMAZON.NoIntent").state.relief.place == seated


def test_whoever_cannot_lie_down_may_ask_for_the_seated_version() -> None:
    turn = says(advised({}, "sciatica"), "ExerciseIntent", exercises=("seated_figure_four",))
    assert turn.lines == (Line("intro.seated_figure_four"),)


@pytest.mark.parametrize("pattern", [each for each in PATTERNS if each != "neither"])
def test_exercises_are_offered_one_after_another_each_once_and_then_tips(pattern: Pattern) -> None:
    turn, begun = says(advised({}, pattern), "ExerciseIntent"), list[str]()
    while turn.state.offer == "begin":
        place = turn.state.relief.place
        assert place is not None
        assert keys(turn) == [f"intro.{place.exercise}"]
        begun.append(place.exercise)
        assert len(begun) <= len(RELIEF.exercises)
        turn = says(turn.state, "SkipExerciseIntent")
        assert keys(turn)[0] == "coach.skipped"
        if turn.state.offer == "another":
            turn = says(turn.state, "AMAZON.YesIntent")
    assert (keys(turn), turn.state.open) == (["coach.skipped", "coach.none_left"], Offered("tips"))
    assert len(begun) == len(set(begun)) > 1
    assert set(begun) == {
        exercise.id
        for exercise in RELIEF.exercises.values()
        if pattern in exercise.patterns and exercise.id != RELIEF.now
    }
    again = says(changed(advised({}, pattern), already_told=tuple(begun)), "ExerciseIntent")
    assert (keys(again), again.state.open) == (["coach.none_left"], Offered("tips"))


def test_an_exercise_that_was_interrupted_goes_on_where_it_was() -> None:
    turn = says(changed(in_exercise(2), offer="tips"), "ExerciseIntent", exercises=("standing_calf_stretch",))
    assert (turn.state.offer, turn.state.relief.place) == ("coach", Place("standing_calf_stretch", 2))
    assert "intro.standing_calf_stretch" not in keys(turn)
    other = says(changed(in_exercise(2), offer="tips"), "ExerciseIntent", exercises=("towel_stretch",))
    assert (other.state.offer, other.state.relief.place) == ("begin", Place("towel_stretch"))


def test_before_a_check_only_what_is_safe_for_anyone_is_told() -> None:
    turn = says(a_state(offer="check", turn=1), "TipsIntent")
    assert len(told(turn)) == 2
    assert keys(turn)[-2:] == ["tips.unchecked", "net.line"]
    assert turn.state.open == Offered("check")
    state, found = turn.state, told(turn)
    while told(turn := says(state, "TipsIntent")):
        found += told(turn)
        state = turn.state
        assert len(found) <= len(RELIEF.tips)
    assert keys(turn) == ["relief.rest_depends", "tips.unchecked", "net.line"]
    assert len(found) == len(set(found))
    assert not {*found} & TOUCHING
    assert all(not RELIEF.tips[id_].cautions for id_ in found)
    stretch = says(state, "TipsIntent", topics=("stretch",))
    assert keys(stretch) == ["relief.depends", "tips.unchecked", "net.line"]
    declined = says(a_state(offer="anything", turn=2, declined=True), "TipsIntent")
    assert (keys(declined)[-1], declined.state.open) == ("relief.say_check", Offered("anything"))


def test_during_a_check_tips_leave_the_question_open_and_an_early_sign_forbids_them() -> None:
    asked = a_state({FEVER: "no"}, history=(FEVER,), asking=CALF, turn=2)
    assert says(asked, "TipsIntent").state.open == asked.open
    exercise = says(asked, "ExerciseIntent", exercises=("towel_stretch",))
    assert (keys(exercise), exercise.state.open) == (["relief.after_check", "net.line"], asked.open)
    for signs, lines in (
        ({FEVER: "yes"}, ["tips.finish_first"]),
        ({CALF: "yes"}, ["tips.no_stretch", "tips.finish_first"]),
        ({CALF: "unsure"}, ["tips.no_stretch", "tips.finish_first"]),
    ):
        state = a_state(signs, history=tuple(signs), asking=CHEST, turn=2)  # type: ignore[arg-type]
        for intent in ("TipsIntent", "ExerciseIntent"):
            turn = says(state, intent)
            assert (keys(turn), turn.state.open) == (lines, state.open)


def test_after_urgent_advice_there_is_no_relief_but_the_word_to_be_seen_today() -> None:
    for intent in ("TipsIntent", "ExerciseIntent"):
        turn = says(advised({FEVER: "yes"}), intent)
        assert (keys(turn), turn.state.open) == (["tips.not_now", "goodbye.urgent"], Offered("hear_again"))


def test_what_a_tip_depends_on_is_asked_first_and_announced_once() -> None:
    fresh = unasked(advised({}, "cramp"), PREGNANT, CIRCULATION)
    turn = says(fresh, "TipsIntent", topics=("medicines",))
    assert turn.state.open == Asking(PREGNANT)
    assert keys(turn) == ["relief.caution"]
    after = says(turn.state, "AMAZON.NoIntent")
    assert told(after) == ["pain_reliever"]
    pregnant = says(turn.state, "AMAZON.YesIntent")
    assert pregnant.state.level in {Level.SELF_CARE.id, None}
    assert "pain_reliever" not in told(pregnant)


def test_of_several_exercises_that_are_named_the_release_of_a_cramp_is_begun_first() -> None:
    state = advised({}, "cramp")
    for named in (("towel_stretch", RELIEF.now), (RELIEF.now, "towel_stretch")):
        assert says(state, "ExerciseIntent", exercises=named).state.open == Offered("eased")
    first = says(state, "ExerciseIntent", exercises=("towel_stretch", "standing_calf_stretch"))
    assert first.state.relief.place == Place("towel_stretch")
