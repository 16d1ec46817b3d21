"""A conversation as something to keep: a conversation test, or a replay file of the ASK CLI."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from simulator.device.deployed import Target
from simulator.device.echo import Device, Exchange
from simulator.device.replay import replay_text
from simulator.files import toml
from simulator.web.talks import LAUNCH, SILENCE, Talk, Talks

Kept = Callable[[Mapping[str, Any], Exchange], Mapping[str, Any]]
_LEAVE = "AMAZON.StopIntent"


class KeepError(Exception):
    """The conversation cannot be kept in this form; the message says why."""


def as_replay(talk: Talk, target: Target) -> str:
    """The file that `ask dialog --replay` reads; raises `KeepError` where nothing was said."""
    lines = [_spoken(each.user, talk.resolver.calling) for each in talk.said]
    if not any(lines):
        raise KeepError("nothing has been said yet")
    return replay_text(target.written, talk.device.locale, lines)


def as_test(talk: Talk, talks: Talks, name: str, why: str) -> str:
    """A conversation test that holds what happened.

    It is played once more, in words and on a new device without a display, and what comes is what the test
    expects. Raises `KeepError` with the turn where that is not what happened here.
    """
    if not talk.said:
        raise KeepError("nothing has been said yet")
    replayed, kept = [*_replay(talk, talks)], talks.skill.hook("kept") or _kept
    for number, (before, (_, after)) in enumerate(zip(talk.said, replayed, strict=False), 1):
        if _kept_of(kept, before.turn) != _kept_of(kept, after):
            how = "touched" if before.touched else "said"
            raise KeepError(
                f"turn {number}, {before.user!r}, was {how}, and leads elsewhere when it is said again"
            )
    head = f"name = {toml(name)}\nlocale = {toml(talk.device.locale)}\nwhy = {toml(why)}\n"
    return head + "turns = [\n" + "".join(f"  {line},\n" for line in _turns(replayed, kept)) + "]\n"


def _replay(talk: Talk, talks: Talks) -> Iterator[tuple[str, Exchange]]:
    """Each turn again, and at the end what leaves the session, if it is still open."""
    device = Device(talks.handler, talk.device.locale, resolver=talk.resolver)
    for each in talk.said:
        yield each.user, _act(device, each.user)
    if device.is_open:
        leaving = talk.resolver.language.data["intents"][_LEAVE][0]
        yield leaving, device.say(leaving)


def _act(device: Device, user: str) -> Exchange:
    return device.launch() if user == LAUNCH else device.say(_spoken(user, LAUNCH))


def _spoken(user: str, launch: str) -> str:
    return {LAUNCH: launch, SILENCE: ""}.get(user, user)


def _kept(_: Mapping[str, Any], turn: Exchange) -> Mapping[str, Any]:
    """Expects of a skill that does not say what its tests expect what is the same whenever it is said."""
    heard = {"intent": turn.heard.intent} if turn.heard else {}
    return {**heard, "asks": turn.listening} if turn.text else heard


def _kept_of(kept: Kept, turn: Exchange) -> Mapping[str, Any]:
    return {**kept({}, turn), "ends": turn.ended}


def _turns(replayed: Sequence[tuple[str, Exchange]], kept: Kept) -> Iterator[str]:
    before: Mapping[str, Any] = {}
    for user, turn in replayed:
        expected = {"user": user, **kept(before, turn), **({"ends": True} if turn.ended else {})}
        before = turn.attributes or before
        yield toml(expected)
