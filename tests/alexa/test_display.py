"""A device with a display hears the same, and nothing is worded twice for it."""

from __future__ import annotations

import logging
from typing import Any

import pytest

from crampguide.alexa import screen
from crampguide.alexa.skill import build_skill
from crampguide.dialogue import replies
from crampguide.speech import Catalogue, Line, words
from simulator.device.requests import RequestFactory

Json = dict[str, Any]
SCREEN = {"Alexa.Presentation.APL": {"runtime": {"maxVersion": "2024.3"}}}
SAID = ("AMAZON.YesIntent", "AMAZON.HelpIntent", "UnsureIntent", "AMAZON.NoIntent", "CrampNowIntent")


def talk(interfaces: Json) -> list[Json]:
    """The responses to a launch and to what is said after it."""
    handler, requests = build_skill({}).lambda_handler(), RequestFactory("en-US", interfaces=interfaces)
    attributes: Json = {}
    answers = []
    for name in (None, *SAID):
        session = {"new": not attributes, "sessionId": "s", "attributes": attributes}
        request = {"type": "LaunchRequest"} if name is None else requests.intent(name, {}, {})
        answers.append(handler(requests.envelope(dict(request), session), None))
        attributes = answers[-1]["sessionAttributes"]
    return answers


def test_a_screen_words_no_line_again(monkeypatch: pytest.MonkeyPatch) -> None:
    worded: list[Line] = []

    def counted(catalogue: Catalogue, line: Line, number: int) -> str:
        worded.append(line)
        return words(catalogue, line, number)

    monkeypatch.setattr(replies, "words", counted)
    talk({})
    without = worded.copy()
    worded.clear()
    assert all(answer["response"]["directives"] for answer in talk(SCREEN))
    assert worded == without


def test_a_screen_that_cannot_be_built_leaves_the_spoken_answer(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    heard = [answer["response"]["outputSpeech"] for answer in talk(SCREEN)]

    def broken(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(screen, "directive", broken)
    with caplog.at_level(logging.ERROR, logger="crampguide"):
        answers = talk(SCREEN)
    assert [answer["response"]["outputSpeech"] for answer in answers] == heard
    assert not any("directives" in answer["response"] for answer in answers)
    assert "RuntimeError" in caplog.text
