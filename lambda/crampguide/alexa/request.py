"""The request as Alexa sent it, in JSON. The SDK gets only what it chooses a handler by.

The SDK knows the requests, states and kinds of values of the day it was released: others it drops, or raises
before any handler. Here nothing depends on that list, so whatever is new is at worst not understood.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple, cast

from ask_sdk_core.handler_input import HandlerInput
from ask_sdk_model import RequestEnvelope, Session
from ask_sdk_model.request import Request

from crampguide.alexa.part import part
from crampguide.dialogue import Guide
from crampguide.memory import Person

_SCREEN = ("context", "System", "device", "supportedInterfaces", "Alexa.Presentation.APL")


class Incoming(NamedTuple):
    """All that travels with a request to its handler: the request as it was sent, and who made it."""

    guide: Guide
    person: Person
    request: Mapping[str, Any]
    type: str
    """Empty where the request has none; so are the other texts."""
    intent: str
    locale: str
    id: str
    at: str
    """The time at which it was made, as it says itself."""
    session_id: str
    has_display: bool


class _Any(Request):
    """A request of any type."""

    def __init__(self, object_type: str | None, request_id: str | None) -> None:
        super().__init__(object_type=object_type, request_id=request_id)


class _Whole(dict[str, Any]):
    """Session attributes as they came, which the SDK need not copy piece by piece: nothing changes them."""

    def __deepcopy__(self, memo: object) -> _Whole:
        return self


def read_request(event: Mapping[str, Any], guide: Guide, person: Person) -> Incoming:
    """The request in an event of Alexa's; one that is missing is empty."""
    sent = part(event, "request")
    request = sent if isinstance(sent, dict) else {}
    return Incoming(
        guide=guide,
        person=person,
        request=request,
        type=_text(request.get("type")),
        intent=_text(part(request, "intent", "name")),
        locale=_text(request.get("locale")),
        id=_text(request.get("requestId")),
        at=_text(request.get("timestamp")),
        session_id=_text(part(event, "session", "sessionId")),
        has_display=part(event, *_SCREEN) is not None,
    )


def incoming(handler_input: HandlerInput) -> Incoming:
    """The request that a handler was called for."""
    return cast("Incoming", handler_input.context)


def envelope_of(event: Mapping[str, Any]) -> RequestEnvelope:
    """The request as the SDK wants it: its type, and the session with its attributes left whole.

    Who made the request stays behind: no object of the SDK knows it. Raises ``KeyError`` where there is none.
    """
    sent = event["request"]
    request = _Any(part(sent, "type"), part(sent, "requestId"))
    attributes = part(event, "session", "attributes") or {}
    whole = _Whole(attributes) if isinstance(attributes, dict) else attributes
    session = Session(session_id=_text(part(event, "session", "sessionId")), attributes=whole)
    return RequestEnvelope(request=request, session=session)


def _text(found: object) -> str:
    return found if isinstance(found, str) else ""
