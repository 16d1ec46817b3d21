"""What the threat model names as its answers is there."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "threat-model.md").read_text(encoding="utf-8")


def test_every_answer_exists() -> None:
    named = set(re.findall(r"`((?:tests|infra|docs|tools)/[\w./-]+)`", PAGE))
    assert len(named) > 20
    assert {name for name in named if not (ROOT / name).exists()} == set()


def test_every_threat_has_an_answer_and_something_that_shows_it() -> None:
    rows = [
        line
        for line in PAGE.splitlines()
        if line.startswith("| ") and not line.startswith(("| who, and", "| what | what"))
    ]
    assert len(rows) > 15
    for row in rows:
        _, threat, answer, shown, _ = row.split("|")
        assert threat.strip()
        assert answer.strip()
        assert re.search(r"`[\w./-]+`", shown), row
