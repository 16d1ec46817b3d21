from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from simulator.device.replay import ReplayError, load_replay, save_replay

GOOD = {
    "skillId": "amzn1.ask.skill.x",
    "locale": "en-US",
    "type": "text",
    "userInput": ["open it", "yes", ".quit"],
}


def test_saved_file_is_what_the_ask_cli_reads(tmp_path: Path) -> None:
    path = tmp_path / "talk.json"
    assert save_replay(path, "amzn1.ask.skill.x", "en-US", ["open it", "", "yes"]) == 2
    assert json.loads(path.read_text(encoding="utf-8")) == GOOD


def test_what_the_cli_would_take_for_a_command_is_said_without_its_dot(tmp_path: Path) -> None:
    path = tmp_path / "talk.json"
    assert save_replay(path, "amzn1.ask.skill.x", "en-US", [".open it", "... yes", "..."]) == 2
    assert json.loads(path.read_text(encoding="utf-8")) == GOOD


def test_what_was_saved_is_read_back(tmp_path: Path) -> None:
    path = tmp_path / "talk.json"
    save_replay(path, "amzn1.ask.skill.x", "en-GB", ["open it", "i can’t pee"])
    replay = load_replay(path)
    assert (replay.skill_id, replay.locale, replay.lines) == (
        "amzn1.ask.skill.x",
        "en-GB",
        ("open it", "i can’t pee"),
    )


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"skillId": ""}, "skillId is missing"),
        ({"locale": None}, "locale is missing"),
        ({"type": "speech"}, "type must be text"),
        ({"userInput": "yes"}, "must be a list"),
        ({"userInput": [1]}, "must be a list"),
        ({"userInput": ["yes", " "]}, "blank line"),
        ({"userInput": []}, "blank line"),
    ],
)
def test_file_that_the_ask_cli_would_not_take_is_refused(
    tmp_path: Path, change: dict[str, Any], reason: str
) -> None:
    path = tmp_path / "talk.json"
    path.write_text(json.dumps({**GOOD, **change}), encoding="utf-8")
    with pytest.raises(ReplayError, match=reason):
        load_replay(path)


@pytest.mark.parametrize("text", ["", "[]", "{"])
def test_file_that_is_no_replay_at_all_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "talk.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ReplayError, match=r"talk\.json"):
        load_replay(path)
