"""Tells what a conversation at the first question of the check would do with something that is said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from simulator.device.echo import Device, Exchange
from simulator.skill import Handler
from simulator.understanding.resolve import Resolver

_TO_THE_FIRST_QUESTION = "yes"


@dataclass(frozen=True)
class Outcome:
    """The effect of one utterance. Signs are ids of questions."""

    utterance: str
    intent: str
    recognised: Sequence[str]
    """Signs that count as said."""
    asked: Sequence[str]
    """The sign that is asked about next because of what was said, then the one asked about after a no."""
    denied: Sequence[str]
    """Signs that count as denied."""
    level: str | None
    """Of the advice, where the reply gives any."""
    ended: bool
    reply: str


def outcome(handler: Handler, resolver: Resolver, utterance: str) -> Outcome:
    """The effect of the utterance, said in a session of its own.

    Raises what ``Device.say`` raises. Nothing said is silence.
    """
    device = Device(handler, resolver.locale, resolver=resolver)
    device.launch()
    before = device.say(_TO_THE_FIRST_QUESTION).attributes
    turn = device.say(resolver.typed(utterance))
    answers = _new(before, turn)
    return Outcome(
        utterance=utterance,
        intent=turn.heard.intent if turn.heard else "",
        recognised=[sign for sign, said in answers.items() if said == "yes"],
        asked=_asked(turn),
        denied=[sign for sign, said in answers.items() if said == "no"],
        level=turn.attributes.get("level"),
        ended=turn.ended,
        reply=turn.text,
    )


def _new(before: Mapping[str, Any], turn: Exchange) -> dict[str, str]:
    known = before.get("answers") or {}
    now: Mapping[str, str] = turn.attributes.get("answers") or {}
    return {sign: said for sign, said in now.items() if known.get(sign) != said}


def _asked(turn: Exchange) -> list[str]:
    """The signs that are in doubt, as long as the reply asks about the first of them."""
    unclear = str(turn.attributes.get("unclear") or "").split()
    return unclear if turn.attributes.get("asking") in unclear else []


def as_json(handler: Handler, resolver: Resolver, utterance: str) -> dict[str, Any]:
    """The public form of an `outcome`."""
    return asdict(outcome(handler, resolver, utterance))
