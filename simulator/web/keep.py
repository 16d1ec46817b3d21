"""A conversation as something to keep: a test for tests/conversations, or a replay file of the ASK CLI."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from simulator.device.deployed import Target
from simulator.device.echo import Device, Exchange, Handler
from simulator.device.replay import replay_text
from simulator.understanding.resolve import Resolver
from simulator.understanding.words import language_of
from simulator.web.talks import LAUNCH, SILENCE, Said, Talk

STANDS = ("asking", "offer", "level", "pattern", "answers")
_LEAVE = "AMAZON.StopIntent"


class KeepError(Exception):
    """The conversation cannot be kept in this form; the message says why."""


def as_replay(talk: Talk, target: Target) -> str:
    """The file that `ask dialog --replay` reads; raises `KeepError` where nothing was said."""
    name = talk.resolver.model.invocation
    lines = [_spoken(each.user, f"open {name}") for each in talk.said]
    if not any(lines):
        raise KeepError("nothing has been said yet")
    return replay_text(target.written, talk.device.locale, lines)


def as_test(talk: Talk, handler: Handler, name: str, why: str) -> str:
    """A conversation test that holds what happened.

    It is played once more, in words and on a new device without a display, and what comes is what the test
    expects. Raises `KeepError` with the turn where that is not what happened here.
    """
    if not talk.said:
        raise KeepError("nothing has been said yet")
    replayed = [*_replay(talk.said, handler, talk.resolver, talk.device.locale)]
    for number, (before, (_, after)) in enumerate(zip(talk.said, replayed, strict=False), 1):
        if _stands(before.turn) != _stands(after):
            how = "touched" if before.touched else "said"
            raise KeepError(
                f"turn {number}, {before.user!r}, was {how}, and leads elsewhere when it is said again"
            )
    head = f"name = {_text(name)}\nlocale = {_text(talk.device.locale)}\nwhy = {_text(why)}\n"
    return head + "turns = [\n" + "".join(f"  {line},\n" for line in _turns(replayed)) + "]\n"


def _replay(
    said: Sequence[Said], handler: Handler, resolver: Resolver, locale: str
) -> Iterator[tuple[str, Exchange]]:
    """Each turn again, and at the end what leaves the session, if it is still open."""
    device = Device(handler, locale, resolver=resolver)
    for each in said:
        yield each.user, _act(device, each.user)
    if device.is_open:
        leaving = language_of(locale).data["intents"][_LEAVE][0]
        yield leaving, device.say(leaving)


def _act(device: Device, user: str) -> Exchange:
    return device.launch() if user == LAUNCH else device.say(_spoken(user, LAUNCH))


def _spoken(user: str, launch: str) -> str:
    return {LAUNCH: launch, SILENCE: ""}.get(user, user)


def _stands(turn: Exchange) -> Mapping[str, Any]:
    return {key: turn.attributes.get(key) for key in STANDS} | {"ended": turn.ended}


def _turns(replayed: Sequence[tuple[str, Exchange]]) -> Iterator[str]:
    level, answers = None, dict[str, str]()
    for user, turn in replayed:
        now = turn.attributes
        parts = [f"user = {_text(user)}"]
        parts += [f"asks = {_text(now['asking'])}"] if now.get("asking") else []
        parts += [f"offer = {_text(now['offer'])}"] if now.get("offer") else []
        if now.get("level") and now["level"] != level:
            level = now["level"]
            parts.append(f"level = {_text(level)}")
        new = {id_: said for id_, said in (now.get("answers") or {}).items() if answers.get(id_) != said}
        if new:
            answers |= new
            parts.append(
                "answers = { " + ", ".join(f"{id_} = {_text(said)}" for id_, said in new.items()) + " }"
            )
        parts += ["ends = true"] if turn.ended else []
        yield "{ " + ", ".join(parts) + " }"


def _text(value: str) -> str:
    """A TOML string; JSON writes the same, but for one character."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
