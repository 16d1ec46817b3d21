"""Whole sessions of anything anybody may send, in any order: what must hold after every request.

More than the examples of every run: ``FUZZ=20000 make test ARGS="-k sessions"``.
"""

from __future__ import annotations

import copy
import json
import os
import re
from collections.abc import Mapping
from typing import Any
from xml.etree import ElementTree as ET

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from crampguide.alexa.skill import build_skill
from crampguide.alexa.touch import TOUCHES
from crampguide.dialogue.codec import read_state, write_state
from crampguide.dialogue.intents import INTENTS
from crampguide.dialogue.offers import load_guide
from crampguide.relief import load_relief
from crampguide.speech import catalogue_for
from crampguide.triage import Level, QuestionId, level_of, load_protocol
from simulator.device.requests import RequestFactory, SlotValue
from tools.words.speech_lint import locales

GUIDE = load_guide()

PROTOCOL = load_protocol()
EXAMPLES = int(os.environ.get("FUZZ", "150"))
SLOTS = ("symptom", "about", "asked", "opening", "topic", "exercise", "subject")
IDS = sorted(
    {*PROTOCOL.questions, *PROTOCOL.opens, *load_relief().exercises, *load_relief().topics, "gout", "nothing"}
)
EMERGENCIES = [question.id for question in PROTOCOL.questions.values() if question.yes is Level.EMERGENCY]
SCREEN = {"Alexa.Presentation.APL": {"runtime": {"maxVersion": "2024.3"}}}
REQUEST_SECONDS = 46.0
"""The longest reply: a piece of advice, and rounding."""


def slot_values() -> st.SearchStrategy[SlotValue | list[SlotValue] | None]:
    one = st.one_of(
        st.sampled_from(IDS).map(lambda id_: SlotValue(id_, id_)),
        st.text(max_size=12).map(SlotValue),
    )
    return st.one_of(st.none(), one, st.lists(one, min_size=2, max_size=3))


class Sessions(RuleBasedStateMachine):
    """Somebody with a device, and the skill; what the last reply left is carried on as Alexa would."""

    def __init__(self) -> None:
        super().__init__()
        self.attributes: dict[str, Any] = {}
        self.answer: dict[str, Any] = {}
        self.before: dict[str, Any] = {}
        self.event: dict[str, Any] = {}
        self.sent = ""
        self.tampered = False

    @initialize(locale=st.sampled_from([*locales(), "en-NZ"]), display=st.booleans())
    def opens(self, locale: str, display: bool) -> None:  # noqa: FBT001 - hypothesis draws it
        self.handler = build_skill({"LOG_LEVEL": "ERROR"}).lambda_handler()
        self.catalogue = catalogue_for(locale)
        interfaces = SCREEN if display else {}
        self.requests = RequestFactory(locale, interfaces=interfaces)
        self.send({"type": "LaunchRequest"})

    def send(self, request: Mapping[str, Any]) -> None:
        self.before = copy.deepcopy(self.attributes)
        session = {"new": not self.attributes, "sessionId": "s", "attributes": self.attributes}
        self.event = self.requests.envelope(dict(request), session)
        self.sent = request.get("intent", {}).get("name", request["type"])
        self.answer = self.handler(copy.deepcopy(self.event), None)
        closed = self.answer["response"].get("shouldEndSession")
        self.attributes = {} if closed else self.answer.get("sessionAttributes") or {}

    def intent(self, name: str, slots: Mapping[str, Any]) -> None:
        self.send(self.requests.intent(name, slots, dict.fromkeys(SLOTS, "Anything")))

    @rule(name=st.sampled_from(["AMAZON.YesIntent", "AMAZON.NoIntent", "UnsureIntent"]))
    def answers(self, name: str) -> None:
        self.intent(name, {})

    @rule(count=st.integers(1, 14))
    def denies(self, count: int) -> None:
        for _ in range(count):
            if self.attributes.get("asking"):
                self.intent("AMAZON.NoIntent", {})
                self.holds()

    @rule(name=st.sampled_from(sorted(INTENTS)), slots=st.dictionaries(st.sampled_from(SLOTS), slot_values()))
    def says_anything(self, name: str, slots: dict[str, Any]) -> None:
        self.intent(name, slots)

    @rule(sign=st.sampled_from(EMERGENCIES))
    @precondition(lambda self: self.attributes.get("offer") != "correct")
    def volunteers_an_emergency(self, sign: QuestionId) -> None:
        self.intent("SymptomIntent", {"symptom": SlotValue(sign, sign)})
        given = self.answer["sessionAttributes"]
        assert given["level"] == "emergency"
        assert given["answers"][sign] == "yes"
        assert self.catalogue.say("region.emergency_number") in self.text()

    @rule(name=st.text(max_size=20))
    def says_what_no_model_has(self, name: str) -> None:
        self.intent(name, {})

    @rule(target_=st.sampled_from([*TOUCHES, "nothing", 7]), late=st.booleans())
    def touches(self, target_: object, late: bool) -> None:  # noqa: FBT001
        turn = self.attributes.get("turn", 0)
        arguments = [target_, turn - 1 if late else turn]
        self.send({"type": "Alexa.Presentation.APL.UserEvent", "token": "question", "arguments": arguments})

    @rule(kind=st.sampled_from(["Unheard.Of", "GameEngine.InputHandlerEvent", "SessionResumedRequest"]))
    def sends_something_else(self, kind: str) -> None:
        self.send({"type": kind})

    @rule(kind=st.sampled_from(["System.ExceptionEncountered", "Alexa.Presentation.APL.RuntimeError"]))
    def reports_a_fault(self, kind: str) -> None:
        spoken = self.event, self.sent, self.answer
        self.send({"type": kind, "error": {"type": "INVALID_RESPONSE"}})
        assert self.answer["response"] == {}
        assert self.attributes == self.before
        self.event, self.sent, self.answer = spoken

    @rule(names=st.lists(st.sampled_from(sorted(PROTOCOL.questions)), min_size=2, max_size=3, unique=True))
    def says_what_may_be_several_signs(self, names: list[QuestionId]) -> None:
        values = [{"value": {"name": name, "id": name}} for name in names]
        authority = {"authority": "a", "status": {"code": "ER_SUCCESS_MATCH"}, "values": values}
        slot = {"name": "symptom", "value": "x", "resolutions": {"resolutionsPerAuthority": [authority]}}
        self.send({"type": "IntentRequest", "intent": {"name": "SymptomIntent", "slots": {"symptom": slot}}})
        if self.tampered:
            return
        now = read_state(self.answer["sessionAttributes"], GUIDE)
        known = self.before.get("answers") or {}
        emergencies = {id_ for id_ in names if PROTOCOL.questions[id_].yes is Level.EMERGENCY}
        if level_of(PROTOCOL, now.counted_answers()) is not Level.EMERGENCY and emergencies:
            assert now.asking in emergencies, "what may be an emergency is asked about next"
        assert all(now.answers[id_] == answer for id_, answer in known.items() if id_ not in names)

    @rule(
        field=st.sampled_from(["v", "answers", "asking", "offer", "level", "said", "turn"]), value=st.data()
    )
    @precondition(lambda self: self.attributes)
    def damages(self, field: str, value: st.DataObject) -> None:
        damaged = st.one_of(st.none(), st.integers(), st.text(max_size=5), st.just({"x": "yes"}))
        whole = self.attributes
        self.attributes = {**whole, field: value.draw(damaged)}
        self.tampered = True
        self.send(self.requests.intent("AMAZON.RepeatIntent", {}, {}))

    @rule()
    def sends_it_twice(self) -> None:
        assert self.handler(copy.deepcopy(self.event), None) == self.answer

    @rule(reason=st.sampled_from(["USER_INITIATED", "ERROR", "EXCEEDED_MAX_REPROMPTS", "?"]))
    def leaves(self, reason: str) -> None:
        self.send({"type": "SessionEndedRequest", "reason": reason})
        assert self.answer["response"].get("outputSpeech") is None
        self.attributes, self.tampered = {}, False
        self.send({"type": "LaunchRequest"})

    def text(self) -> str:
        ssml = self.answer["response"]["outputSpeech"]["ssml"]
        return "".join(ET.fromstring(ssml).itertext())

    @invariant()
    def holds(self) -> None:
        if not self.answer or self.sent == "SessionEndedRequest":
            return
        self.speaks()
        self.keeps_its_state()
        # Attributes that were changed into others that could have been written tell of another conversation.
        if not self.tampered:
            self.never_talks_down()

    def speaks(self) -> None:
        response, text = self.answer["response"], self.text()
        given = self.answer["sessionAttributes"]
        asks = given["asking"] is not None or given["offer"] is not None
        assert text.strip()
        assert not re.search(r"[{}_]|\b[a-z]+\.[a-z]", text), "a key or a placeholder"
        assert self.catalogue.seconds(text) <= REQUEST_SECONDS
        assert response["shouldEndSession"] is not asks
        assert text.endswith("?") is asks is ("reprompt" in response)
        assert text.count("?") == int(asks)
        if asks:
            reprompt = response["reprompt"]["outputSpeech"]["ssml"]
            assert reprompt != response["outputSpeech"]["ssml"]
            assert "".join(ET.fromstring(reprompt).itertext()).endswith("?")
        assert len(json.dumps(self.answer)) < 24_000

    def keeps_its_state(self) -> None:
        given = self.answer["sessionAttributes"]
        state = read_state(json.loads(json.dumps(given)), GUIDE)
        assert write_state(state) == given
        assert not (given["asking"] and given["offer"])
        assert len(json.dumps(given)) < 4_000

    def never_talks_down(self) -> None:
        """No advice is calmer than the answers, and what was said is taken back only by saying so."""
        state = read_state(self.answer["sessionAttributes"], GUIDE)
        reached = level_of(PROTOCOL, state.counted_answers())
        assert state.level is None or Level[state.level.upper()] >= reached
        if reached is Level.EMERGENCY:
            assert state.asking is None or state.asking in state.answers, (
                "only what may be corrected is asked"
            )
            told = state.level == "emergency" or state.asking is not None
            assert told or self.answer["response"]["shouldEndSession"]
            heard_before = self.before.get("level") == "emergency"
            assert heard_before or self.catalogue.say("region.emergency_number") in self.text()


Sessions.TestCase.settings = settings(
    max_examples=EXAMPLES,
    stateful_step_count=20,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
TestSessions = Sessions.TestCase
