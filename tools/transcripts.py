"""Write the transcripts in README.md from their conversations; `--check` says whether they are stale.

A transcript stands between `<!-- transcript: en-US/name -->` and `<!-- end of transcript -->`; the name is
that of a file in `tests/conversations`. It is played through the emulator, so README shows what is said.
"""

from __future__ import annotations

import argparse
import logging
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from textwrap import fill

from tools import conversations

README = Path(__file__).parent.parent / "README.md"
WIDTH = 100
_BLOCK = re.compile(
    r"(?P<start><!-- transcript: (?P<name>\S+) -->\n).*?(?P<end><!-- end of transcript -->)", re.DOTALL
)
_DONE = {conversations.LAUNCH: "Alexa, open Leg Cramp Guide", conversations.SILENCE: "(says nothing)"}


def transcript(path: Path) -> str:
    """What is said in a conversation, as a block for a page."""
    return "\n".join(["```text", *_lines(conversations.read(path)), "```", ""])


def rewritten(page: str) -> str:
    """The page with each transcript as the skill speaks now.

    Raises ``ValueError`` where the page has none, or names a conversation that does not exist.
    """
    new, count = _BLOCK.subn(lambda block: block["start"] + _named(block["name"]) + block["end"], page)
    if not count:
        raise ValueError("no transcript is marked")
    return new


def main(argv: list[str]) -> int:
    """Write README.md, or with ``--check`` name it and return 1 where it is stale."""
    parser = argparse.ArgumentParser(prog="python -m tools transcripts", description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; say whether README.md is stale")
    check = parser.parse_args(argv).check
    logging.getLogger("crampguide").setLevel(logging.ERROR)
    page = README.read_text(encoding="utf-8")
    try:
        new = rewritten(page)
    except ValueError as error:
        print(f"{README.name}: {error}", file=sys.stderr)
        return 1
    if not check:
        README.write_text(new, encoding="utf-8")
        print(f"wrote {README.name}")
    elif new != page:
        print(
            f"{README.name}: not what the skill says now; run `python -m tools transcripts`", file=sys.stderr
        )
    return int(check and new != page)


def _named(name: str) -> str:
    path = conversations.FOLDER / f"{name}.toml"
    if not path.is_file():
        raise ValueError(f"there is no conversation {name}")
    return transcript(path)


def _lines(conversation: conversations.Conversation) -> Iterator[str]:
    for turn, did in conversations.play(conversation):
        yield _line("You", _DONE.get(turn["user"], turn["user"]))
        if did.text:
            yield _line("Guide", did.text)


def _line(who: str, words: str) -> str:
    return fill(words, WIDTH, initial_indent=f"{who + ':':7}", subsequent_indent=" " * 7)
