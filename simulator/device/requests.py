"""The request JSON that Alexa sends."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

Json = dict[str, Any]
Clock = Callable[[], datetime]

SKILL_ID = "amzn1.ask.skill.00000000-0000-0000-0000-000000000000"
API_ENDPOINT = "https://api.amazonalexa.com"


@dataclass(frozen=True, slots=True)
class SlotValue:
    """The filling of a slot: the words that were said, and the value they resolved to, if they did."""

    value: str
    id: str | None = None
    name: str | None = None


SlotInput = SlotValue | Sequence[SlotValue] | str | None


class FixedClock:
    """A clock that starts at one moment and moves on by some seconds at each look."""

    def __init__(self, start: datetime = datetime(2026, 1, 1, 12, tzinfo=UTC), step: float = 10) -> None:
        self._now = start
        self._step = timedelta(seconds=step)

    def __call__(self) -> datetime:
        self._now += self._step
        return self._now


@dataclass
class RequestFactory:
    """Builds requests for one device and user; the same seed and clock give the same requests."""

    locale: str
    skill_id: str = SKILL_ID
    user_id: str = "amzn1.ask.account.SIMULATOR"
    device_id: str = "amzn1.ask.device.SIMULATOR"
    interfaces: Mapping[str, Json] = field(default_factory=dict)
    context: Mapping[str, Any] = field(default_factory=dict)
    clock: Clock = field(default_factory=FixedClock)
    seed: int = 0

    def __post_init__(self) -> None:
        self._random = random.Random(self.seed)  # noqa: S311 - ids that repeat from run to run, no secrets

    def new_id(self, kind: str) -> str:
        """An id that this factory has not given before."""
        return f"amzn1.echo-api.{kind}.{UUID(int=self._random.getrandbits(128), version=4)}"

    def envelope(self, request: Json, session: Json) -> Json:
        """The whole event around a request body."""
        common = {
            "requestId": self.new_id("request"),
            "timestamp": self.clock().strftime("%Y-%m-%dT%H:%M:%SZ"),
            "locale": self.locale,
        }
        application, user = {"applicationId": self.skill_id}, {"userId": self.user_id}
        return {
            "version": "1.0",
            "session": {**session, "application": application, "user": user},
            "context": {
                "System": {
                    "application": application,
                    "user": user,
                    "device": {"deviceId": self.device_id, "supportedInterfaces": dict(self.interfaces)},
                    "apiEndpoint": API_ENDPOINT,
                    "apiAccessToken": "simulator",
                },
                **self.context,
            },
            "request": {"type": request["type"], **common, **request},
        }

    def intent(self, name: str, slots: Mapping[str, SlotInput], types: Mapping[str, str]) -> Json:
        """The body of an IntentRequest; `types` names every slot of the intent, and its type."""
        known = {**dict.fromkeys(types), **slots}
        intent: Json = {"name": name, "confirmationStatus": "NONE"}
        if known:
            intent["slots"] = {
                slot: self._slot(slot, value, types.get(slot, "Unknown")) for slot, value in known.items()
            }
        return {"type": "IntentRequest", "intent": intent, "dialogState": "STARTED"}

    def _slot(self, name: str, given: SlotInput, slot_type: str) -> Json:
        slot: Json = {"name": name, "confirmationStatus": "NONE"}
        if given is None:
            return slot
        values = (
            [SlotValue(given)]
            if isinstance(given, str)
            else [given]
            if isinstance(given, SlotValue)
            else given
        )
        simple = [self._simple(value, slot_type) for value in values]
        slot["source"] = "USER"
        if len(simple) > 1:
            return {**slot, "slotValue": {"type": "List", "values": simple}}
        only = simple[0]
        return {
            **slot,
            **{key: only[key] for key in ("value", "resolutions") if key in only},
            "slotValue": only,
        }

    def _simple(self, value: SlotValue, slot_type: str) -> Json:
        """One value; Alexa's own types resolve to nothing that a model lists, and say nothing of it."""
        simple: Json = {"type": "Simple", "value": value.value}
        if value.id is None and slot_type.startswith("AMAZON."):
            return simple
        return {**simple, "resolutions": self._resolutions(value, slot_type)}

    def _resolutions(self, value: SlotValue, slot_type: str) -> Json:
        authority: Json = {
            "authority": f"amzn1.er-authority.echo-sdk.{self.skill_id}.{slot_type}",
            "status": {"code": "ER_SUCCESS_NO_MATCH" if value.id is None else "ER_SUCCESS_MATCH"},
        }
        if value.id is not None:
            authority["values"] = [{"value": {"name": value.name or value.value, "id": value.id}}]
        return {"resolutionsPerAuthority": [authority]}
