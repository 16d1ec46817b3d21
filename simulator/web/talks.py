"""The conversations that pages hold: one device each, in memory, and no more of them than a few."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from secrets import randbits, token_urlsafe
from threading import Lock
from typing import Any

from simulator.device.echo import Device, Exchange, SessionClosedError, SkillError
from simulator.device.replies import InvalidResponseError
from simulator.device.ssml import beats
from simulator.skill import Handler, Skill
from simulator.understanding.resolve import Resolution, Resolver
from simulator.understanding.samples import Match
from simulator.web.devices import Kind

MOST = 16
LAUNCH, SILENCE = "LAUNCH", "SILENCE"

Json = dict[str, Any]


class NoTalkError(Exception):
    """The conversation is not held, or not any more."""


@dataclass(frozen=True)
class Said:
    """One thing that the user did, in the words that conversation tests use, and what came of it."""

    user: str
    turn: Exchange
    touched: bool = False


@dataclass
class Talk:
    """One conversation. `said` is what was said since its session began."""

    skill: Skill
    device: Device
    resolver: Resolver
    said: list[Said] = field(default_factory=list)
    lock: Lock = field(default_factory=Lock)

    def act(self, user: str, do: Callable[[], Exchange], *, touched: bool = False) -> Json:
        """The outcome of something the user did, as the page is told."""
        with self.lock:
            try:
                turn = do()
            except SessionClosedError as closed:
                return {"closed": str(closed)}
            except (SkillError, InvalidResponseError) as error:
                request, response = self.device.last_exchange
                return {"failed": str(error), "request": request, "response": response, "ended": True}
            if turn.request.get("session", {}).get("new"):
                self.said.clear()
            if turn.request or turn.speech:
                self.said.append(Said(user, turn, touched=touched))
            return as_json(turn, self.skill)


class Talks:
    """Every conversation that is held; the one unused for longest makes room for a new one."""

    def __init__(self, skill: Skill, handler: Handler, skill_id: str) -> None:
        self.skill = skill
        self.skill_id = skill_id
        self.handler = handler
        self._held: OrderedDict[str, Talk] = OrderedDict()
        self._lock = Lock()

    def begin(self, locale: str, kind: Kind) -> str:
        """A new conversation's id; raises `LookupError` for a locale without a model."""
        resolver = self.skill.resolver(locale)
        device = Device(
            self.handler,
            locale,
            resolver=resolver,
            skill_id=self.skill_id,
            interfaces=kind.interfaces,
            context=kind.context,
            clock=lambda: datetime.now(UTC),
            seed=randbits(64),
        )
        name = token_urlsafe(12)
        with self._lock:
            self._held[name] = Talk(self.skill, device, resolver)
            while len(self._held) > MOST:
                self._held.popitem(last=False)
        return name

    def find(self, name: str) -> Talk:
        """The conversation of this id; raises `NoTalkError` where it is not held."""
        with self._lock:
            if name not in self._held:
                raise NoTalkError(name)
            self._held.move_to_end(name)
            return self._held[name]

    def forget(self, name: str) -> None:
        """Let go of a conversation; of one that is not held, nothing."""
        with self._lock:
            self._held.pop(name, None)


def as_json(turn: Exchange, skill: Skill) -> Json:
    """A turn for the page: what it shows, and what the voice of the browser is to speak."""
    reading = skill.hook("reading")
    return {
        "text": turn.text,
        "beats": beats(turn.speech) if turn.speech else [],
        "reprompt": turn.reprompt,
        "card": turn.card,
        "directives": turn.directives,
        "attributes": turn.attributes,
        "listening": turn.listening,
        "ended": turn.ended,
        "heard": _heard(turn.heard) if turn.heard else None,
        "reading": reading(turn.request) if reading else None,
        "request": turn.request,
        "response": turn.response,
    }


def _heard(heard: Resolution) -> Json:
    best = Match(heard.intent, heard.score, heard.slots)
    return {"utterance": heard.utterance, "best": _match(best), "others": [*map(_match, heard.candidates)]}


def _match(match: Match) -> Mapping[str, Any]:
    slots = [
        {
            "slot": name,
            "words": value.value,
            "id": value.id,
            "name": value.entry.name if value.entry else None,
        }
        for name, values in match.slots.items()
        for value in values
    ]
    return {"intent": match.intent, "score": match.score, "slots": slots}
