"""The transcripts in the pages."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from tools import conversations
from tools.docs import transcripts

MARKED = "before\n<!-- transcript: {name} -->\nstale\n<!-- end of transcript -->\nafter\n"


def test_a_transcript_is_what_the_skill_says_and_the_rest_of_the_page_stays() -> None:
    page = transcripts.rewritten(MARKED.format(name="en-GB/emergency_chest_pain_asked"))
    assert page.startswith(
        "before\n<!-- transcript: en-GB/emergency_chest_pain_asked -->\n```text\nYou:   Alexa,"
    )
    assert "Guide: Call 999 now" in page
    assert "You:   (says nothing)\n" in page
    assert page.endswith("\n```\n<!-- end of transcript -->\nafter\n")
    assert "stale" not in page
    assert transcripts.rewritten(page) == page


def test_a_transcript_can_begin_in_the_middle() -> None:
    page = transcripts.rewritten(MARKED.format(name='en-US/stop_at_the_welcome from "stop"'))
    assert "-->\n```text\nYou:   stop\nGuide: Okay" in page


def test_a_transcript_can_end_before_the_conversation_does() -> None:
    page = transcripts.rewritten(
        MARKED.format(name='en-US/relief_cramp_release from "my calf is cramping right now" to "yes"')
    )
    lines = [line for line in page.splitlines() if line.startswith("You:")]
    assert lines == ["You:   my calf is cramping right now", "You:   yes"]


def test_a_transcript_can_leave_out_its_middle() -> None:
    whole, part = (
        transcripts.rewritten(MARKED.format(name=f"en-US/self_care_ordinary_cramp{shown}")).splitlines()
        for shown in ("", " first 2 last 1")
    )
    gap = next(number for number, line in enumerate(part) if line.endswith("turns later)"))
    left_out = int(part[gap].strip(" (").split()[0])
    assert part[3:gap] == whole[3:gap]
    assert part[gap + 1 :] == whole[gap - len(part) + 1 :]
    assert [line[:5] for line in part].count("You: ") == 3
    assert [line[:5] for line in whole].count("You: ") == 3 + left_out


@pytest.mark.parametrize(
    "page",
    [
        MARKED.format(name="en-US/nowhere"),
        "no marker",
        MARKED.format(name='en-US/stop_at_the_welcome from "hello"'),
        MARKED.format(name='en-US/stop_at_the_welcome from "stop" to "hello"'),
        MARKED.format(name="en-US/stop_at_the_welcome first 1 last 1"),
    ],
    ids=["unknown", "unmarked", "unknown beginning", "unknown end", "nothing between"],
)
def test_a_page_that_names_no_conversation_is_refused(page: str) -> None:
    with pytest.raises(
        ValueError, match=r"no conversation en-US/nowhere|no transcript|nobody says|are all of"
    ):
        transcripts.rewritten(page)


def test_a_conversation_that_is_over_before_its_last_turn_is_named_with_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    turns = '[{ user = "LAUNCH" }, { user = "stop" }, { user = "yes" }]'
    (tmp_path / "over.toml").write_text(
        f'name = "Over"\nlocale = "en-US"\nwhy = "Nothing hears the yes."\nturns = {turns}\n'
    )
    monkeypatch.setattr(conversations, "FOLDER", tmp_path)
    with pytest.raises(ValueError, match=r"over ends before its last turn; `python -m tools record`"):
        transcripts.rewritten(MARKED.format(name="over"))


def test_check_names_the_stale_page_and_writes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "README.md"
    page.write_text(MARKED.format(name="en-US/stop_at_the_welcome"), encoding="utf-8")
    monkeypatch.setattr(transcripts, "PAGES", (page,))
    assert transcripts.main(["--check"]) == 1
    assert "README.md" in capsys.readouterr().err
    assert "stale" in page.read_text(encoding="utf-8")
    level = logging.getLogger("crampguide").getEffectiveLevel()
    assert transcripts.main([]) == 0
    assert transcripts.main(["--check"]) == 0
    assert logging.getLogger("crampguide").getEffectiveLevel() <= level, "others in this process still log"
