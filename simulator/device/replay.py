"""Replay files as the ASK CLI writes them (`ask dialog --save-skill-io`, `ask dialog --replay`)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from simulator.files import BrokenFileError, read_json

QUIT = ".quit"


class ReplayError(ValueError):
    """The file is none that the ASK CLI would replay."""


@dataclass(frozen=True)
class Replay:
    """A user's lines to a skill."""

    skill_id: str
    locale: str
    user_input: tuple[str, ...]

    @property
    def lines(self) -> tuple[str, ...]:
        """The lines, without the one that leaves the dialog."""
        return tuple(line for line in self.user_input if line != QUIT)


def load_replay(path: Path) -> Replay:
    """Read a replay file; raises `ReplayError` with what is wrong in it, or that there is none."""
    try:
        document = read_json(path)
    except BrokenFileError as error:
        raise ReplayError(str(error)) from error
    if not isinstance(document, dict):
        raise ReplayError(f"{path}: an object is expected")
    for key in ("skillId", "locale"):
        if not isinstance(document.get(key), str) or not document[key].strip():
            raise ReplayError(f"{path}: {key} is missing")
    if document.get("type", "text") != "text":
        raise ReplayError(f"{path}: type must be text")
    lines = document.get("userInput")
    if not isinstance(lines, list) or not all(isinstance(line, str) for line in lines):
        raise ReplayError(f"{path}: userInput must be a list of lines")
    if not lines or not all(line.strip() for line in lines):
        raise ReplayError(f"{path}: userInput has a blank line, or none at all")
    return Replay(document["skillId"], document["locale"], tuple(lines))


def save_replay(path: Path, skill_id: str, locale: str, lines: Sequence[str]) -> int:
    """Write what was said, and return how many lines that is; the format has no word for silence."""
    path.write_text(replay_text(skill_id, locale, lines), encoding="utf-8")
    return len(_sayable(lines))


def replay_text(skill_id: str, locale: str, lines: Sequence[str]) -> str:
    """The content of a replay file; silence is left out."""
    said = _sayable(lines)
    document = {"skillId": skill_id, "locale": locale, "type": "text", "userInput": [*said, QUIT]}
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def _sayable(lines: Sequence[str]) -> list[str]:
    """The lines as the CLI can say them: with a dot before it, a line is a command, and ends the replay."""
    return [said for line in lines if (said := line.strip().lstrip(". "))]
