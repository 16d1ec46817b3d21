from __future__ import annotations

import json
from typing import Any

import pytest
from ask_sdk_core.serialize import DefaultSerializer
from ask_sdk_model import RequestEnvelope

from simulator.device.echo import Device, SessionClosedError, SkillError
from simulator.device.replies import InvalidResponseError
from simulator.device.requests import SlotValue
from simulator.skill import Handler
from simulator.understanding.resolve import Resolver

Events = list[dict[str, Any]]


def reply(**response: object) -> Handler:
    """A skill that always answers this."""
    return lambda _event, _context: {"version": "1.0", "response": response}


def speech(text: str) -> dict[str, str]:
    return {"type": "SSML", "ssml": f"<speak>{text}</speak>"}


def test_session_is_new_once_and_carries_its_attributes(device: Device, events: Events) -> None:
    device.launch()
    device.say("yes")
    turn = device.say("no")

    assert [event["session"]["new"] for event in events] == [True, False, False]
    assert len({event["session"]["sessionId"] for event in events}) == 1
    assert [event["session"]["attributes"] for event in events] == [{}, {"turns": 1}, {"turns": 2}]
    assert turn.attributes == {"turns": 3}


def test_every_request_has_its_own_id_and_a_later_time(device: Device, events: Events) -> None:
    device.launch()
    device.say("yes")
    device.say("no")

    requests = [event["request"] for event in events]
    assert len({request["requestId"] for request in requests}) == 3
    assert [request["timestamp"] for request in requests] == sorted({r["timestamp"] for r in requests})
    assert {request["locale"] for request in requests} == {"en-US"}


def test_two_devices_send_the_same_requests(handler: Handler, resolver: Resolver, events: Events) -> None:
    for _ in range(2):
        device = Device(handler, resolver=resolver)
        device.launch()
        device.say("chest pain and a cold foot")
    assert events[:2] == events[2:]


def test_another_seed_gives_other_ids(handler: Handler, events: Events) -> None:
    Device(handler, seed=1).launch()
    Device(handler, seed=2).launch()
    assert events[0]["session"]["sessionId"] != events[1]["session"]["sessionId"]


def test_sdk_reads_every_request_without_loss(device: Device, events: Events) -> None:
    device.launch()
    device.say("i have a fever")
    device.say("chest pain and a cold foot")
    device.end()

    for event in events:
        envelope = DefaultSerializer().deserialize(json.dumps(event), RequestEnvelope)
        assert envelope.request.object_type == event["request"]["type"]
        assert envelope.request.timestamp is not None
        assert envelope.context.system.device.supported_interfaces is not None


def test_single_value_has_both_the_old_and_the_new_form(device: Device, events: Events) -> None:
    device.say("ask leg cramp guide i have a fever")
    slot = events[-1]["request"]["intent"]["slots"]["symptom"]

    assert slot["value"] == slot["slotValue"]["value"] == "a fever"
    assert slot["slotValue"]["type"] == "Simple"
    matched = slot["resolutions"]["resolutionsPerAuthority"][0]
    assert matched["status"]["code"] == "ER_SUCCESS_MATCH"
    assert matched["values"][0]["value"]["id"] == "fever"
    assert matched["authority"].endswith(".Symptom")


def test_several_values_come_as_a_list_and_reach_the_skill(device: Device, events: Events) -> None:
    turn = device.say("ask leg cramp guide chest pain and a cold foot")
    slot = events[-1]["request"]["intent"]["slots"]["symptom"]

    assert "value" not in slot
    assert slot["slotValue"]["type"] == "List"
    assert turn.text == "chest and cold_leg"


def test_slots_that_nobody_filled_are_sent_empty(device: Device, events: Events) -> None:
    device.say("ask leg cramp guide tips")
    assert events[-1]["request"]["intent"]["slots"] == {
        "topic": {"name": "topic", "confirmationStatus": "NONE"}
    }


def test_words_that_resolve_to_nothing_say_so(device: Device, events: Events) -> None:
    device.intent("TipsIntent", {"topic": "purple"})
    slot = events[-1]["request"]["intent"]["slots"]["topic"]
    assert slot["resolutions"]["resolutionsPerAuthority"][0]["status"]["code"] == "ER_SUCCESS_NO_MATCH"


def test_intent_by_name_needs_no_words(device: Device, events: Events) -> None:
    device.intent("TipsIntent", {"topic": SlotValue("a heating pad", "heat", "heat")})
    value = events[-1]["request"]["intent"]["slots"]["topic"]["resolutions"]["resolutionsPerAuthority"][0]
    assert value["values"] == [{"value": {"name": "heat", "id": "heat"}}]


def test_first_silence_is_the_reprompt_and_the_second_ends(device: Device, events: Events) -> None:
    device.launch()
    first = device.silence()
    assert (first.text, first.ended, first.listening, len(events)) == ("Shall I?", False, True, 1)

    second = device.say("   ")
    assert (second.text, second.ended) == ("", True)
    assert events[-1]["request"]["type"] == "SessionEndedRequest"
    assert events[-1]["request"]["reason"] == "EXCEEDED_MAX_REPROMPTS"
    assert not device.is_open


def test_an_answer_makes_up_for_a_silence(device: Device) -> None:
    device.launch()
    device.silence()
    device.say("yes")
    assert device.silence().text == "Still there?"


def test_question_without_reprompt_ends_at_the_first_silence() -> None:
    device = Device(reply(outputSpeech=speech("Well?"), shouldEndSession=False))
    device.launch()
    with pytest.raises(InvalidResponseError, match="end cannot be answered"):
        device.silence()
    assert not device.is_open


def test_reply_that_closes_leaves_nothing_open(device: Device, events: Events) -> None:
    device.launch()
    turn = device.say("stop")
    assert (turn.text, turn.ended, turn.listening) == ("Bye.", True, False)
    assert device.silence().ended
    assert device.end().request == {}
    assert len(events) == 2


def test_stop_after_the_end_is_nothing(device: Device, events: Events) -> None:
    assert device.say("stop").ended
    assert events == []


def test_other_words_after_the_end_are_an_error_that_says_how_to_go_on(
    device: Device, events: Events
) -> None:
    with pytest.raises(SessionClosedError, match='"open leg cramp guide"'):
        device.say("yes")
    assert events == []


@pytest.mark.parametrize("words", ["open leg cramp guide", "Alexa, start Leg Cramp Guide", "leg cramp guide"])
def test_name_opens_a_new_session(device: Device, events: Events, words: str) -> None:
    device.launch()
    device.say("stop")
    device.say(words)
    assert [event["request"]["type"] for event in events][-1] == "LaunchRequest"
    assert events[-1]["session"]["new"]
    assert events[-1]["session"]["attributes"] == {}
    assert events[-1]["session"]["sessionId"] != events[0]["session"]["sessionId"]


def test_launch_in_a_session_ends_the_old_one(device: Device, events: Events) -> None:
    device.launch()
    device.say("alexa open leg cramp guide")
    assert [event["request"]["type"] for event in events] == [
        "LaunchRequest",
        "SessionEndedRequest",
        "LaunchRequest",
    ]
    assert events[1]["request"]["reason"] == "USER_INITIATED"


def test_one_shot_opens_a_session_with_an_intent(device: Device, events: Events) -> None:
    device.say("ask leg cramp guide why my calf cramps")
    assert events[-1]["session"]["new"]
    assert events[-1]["request"]["intent"]["name"] == "LearnIntent"
    assert device.is_listening


def test_reply_that_says_nothing_of_the_session_ends_it_on_a_speaker(device: Device) -> None:
    device.launch()
    assert device.say("help").ended


def test_on_a_screen_it_stays_open_with_the_microphone_off(handler: Handler, resolver: Resolver) -> None:
    device = Device(handler, resolver=resolver, interfaces={"Alexa.Presentation.APL": {}})
    device.launch()
    turn = device.say("help")
    assert (turn.ended, turn.listening, device.is_listening) == (False, False, False)
    assert device.say("yes").text == "Go on."


def test_skill_that_raises_closes_the_session_and_says_what_happened(device: Device) -> None:
    device.launch()
    with pytest.raises(SkillError, match="RuntimeError: broken on purpose"):
        device.say("cancel")
    assert not device.is_open
    assert device.last_exchange[0]["request"]["intent"]["name"] == "AMAZON.CancelIntent"


def test_refused_response_is_reported_to_the_skill() -> None:
    seen: list[dict[str, Any]] = []

    def handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
        seen.append(event["request"])
        said = {"outputSpeech": speech("no <end")} if event["request"]["type"] == "LaunchRequest" else {}
        return {"version": "1.0", "response": said}

    device = Device(handler)
    with pytest.raises(InvalidResponseError, match="outputSpeech: speech is no XML"):
        device.launch()
    assert [request["type"] for request in seen] == ["LaunchRequest", "SessionEndedRequest"]
    assert (seen[1]["reason"], seen[1]["error"]["type"]) == ("ERROR", "INVALID_RESPONSE")
    assert not device.is_open


def test_nothing_but_json_reaches_the_skill_or_comes_back() -> None:
    def handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
        event["session"]["attributes"]["mine"] = ("a", "tuple")
        return {"version": "1.0", "sessionAttributes": event["session"]["attributes"], "response": {}}

    turn = Device(handler).launch()
    assert turn.attributes == {"mine": ["a", "tuple"]}
    assert turn.request["session"]["attributes"] == {}


def test_skill_that_answers_what_json_cannot_say_has_failed() -> None:
    with pytest.raises(SkillError, match="not JSON serializable"):
        Device(lambda _event, _context: {"response": {1, 2}}).launch()
