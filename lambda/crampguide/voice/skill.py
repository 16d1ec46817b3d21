"""Wires the skill together: handlers, the skill id, and one log line per request."""

from __future__ import annotations

import gc
import json
import time
from collections.abc import Callable, Mapping
from typing import Any, cast

from ask_sdk_core.exceptions import AskSdkException
from ask_sdk_core.serialize import DefaultSerializer
from ask_sdk_core.skill import CustomSkill
from ask_sdk_core.skill_builder import SkillBuilder
from ask_sdk_model import RequestEnvelope, Response, ResponseEnvelope
from ask_sdk_model.ui import Reprompt, SsmlOutputSpeech

from crampguide.speech import catalogue_for
from crampguide.triage import load_protocol
from crampguide.voice.handlers import (
    ErrorHandler,
    IntentHandler,
    LaunchHandler,
    OtherHandler,
    ScreenHandler,
    SilentHandler,
    sorry,
)
from crampguide.voice.log import log_error, log_request, part
from crampguide.voice.reply import reply
from crampguide.voice.state import BrokenStateError, State, read_state

Handler = Callable[[dict[str, Any], object], dict[str, Any]]

_INTERFACES = ("context", "System", "device", "supportedInterfaces")
_SCREEN = "Alexa.Presentation.APL"
_UNREAD = frozenset({"components", "source", "errors"})
"""What a screen sends along, which can be long and of shapes that the SDK does not know."""


class GuideBuilder(SkillBuilder):
    """The SDK's builder, except that the skill is built once and no request ends in silence."""

    log_level = "INFO"

    def lambda_handler(self) -> Handler:  # type: ignore[override]
        """A function for AWS Lambda: an Alexa request as a dict in, the response as a dict out.

        A request for another skill id raises ``AskSdkException``; anything else gets an answer.
        """
        skill, serializer = self.create(), DefaultSerializer()
        # What is loaded by now stays: collecting garbage in the middle of a reply need not look at it again.
        gc.freeze()

        def handle(event: dict[str, Any], context: object = None) -> dict[str, Any]:
            started = time.perf_counter()
            response = _invoke(skill, serializer, event, context)
            log_request(self.log_level, event, response, time.perf_counter() - started)
            return response

        return handle


def build_skill(env: Mapping[str, str]) -> GuideBuilder:
    """The skill for an environment: ``SKILL_ID`` (others are refused) and ``LOG_LEVEL`` (default INFO)."""
    builder = GuideBuilder()
    builder.log_level = env.get("LOG_LEVEL", "INFO")
    builder.skill_id = env.get("SKILL_ID") or None  # type: ignore[assignment]
    for handler in (SilentHandler(), LaunchHandler(), IntentHandler(), ScreenHandler(), OtherHandler()):
        builder.add_request_handler(handler)
    builder.add_exception_handler(ErrorHandler())
    return builder


def _invoke(
    skill: CustomSkill, serializer: DefaultSerializer, event: dict[str, Any], context: object
) -> dict[str, Any]:
    _refuse_other_skills(skill.skill_id, event)
    try:
        response = skill.invoke(_read(serializer, event), context)
    except Exception as error:  # noqa: BLE001 - silence would be the worst answer to someone who needs help
        log_error(part(event, "request", "requestId"), error)
        response = _apology(event)
    attributes, response.session_attributes = response.session_attributes, None
    answer = cast("dict[str, Any]", serializer.serialize(response))
    whole = answer if attributes is None else {**answer, "sessionAttributes": attributes}
    return _shown(event, whole) if part(event, *_INTERFACES, _SCREEN) is not None else whole


def _shown(event: dict[str, Any], answer: dict[str, Any]) -> dict[str, Any]:
    """The answer with its screen. Whatever goes wrong with that, the spoken answer goes out."""
    from crampguide.voice.screen import with_screen  # noqa: PLC0415 - most devices have no display

    try:
        return with_screen(event, answer)
    except Exception as error:  # noqa: BLE001 - a screen is an extra; help is what is said
        log_error(part(event, "request", "requestId"), error)
        return answer


class _Whole(dict[str, Any]):
    """Session attributes as they came, which the SDK need not copy piece by piece: nothing changes them."""

    def __deepcopy__(self, memo: object) -> _Whole:
        return self


def _read(serializer: DefaultSerializer, event: dict[str, Any]) -> RequestEnvelope:
    """The request as the SDK's objects: only the parts that are read, and the attributes left whole.

    Half of a turn goes into the SDK making objects, so what nobody reads (who it is, tokens, dates) is not
    even handed over. Who the person is never reaches a handler this way.
    """
    request = event["request"]
    read = {key: value for key, value in request.items() if key not in _UNREAD}
    lean = {
        "version": event.get("version"),
        "request": {**read, "timestamp": None},
        "context": {"System": _only(part(event, "context", "System"), "application", "device")},
    }
    if part(event, "session") is not None:
        lean["session"] = _only(event["session"], "new", "sessionId")
    envelope = cast("RequestEnvelope", serializer.deserialize(json.dumps(lean), RequestEnvelope))
    # The time as it was written: a summary quotes it, and nobody calculates with it.
    if envelope.request is not None:
        envelope.request.timestamp = request.get("timestamp")
    if envelope.session is not None:
        envelope.session.attributes = _Whole(part(event, "session", "attributes") or {})
    return envelope


def _only(table: object, *fields: str) -> dict[str, Any]:
    return {field: table[field] for field in fields if field in table} if isinstance(table, dict) else {}


def _refuse_other_skills(skill_id: str | None, event: dict[str, Any]) -> None:
    if skill_id is not None and part(event, "context", "System", "application", "applicationId") != skill_id:
        raise AskSdkException("this request is for another skill")


def _apology(event: dict[str, Any]) -> ResponseEnvelope:
    """What is said when a request could not even be read; nothing where nobody listens."""
    if part(event, "session") is None or part(event, "request", "type") == "SessionEndedRequest":
        return ResponseEnvelope(version="1.0", response=Response())
    try:
        state = read_state(part(event, "session", "attributes"), load_protocol())
    except BrokenStateError:
        state = State()
    said = reply(catalogue_for(part(event, "request", "locale") or ""), sorry(state))
    return ResponseEnvelope(
        version="1.0",
        session_attributes=said.turn.state.write(),
        response=Response(
            output_speech=SsmlOutputSpeech(ssml=f"<speak>{said.speech}</speak>"),
            reprompt=Reprompt(output_speech=SsmlOutputSpeech(ssml=f"<speak>{said.reprompt}</speak>")),
            should_end_session=False,
        ),
    )
