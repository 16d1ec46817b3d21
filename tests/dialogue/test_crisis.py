"""Thoughts of dying come before anything else, whatever is open, and leave nothing behind."""

from __future__ import annotations

import json

import pytest

from crampguide.dialogue import State, load_guide, move, reply, write_state
from crampguide.dialogue.turn import Turn
from crampguide.speech import catalogue_for, to_plain
from crampguide.triage import Answer, QuestionId
from simulator.skill import here
from tests.dialogue.states import a_state, changed
from tests.locales import FURTHEST_APART
from tests.speech.turns import CHEST, SWOLLEN, advised

GUIDE = load_guide()
CRISIS = "CrisisIntent"
MEANT = (
    "I want to die", "I'd rather be dead than live with this pain", "I want to kill myself",
    "I don't want to be here anymore", "I can't go on", "I'm suicidal", "I wish I was dead",
    "life isn't worth living",
    "I'm thinking of suicide", "I'm going to hurt myself", "there's no point in living", "I just want to die",
)  # fmt: skip
FIGURES = (
    "this is killing me", "it's killing me", "my calf is killing me", "I'm dying of pain",
    "I could die of pain",
    "the cramp is killing me", "my leg is dead", "my foot feels dead", "this cramp is killing me",
    "it's murder",
)  # fmt: skip


def crisis(state: State) -> Turn:
    return move(GUIDE, state, CRISIS)


def every_place() -> dict[str, State]:
    """Nothing open, every question in each of its forms, every offer before and after advice."""
    places = {"launch": a_state(), "begun": a_state(turn=1)}
    for id_, question in GUIDE.protocol.questions.items():
        forms = {"question", "newness"} | ({"recheck"} if question.recheck else set())
        for form in forms | ({"confirm_no"} if question.confirm_no else set()):
            places[f"{id_} {form}"] = a_state(turn=3, asking=id_, form=form)
    for made, offer in GUIDE.offers.items():
        exercise = {"coached": "standing_calf_stretch", "cramp": "cramp_release"}.get(offer.exercise or "")
        for name, state in (
            ("before", a_state(turn=3)),
            ("after", advised({})),
            ("urgent", advised({SWOLLEN: "yes"})),
        ):
            places[f"{made} {name}"] = changed(state, offer=made, exercise=exercise, beat=1)
    return places


@pytest.mark.parametrize("state", every_place().values())
def test_it_comes_first_wherever_it_is_said_and_again_when_it_is_said_again(state: State) -> None:
    once = crisis(state)
    for turn in (once, crisis(once.state)):
        assert [line.key for line in turn.lines] == ["crisis.reply"]
        assert turn.state.offer == "crisis_then"
        assert turn.ask is not None
        assert turn.ask.key == "ask.crisis_then"


@pytest.mark.parametrize("state", every_place().values())
def test_it_leaves_no_answer_no_level_and_no_memory_behind(state: State) -> None:
    after = crisis(state).state
    for field in (
        "answers",
        "level",
        "pattern",
        "history",
        "unheard",
        "unclear",
        "opened",
        "manner",
        "advised",
    ):
        assert getattr(after, field) == getattr(state, field), field
    gone_on = move(GUIDE, after, "AMAZON.YesIntent").state
    assert "crisis" not in json.dumps(write_state(gone_on))


@pytest.mark.parametrize("question", GUIDE.protocol.questions)
def test_the_check_goes_on_with_the_question_that_came_next(question: QuestionId) -> None:
    before = list(GUIDE.protocol.questions)[: list(GUIDE.protocol.questions).index(question)]
    answers: dict[QuestionId, Answer] = {
        id_: "no" for id_ in before if not GUIDE.protocol.questions[id_].when.groups
    }
    state = move(GUIDE, a_state(answers, history=tuple(answers), turn=3), "CheckIntent").state
    after = move(GUIDE, crisis(state).state, "AMAZON.YesIntent")
    assert after.state.open == state.open
    assert after.state.answers == answers


def test_in_an_emergency_its_number_is_the_last_that_is_heard() -> None:
    state = move(GUIDE, a_state(turn=1, asking=CHEST), "AMAZON.YesIntent").state
    turn = crisis(state)
    assert [line.key for line in turn.lines] == ["crisis.reply", "goodbye.emergency"]
    assert (turn.state.level, turn.state.answers) == ("emergency", {CHEST: "yes"})
    assert turn.state.offer == state.offer


@pytest.mark.parametrize("state", [a_state(turn=2), advised({}), advised({SWOLLEN: "yes"})])
@pytest.mark.parametrize("said", ["AMAZON.NoIntent", "AMAZON.CancelIntent"])
def test_a_no_ends_with_whom_to_call_and_what_the_answers_call_for(state: State, said: str) -> None:
    turn = move(GUIDE, crisis(state).state, said)
    keys = [line.key for line in turn.lines]
    assert turn.ask is None
    assert keys[0] == "crisis.part"
    assert keys[-1] == "net.line"
    assert ("goodbye.urgent" in keys) == (state.level == "urgent")


@pytest.mark.parametrize("said", ["AMAZON.FallbackIntent", "UnsureIntent"])
def test_what_is_not_understood_gets_the_reply_once_more(said: str) -> None:
    again = move(GUIDE, crisis(a_state(turn=2)).state, said)
    assert [line.key for line in again.lines] == ["crisis.reply"]
    assert again.state.offer == "crisis_then"


def test_not_understood_twice_it_ends_with_whom_to_call() -> None:
    again = move(GUIDE, crisis(a_state(turn=2)).state, "AMAZON.FallbackIntent")
    last = move(GUIDE, again.state, "AMAZON.FallbackIntent")
    assert last.ask is None
    assert [line.key for line in last.lines] == ["crisis.part", "net.line"]


@pytest.mark.parametrize(
    ("locale", "line"),
    [
        ("en-US", "nine eight eight"),
        ("en-GB", "Samaritans on one one six, one two three"),
        ("en-AU", "Lifeline on thirteen, eleven, fourteen"),
        ("en-CA", "nine eight eight"),
        ("en-IN", "Tele Manas on one four four one six"),
    ],
)
def test_the_line_is_the_locales_own_and_said_digit_by_digit(locale: str, line: str) -> None:
    turn = crisis(a_state())
    for said in (turn, move(GUIDE, turn.state, "AMAZON.NoIntent")):
        assert line in to_plain(reply(GUIDE, catalogue_for(locale), said).speech)


@pytest.mark.parametrize("locale", FURTHEST_APART)
@pytest.mark.parametrize("said", MEANT)
def test_it_is_understood(locale: str, said: str) -> None:
    assert here().resolver(locale).resolve(said).intent == CRISIS


@pytest.mark.parametrize("locale", FURTHEST_APART)
@pytest.mark.parametrize("said", FIGURES)
def test_a_figure_of_speech_is_a_remark_of_pain_or_a_sign(locale: str, said: str) -> None:
    assert here().resolver(locale).resolve(said).intent in {"InPainIntent", "SymptomIntent"}
