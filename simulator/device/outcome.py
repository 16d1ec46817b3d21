"""Tells what a skill does with something that is said right after it was opened."""

from __future__ import annotations

from typing import Any

from simulator.device.echo import Device
from simulator.skill import Handler
from simulator.understanding.resolve import Resolver


def outcome(handler: Handler, resolver: Resolver, utterance: str) -> dict[str, Any]:
    """The reply to the utterance in a session of its own, and how that was understood, as JSON.

    Raises what ``Device.say`` raises. Nothing said is silence.
    """
    device = Device(handler, resolver.locale, resolver=resolver)
    device.launch()
    turn = device.say(resolver.typed(utterance))
    return {
        "utterance": utterance,
        "intent": turn.heard.intent if turn.heard else "",
        "ended": turn.ended,
        "reply": turn.text,
    }
