"""Requests that a skill gets in the real world and rarely in its tests, with the public reports of them.

Each table of ``requests.toml`` changes a plain request: ``set`` gives values by their place, such as
``session.new``, and ``drop`` lists places that are missing. Placeholders stand for what
differs from one skill to the next.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from simulator.device.echo import Device, SkillError
from simulator.device.replies import InvalidResponseError, read_reply
from simulator.device.requests import SKILL_ID, FixedClock, RequestFactory
from simulator.files import fill, read_toml
from simulator.skill import Skill
from simulator.understanding.model import Intent, InteractionModel

FILE = Path(__file__).with_name("requests.toml")
STARTS = ("launch", "intent", "slot", "resumed", "ended")
Json = dict[str, Any]


class RealRequest(NamedTuple):
    """One request as it comes. `start` is the plain request that it changes, one of `STARTS`."""

    name: str
    about: str
    start: str
    seen: str = ""
    """The public report of it, as ``owner/repository#number``; empty where there is none."""
    set: Mapping[str, Any] = {}
    drop: tuple[str, ...] = ()
    silent: bool = False
    """True for what may not be answered with words."""


@cache
def real_requests() -> tuple[RealRequest, ...]:
    """All of them, in the order of the file."""
    return tuple(fill(RealRequest, table) for table in read_toml(FILE)["request"])


def event_of(request: RealRequest, skill: Skill, locale: str) -> Json | None:
    """The request as this skill would get it; None where the skill has nothing that it could be about."""
    model = skill.model(locale)
    intent = _intent(model, with_slot=request.start == "slot")
    if intent is None and request.start in {"intent", "slot", "resumed"}:
        return None
    factory = RequestFactory(locale, SKILL_ID, clock=FixedClock())
    before = request.start in {"resumed", "ended"}
    attributes = Device(skill.handler, locale).launch().attributes if before else {}
    session = {"new": not attributes, "sessionId": factory.new_id("session"), "attributes": dict(attributes)}
    event: Json = json.loads(json.dumps(factory.envelope(_body(factory, request, intent), session)))
    named = _names(model, intent)
    for place, value in request.set.items():
        *way, last = str(_placed(place, named)).split(".")
        _at(event, way)[last] = _placed(value, named)
    for place in request.drop:
        *way, last = str(_placed(place, named)).split(".")
        _at(event, way).pop(last, None)
    return event


def answer_real_requests(skill: Skill) -> None:
    """Send them all, in each of the skill's locales.

    Raises ``AssertionError`` with those at which the skill raised, or answered what Alexa refuses.
    """
    found = [*problems(skill)]
    if found:
        raise AssertionError("\n".join([f"{len(found)} requests were not answered:", *found]))


def problems(skill: Skill) -> Iterator[str]:
    """The requests that the skill does not answer, and why, a line each."""
    for locale in skill.locales:
        for request in real_requests():
            event = event_of(request, skill, locale)
            if event is None:
                continue
            seen = f" ({request.seen})" if request.seen else ""
            for why in _sent(skill, event, silent=request.silent):
                yield f"{locale}, {request.name}: {why}\n    {request.about}{seen}"


def _sent(skill: Skill, event: Json, *, silent: bool) -> Iterator[str]:
    try:
        response = json.loads(json.dumps(skill.handler(event, None)))
        reply = read_reply(response or {}, ending=silent)
    except (InvalidResponseError, SkillError) as error:
        yield f"Alexa would refuse the response: {error}"
        return
    except Exception as error:  # noqa: BLE001 - whatever the skill raised is what is told
        yield f"the skill raised {type(error).__name__}: {error}"
        return
    if not silent and not (reply.speech or reply.directives):
        yield "the skill says nothing"


def _intent(model: InteractionModel, *, with_slot: bool) -> Intent | None:
    """An intent of the skill's own: one with a slot of listed values, or any."""
    own = [each for each in model.intents.values() if not each.name.startswith("AMAZON.")]
    if with_slot:
        return next((each for each in own for slot in each.slots if model.types.get(slot.type)), None)
    return next(iter(own), None)


def _body(factory: RequestFactory, request: RealRequest, intent: Intent | None) -> Json:
    if request.start == "launch" or intent is None:
        return {"type": "LaunchRequest"}
    if request.start == "ended":
        return {"type": "SessionEndedRequest", "reason": "USER_INITIATED"}
    types = {slot.name: slot.type for slot in intent.slots}
    return factory.intent(intent.name, {}, types)


def _names(model: InteractionModel, intent: Intent | None) -> Mapping[str, str]:
    """The values of the placeholders."""
    slot = next((each for each in intent.slots if model.types.get(each.type)), None) if intent else None
    entries = model.types.get(slot.type, ()) if slot else ()
    first, last = (entries[0], entries[-1]) if entries else (None, None)
    return {
        "$SKILL": SKILL_ID,
        "$SLOT": slot.name if slot else "slot",
        "$TYPE": slot.type if slot else "Type",
        "$FIRST_ID": first.id if first else "first",
        "$FIRST": first.name if first else "first",
        "$LAST_ID": last.id if last else "last",
        "$LAST": last.name if last else "last",
    }


def _placed(value: Any, names: Mapping[str, str]) -> Any:  # noqa: ANN401 - any value of JSON
    if isinstance(value, str):
        if value == "$NULL":
            return None
        for name in sorted(names, key=len, reverse=True):
            value = value.replace(name, names[name])
        return value
    if isinstance(value, Mapping):
        return {_placed(key, names): _placed(held, names) for key, held in value.items()}
    return [_placed(each, names) for each in value] if isinstance(value, list) else value


def _at(event: Json, way: list[str]) -> Json:
    """The object at a place, made where there is none."""
    for step in way:
        held = event.get(step)
        event[step] = held if isinstance(held, dict) else {}
        event = event[step]
    return event
