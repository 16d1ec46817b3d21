"""The conversations under tests/conversations: each is a test, and a person for whatever else needs one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from simulator.device.echo import NOTHING, Exchange
from simulator.skill import Handler, here
from simulator.testing import conversations as of_any_skill
from simulator.testing.conversations import Conversation, ConversationError
from simulator.testing.echo import LAUNCH, SILENCE, Echo

__all__ = ["LAUNCH", "SILENCE", "Conversation", "ConversationError", "echo_for", "paths", "play", "read"]
FOLDER = Path(__file__).parent.parent / "tests" / "conversations"


def paths() -> list[Path]:
    """Every conversation, by locale and name."""
    return sorted(FOLDER.glob("*/*.toml"))


def read(path: Path) -> Conversation:
    """The conversation in a file; raises ``ConversationError`` for a key that has no meaning."""
    return of_any_skill.read(path, here())


def play(
    conversation: Conversation, handler: Handler | None = None, interfaces: Mapping[str, Any] = NOTHING
) -> Iterator[tuple[Mapping[str, Any], Exchange]]:
    """Each turn of the conversation with what the device did, on a device of its own.

    The skill is the one in this process, unless another handler is given, and the device has no display,
    unless ``interfaces`` say so.
    """
    return of_any_skill.play(conversation, here(), handler, interfaces)


def echo_for(conversation: Conversation) -> Echo:
    """An Echo that has not been spoken to, in the conversation's locale."""
    return Echo(here(), conversation.locale)
