"""What Alexa sent, as JSON. The SDK gets only what it chooses a handler by.

The SDK knows the requests, states and kinds of values of the day it was released: others it drops, or raises
before any handler. Here nothing depends on that list, so whatever is new is at worst not understood.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple, cast

from ask_sdk_core.handler_input import HandlerInput
from ask_sdk_model import RequestEnvelope, Session
from ask_sdk_model.request import Request

from crampguide.memory import Person
from crampguide.voice.log import part


class Incoming(NamedTuple):
    """What travels with a request to its handler: the request as it was sent, and who made it."""

    request: Mapping[str, Any]
    person: Person

    def text(self, *path: str) -> str:
        """The string at a path of the request; empty where there is none."""
        found = part(self.request, *path)
        return found if isinstance(found, str) else ""


class _Any(Request):
    """A request of any type."""

    def __init__(self, object_type: str | None, request_id: str | None) -> None:
        super().__init__(object_type=object_type, request_id=request_id)


class _Whole(dict[str, Any]):
    """Session attributes as they came, which the SDK need not copy piece by piece: nothing changes them."""

    def __deepcopy__(self, memo: object) -> _Whole:
        return self


def incoming(handler_input: HandlerInput) -> Incoming:
    """The request that a handler was called for."""
    return cast("Incoming", handler_input.context)


def type_of(handler_input: HandlerInput) -> str:
    """The type of the request that a handler was called for."""
    return incoming(handler_input).text("type")


def envelope_of(event: Mapping[str, Any]) -> RequestEnvelope:
    """The request as the SDK wants it: its type, and the session with its attributes left whole.

    Who made the request stays behind: no object of the SDK knows it.
    """
    request = _Any(part(event, "request", "type"), part(event, "request", "requestId"))
    attributes = part(event, "session", "attributes") or {}
    whole = _Whole(attributes) if isinstance(attributes, dict) else attributes
    id_ = part(event, "session", "sessionId")
    session = Session(session_id=id_ if isinstance(id_, str) else "", attributes=whole)
    return RequestEnvelope(request=request, session=session)
