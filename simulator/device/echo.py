"""An Echo, as far as a skill can tell: it sends Alexa JSON to a handler, and keeps the rules of a session."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType, SimpleNamespace
from typing import Any

from simulator.device.replies import InvalidResponseError, Reply, read_reply
from simulator.device.requests import SKILL_ID, Clock, FixedClock, Json, RequestFactory, SlotInput, SlotValue
from simulator.device.ssml import plain
from simulator.skill import Handler, here
from simulator.understanding.resolve import LAUNCH, Resolution, Resolver

STOPS = frozenset({"AMAZON.StopIntent", "AMAZON.CancelIntent", "AMAZON.NavigateHomeIntent"})
NOTHING: Mapping[str, Any] = MappingProxyType({})
APL = "Alexa.Presentation.APL"


class SessionClosedError(Exception):
    """Something was said to a skill that is not listening."""


class SkillError(Exception):
    """The handler raised; on a device Alexa would say that there was a problem with the skill's response."""


@dataclass(frozen=True)
class Exchange:
    """The outcome of one thing that the user did.

    `request` and `response` are empty where the device acted without asking the skill, as when it speaks
    a reprompt. `speech` is SSML, `text` the same in plain words; `ended` says that the session is over,
    `listening` that the microphone is open.
    """

    request: Mapping[str, Any] = field(default_factory=dict)
    response: Mapping[str, Any] = field(default_factory=dict)
    speech: str = ""
    text: str = ""
    reprompt: str = ""
    card: Mapping[str, Any] | None = None
    directives: tuple[Mapping[str, Any], ...] = ()
    attributes: Mapping[str, Any] = field(default_factory=dict)
    ended: bool = False
    listening: bool = False
    heard: Resolution | None = None


@dataclass
class _Session:
    id: str
    attributes: Json = field(default_factory=dict)
    reprompt: str = ""
    new: bool = True
    listening: bool = True
    silences: int = 0
    shown: str | None = None
    """The token of the document that is on the display."""


class Device:
    """One Echo with one user and one skill.

    The handler is called as Lambda calls it, and nothing but JSON passes either way. With the same `seed`
    and `clock` two devices send the same requests. `interfaces` is what the device can do besides speaking,
    as Alexa lists it, and `context` what each request says of it besides, such as its viewport.
    `last_exchange` is the last request and its response, whatever came of it.
    """

    def __init__(  # noqa: PLR0913 - each is something in which devices differ; all but the handler may be left out
        self,
        handler: Handler,
        locale: str = "en-US",
        *,
        resolver: Resolver | None = None,
        skill_id: str = SKILL_ID,
        user_id: str = "amzn1.ask.account.SIMULATOR",
        interfaces: Mapping[str, Json] = NOTHING,
        context: Mapping[str, Any] = NOTHING,
        clock: Clock | None = None,
        seed: int = 0,
    ) -> None:
        self.locale = locale
        self._handler = handler
        self._resolver = resolver
        self._requests = RequestFactory(
            locale,
            skill_id,
            user_id,
            interfaces=interfaces,
            context=context,
            clock=clock or FixedClock(),
            seed=seed,
        )
        self._session: _Session | None = None
        self.last_exchange: tuple[Json, Json] = ({}, {})

    @property
    def resolver(self) -> Resolver:
        """The understanding it was given, else that of `here` in its locale, loaded when first needed."""
        if self._resolver is None:
            self._resolver = here().resolver(self.locale)
        return self._resolver

    @property
    def is_open(self) -> bool:
        """Tell whether a session is open."""
        return self._session is not None

    @property
    def is_listening(self) -> bool:
        """Tell whether the microphone is open, so that the user may simply speak."""
        return self._session is not None and self._session.listening

    def launch(self) -> Exchange:
        """Open the skill by its name; a session that is open ends first."""
        self.end()
        return self._ask({"type": "LaunchRequest"})

    def intent(self, name: str, slots: Mapping[str, SlotInput] = NOTHING) -> Exchange:
        """Send an intent as if it had been heard; without a session it is a one-shot, which opens one."""
        declared = self._resolver.model.intents.get(name) if self._resolver else None
        types = {slot.name: slot.type for slot in declared.slots} if declared else {}
        return self._ask(self._requests.intent(name, slots, types))

    def say(self, words: str) -> Exchange:
        """Say something. Nothing said is silence.

        Raises `SessionClosedError` where no session is open and the words do not call the skill by its name;
        a stop is then simply nothing.
        """
        if not words.strip():
            return self.silence()
        heard = self.resolver.spoken(words)
        if not self.is_open and not heard.named:
            if heard.intent in STOPS:
                return Exchange(ended=True, heard=heard)
            raise SessionClosedError(f'no session is open; "{self.resolver.calling}" starts one')
        if heard.intent == LAUNCH:
            turn = self.launch()
        else:
            if heard.named:
                self.end()
            turn = self.intent(heard.intent, slots_heard(heard))
        return replace(turn, heard=heard)

    def touch(self, arguments: Sequence[Any]) -> Exchange:
        """Touch what sends these arguments on the display.

        Raises `SessionClosedError` where the device shows nothing of the skill.
        """
        session = self._session
        if session is None or session.shown is None:
            raise SessionClosedError("nothing of the skill is on a display")
        return self._ask(
            {
                "type": f"{APL}.UserEvent",
                "token": session.shown,
                "arguments": list(arguments),
                "source": {"type": "TouchWrapper", "handler": "Press"},
                "components": {},
            }
        )

    def silence(self) -> Exchange:
        """Say nothing: the reprompt is spoken once; after that the session ends."""
        session = self._session
        if session is None:
            return Exchange(ended=True)
        session.silences += 1
        if session.silences > 1 or not session.reprompt or not session.listening:
            return self.end("EXCEEDED_MAX_REPROMPTS")
        return Exchange(
            speech=session.reprompt,
            text=plain(session.reprompt),
            attributes=dict(session.attributes),
            listening=True,
        )

    def end(self, reason: str = "USER_INITIATED", error: Json | None = None) -> Exchange:
        """End the session from the device's side and tell the skill why; nothing where none is open."""
        if self._session is None:
            return Exchange(ended=True)
        request: Json = {"type": "SessionEndedRequest", "reason": reason}
        try:
            return self._ask({**request, "error": error} if error else request)
        finally:
            self._session = None

    def _ask(self, body: Json) -> Exchange:
        session = self._session or _Session(self._requests.new_id("session"))
        self._session = session
        event = self._requests.envelope(
            body, {"new": session.new, "sessionId": session.id, "attributes": session.attributes}
        )
        response = self._invoke(event)
        ending = body["type"] == "SessionEndedRequest"
        try:
            reply = read_reply(response, ending=ending)
        except InvalidResponseError as error:
            if not ending:
                self.end("ERROR", {"type": "INVALID_RESPONSE", "message": str(error)})
            raise
        self._follow(session, reply, ending=ending)
        return Exchange(
            request=event,
            response=response,
            speech=reply.speech,
            text=plain(reply.speech) if reply.speech else "",
            reprompt=plain(reply.reprompt) if reply.reprompt else "",
            card=reply.card,
            directives=reply.directives,
            attributes=reply.attributes,
            ended=not self.is_open,
            listening=self.is_listening,
        )

    def _invoke(self, event: Json) -> Json:
        """Call the handler as Lambda does, with JSON on both ways."""
        self.last_exchange = (event, {})
        request_id = event["request"]["requestId"]
        context = SimpleNamespace(
            aws_request_id=request_id, function_name="simulator", get_remaining_time_in_millis=lambda: 8000
        )
        try:
            response = json.loads(json.dumps(self._handler(json.loads(json.dumps(event)), context)))
        except Exception as error:
            self._session = None
            raise SkillError(f"{type(error).__name__}: {error}") from error
        answered = response if isinstance(response, dict) else {}
        self.last_exchange = (event, answered)
        return answered

    def _follow(self, session: _Session, reply: Reply, *, ending: bool) -> None:
        """Carry on with the session as the reply asks."""
        session.attributes = dict(reply.attributes)
        session.reprompt = reply.reprompt
        session.new = False
        session.silences = 0
        session.listening = reply.should_end is False
        for directive in reply.directives:
            if directive.get("type") == f"{APL}.RenderDocument":
                session.shown = str(directive.get("token", ""))
        shows = APL in self._requests.interfaces
        if ending or reply.should_end is True or (reply.should_end is None and not shows):
            self._session = None


def slots_heard(heard: Resolution) -> dict[str, SlotInput]:
    """The slots of what was understood, as a request states them."""
    return {
        name: [
            SlotValue(match.value, match.id, match.entry.name if match.entry else None) for match in matches
        ]
        for name, matches in heard.slots.items()
    }
