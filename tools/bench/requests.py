"""The requests of one conversation, so that two skills can be sent the very same."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Json = dict[str, Any]
LONGEST_CONVERSATION = 25
SKILL = "amzn1.ask.skill.00000000-0000-0000-0000-000000000000"


def envelope(request: Json, attributes: Json, *, new: bool) -> Json:
    """A request as a device sends it, with the attributes of the last response."""
    application, user = {"applicationId": SKILL}, {"userId": "amzn1.ask.account.BENCH"}
    common = {"requestId": "amzn1.echo-api.request.1", "timestamp": "2026-01-01T00:00:00Z", "locale": "en-US"}
    return {
        "version": "1.0",
        "session": {
            "new": new,
            "sessionId": "amzn1.echo-api.session.1",
            "application": application,
            "user": user,
            "attributes": attributes,
        },
        "context": {
            "System": {
                "application": application,
                "user": user,
                "device": {"deviceId": "amzn1.ask.device.BENCH", "supportedInterfaces": {}},
                "apiEndpoint": "https://api.amazonalexa.com",
                "apiAccessToken": "none",
            }
        },
        "request": common | request,
    }


def intent(name: str) -> Json:
    """The request for an intent without slots."""
    return {"type": "IntentRequest", "intent": {"name": name, "confirmationStatus": "NONE", "slots": {}}}


def conversation(handler: Callable[[Json], Json]) -> list[Json]:
    """The requests of a conversation: launch, yes to the offer, then no until the session closes."""
    events = []
    attributes: Json = {}
    requests = [{"type": "LaunchRequest"}, intent("AMAZON.YesIntent")]
    requests += [intent("AMAZON.NoIntent")] * (LONGEST_CONVERSATION - len(requests))
    for turn, request in enumerate(requests):
        events.append(envelope(request, attributes, new=turn == 0))
        answer = handler(events[-1])
        attributes = answer.get("sessionAttributes") or {}
        if answer["response"].get("shouldEndSession", True):
            break
    return events
