"""Screens beside the voice: the conversation is the same with one, and a touch is as good as a word."""

from __future__ import annotations

import copy
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from crampguide.alexa.touch import TOUCHES
from crampguide.dialogue.codec import write_state
from crampguide.dialogue.intents import INTENTS
from lambda_function import lambda_handler
from simulator.device.echo import Device, Exchange
from simulator.skill import here
from tests.screen.replies import samples
from tools.screens.draw import INTERFACES

Json = dict[str, Any]
APL = "Alexa.Presentation.APL"
ROOT = Path(__file__).parents[2]
WORDS = {
    "yes": "yes",
    "no": "no",
    "unsure": "I don't know",
    "next": "next",
    "repeat": "repeat",
    "back": "go back",
    "stop": "cancel",
    "check": "check my leg",
    "cramp": "I have a cramp",
    "exercise": "show me an exercise",
    "tips": "give me some tips",
    "learn": "tell me more",
}
"""What somebody says who wants what the target stands for."""


def device(*, screen: bool = True) -> Device:
    return Device(lambda_handler, interfaces=INTERFACES if screen else {})


def to_question(echo: Device, noes: int = 2) -> Exchange:
    echo.launch()
    turn = echo.intent("AMAZON.YesIntent")
    for _ in range(noes):
        turn = echo.intent("AMAZON.NoIntent")
    return turn


def after(turn: Exchange, body: Mapping[str, Any], attributes: Mapping[str, Any] | None = None) -> Json:
    """A request in the session of a turn."""
    event: Json = copy.deepcopy(dict(turn.request))
    event["session"] |= {"new": False, "attributes": dict(attributes or turn.attributes)}
    kept = {key: event["request"][key] for key in ("requestId", "timestamp", "locale")}
    return {**event, "request": {**kept, **body}}


def touching(act: str, at: object) -> Json:
    return {"type": f"{APL}.UserEvent", "arguments": [act, at], "source": {"type": "TouchWrapper"}}


def saying(intent: str) -> Json:
    return {"type": "IntentRequest", "intent": {"name": intent, "confirmationStatus": "NONE", "slots": {}}}


def touch(turn: Exchange, act: str, at: object = None) -> Json:
    """What the device sends when something on the screen of a turn is touched."""
    shown = turn.directives[0]["datasources"]["guide"]
    return after(turn, touching(act, shown["turn"] if at is None else at))


def targets() -> Iterator[tuple[str, Json, str, int]]:
    """Every target on every kind of screen: where, the session it is in, what it sends."""
    for name, (said, shown) in samples().items():
        data = shown["datasources"]["guide"]
        for target in data["answers"]:
            yield f"{target['label']}: {name}", write_state(said.turn.state), target["act"], data["turn"]


def test_a_touch_on_any_target_of_any_screen_acts_as_its_word_does() -> None:
    turn, tried = device().launch(), set()
    for where, attributes, act, at in targets():
        touched = lambda_handler(after(turn, touching(act, at), attributes), None)
        spoken = lambda_handler(after(turn, saying(TOUCHES[act]), attributes), None)
        assert touched == spoken, where
        assert touched["response"]["outputSpeech"]["ssml"], where
        tried.add(act)
    assert tried == TOUCHES.keys()


def test_a_target_stands_for_what_is_said_for_it() -> None:
    resolver = here().resolver("en-US")
    assert WORDS.keys() == TOUCHES.keys()
    assert {act: resolver.resolve(said).intent for act, said in WORDS.items()} == dict(TOUCHES)


def test_a_tap_on_a_screen_that_is_gone_changes_nothing() -> None:
    turn = device().launch()
    for where, attributes, act, at in targets():
        for stale in (at - 1, at + 1, "old", None):
            answer = lambda_handler(after(turn, touching(act, stale), attributes), None)
            now = answer["sessionAttributes"]
            assert now["answers"] == attributes["answers"], where
            assert now["asking"] == attributes["asking"], where
            assert now["level"] == attributes["level"], where
            assert answer["response"]["shouldEndSession"] is False, where
            assert "card" not in answer["response"], where


def test_what_is_said_and_kept_is_the_same_with_and_without_a_screen() -> None:
    """Every intent, going home among them, on one screen of each kind, level and offer."""
    with_one, without = device().launch(), device(screen=False).launch()
    seen = set()
    for name, (said, shown) in samples().items():
        state = said.turn.state
        place = (shown["token"], state.level, state.offer)
        for intent in () if place in seen else sorted(INTENTS):
            attributes = write_state(state)
            one = lambda_handler(after(with_one, saying(intent), attributes), None)
            other = lambda_handler(after(without, saying(intent), attributes), None)
            (shows,) = one["response"].pop("directives")
            assert shows["type"] == f"{APL}.RenderDocument"
            assert one == other, (intent, name)
        seen.add(place)
    assert len(seen) > len(INTENTS)


def test_going_home_shows_the_home_screen() -> None:
    echo = device()
    to_question(echo)
    guide = echo.intent("AMAZON.NavigateHomeIntent").directives[0]["datasources"]["guide"]
    assert guide["title"] == "Leg Cramp Guide"
    assert [each["act"] for each in guide["answers"]] == [
        "check",
        "cramp",
        "exercise",
        "tips",
        "learn",
    ]


def test_a_touched_yes_to_an_emergency_sign_gets_the_advice_at_once() -> None:
    response = lambda_handler(touch(to_question(device(), 0), "yes"), None)
    assert response["sessionAttributes"]["level"] == "emergency"
    guide = response["response"]["directives"][0]["datasources"]["guide"]
    assert guide["title"] == "Call 911 now"
    assert [each["act"] for each in guide["answers"]] == ["yes", "no"]


def test_go_back_on_an_emergency_takes_the_answer_back() -> None:
    echo = device()
    asked = to_question(echo, 0)
    advice = echo.intent("AMAZON.YesIntent")
    response = lambda_handler(touch(advice, "back"), None)
    assert response["sessionAttributes"]["asking"] == asked.attributes["asking"]
    assert response["sessionAttributes"]["level"] is None


@pytest.mark.parametrize("arguments", [[], ["no"], ["banana", 3], [None, None], [{}, 3], None])
def test_a_touch_that_means_nothing_asks_again(arguments: object) -> None:
    turn = to_question(device())
    body = {"type": f"{APL}.UserEvent", "arguments": arguments}
    response = lambda_handler(after(turn, body), None)
    assert response["sessionAttributes"]["answers"] == turn.attributes["answers"]
    assert response["response"]["shouldEndSession"] is False


def test_a_screen_that_could_not_be_drawn_changes_nothing() -> None:
    turn = to_question(device())
    errors = [{"type": "NEW_KIND", "reason": "?"}]
    body = {"type": f"{APL}.RuntimeError", "token": "question", "errors": errors}
    response = lambda_handler(after(turn, body), None)
    assert "outputSpeech" not in response["response"]
    assert "directives" not in response["response"]
    assert response["sessionAttributes"] == turn.attributes


def test_a_request_with_an_unknown_kind_of_display_is_answered() -> None:
    turn = to_question(device(), 0)
    event = touch(turn, "no")
    event["context"]["Viewport"] = {"mode": "HOLOGRAM", "shape": "SPHERE"}
    seen = [{"x": 1}]
    event["context"][APL] = {"token": "question", "version": "APL_RUNTIME", "componentsVisibleOnScreen": seen}
    assert len(lambda_handler(event, None)["sessionAttributes"]["answers"]) == 1


def test_a_broken_screen_leaves_the_voice_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    from crampguide.screen import build  # noqa: PLC0415

    monkeypatch.setattr(build, "document", lambda name: {}[name])
    turn = device().launch()
    assert turn.text
    assert not turn.directives


LOADED = """
import sys
sys.path[:0] = ["lambda", "."]
from lambda_function import lambda_handler
from simulator.device.echo import Device
from tools.bench.requests import conversation
conversation(lambda_handler)
print(sorted(name for name in sys.modules if "crampguide" in name and ("screen" in name or "touch" in name)))
"""


def test_a_device_without_a_screen_never_loads_what_one_needs() -> None:
    command = [sys.executable, "-W", "ignore", "-c", LOADED]
    done = subprocess.run(command, cwd=ROOT, env=os.environ, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"
