"""Coaching through the moves: every place of every exercise, and whatever may be said there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

import pytest

from crampguide.dialogue.codec import VERSION, read_state, write_state
from crampguide.dialogue.intents import move
from crampguide.dialogue.offers import load_guide
from crampguide.dialogue.replies import reply
from crampguide.dialogue.state import State
from crampguide.dialogue.turn import Slots, Turn
from crampguide.relief import load_relief, plan
from crampguide.speech import Line, catalogue_for, words
from crampguide.triage import Level, load_protocol
from crampguide.triage.model import Pattern, QuestionId
from tests.dialogue.states import changed

GUIDE = load_guide()

PROTOCOL, RELIEF = load_protocol(), load_relief()
STAYING = (
    "AMAZON.RepeatIntent", "AMAZON.HelpIntent", "AMAZON.FallbackIntent", "SlowerIntent", "FasterIntent",
    "WaitIntent", "HowManyLeftIntent", "WhyIntent", "MeaningIntent", "SourceIntent", "SummaryIntent",
    "WhenToSeekHelpIntent", "UnsureIntent",
)  # fmt: skip
LONGEST_REPLY = 45.0


def check() -> State:
    """Calm advice given, with every question that an exercise may depend on answered the calmer way."""
    asked = [question for question in PROTOCOL.questions.values() if not question.optional]
    answers = {question.id: question.calmer for question in asked if question.id != "under_sixteen"}
    return read_state(
        {
            "v": VERSION, "answers": answers, "asking": None, "offer": "tips", "level": "self_care",
            "pattern": "either", "history": " ".join(answers), "confirmed": True, "turn": 20,
        },
        GUIDE,
    )  # fmt: skip


def places() -> Iterator[State]:
    """Every place in every exercise, for every pattern."""
    for pattern in get_args(Pattern):
        for exercise in RELIEF.exercises.values():
            if exercise.id == RELIEF.now:
                continue
            state = changed(check(), pattern=pattern, exercise=exercise.id, already_told=(exercise.id,))
            for beat in range(len(plan(exercise, state.answers, pattern)) - 1):
                yield changed(state, beat=beat, offer="coach" if beat else "begin")


def made(state: State, intent: str, heard: Slots | None = None) -> Turn:
    return move(GUIDE, state, intent, heard or Slots())


@pytest.mark.parametrize("locale", ["en-US", "en-GB"])
def test_every_reply_in_an_exercise_is_short_enough_and_its_state_survives(locale: str) -> None:
    catalogue = catalogue_for(locale)
    for state in places():
        for intent in (
            "AMAZON.NextIntent",
            "DoneIntent",
            "AMAZON.PreviousIntent",
            "HurtsMoreIntent",
            *STAYING,
        ):
            answer = reply(GUIDE, catalogue, made(state, intent))
            text = " ".join(words(catalogue, line, 0) for line in answer.turn.state.said)
            assert catalogue.seconds(text) <= LONGEST_REPLY, text
            assert answer.turn.state.offer != "more"
            assert text.endswith("?")
            assert text.count("?") == 1
            assert read_state(write_state(answer.turn.state), GUIDE) == answer.turn.state


def test_next_and_previous_are_opposites_and_next_comes_to_an_end() -> None:
    for state in places():
        turn = made(state, "AMAZON.NextIntent")
        if turn.state.relief.place is None:
            none_left = Line("coach.none_left") in turn.lines
            assert turn.state.offer == ("tips" if none_left else "another")
            continue
        place = state.relief.place
        assert place is not None
        assert turn.state.relief.place == place._replace(beat=place.beat + 1)
        if place.beat:
            assert made(turn.state, "AMAZON.PreviousIntent").state.relief.place == place


@pytest.mark.parametrize("intent", STAYING)
def test_nothing_said_in_between_loses_the_place(intent: str) -> None:
    for state in places():
        turn = made(made(state, intent).state, "AMAZON.RepeatIntent")
        assert turn.state.relief.place == state.relief.place
        assert turn.lines == made(state, "AMAZON.RepeatIntent").lines


def test_an_emergency_sign_is_answered_at_once_at_every_place() -> None:
    signs = [id_ for id_, question in PROTOCOL.questions.items() if question.yes is Level.EMERGENCY]
    for state in places():
        for sign in signs:
            turn = made(state, "SymptomIntent", Slots(signs=(sign,)))
            alone = PROTOCOL.questions[sign].ambulance
            assert turn.lines[0].key == ("advice.emergency_ambulance" if alone else "advice.emergency")
            assert turn.state.level == "emergency"


def test_pain_stops_the_exercise_at_every_place() -> None:
    for state in places():
        for turn in (
            made(state, "HurtsMoreIntent"),
            made(state, "SymptomIntent", Slots(signs=(QuestionId("pain_down_leg"),))),
        ):
            assert turn.lines[0].key == "coach.hurt"
            assert turn.state.relief.place is None


def test_a_sign_that_needs_help_today_ends_the_exercise_and_no_other_is_offered() -> None:
    for state in places():
        recap = made(state, "SymptomIntent", Slots(signs=(QuestionId("one_calf_swollen"),))).state
        while recap.asking is not None:
            recap = made(recap, "AMAZON.NoIntent").state
        advice = made(recap, "AMAZON.YesIntent").state
        assert advice.level == "urgent"
        for intent in ("ExerciseIntent", "TipsIntent", "CrampNowIntent", "MoreIntent"):
            said = [line.key for line in made(advice, intent).lines]
            assert said[0] == ("tips.no_stretch" if intent == "CrampNowIntent" else "tips.not_now")
            assert said[-1] == "goodbye.urgent"
            assert not [key for key in said if key.startswith(("tip.", "step.", "intro."))]


def test_a_calf_that_may_not_be_stretched_is_not_stretched_after_calm_advice_either() -> None:
    answers = {**check().answers, QuestionId("one_calf_swollen"): "unsure"}
    state = check()._replace(answers=answers, level="routine")
    for intent in ("ExerciseIntent", "CrampNowIntent"):
        assert [line.key for line in made(state, intent).lines] == ["tips.no_stretch"]
    told = {line.key for line in made(state, "TipsIntent").lines}
    assert "tips.no_stretch" in told
    assert "tip.stretch_cramp_now" not in told


def test_a_cramp_now_is_released_for_anyone_whom_no_sign_forbids_it() -> None:
    barred = load_relief().exercises[load_relief().now].do_not.mentions
    for id_, question in PROTOCOL.questions.items():
        state = State(answers={id_: "yes"}, history=(id_,), turn=1)
        said = {line.key for line in made(state, "CrampNowIntent").lines}
        if id_ == "under_sixteen":
            assert "child.lead" in said
        elif id_ in barred:
            assert "tips.no_stretch" in said
        elif question.yes is Level.EMERGENCY:
            assert {"tips.not_now", "goodbye.emergency"} <= said
        else:
            assert "step.cramp_release.pull" in said
