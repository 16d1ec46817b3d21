"""Reads the conversations under tests/conversations and plays them on the device emulator."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from simulator.device.echo import NOTHING, Device, Exchange
from simulator.files import read_toml
from simulator.skill import Handler, here
from simulator.understanding.resolve import Resolver

FOLDER = Path(__file__).parent.parent / "tests" / "conversations"
LAUNCH, SILENCE = "LAUNCH", "SILENCE"
_HEAD = {"name", "locale", "why", "turns"}
_EXPECTATIONS = {
    "asks", "offer", "level", "pattern", "answers", "says", "avoids", "says_line", "reprompts", "ends",
}  # fmt: skip


class ConversationError(Exception):
    """A conversation file that expects what nobody would check, or says nothing."""


class Conversation(NamedTuple):
    """One file. Each turn holds ``user`` and what is expected of the reply."""

    name: str
    locale: str
    why: str
    turns: tuple[Mapping[str, Any], ...]


def paths() -> list[Path]:
    """Every conversation, by locale and name."""
    return sorted(FOLDER.glob("*/*.toml"))


def read(path: Path) -> Conversation:
    """The conversation in a file.

    Raises ``ConversationError`` for a key that has no meaning: a misspelt expectation would never fail.
    """
    raw = read_toml(path)
    if set(raw) != _HEAD:
        raise ConversationError(f"{path.name}: needs exactly {', '.join(sorted(_HEAD))}")
    for number, turn in enumerate(raw["turns"], 1):
        if "user" not in turn or not set(turn) - {"user"} <= _EXPECTATIONS:
            raise ConversationError(
                f"{path.name}, turn {number}: no user, or an unknown key in {sorted(turn)}"
            )
    return Conversation(raw["name"], raw["locale"], raw["why"], tuple(raw["turns"]))


def play(
    conversation: Conversation, handler: Handler | None = None, interfaces: Mapping[str, Any] = NOTHING
) -> Iterator[tuple[Mapping[str, Any], Exchange]]:
    """Each turn of the conversation with what the device did, on a device of its own.

    The skill is the one in this process, unless another handler is given, and the device has no display,
    unless ``interfaces`` say so.
    """
    device = device_for(conversation, handler, interfaces)
    for turn in conversation.turns:
        yield turn, act(device, turn["user"])


def device_for(
    conversation: Conversation, handler: Handler | None = None, interfaces: Mapping[str, Any] = NOTHING
) -> Device:
    """A device that has not been spoken to, in the conversation's locale."""
    locale = conversation.locale
    return Device(handler or here().handler, locale, resolver=_resolver(locale), interfaces=interfaces)


def act(device: Device, user: str) -> Exchange:
    """Does what a conversation calls by this: ``LAUNCH``, ``SILENCE`` or words that are said."""
    if user == LAUNCH:
        return device.launch()
    return device.silence() if user == SILENCE else device.say(user)


@cache
def _resolver(locale: str) -> Resolver:
    """Building one takes longer than a whole conversation."""
    return here().resolver(locale)
