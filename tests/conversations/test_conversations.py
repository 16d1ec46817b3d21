"""What holds of all conversations in this folder together; each is a test of its own.

A conversation is a file: `en-US/<case>.toml`. `simulator/testing/conversations.py` says what it may hold, and
`tools/simulated/expectations.py` what those of this skill may besides.
"""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from crampguide.triage import Level, load_protocol
from tools import conversations


def test_a_conversation_lies_in_the_folder_of_its_locale() -> None:
    assert [
        path for path in conversations.paths() if conversations.read(path).locale != path.parent.name
    ] == []


def test_every_emergency_sign_is_asked_and_volunteered_somewhere() -> None:
    asked, volunteered = set(), set()
    for path in conversations.paths():
        turns = conversations.read(path).turns
        for before, turn in pairwise(turns):
            if turn.get("level") == "emergency":
                yes = {id_ for id_, answer in turn.get("answers", {}).items() if answer == "yes"}
                asked |= yes & {before.get("asks")}
                volunteered |= yes - {before.get("asks")} if turn["user"] != "yes" else set()
    questions = load_protocol().questions
    signs = {id_ for id_, question in questions.items() if question.yes is Level.EMERGENCY}
    again = {id_ for id_, question in questions.items() if question.looks_again}
    assert asked >= signs
    assert volunteered >= signs - again, "who brings up what a second look asks about says the sign itself"


def test_a_misspelt_expectation_is_refused(tmp_path: Path) -> None:
    (tmp_path / "typo.toml").write_text(
        'name = "n"\nlocale = "en-US"\nwhy = "w"\nturns = [{ user = "LAUNCH", say = ["911"] }]\n'
    )
    with pytest.raises(conversations.ConversationError, match=r"typo\.toml, turn 1"):
        conversations.read(tmp_path / "typo.toml")
