"""Recording conversations again after the check has changed."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tools import conversations, record
from tools.conversations import Conversation

CALM = conversations.read(conversations.FOLDER / "en-US" / "self_care_ordinary_cramp.toml")


def changed(*turns: Mapping[str, Any]) -> Conversation:
    return CALM._replace(turns=turns)


@pytest.mark.parametrize("path", conversations.paths(), ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_nothing_changes_in_what_is_recorded(path: Path) -> None:
    now = record.record(conversations.read(path))
    assert record.written(now.conversation) == path.read_text(encoding="utf-8")
    assert not now.left_out


def test_a_question_without_an_answer_gets_the_calmer_one() -> None:
    without = [turn for turn in CALM.turns if turn.get("asks") != "one_calf_swollen"]
    now = record.record(changed(*without))
    assert now.conversation == CALM
    assert not now.left_out


def test_an_answer_to_what_is_not_asked_is_left_out_and_named() -> None:
    first, *rest = CALM.turns
    asked = {"user": "not at all", "asks": "chest_or_breathing"}
    with_more = [first, {"user": "yes", "asks": "no_longer_asked"}, asked, *rest[1:]]
    now = record.record(changed(*with_more))
    assert now.left_out == ('"not at all" at no_longer_asked',)
    assert [turn.get("asks") for turn in now.conversation.turns] == [turn.get("asks") for turn in CALM.turns]


def test_answers_stay_with_their_question_in_another_order() -> None:
    at = next(number for number, turn in enumerate(CALM.turns) if turn.get("asks") == "short_cramp")
    before, yes = CALM.turns[: at + 1], CALM.turns[at + 1]
    assert yes["user"] == "yes"
    moved = changed(*before[:2], {**before[at]}, yes, *before[2:at], *CALM.turns[at + 2 :])
    assert record.record(moved).conversation.turns[at + 1]["user"] == "yes"


def test_levels_are_recorded_and_words_are_left_to_a_person() -> None:
    *before, advice, end = CALM.turns
    stale = {**advice, "level": "urgent", "pattern": "neither", "says": ["whatever was said"]}
    now = record.record(changed(*before, stale, end)).conversation
    assert now.turns[-2] == {**advice, "says": ["whatever was said"]}


def test_a_conversation_without_an_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(record, "_calmer_answer", lambda _at: "say that again")
    with pytest.raises(conversations.ConversationError, match="goes round in circles at chest_or_breathing"):
        record.record(changed(*CALM.turns[:2]))


def test_nothing_is_recorded_while_data_has_a_problem(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "calm.toml"
    path.write_text(stale := record.written(CALM).replace("self_care", "urgent"), encoding="utf-8")
    monkeypatch.setattr("tools.validate.problems", lambda: ["en/tips.toml: not valid TOML"])
    assert record.main([str(path), "--write"]) == 1
    assert capsys.readouterr().err == "en/tips.toml: not valid TOML\n"
    assert path.read_text(encoding="utf-8") == stale


@pytest.mark.slow
def test_the_command_shows_what_it_would_write(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "calm.toml"
    stale = record.written(CALM).replace('level = "self_care"', 'level = "urgent"')
    path.write_text(stale, encoding="utf-8")
    assert record.main([str(path)]) == 1
    assert path.read_text(encoding="utf-8") == stale
    shown = capsys.readouterr().out
    assert '\n-  { user = "yes", offer = "tips", level = "urgent"' in shown
    assert '\n+  { user = "yes", offer = "tips", level = "self_care"' in shown
    assert record.main([str(path), "--write"]) == 0
    assert path.read_text(encoding="utf-8") == record.written(CALM)
    assert record.main([str(path)]) == 0
