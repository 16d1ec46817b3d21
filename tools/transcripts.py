"""Write the transcripts in the pages from their conversations; `--check` says whether they are stale.

A transcript stands between `<!-- transcript: en-US/name -->` and `<!-- end of transcript -->`; the name is
that of a file in `tests/conversations`. It is played through the emulator, so the page shows what is said.
`<!-- transcript: en-US/name from "words" -->` begins where the user says the words.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from textwrap import fill

from simulator.ssml import PAUSE, paced
from tools import conversations

ROOT = Path(__file__).parent.parent
PAGES = (ROOT / "README.md", ROOT / "docs" / "exercises.md")
WIDTH = 100
_BLOCK = re.compile(
    r'(?P<start><!-- transcript: (?P<name>\S+)(?: from "(?P<first>[^"]+)")? -->\n).*?'
    r"(?P<end><!-- end of transcript -->)",
    re.DOTALL,
)
_DONE = {conversations.LAUNCH: "Alexa, open Leg Cramp Guide", conversations.SILENCE: "(says nothing)"}


def transcript(path: Path, first: str | None = None) -> str:
    """What is said in a conversation, from where the user says ``first``, as a block for a page.

    Raises ``ValueError`` where nobody says that.
    """
    lines = list(_lines(conversations.read(path)))
    if first is not None:
        begins = [number for number, line in enumerate(lines) if line == _line("You", first)]
        if not begins:
            raise ValueError(f"nobody says {first!r} in {path.stem}")
        lines = lines[begins[0] :]
    return "\n".join(["```text", *lines, "```", ""])


def rewritten(page: str) -> str:
    """The page with each transcript as the skill speaks now.

    Raises ``ValueError`` where the page has none, or names a conversation or a beginning that does not exist.
    """
    new, count = _BLOCK.subn(
        lambda block: block["start"] + _named(block["name"], block["first"]) + block["end"], page
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


def _named(name: str, first: str | None) -> str:
    path = conversations.FOLDER / f"{name}.toml"
    if not path.is_file():
        raise ValueError(f"there is no conversation {name}")
    return transcript(path, first)


def _lines(conversation: conversations.Conversation) -> Iterator[str]:
    for turn, did in conversations.play(conversation):
        yield _line("You", _DONE.get(turn["user"], turn["user"]))
        if did.text:
            yield _line("Guide", PAUSE.join(paced(did.speech).split("\n")))


def _line(who: str, words: str) -> str:
    return fill(words, WIDTH, initial_indent=f"{who + ':':7}", subsequent_indent=" " * 7)
