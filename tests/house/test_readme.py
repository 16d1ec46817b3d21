"""The first page: short, and what somebody with a cramp, or a newcomer, looks for comes first."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "README.md").read_text(encoding="utf-8")
MOST_WORDS = 1300


def test_it_is_read_in_a_few_minutes() -> None:
    """Counted as ``wc -w`` counts, transcripts and all."""
    assert len(TEXT.split()) <= MOST_WORDS


def test_the_cramp_comes_first() -> None:
    shown = re.findall(r"<!-- transcript: (\S+)", TEXT)
    assert shown[0] == "en-US/relief_cramp_release"
    assert TEXT.index("You:   my calf is cramping right now") < TEXT.index("\n## ")


def test_it_says_what_it_must() -> None:
    headings = re.findall(r"^## (.*)$", TEXT, re.MULTILINE)
    assert headings[0] == "Try it"
    assert {"What it must never be used for", "Privacy", "Change a question", "On a display"} <= set(headings)
    first = TEXT.split("## Try it")[1].split("\n## ")[0]
    assert re.search(r"^make talk ", first, re.MULTILINE)
    assert re.search(r"^make test ", first, re.MULTILINE)
