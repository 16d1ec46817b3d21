"""`talk`: a conversation with the skill, typed in a terminal or read from a pipe."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from importlib import import_module
from secrets import randbits

from simulator.device.echo import Device
from simulator.device.requests import SKILL_ID
from simulator.skill import Skill
from simulator.terminal.conversation import Conversation
from simulator.terminal.paper import Paper

PROMPT = "you    "


def talk(skill: Skill, locale: str, profile: str | None = None) -> int:
    """Hold one conversation with a skill; returns the exit code that `--help` documents.

    What is saved of it is for the skill that was deployed with the ``profile`` of the ASK CLI.

    In a terminal ids and times are real. From a pipe they are fixed: the same lines get the same replies.
    """
    interactive = sys.stdin.isatty()
    skill_id = os.environ.get("SKILL_ID") or SKILL_ID
    device = Device(
        skill.handler,
        locale,
        resolver=skill.resolver(locale),
        skill_id=skill_id,
        clock=(lambda: datetime.now(UTC)) if interactive else None,
        seed=randbits(64) if interactive else 0,
    )
    paper = Paper(sys.stdout)
    conversation = Conversation(device, paper, profile, skill)
    conversation.open()
    for line in _typed(paper) if interactive else _piped(paper):
        conversation.take(line)
        if conversation.left or (conversation.failed and not interactive):
            break
    conversation.close()
    if conversation.unsaid and not interactive:
        print(f"{conversation.unsaid} lines were not heard: the session was over", file=sys.stderr)
    return 1 if conversation.failed else 0


def _typed(paper: Paper) -> Iterator[str]:
    """Lines from a terminal, with editing and a history that is never written to disk."""
    with suppress(ImportError):  # not every Python has it
        import_module("readline")  # gives input() its line editing
    while True:
        try:
            yield input(_invisible(paper.colour("note", PROMPT)))
        except (EOFError, KeyboardInterrupt):
            print()
            return


def _piped(paper: Paper) -> Iterator[str]:
    for line in sys.stdin:
        paper.said("you", line.strip() or "(silence)")
        yield line


def _invisible(prompt: str) -> str:
    """Tell the line editor which characters take no room."""
    return prompt.replace("\033[2m", "\001\033[2m\002").replace("\033[0m", "\001\033[0m\002")
