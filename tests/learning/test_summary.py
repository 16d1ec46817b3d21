"""The summary for a clinician: who gets it, what it says, and what it must not hold."""

from __future__ import annotations

import json

import pytest

from crampguide.alexa.skill import Handler, build_skill
from crampguide.dialogue.codec import BrokenStateError, read_state, write_state
from crampguide.dialogue.offers import load_guide
from crampguide.dialogue.state import State
from crampguide.dialogue.summary import LONGEST_CARD, card_of, stamped
from crampguide.dialogue.turn import Turn
from crampguide.speech import catalogue_for
from crampguide.triage import Answer, QuestionId, load_protocol
from simulator.device import echo
from simulator.device.echo import Device
from tests.dialogue.states import a_state
from tools.words.speech_lint import locales

GUIDE = load_guide()


@pytest.fixture(scope="module")
def handler() -> Handler:
    return build_skill({}).lambda_handler()


def checked(handler: Handler, locale: str = "en-US", **answers: str) -> tuple[Device, echo.Exchange]:
    """A device on which the check was taken with these answers, else no, up to the advice."""
    echo = Device(handler, locale)
    echo.launch()
    turn = echo.intent("AMAZON.YesIntent")
    names = {"yes": "AMAZON.YesIntent", "no": "AMAZON.NoIntent", "unsure": "UnsureIntent"}
    while asking := turn.attributes.get("asking"):
        turn = echo.intent(names[answers.get(asking, "no")])
    return echo, echo.intent("AMAZON.YesIntent") if turn.attributes["offer"] == "recap" else turn


@pytest.mark.parametrize("locale", locales())
def test_the_card_has_every_answer_the_advice_and_its_time(handler: Handler, locale: str) -> None:
    echo, advice = checked(handler, locale, one_calf_swollen="yes", severe_or_worsening_pain="unsure")
    assert advice.attributes["level"] == "urgent"
    given = advice.request["request"]["timestamp"]
    asked = echo.intent("SummaryIntent")
    assert asked.card is None
    card = echo.intent("AMAZON.YesIntent").card
    assert card is not None
    assert card["type"] == "Simple"
    text = card["content"]
    assert f"{given[:10]} {given[11:16]} (UTC)" in text
    assert "Get medical help today." in text
    catalogue, sections = catalogue_for(locale), text.split("ANSWERED ")
    for id_, said in advice.attributes["answers"].items():
        section = {"yes": 1, "unsure": 2, "no": 3}[said]
        found = [number for number, part in enumerate(sections) if catalogue.say(f"question.{id_}") in part]
        assert found == [section], id_
    assert len(advice.attributes["answers"]) == text.count("\n- ")


def test_a_calm_card_says_that_an_open_sign_needs_a_call_today(handler: Handler) -> None:
    echo, advice = checked(handler, one_calf_swollen="unsure")
    assert advice.attributes["level"] == "routine"
    echo.intent("SummaryIntent")
    card = echo.intent("AMAZON.YesIntent").card
    assert card is not None
    assert catalogue_for("en-US").say("card.nurse_line") in card["content"]


def test_no_card_without_asking_agreeing_and_advice(handler: Handler) -> None:
    echo, advice = checked(handler, short_cramp="yes")
    assert advice.card is None
    assert echo.intent("SummaryIntent").card is None
    declined = echo.intent("AMAZON.NoIntent")
    assert declined.card is None
    assert declined.attributes["offer"] == "tips"
    early = Device(handler)
    early.launch()
    early.intent("AMAZON.YesIntent")
    early.intent("AMAZON.NoIntent")
    said = early.intent("SummaryIntent")
    assert said.card is None
    assert said.attributes["asking"] == "bladder_or_bowel_change"


def test_who_can_read_it_is_said_before_it_is_sent(handler: Handler) -> None:
    echo, _ = checked(handler, short_cramp="yes")
    text = echo.intent("SummaryIntent").text
    assert text.index("Anyone who uses this account") < text.index("Shall I put it in your Alexa app?")


def test_the_time_stays_that_of_the_advice(handler: Handler) -> None:
    echo, advice = checked(handler, short_cramp="yes")
    given = advice.request["request"]["timestamp"]
    assert advice.attributes["advised"] == given
    assert echo.intent("AMAZON.RepeatIntent").attributes["advised"] == given
    echo.intent("SummaryIntent")
    assert echo.intent("AMAZON.YesIntent").attributes["advised"] == given


def test_going_back_forgets_the_time(handler: Handler) -> None:
    echo, _ = checked(handler, short_cramp="yes")
    assert "advised" not in echo.intent("AMAZON.PreviousIntent").attributes


@pytest.mark.parametrize("at", ["", "None", "1700000000", "2026-01-01T12:00:00+01:00"])
def test_a_time_that_is_none_is_left_out_rather_than_guessed(at: str) -> None:
    advised = stamped(State(), Turn(State(level="urgent"), ()), at).state
    assert advised.advised == ""
    assert "UTC" not in card_of(catalogue_for("en-US"), load_guide(), advised).text


def test_a_damaged_time_or_subject_is_no_state() -> None:
    good = a_state(
        advised="2026-01-01T12:00:00Z", subject="injury", page=1, offer="learn_more", level="routine"
    )
    load_protocol()
    assert read_state(json.loads(json.dumps(write_state(good))), GUIDE) == good
    for damage in ({"advised": "noon"}, {"advised": 12}, {"subject": "gout"}, {"page": 9}, {"page": "1"}):
        with pytest.raises(BrokenStateError):
            read_state({**write_state(good), **damage}, GUIDE)


@pytest.mark.parametrize("locale", [*locales(), "de-DE"])
@pytest.mark.parametrize("said", ["yes", "no", "unsure"])
def test_the_longest_card_fits_and_is_plain_text(locale: str, said: Answer) -> None:
    protocol = load_protocol()
    answers: dict[QuestionId, Answer] = dict.fromkeys(protocol.questions, said)
    state = State(answers=answers, level="emergency", advised="2026-01-01T12:00:00Z")
    card = card_of(catalogue_for(locale), load_guide(), state)
    assert len(card.title) + len(card.text) <= LONGEST_CARD
    assert card.text.endswith(catalogue_for(locale).say("card.close"))
    assert not set("<>{}") & set(card.title + card.text)


def test_after_an_emergency_the_number_comes_before_the_summary(handler: Handler) -> None:
    echo, advice = checked(handler, chest_or_breathing="yes")
    assert advice.attributes["level"] == "emergency"
    asked = echo.intent("SummaryIntent")
    assert asked.text.startswith("Please call 911 now.")
    assert asked.attributes["offer"] == "heard_right"
    echo.intent("AMAZON.YesIntent")
    for turn in (echo.intent("SummaryIntent"), echo.intent("AMAZON.YesIntent")):
        assert turn.text.startswith("Please call 911 now.")
        assert "911" in turn.reprompt
    assert turn.card is not None
    assert "Call 911 now." in turn.card["content"]
