"""The real handler with real Alexa JSON: what it refuses, survives, logs and never says."""

from __future__ import annotations

import copy
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from ask_sdk_core.exceptions import AskSdkException
from hypothesis import given
from hypothesis import strategies as st

from crampguide.alexa import handlers
from crampguide.alexa.fulfil import PROMISES
from crampguide.alexa.skill import Handler, build_skill
from crampguide.dialogue.codec import BrokenStateError, read_state, write_state
from crampguide.dialogue.intents import INTENTS
from crampguide.dialogue.offers import load_guide
from crampguide.dialogue.state import State
from crampguide.learning import load_learning
from crampguide.speech import catalogue_for
from crampguide.triage import Level, load_protocol
from simulator.device.requests import SKILL_ID, RequestFactory
from tests.dialogue.states import a_state
from tools.words.speech_lint import locales

GUIDE = load_guide()

Json = dict[str, Any]
EMERGENCIES = [id_ for id_, question in load_protocol().questions.items() if question.yes is Level.EMERGENCY]


@pytest.fixture(scope="module")
def handler() -> Handler:
    return build_skill({"SKILL_ID": SKILL_ID}).lambda_handler()


def event(request: Json, attributes: Json | None = None, locale: str = "en-US") -> Json:
    session = {"new": attributes is None, "sessionId": "session", "attributes": attributes or {}}
    return RequestFactory(locale).envelope(request, session)


def intent(name: str, **slots: str) -> Json:
    filled = {
        slot: {"name": slot, "value": "words", "confirmationStatus": "NONE", "resolutions": matched(id_)}
        for slot, id_ in slots.items()
    }
    return {"type": "IntentRequest", "intent": {"name": name, "confirmationStatus": "NONE", "slots": filled}}


def matched(id_: str, code: str = "ER_SUCCESS_MATCH") -> Json:
    value = {"value": {"name": "words", "id": id_}}
    return {"resolutionsPerAuthority": [{"authority": "a", "status": {"code": code}, "values": [value]}]}


def spoken(response: Json) -> str:
    return str(response["response"]["outputSpeech"]["ssml"])


def asks(response: Json) -> bool:
    return response["response"]["shouldEndSession"] is False and "?" in spoken(response)


LAUNCH = {"type": "LaunchRequest"}


def test_another_skill_id_is_refused(handler: Handler) -> None:
    other = event(LAUNCH)
    other["context"]["System"]["application"]["applicationId"] = "amzn1.ask.skill.other"
    with pytest.raises(AskSdkException):
        handler(other, None)
    del other["context"]
    with pytest.raises(AskSdkException):
        handler(other, None)


def test_without_a_skill_id_no_request_is_refused() -> None:
    anyone = event(LAUNCH)
    anyone["context"]["System"]["application"]["applicationId"] = "amzn1.ask.skill.other"
    assert asks(build_skill({}).lambda_handler()(anyone, None))


@pytest.mark.parametrize("type_", ["Unheard.Of", "Connections.Response", "Alexa.Presentation.APL.UserEvent"])
def test_a_request_the_skill_does_not_know_gets_a_sentence_and_the_session_goes_on(
    handler: Handler, type_: str
) -> None:
    opened = handler(event(LAUNCH), None)
    asked = handler(event(intent("AMAZON.YesIntent"), opened["sessionAttributes"]), None)
    answer = handler(event({"type": type_}, asked["sessionAttributes"]), None)
    assert asks(answer)
    assert answer["sessionAttributes"]["asking"] == "chest_or_breathing"


@pytest.mark.parametrize("path", [("session", "sessionId"), ("session", "attributes"), ("session", "user")])
def test_missing_fields_are_survived(handler: Handler, path: tuple[str, str]) -> None:
    lacking = event(LAUNCH)
    del lacking[path[0]][path[1]]
    assert asks(handler(lacking, None))


@pytest.mark.parametrize("part", ["locale", "timestamp", "requestId"])
def test_missing_parts_of_the_request_are_survived(handler: Handler, part: str) -> None:
    lacking = event(LAUNCH)
    del lacking["request"][part]
    assert asks(handler(lacking, None))


@pytest.mark.parametrize("body", [{}, {"intent": None}, {"intent": {}}, {"intent": {"name": "NoSuchIntent"}}])
def test_an_intent_with_holes_is_not_understood_rather_than_an_error(handler: Handler, body: Json) -> None:
    assert asks(handler(event({"type": "IntentRequest", **body}), None))


def test_no_request_at_all_is_answered_with_the_safety_line(handler: Handler) -> None:
    empty = event(LAUNCH)
    del empty["request"]
    assert asks(handler(empty, None))


def test_an_event_outside_a_session_is_acknowledged_in_silence(handler: Handler) -> None:
    for type_ in ("AlexaSkillEvent.SkillDisabled", "AlexaSkillEvent.SomethingNew", "SessionEndedRequest"):
        outside = event({"type": type_, "reason": "USER_INITIATED"})
        if type_ != "SessionEndedRequest":
            del outside["session"]
        assert "outputSpeech" not in handler(outside, None)["response"]


def damaged() -> Iterator[Json]:
    good = write_state(State(answers={load_q("saddle_numbness"): "no"}, history=(load_q("saddle_numbness"),)))
    yield {"v": 0, **{key: value for key, value in good.items() if key != "v"}}
    yield {key: value for key, value in good.items() if key != "answers"}
    for changed in (
        {"answers": {"no_such_question": "yes"}},
        {"answers": {"saddle_numbness": "maybe"}},
        {"answers": ["saddle_numbness"]},
        {"answers": None},
        {"asking": "no_such_question"},
        {"asking": ["saddle_numbness"]},
        {"offer": "no_such_offer"},
        {"level": "fine"},
        {"pattern": "gout"},
        {"history": "saddle_numbness saddle_numbness"},
        {"history": ""},
        {"opened": "everything"},
        {"unheard": "pain_down_leg"},
        {"turn": "one"},
        {"misheard": None},
        {"pace": "sideways"},
        {"brief": 1},
        {"introduced": "yes"},
        {"said": "nothing"},
        {"said": 7},
        {"unknown": 1},
    ):
        yield {**good, **changed}


def load_q(id_: str) -> Any:  # noqa: ANN401 - a question id, whose type only the check may make
    return next(key for key in load_protocol().questions if key == id_)


@pytest.mark.parametrize("attributes", list(damaged()), ids=str)
def test_damaged_attributes_start_the_check_again_with_an_apology(handler: Handler, attributes: Json) -> None:
    with pytest.raises(BrokenStateError):
        read_state(attributes, GUIDE)
    answer = handler(event(intent("AMAZON.YesIntent"), attributes), None)
    assert catalogue_for("en-US").say("lost.line") in spoken(answer)
    assert answer["sessionAttributes"]["asking"] == "chest_or_breathing"
    assert answer["sessionAttributes"]["answers"] == {}


def test_damaged_attributes_do_not_drown_a_sign_just_said(handler: Handler) -> None:
    answer = handler(event(intent("SymptomIntent", symptom="saddle_numbness"), {"v": 0}), None)
    assert answer["sessionAttributes"]["level"] == "emergency"


@pytest.mark.parametrize("sign", EMERGENCIES)
@pytest.mark.parametrize(
    "open_now", [None, "tips", "recap", "check", "hear_again", "check_again", "correct", "more"]
)
def test_a_volunteered_emergency_sign_gets_its_advice_in_the_next_reply(
    handler: Handler, sign: str, open_now: str | None
) -> None:
    attributes = write_state(a_state(offer=open_now, turn=3)) if open_now else None
    answer = handler(event(intent("SymptomIntent", symptom=sign), attributes), None)
    assert answer["sessionAttributes"]["level"] == "emergency"
    first = spoken(answer).partition(".")[0]
    assert "911" in first
    assert "911" in answer["response"]["reprompt"]["outputSpeech"]["ssml"]


def test_several_signs_in_one_sentence_all_count(handler: Handler) -> None:
    slot = {"name": "symptom", "confirmationStatus": "NONE"}
    values = [
        {"type": "Simple", "value": "words", "resolutions": matched(id_)}
        for id_ in ("one_calf_swollen", "fever_or_unwell")
    ]
    request = intent("SymptomIntent")
    request["intent"]["slots"] = {"symptom": slot | {"slotValue": {"type": "List", "values": values}}}
    answer = handler(event(request), None)
    assert answer["sessionAttributes"]["answers"] == {"one_calf_swollen": "yes", "fever_or_unwell": "yes"}


@pytest.mark.parametrize("code", ["ER_SUCCESS_NO_MATCH", "ER_ERROR_TIMEOUT", "ER_ERROR_EXCEPTION"])
def test_a_sign_that_was_not_resolved_is_never_an_answer(handler: Handler, code: str) -> None:
    request = intent("SymptomIntent", symptom="saddle_numbness")
    request["intent"]["slots"]["symptom"]["resolutions"] = matched("saddle_numbness", code)
    answer = handler(event(request), None)
    assert answer["sessionAttributes"]["answers"] == {}
    assert asks(answer)


@pytest.mark.parametrize(
    "name", ["AMAZON.YesIntent", "AMAZON.NoIntent", "UnsureIntent", "AMAZON.NextIntent", "DoneIntent"]
)
def test_an_answer_with_nothing_asked_answers_no_question(handler: Handler, name: str) -> None:
    answer = handler(event(intent(name)), None)
    assert answer["sessionAttributes"]["answers"] == {}
    assert asks(answer)


@pytest.mark.parametrize("locale", [*locales(), "en-NZ", "xx-YY", "", "../../secret"])
def test_whatever_goes_wrong_the_safety_line_is_said(
    handler: Handler, locale: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(handlers, "move", broken)
    answer = handler(event(intent("AMAZON.HelpIntent"), locale=locale), None)
    number = catalogue_for(locale).lines["region.emergency_number"][0]
    assert number in spoken(answer)
    assert asks(answer)


def test_a_region_never_lends_its_number() -> None:
    assert (
        catalogue_for("en-NZ").lines["region.emergency_number"]
        != catalogue_for("en-US").lines["region.emergency_number"]
    )
    assert not any(number in str(dict(catalogue_for("en-NZ").lines)) for number in ("911", "999", "111"))


def test_the_same_request_gets_the_same_reply(handler: Handler) -> None:
    opened = handler(event(LAUNCH), None)["sessionAttributes"]
    request = event(intent("AMAZON.YesIntent"), opened)
    assert handler(copy.deepcopy(request), None) == handler(copy.deepcopy(request), None)


def test_the_log_holds_one_line_a_request_and_nothing_about_the_person(
    handler: Handler, caplog: pytest.LogCaptureFixture
) -> None:
    private = {
        *load_protocol().questions,
        *(level.id for level in Level),
        "amzn1.ask.account",
        "words",
        "device",
    }
    with caplog.at_level(logging.DEBUG, logger="crampguide"):
        attributes: Json | None = None
        requests = [LAUNCH, intent("AMAZON.YesIntent"), intent("SymptomIntent", symptom="saddle_numbness")]
        for request in [*requests, intent("AMAZON.StopIntent"), {"type": "Unheard.Of"}]:
            attributes = handler(event(request, attributes), None).get("sessionAttributes")
    lines = [json.loads(record.getMessage()) for record in caplog.records if record.name == "crampguide"]
    told = [line for line in lines if "ms" in line]
    assert len(told) == 5
    assert all(line.keys() == {"request", "type", "intent", "asks", "ms"} for line in told)
    assert not [word for word in private if word in caplog.text]


def test_the_log_does_not_tell_who_spoke_of_dying(handler: Handler, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG, logger="crampguide"):
        handler(event(intent("CrisisIntent")), None)
    (told,) = [record.getMessage() for record in caplog.records if record.name == "crampguide"]
    assert json.loads(told)["intent"] == "other"
    assert "crisis" not in told.lower()


@pytest.mark.parametrize("name", [name for name, promise in PROMISES.items() if promise.value == "YES"])
def test_a_promise_made_to_alexa_is_kept_in_the_first_reply(handler: Handler, name: str) -> None:
    subjects = load_learning().subjects if name == "LearnIntent" else [""]
    for subject in subjects:
        answer = handler(event(intent(name, **({"subject": subject} if subject else {}))), None)
        given = answer["sessionAttributes"]
        assert given["asking"] is None
        assert "wants" not in given, "it would wait for answers"
        assert "fallback" not in given["said"]


def test_every_promise_is_about_an_intent_of_the_models() -> None:
    assert PROMISES.keys() <= INTENTS.keys()


def test_every_intent_of_the_models_has_a_move_and_every_move_an_intent() -> None:
    for locale in locales():
        with open(f"interaction_models/{locale}.json", encoding="utf-8") as file:  # noqa: PTH123 - one line
            model = json.load(file)["interactionModel"]["languageModel"]
        assert {each["name"] for each in model["intents"]} == set(INTENTS)


@given(
    st.lists(st.sampled_from([*sorted(INTENTS), "LAUNCH"]), max_size=14),
    st.sampled_from(locales()),
    st.data(),
)
def test_no_order_of_intents_breaks_the_contract(names: list[str], locale: str, data: st.DataObject) -> None:
    skill, protocol = build_skill({}).lambda_handler(), load_protocol()
    attributes: Json | None = None
    for name in names:
        sign = data.draw(st.sampled_from(sorted(protocol.questions)))
        topic = data.draw(st.sampled_from(sorted(protocol.opens)))
        request = LAUNCH if name == "LAUNCH" else intent(name, symptom=sign, opening=topic)
        answer = skill(event(request, attributes, locale), None)
        attributes = answer["sessionAttributes"]
        assert write_state(read_state(json.loads(json.dumps(attributes)), GUIDE)) == attributes
        ends = answer["response"]["shouldEndSession"]
        assert (
            ends == (spoken(answer).count("?") == 0) == (attributes["asking"] is attributes["offer"] is None)
        )
        assert not (attributes["asking"] and attributes["offer"])
        assert len(json.dumps(answer)) < 8000
        if ends:
            attributes = None
