"""The paper a conversation is printed on, as wide as the terminal, and in colour if it has any."""

from __future__ import annotations

import json
import os
import shutil
import textwrap
from collections.abc import Mapping
from typing import TextIO

WIDEST = 92
LABEL = 7
COLOURS = {"skill": "36", "you": "1", "note": "2", "error": "31"}


class Paper:
    """Prints what is said and what happens."""

    def __init__(self, out: TextIO, env: Mapping[str, str] = os.environ) -> None:
        self._out = out
        self._coloured = out.isatty() and not env.get("NO_COLOR") and env.get("TERM") != "dumb"
        self._width = min(shutil.get_terminal_size((WIDEST, 24)).columns, WIDEST)

    def said(self, who: str, text: str) -> None:
        """Words of the user or of the skill, under their label."""
        indent = " " * LABEL
        lines = [
            wrapped
            for line in text.splitlines() or [""]
            for wrapped in textwrap.wrap(line, self._width, initial_indent=indent, subsequent_indent=indent)
            or [""]
        ]
        body = "\n".join(lines)[LABEL:]
        self._print(self.colour("note", who.ljust(LABEL)) + self.colour(who, body))

    def note(self, text: str) -> None:
        """Something that happens, or that the terminal has to say itself."""
        self._print(self.colour("note", textwrap.indent(text, " " * LABEL)))

    def error(self, text: str) -> None:
        """Something that went wrong."""
        self._print(self.colour("error", textwrap.indent(text, " " * LABEL)))

    def data(self, value: object) -> None:
        """JSON, for reading."""
        self._print(json.dumps(value, indent=2, ensure_ascii=False))

    def colour(self, kind: str, text: str) -> str:
        """The text in the colour of its kind, or as it is where there is no colour."""
        return f"\033[{COLOURS[kind]}m{text}\033[0m" if self._coloured and text else text

    def _print(self, text: str) -> None:
        print(text, file=self._out, flush=True)
