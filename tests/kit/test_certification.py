"""Each rule of the walk, against a skill that keeps them all but for one."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from simulator.skill import Skill
from simulator.testing import certify
from simulator.testing.certification import problems
from simulator.testing.real_requests import real_requests

Json = dict[str, Any]
SEEN = re.compile(r"[\w.-]+/[\w.-]+#\d+")


def spoken(text: str, *, end: bool = False, again: str = "Are you there?", **more: object) -> Json:
    body: Json = {"outputSpeech": {"type": "PlainText", "text": text}, "shouldEndSession": end, **more}
    if not end and again:
        body["reprompt"] = {"outputSpeech": {"type": "PlainText", "text": again}}
    return {"version": "1.0", "response": body}


def sound(event: Json, _: object = None) -> Json:
    """A skill that nobody would refuse."""
    request = event["request"]
    name = request.get("intent", {}).get("name", request["type"])
    if name in {"AMAZON.StopIntent", "AMAZON.CancelIntent"}:
        return spoken("Bye.", end=True)
    return {} if name == "SessionEndedRequest" else spoken("What shall it be?")


def but(name: str, answer: Json | Exception) -> Callable[[Json, object], Json]:
    """The same skill with another answer to one intent."""

    def handle(event: Json, context: object) -> Json:
        request = event["request"]
        if name in {request["type"], request.get("intent", {}).get("name")}:
            if isinstance(answer, Exception):
                raise answer
            return answer
        return sound(event, context)

    return handle


@pytest.fixture
def make(tmp_path: Path) -> Callable[..., Skill]:
    def made(
        handler: Callable[[Json, object], Json] = sound,
        phrases: tuple[str, ...] = ("Alexa, open door keeper", "Alexa, ask door keeper to knock knock"),
        missing: str = "",
    ) -> Skill:
        names = [f"AMAZON.{each}Intent" for each in ("Help", "Stop", "Cancel", "Fallback")]
        intents: list[Json] = [{"name": each} for each in names if each != missing]
        intents.append({"name": "KnockIntent", "samples": ["knock knock"]})
        model = {"invocationName": "door keeper", "intents": intents}
        (tmp_path / "models").mkdir()
        document = {"interactionModel": {"languageModel": model}}
        (tmp_path / "models" / "en-US.json").write_text(json.dumps(document), encoding="utf-8")
        listing = {"en-US": {"name": "Door Keeper", "examplePhrases": phrases}}
        manifest = {"manifest": {"publishingInformation": {"locales": listing}}}
        (tmp_path / "skill.json").write_text(json.dumps(manifest), encoding="utf-8")
        skill = Skill(tmp_path)
        skill.__dict__["handler"] = handler
        return skill

    return made


def test_a_skill_that_keeps_every_rule_passes(make: Callable[..., Skill]) -> None:
    certify(make())


@pytest.mark.parametrize(
    ("name", "answer", "told"),
    [
        ("LaunchRequest", spoken("Hello there."), "after opening: listens without having asked anything"),
        ("KnockIntent", spoken("Who is it?", again=""), "after KnockIntent: listens without a reprompt"),
        (
            "KnockIntent",
            spoken("Who is it?", end=True),
            "after KnockIntent: asks, and does not listen: 'Who is",
        ),
        ("KnockIntent", spoken("", end=True), "after KnockIntent: says nothing and ends"),
        ("KnockIntent", ValueError("oh dear"), "after KnockIntent: breaks: ValueError: oh dear"),
        (
            "AMAZON.StopIntent",
            spoken("Stay?"),
            "after opening, then AMAZON.StopIntent: does not end the session",
        ),
        (
            "AMAZON.HelpIntent",
            spoken("Knock.", end=True),
            "then AMAZON.HelpIntent: help does not ask how to go",
        ),
        (
            "KnockIntent",
            spoken("In?", card={"type": "Simple", "title": "Door", "content": "<speak>In?</speak>"}),
            "after KnockIntent: breaks: card holds SSML",
        ),
        (
            "SessionEndedRequest",
            spoken("Bye.", end=True),
            "when nobody answers: breaks: a session's end cannot be",
        ),
    ],
)
def test_each_rule_is_looked_at(
    make: Callable[..., Skill], name: str, answer: Json | Exception, told: str
) -> None:
    found = problems(make(but(name, answer)), "en-US")
    assert any(told in each for each in found), found


@pytest.mark.parametrize("missing", ["AMAZON.HelpIntent", "AMAZON.StopIntent", "AMAZON.FallbackIntent"])
def test_an_intent_that_every_skill_has_is_missed(make: Callable[..., Skill], missing: str) -> None:
    assert any(f"the model: has no {missing}" in each for each in problems(make(missing=missing), "en-US"))


@pytest.mark.parametrize(
    ("phrases", "told"),
    [
        ((), "the example phrases: there are none"),
        (("Alexa, open door keeper",) * 4, "there are 4, of at most 3"),
        (("Alexa, open the gate",), "does not call the skill by its name, 'door keeper'"),
        (("Alexa, open door keeper", "Alexa, ask door keeper to sing"), "to sing' is not understood"),
    ],
)
def test_example_phrases_have_to_work(
    make: Callable[..., Skill], phrases: tuple[str, ...], told: str
) -> None:
    assert any(told in each for each in problems(make(phrases=phrases), "en-US"))


def test_every_request_of_the_real_world_is_explained() -> None:
    requests = real_requests()
    assert len(requests) == len({each.name for each in requests}) > 20
    assert [each.name for each in requests if not each.about.endswith(".")] == []
    assert [each.name for each in requests if each.seen and not SEEN.fullmatch(each.seen)] == []
