"""A child and another adult are recognised wherever it is said; no child gets a check, a tip or a stretch."""

from __future__ import annotations

import pytest

from crampguide.dialogue import State, load_guide, move
from crampguide.dialogue.for_whom import UNDER_SIXTEEN, answering, instead, noted
from crampguide.dialogue.state import Relieving
from crampguide.dialogue.turn import Situation, Slots, Turn
from crampguide.speech import Line
from crampguide.triage import Answer, QuestionId
from simulator.skill import here
from tests.dialogue.states import a_state
from tests.dialogue.test_crisis import every_place
from tests.locales import FURTHEST_APART
from tests.speech.turns import CHEST, SWOLLEN

GUIDE = load_guide()
FEVER, PREGNANT = QuestionId("fever_or_unwell"), QuestionId("pregnant_or_new_mother")
SAID_OUTRIGHT = (
    "he's seven", "she is nine years old", "my ten year old", "it's for my ten year old", "I'm twelve",
    "it's for my baby", "my nephew is six", "my toddler's leg", "my little girl has a cramp",
)  # fmt: skip
MAY_BE_GROWN_UP = (
    "my son", "my daughter", "it's for my grandson", "asking for my niece", "my son has a cramp",
    "it's for someone else", "it's not for me", "it's my daughter's leg",
)  # fmt: skip
ADULTS = ("I'm asking for my mother", "my husband", "it's for my grandmother", "my wife has a cramp")


def keys(turn: Turn) -> list[str]:
    return [line.key for line in turn.lines]


def child(state: State) -> Turn:
    return move(GUIDE, state, "SymptomIntent", Slots(signs=(UNDER_SIXTEEN,)))


def somebody(state: State, *people: str) -> Turn:
    return move(GUIDE, state, "SomebodyElseIntent", Slots(people=people))


@pytest.mark.parametrize("state", every_place().values())
def test_a_child_ends_it_wherever_it_is_said_with_the_level_that_was_reached(state: State) -> None:
    turn = child(state)
    seen = "goodbye.urgent" if state.answers.get(SWOLLEN) == "yes" else "where.child"
    assert keys(turn) == ["child.lead", seen, "child.emergency"]
    assert turn.ask is None
    assert (turn.state.level, turn.state.pattern) == (
        "urgent" if seen == "goodbye.urgent" else "routine",
        None,
    )


@pytest.mark.parametrize("state", every_place().values())
def test_who_may_be_a_child_is_asked_about_once_and_at_once(state: State) -> None:
    asked = somebody(state._replace(answers={}, history=(), level=None), "any_age")
    assert asked.state.asking == UNDER_SIXTEEN
    assert move(GUIDE, asked.state, "AMAZON.YesIntent").ask is None
    grown_up = move(GUIDE, asked.state, "AMAZON.NoIntent")
    assert grown_up.state.offer == "can_answer"
    assert somebody(grown_up.state, "any_age").state.offer == "can_answer"


@pytest.mark.parametrize("state", every_place().values())
def test_another_adult_is_asked_to_answer_wherever_it_is_said(state: State) -> None:
    turn = somebody(state, "adult")
    assert turn.state.offer == "can_answer"
    assert keys(turn)[0] in {"adult.lead", "welcome.short"} or keys(turn) == ["adult.lead"]
    handed = move(GUIDE, turn.state, "AMAZON.YesIntent")
    assert handed.state.offer != "can_answer"
    assert "no" not in {said for id_, said in handed.state.answers.items() if id_ != UNDER_SIXTEEN}
    assert handed.state.answers.get(SWOLLEN) == ("yes" if state.answers.get(SWOLLEN) == "yes" else None)


def advised(answers: dict[QuestionId, Answer], *opened: str) -> State:
    """A state after advice, with everything in it that was meant for somebody else."""
    return a_state(
        answers,
        history=tuple(answers),
        opened=frozenset(opened),
        level="urgent",
        pattern="sciatica",
        confirmed=True,
        rest=(Line("net.line"),),
        already_told=("stretch",),
    )


def test_nothing_that_was_meant_for_an_adult_is_left_for_a_child() -> None:
    turn = instead(Situation(GUIDE, advised({UNDER_SIXTEEN: "yes"})))
    assert turn is not None
    left = turn.state
    assert (left.level, left.pattern, left.rest, left.confirmed) == ("routine", None, (), False)
    assert left.relief == Relieving()


@pytest.mark.parametrize("answers", [{}, {UNDER_SIXTEEN: "no"}])
def test_no_tip_and_no_rest_of_advice_is_left_for_somebody_else(answers: dict[QuestionId, Answer]) -> None:
    turn = instead(Situation(GUIDE, advised(answers, "child")))
    assert turn is not None
    assert (turn.state.rest, turn.state.relief) == ((), Relieving())


def test_whoever_answers_from_here_on_has_confirmed_nothing_and_got_no_advice() -> None:
    before = advised({SWOLLEN: "yes", CHEST: "no"}, "child")
    before = before._replace(unheard=frozenset({CHEST}), pattern="cramp")
    after = answering(before)
    assert after.answers == {SWOLLEN: "yes", UNDER_SIXTEEN: "no"}
    assert (after.level, after.pattern, after.confirmed) == (None, None, False)
    assert after.unheard == frozenset()


def test_a_recap_that_was_confirmed_for_oneself_is_not_confirmed_for_somebody_else() -> None:
    assert not noted(advised({}), ("adult",)).confirmed


def test_help_that_is_needed_today_is_told_to_another_adult_and_again_at_the_end() -> None:
    turn = somebody(a_state({SWOLLEN: "yes"}, history=(SWOLLEN,), turn=3, asking=CHEST), "adult")
    assert keys(turn) == ["adult.lead", "goodbye.urgent"]
    assert keys(move(GUIDE, turn.state, "AMAZON.NoIntent")) == ["adult.part", "goodbye.urgent", "net.line"]


@pytest.mark.parametrize("people", [("adult",), ("any_age",), ()])
def test_an_emergency_is_told_before_whose_leg_it_is(people: tuple[str, ...]) -> None:
    turn = move(GUIDE, a_state(), "SymptomIntent", Slots(signs=(CHEST,), people=people))
    assert (turn.state.level, turn.state.offer) == ("emergency", "heard_right")
    assert somebody(turn.state, *people).state.offer == "heard_right"
    taken_back = move(GUIDE, turn.state, "AMAZON.NoIntent").state
    after = move(GUIDE, taken_back, "AMAZON.NoIntent")
    offer, asking = {"adult": ("can_answer", None), "any_age": (None, UNDER_SIXTEEN)}.get(
        "".join(people), (None, after.state.asking)
    )
    assert (after.state.offer, after.state.asking) == (offer, asking)


@pytest.mark.parametrize("intent", ["TipsIntent", "ExerciseIntent", "CrampNowIntent", "MoreIntent"])
def test_no_child_gets_a_tip_an_exercise_or_a_release(intent: str) -> None:
    answers: dict[QuestionId, Answer] = {UNDER_SIXTEEN: "yes"}
    state = a_state(answers, history=(UNDER_SIXTEEN,), turn=3, asking=CHEST)
    if intent == "MoreIntent":
        state = child(a_state(turn=3)).state
    assert not [
        key for key in keys(move(GUIDE, state, intent)) if key.startswith(("tip.", "step.", "intro."))
    ]


def test_a_fever_said_of_a_son_counts_for_the_child() -> None:
    asked = move(GUIDE, a_state(), "SymptomIntent", Slots(signs=(FEVER,), people=("any_age",)))
    assert asked.state.asking == UNDER_SIXTEEN
    turn = move(GUIDE, asked.state, "AMAZON.YesIntent")
    assert (turn.state.level, turn.ask) == ("urgent", None)


def test_a_pregnancy_said_with_a_cramp_is_noted_and_the_cramp_released_at_once() -> None:
    turn = move(GUIDE, a_state(), "CrampNowIntent", Slots(signs=(PREGNANT,)))
    assert turn.state.offer == "eased"
    assert turn.state.answers == {PREGNANT: "yes"}


def test_a_cramp_with_an_emergency_or_of_a_child_is_not_released() -> None:
    told = move(GUIDE, a_state(), "CrampNowIntent", Slots(signs=(CHEST,)))
    assert told.state.level == "emergency"
    assert move(GUIDE, a_state(), "CrampNowIntent", Slots(signs=(UNDER_SIXTEEN,))).ask is None


@pytest.mark.parametrize("locale", FURTHEST_APART)
@pytest.mark.parametrize("said", SAID_OUTRIGHT)
def test_a_child_is_understood(locale: str, said: str) -> None:
    slots = here().resolver(locale).resolve(said).slots
    assert UNDER_SIXTEEN in {match.entry.id for match in slots["symptom"] if match.entry}


@pytest.mark.parametrize("locale", FURTHEST_APART)
@pytest.mark.parametrize("said", [*MAY_BE_GROWN_UP, *ADULTS])
def test_somebody_else_is_understood(locale: str, said: str) -> None:
    found = here().resolver(locale).resolve(said)
    people = {match.entry.id for match in found.slots.get("person", ()) if match.entry}
    assert found.intent == "SomebodyElseIntent"
    assert people == {"adult"} if said in ADULTS else people <= {"any_age"}


@pytest.mark.parametrize("locale", FURTHEST_APART)
@pytest.mark.parametrize(
    ("said", "sign"),
    [
        ("my baby's five days old", PREGNANT),
        ("I'm twenty weeks", PREGNANT),
        ("I'm pregnant and my calf is cramping", PREGNANT),
        ("I'm on a statin", "medicine_link"),
        ("I'm on ciprofloxacin", "medicine_link"),
        ("I take the pill", "pregnancy_hormones_or_cancer"),
    ],
)
def test_a_pregnancy_and_a_medicine_are_understood(locale: str, said: str, sign: str) -> None:
    slots = here().resolver(locale).resolve(said).slots
    assert [match.entry.id for match in slots["symptom"] if match.entry] == [sign]
