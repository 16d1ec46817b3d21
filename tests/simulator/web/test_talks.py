"""Whole conversations on the page, from opening the skill to the end of the session."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.simulator.web.pages import Bench

DEVICES = ("round", "small", "medium", "large", "tv")
LONGEST_TALK = 60


def test_an_emergency_in_own_words_on_a_speaker(bench: Bench) -> None:
    bench.open()
    bench.say("yes", "no", "it's numb down there")
    assert bench.said.startswith("Call 911 now")
    assert bench.state == "listening"
    assert (bench.stands("level"), bench.stands("asking")) == ("emergency", "none")
    understood = bench.page.locator("#understood")
    expect(understood).to_contain_text("SymptomIntent")
    expect(understood).to_contain_text("saddle_numbness")
    lit = bench.page.locator("#path [data-question=saddle_numbness]")
    expect(lit).to_have_attribute("data-answer", "yes")
    expect(lit.locator(".at")).to_have_text("2")
    expect(bench.page.locator("#path [aria-current]")).to_have_text("emergency")
    assert '"type": "IntentRequest"' in bench.json("request")
    assert '"level": "emergency"' in bench.json("response")
    bench.say("stop")
    assert "911" in bench.said
    assert bench.state == "closed"
    expect(bench.page.locator("#state")).to_have_text("Microphone closed")
    expect(bench.page.locator("#log .note").last).to_have_text("The session is over.")


OFFERS = {"recap": "Yes, right", "tips": "No, stop"}
"""What is touched where something is offered."""


def test_self_care_from_open_to_end_by_touch_alone(bench: Bench) -> None:
    bench.become("medium")
    bench.open()
    bench.touch("Check my leg")
    levels: list[str] = []
    asked: list[str] = []
    while bench.state == "listening" and len(asked) < LONGEST_TALK:
        asked.append(bench.stands("asking"))
        answer = "Yes" if asked[-1] == "short_cramp" else "No"
        bench.touch(OFFERS.get(bench.stands("offer"), answer))
        levels.append(bench.stands("level"))
        assert '"Alexa.Presentation.APL.UserEvent"' in bench.json("request")
    assert bench.state == "closed"
    assert "short_cramp" in asked
    assert levels[-2:] == ["self_care", "self_care"]
    assert set(levels) == {"none", "self_care"}
    expect(bench.page.locator("#path [data-answer=no]").first).to_contain_text("chest pain")
    assert "911" in bench.said


def test_a_touched_yes_to_an_emergency_sign_shows_the_advice(bench: Bench) -> None:
    bench.become("round")
    bench.open()
    bench.touch("Check my leg")
    bench.touch("Yes")
    expect(bench.page.locator("#echo [role=heading]")).to_have_text("Call 911 now")
    assert bench.stands("level") == "emergency"


@pytest.mark.parametrize("device", DEVICES)
def test_each_display_shows_what_was_sent_and_all_of_it_in_sight(bench: Bench, device: str) -> None:
    bench.become(device)
    bench.open()
    bench.say("check my leg")
    echo = bench.page.locator("#echo")
    expect(echo.get_by_role("heading")).to_contain_text("chest pain")
    expect(echo.locator(".problem, .apl-problem")).to_have_count(0)
    glass = echo.locator(".glass").bounding_box()
    targets = echo.get_by_role("button")
    expect(targets).to_have_count(3)
    for target in targets.all():
        box = target.bounding_box()
        assert glass
        assert box
        assert glass["x"] <= box["x"]
        assert glass["y"] <= box["y"]
        assert box["x"] + box["width"] <= glass["x"] + glass["width"]
        assert box["y"] + box["height"] <= glass["y"] + glass["height"]
    assert '"Viewport"' in bench.json("request")
    assert '"Alexa.Presentation.APL": {' in bench.json("request")


def test_a_speaker_is_sent_no_screen(bench: Bench) -> None:
    bench.become("speaker")
    bench.open()
    assert "Viewport" not in bench.json("request")
    assert "RenderDocument" not in bench.json("response")
    expect(bench.page.locator("#echo .glass")).to_have_count(0)


def test_another_locale_has_its_own_number(bench: Bench) -> None:
    bench.page.select_option("#locale", "en-GB")
    bench.open()
    assert "999" in bench.said
    assert '"locale": "en-GB"' in bench.json("request")


def test_another_device_starts_afresh(bench: Bench) -> None:
    bench.open()
    bench.say("yes", "no")
    bench.become("large")
    expect(bench.page.locator("#log .skill")).to_have_count(0)
    expect(bench.page.locator("#path [data-answer=no]")).to_have_count(0)
    assert bench.state == "closed"


def test_words_that_nobody_listens_to_say_how_to_be_heard(bench: Bench) -> None:
    bench.page.fill("#words", "it's numb down there")
    bench.page.keyboard.press("Enter")
    expect(bench.page.locator("#log .note").last).to_contain_text('"open leg cramp guide" starts one')
    bench.say("alexa, open leg cramp guide")
    assert bench.state == "listening"


def test_other_candidates_and_earlier_turns_can_be_looked_at(bench: Bench) -> None:
    bench.open()
    bench.say("yes", "I have a bit of a temperature and shivers")
    bench.page.get_by_role("button", name="Turn 2").click()
    expect(bench.page.locator("#which")).to_have_text("turn 2")
    expect(bench.page.locator("#understood")).to_contain_text("AMAZON.YesIntent")
    assert bench.stands("asking") == "chest_or_breathing"
    bench.page.get_by_role("button", name="Turn 3").click()
    expect(bench.page.locator("#understood")).to_contain_text("fever_or_unwell")
