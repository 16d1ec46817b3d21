"""Measures one skill in the process it runs in: python -P tools/bench_probe.py FOLDER MODULE [EVENTS].

Without EVENTS it holds a conversation and prints its requests as JSON; with that output as a file it replays
them and prints one JSON object of figures. So two skills can be sent the very same requests. Imports nothing
of ours and nothing that the skill would have to import itself, or the skill would get it for free.
"""

from __future__ import annotations

import json
import resource
import sys
from collections.abc import Callable
from importlib import import_module
from time import perf_counter
from typing import Any

Json = dict[str, Any]
WARM_TURNS = 400
LONGEST_CONVERSATION = 25
UNWANTED = ("boto3", "flask", "yaml")
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


def conversation(handler: Callable[[Json, object], Json]) -> list[Json]:
    """The requests of a conversation: launch, yes to the offer, then no until the session closes."""
    events = []
    attributes: Json = {}
    requests = [{"type": "LaunchRequest"}, intent("AMAZON.YesIntent")]
    requests += [intent("AMAZON.NoIntent")] * (LONGEST_CONVERSATION - len(requests))
    for turn, request in enumerate(requests):
        events.append(envelope(request, attributes, new=turn == 0))
        answer = handler(events[-1], None)
        attributes = answer.get("sessionAttributes") or {}
        if answer["response"].get("shouldEndSession", True):
            break
    return events


def replay(handler: Callable[[Json, object], Json], events: list[Json]) -> list[float]:
    """The seconds that each of the requests takes."""
    seconds = []
    for event in events:
        start = perf_counter()
        handler(event, None)
        seconds.append(perf_counter() - start)
    return seconds


def percentile(values: list[float], percent: int) -> float:
    """The value that `percent` of the values do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, len(ordered) * percent // 100)]


def peak_memory() -> float:
    """The most memory this process has held, in MB."""
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6


def probe(folder: str, module: str, recorded: str | None = None) -> Json | list[Json]:
    """Import the skill; record a conversation, or replay one and report milliseconds and MB."""
    sys.path.insert(0, folder)
    start = perf_counter()
    handler = import_module(module).lambda_handler
    imported = perf_counter() - start
    if recorded is None:
        return conversation(handler)
    with open(recorded, encoding="utf-8") as file:  # noqa: PTH123 - pathlib would be imported for the skill
        events: list[Json] = json.load(file)
    first = replay(handler, events)[0]
    warm: list[float] = []
    while len(warm) < WARM_TURNS:
        warm += replay(handler, events)
    return {
        "import": imported * 1e3,
        "first": first * 1e3,
        "p50": percentile(warm, 50) * 1e3,
        "p99": percentile(warm, 99) * 1e3,
        "memory": peak_memory(),
        "unwanted": [name for name in UNWANTED if name in sys.modules],
    }


if __name__ == "__main__":
    print(json.dumps(probe(*sys.argv[1:])))
