"""Conversations as TOML files: what a person does, turn by turn, and what is expected of each reply.

A file holds ``name``, ``locale``, ``why`` and ``turns``; each turn holds ``user`` (``LAUNCH``, ``SILENCE`` or
words) and any of the expectations. What is left out is not checked.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from simulator.device.echo import NOTHING, Exchange
from simulator.files import read_toml
from simulator.skill import Handler, Skill
from simulator.testing.echo import Echo, UnmetError, act
from simulator.testing.expectations import unknown

_HEAD = {"name", "locale", "why", "turns"}


class ConversationError(Exception):
    """A conversation file that expects what nobody would check, or says nothing."""


class Conversation(NamedTuple):
    """One file. Each turn holds ``user`` and what is expected of the reply."""

    name: str
    locale: str
    why: str
    turns: tuple[Mapping[str, Any], ...]


def read(path: Path, skill: Skill) -> Conversation:
    """The conversation in a file, with the expectations that a skill may have.

    Raises ``ConversationError`` for a key that has no meaning: a misspelt expectation would never fail.
    """
    raw, own = read_toml(path), skill.hook("expectations")
    if set(raw) != _HEAD:
        raise ConversationError(f"{path.name}: needs exactly {', '.join(sorted(_HEAD))}")
    for number, turn in enumerate(raw["turns"], 1):
        if "user" not in turn:
            raise ConversationError(f"{path.name}, turn {number}: says nothing of the user")
        if wrong := unknown({key: value for key, value in turn.items() if key != "user"}, own):
            raise ConversationError(f"{path.name}, turn {number}: nothing checks {', '.join(wrong)}")
    return Conversation(raw["name"], raw["locale"], raw["why"], tuple(raw["turns"]))


def play(
    conversation: Conversation,
    skill: Skill,
    handler: Handler | None = None,
    interfaces: Mapping[str, Any] = NOTHING,
) -> Iterator[tuple[Mapping[str, Any], Exchange]]:
    """Each turn of the conversation with what the device did, on a device of its own.

    The skill answers by its own handler unless another is given, and the device has no display unless
    ``interfaces`` say so. Raises what the device raises.
    """
    device = Echo(skill, conversation.locale, handler=handler, interfaces=interfaces).device
    for turn in conversation.turns:
        yield turn, act(device, turn["user"])


def check(conversation: Conversation, skill: Skill) -> None:
    """Play the conversation; raises ``UnmetError`` at the first turn that is not as expected.

    Beside what the file expects, the skill's own rules hold on every turn, and the session must be over at
    the end: a conversation that breaks off tests less than it seems to.
    """
    echo = Echo(skill, conversation.locale)
    turn = given = Exchange()
    for expected in conversation.turns:
        said = echo.act(expected["user"])
        turn = said.turn
        given = turn if turn.response and turn.speech else given
        said.expects(**{key: value for key, value in expected.items() if key != "user"})
        if echo.own and (found := [*echo.own.rules(turn, given, conversation.locale)]):
            raise UnmetError(echo.told(found))
    if not (given.ended or turn.ended):
        raise UnmetError(echo.told(["the conversation stops before the session does; say how it ends"]))
