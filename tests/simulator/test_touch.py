"""A touch on the emulator's display, and what its requests say of that display."""

from __future__ import annotations

import pytest

from lambda_function import lambda_handler
from simulator.device.echo import APL, Device, SessionClosedError
from simulator.skill import here
from simulator.understanding.resolve import Resolver
from simulator.web.devices import kinds


@pytest.fixture(scope="module")
def resolver() -> Resolver:
    return here().resolver("en-US")


def device(kind: str, resolver: Resolver) -> Device:
    found = kinds()[kind]
    return Device(lambda_handler, resolver=resolver, interfaces=found.interfaces, context=found.context)


def test_a_touch_is_sent_as_a_display_sends_it(resolver: Resolver) -> None:
    echo = device("medium", resolver)
    home = echo.launch()
    turn = echo.touch(["check", home.directives[0]["datasources"]["guide"]["turn"]])
    sent = turn.request["request"]
    assert (sent["type"], sent["token"]) == (f"{APL}.UserEvent", home.directives[0]["token"])
    assert sent["source"]["type"] == "TouchWrapper"
    assert turn.request["session"]["new"] is False
    assert turn.attributes["asking"] == "chest_or_breathing"
    assert echo.say("no").attributes["answers"] == {"chest_or_breathing": "no"}


@pytest.mark.parametrize("kind", ["speaker", "medium"])
def test_where_nothing_is_shown_nothing_can_be_touched(kind: str, resolver: Resolver) -> None:
    echo = device(kind, resolver)
    with pytest.raises(SessionClosedError):
        echo.touch(["check", 1])
    if kind == "speaker":
        echo.launch()
        with pytest.raises(SessionClosedError):
            echo.touch(["check", 1])


def test_requests_describe_the_display(resolver: Resolver) -> None:
    seen = {name: device(name, resolver).launch().request["context"].get("Viewport") for name in kinds()}
    assert seen["speaker"] is None
    assert (seen["round"]["shape"], seen["round"]["pixelWidth"]) == ("ROUND", 480)
    assert (seen["tv"]["mode"], seen["tv"]["pixelWidth"], seen["tv"]["dpi"]) == ("TV", 1920, 320)
    assert all("Viewport" not in name for name in device("speaker", resolver).launch().request["context"])
