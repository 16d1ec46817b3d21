"""Wires the skill together: handlers, the skill id, and one log line per request."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, cast

from ask_sdk_core.exceptions import AskSdkException
from ask_sdk_core.serialize import DefaultSerializer
from ask_sdk_core.skill import CustomSkill
from ask_sdk_core.skill_builder import SkillBuilder
from ask_sdk_model import Response, ResponseEnvelope

from crampguide.alexa.handlers import (
    SILENT,
    ErrorHandler,
    ForgetHandler,
    IntentHandler,
    LaunchHandler,
    OtherHandler,
    QueryHandler,
    ReturnHandler,
    SilentHandler,
    TouchHandler,
)
from crampguide.alexa.log import Note, log_error, log_request, noter
from crampguide.alexa.part import part
from crampguide.alexa.person import acknowledge, person_in
from crampguide.alexa.request import Incoming, envelope_of, read_request
from crampguide.alexa.response import apology, response_to
from crampguide.dialogue import load_guide, write_state
from crampguide.memory import open_memory

if TYPE_CHECKING:
    from crampguide.memory.known import Memory

Handler = Callable[[dict[str, Any], object], dict[str, Any]]

_APPLICATION = (
    ("context", "System", "application", "applicationId"),
    ("session", "application", "applicationId"),
)
_SPOKEN_TO = ("LaunchRequest", "IntentRequest", "CanFulfillIntentRequest")
"""Requests that wait for an answer, session or not."""


class GuideBuilder(SkillBuilder):
    """The SDK's builder, except that the skill is built once and no request ends in silence."""

    note: Note | None = None
    memory: Memory | None = None
    only_for: str | None = None
    """The one skill id that is answered. The SDK's own check of it would cost a sixth of a turn, and its
    error would be taken for one of ours and apologized for."""

    def lambda_handler(self) -> Handler:  # type: ignore[override]
        """A function for AWS Lambda: an Alexa request as a dict in, the response as a dict out.

        A request for another skill id raises ``AskSdkException``, and ``NotErasedError`` makes Alexa say once
        more that the skill was disabled; anything else gets an answer.
        """
        skill, serializer = self.create(), DefaultSerializer()
        # Read before the first person waits for an answer; a broken protocol fails the deployment, not them.
        guide = load_guide()
        # What is loaded by now stays, and so do the words that the first reply loads: collecting garbage in
        # the middle of a reply need not look at them again.
        gc.freeze()
        settled = False

        def handle(event: dict[str, Any], _context: object = None) -> dict[str, Any]:
            nonlocal settled
            started = time.perf_counter()
            _refuse_other_skills(self.only_for, event)
            sent = read_request(event, guide, person_in(self.memory, event))
            response = _invoke(skill, serializer, event, sent)
            if self.note:
                log_request(self.note, event, response, time.perf_counter() - started)
            if not settled:
                gc.freeze()
                settled = True
            return response

        return handle


def build_skill(env: Mapping[str, str]) -> GuideBuilder:
    """The skill for an environment: ``SKILL_ID`` (others are refused) and ``LOG_LEVEL`` (default INFO).

    ``MEMORY_TABLE`` names where it remembers how to talk to people; without, it remembers nothing.
    """
    builder = GuideBuilder()
    builder.note = noter(env)
    builder.memory = open_memory(env)
    builder.only_for = env.get("SKILL_ID") or None
    speaking = (ForgetHandler(), IntentHandler(), LaunchHandler(), TouchHandler(), ReturnHandler())
    quiet = (SilentHandler(), QueryHandler())
    for handler in (*speaking, *quiet, OtherHandler()):
        builder.add_request_handler(handler)
    builder.add_exception_handler(ErrorHandler())
    return builder


def _invoke(
    skill: CustomSkill, serializer: DefaultSerializer, event: dict[str, Any], sent: Incoming
) -> dict[str, Any]:
    if part(event, "session") is None and part(event, "request", "type") not in _SPOKEN_TO:
        return acknowledge(event, sent.person)
    try:
        response = skill.invoke(envelope_of(event), sent)
    except Exception as error:  # noqa: BLE001 - silence would be the worst answer to someone who needs help
        log_error(part(event, "request", "requestId"), error)
        response = _apology(event, sent)
    return _serialized(serializer, response)


def _serialized(serializer: DefaultSerializer, envelope: ResponseEnvelope) -> dict[str, Any]:
    """The response as JSON. What is JSON already, the SDK need not copy piece by piece."""
    attributes, envelope.session_attributes = envelope.session_attributes, None
    response = cast("Response", envelope.response)
    directives, response.directives = response.directives, None
    answer = cast("dict[str, Any]", serializer.serialize(envelope))
    if directives:
        answer["response"]["directives"] = directives
    return answer if attributes is None else {**answer, "sessionAttributes": attributes}


def _refuse_other_skills(skill_id: str | None, event: dict[str, Any]) -> None:
    """Raises unless the request is for this skill, wherever it says so; one that says nothing is for none.

    A device says it twice. A test event of the console may have no context, and an event no session.
    """
    said = [named for path in _APPLICATION if (named := part(event, *path)) is not None]
    if skill_id is not None and (not said or any(named != skill_id for named in said)):
        raise AskSdkException("this request is for another skill")


def _apology(event: dict[str, Any], sent: Incoming) -> ResponseEnvelope:
    """The apology for a request that could not even be read; nothing where nobody listens."""
    if sent.type in (*SILENT, "CanFulfillIntentRequest"):
        return ResponseEnvelope(version="1.0", response=Response())
    said = apology(sent, part(event, "session", "attributes"))
    return ResponseEnvelope(
        version="1.0",
        session_attributes=write_state(said.turn.state),
        response=response_to(sent, said),
    )
