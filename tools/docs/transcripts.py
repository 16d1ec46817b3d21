"""Write the transcripts in the pages from their conversations; `--check` says whether they are stale.

A transcript stands between `<!-- transcript: en-US/name -->` and `<!-- end of transcript -->`; the name is
that of a file in `tests/conversations`. It is played through the emulator, so the page shows what is said.
`<!-- transcript: en-US/name from "words" to "others" -->` begins and ends where the user says these;
`<!-- transcript: en-US/name first 3 last 2 -->` leaves out the turns between.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from textwrap import fill
from typing import NamedTuple

from simulator.device.echo import SessionClosedError
from simulator.device.ssml import PAUSE, paced
from tools import conversations

ROOT = Path(__file__).parents[2]
PAGES = (ROOT / "README.md", ROOT / "docs" / "exercises.md")
WIDTH = 100
_BLOCK = re.compile(
    r'(?P<start><!-- transcript: (?P<name>\S+)(?: from "(?P<begins>[^"]+)")?(?: to "(?P<ends>[^"]+)")?'
    r"(?: first (?P<first>[1-9]\d*) last (?P<last>[1-9]\d*))? -->\n).*?"
    r"(?P<end><!-- end of transcript -->)",
    re.DOTALL,
)
_DONE = {conversations.LAUNCH: "Alexa, open Leg Cramp Guide", conversations.SILENCE: "(says nothing)"}


class Part(NamedTuple):
    """The part that a page shows: from where the user says what it ``begins`` with, to what it ``ends`` with.

    Of that, the ``first`` and the ``last`` turns, or all of them.
    """

    begins: str | None = None
    ends: str | None = None
    first: int | None = None
    last: int | None = None


def transcript(path: Path, part: Part = Part()) -> str:  # noqa: B008 - a tuple, which nobody can change
    """A conversation, or a part of it, as a block for a page.

    Raises ``ValueError`` where nobody says what it begins or ends with, or where nothing is left out.
    """
    turns = list(_turns(conversations.read(path)))
    turns = turns[_said(part.begins, turns, path.stem) :] if part.begins else turns
    turns = turns[: _said(part.ends, turns, path.stem) + 1] if part.ends else turns
    if part.first and part.last:
        between = len(turns) - part.first - part.last
        if between < 1:
            raise ValueError(f"the first {part.first} and the last {part.last} turns are all of {path.stem}")
        turns[part.first : -part.last] = [[f"       ({between} turns later)"]]
    return "\n".join(["```text", *(line for lines in turns for line in lines), "```", ""])


def _said(words: str, turns: list[list[str]], name: str) -> int:
    """The first turn in which the user says the words."""
    found = [number for number, lines in enumerate(turns) if lines[0] == _line("You", words)]
    if not found:
        raise ValueError(f"nobody says {words!r} there in {name}")
    return found[0]


def rewritten(page: str) -> str:
    """The page with each transcript as the skill speaks now.

    Raises ``ValueError`` where the page has none, or names a conversation or a beginning that does not exist.
    """
    new, count = _BLOCK.subn(
        lambda block: block["start"] + _named(block["name"], _part(block)) + block["end"], page
    )
    if not count:
        raise ValueError("no transcript is marked")
    return new


def main(argv: list[str]) -> int:
    """Write the pages, or with ``--check`` name those that are stale and return 1 if any is."""
    parser = argparse.ArgumentParser(prog="python -m tools transcripts", description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; say which pages are stale")
    check = parser.parse_args(argv).check
    return max([_write(path, check=check) for path in PAGES])


def _write(path: Path, *, check: bool) -> int:
    page = path.read_text(encoding="utf-8")
    try:
        new = rewritten(page)
    except ValueError as error:
        print(f"{path.name}: {error}", file=sys.stderr)
        return 1
    if not check:
        path.write_text(new, encoding="utf-8")
        print(f"wrote {path.name}")
    elif new != page:
        print(f"{path.name}: not what the skill says now; run `python -m tools transcripts`", file=sys.stderr)
    return int(check and new != page)


def _part(block: re.Match[str]) -> Part:
    shown = (int(block[key]) if block[key] else None for key in ("first", "last"))
    return Part(block["begins"], block["ends"], *shown)


def _named(name: str, part: Part) -> str:
    path = conversations.FOLDER / f"{name}.toml"
    if not path.is_file():
        raise ValueError(f"there is no conversation {name}")
    try:
        return transcript(path, part)
    except SessionClosedError:
        raise ValueError(
            f"the conversation {name} ends before its last turn; `python -m tools record` shows what changed"
        ) from None


def _turns(conversation: conversations.Conversation) -> Iterator[list[str]]:
    for turn, did in conversations.play(conversation):
        lines = [_line("You", _DONE.get(turn["user"], turn["user"]))]
        if did.text:
            lines.append(_line("Guide", PAUSE.join(paced(did.speech).split("\n"))))
        yield lines


def _line(who: str, words: str) -> str:
    return fill(words, WIDTH, initial_indent=f"{who + ':':7}", subsequent_indent=" " * 7)
