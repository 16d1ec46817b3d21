"""The protocol on paper: complete, counted from the data itself, and never stale."""

from __future__ import annotations

import hashlib
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from crampguide.dialogue.advice import advice_lines
from crampguide.dialogue.offers import load_guide
from crampguide.dialogue.state import State
from crampguide.dialogue.turn import Situation
from crampguide.triage import ANSWERS, Answer, Finish, Protocol, QuestionId, load_protocol, next_step
from tools.protocol import pages, sheet

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "lambda/crampguide/triage/protocol.toml").read_text(encoding="utf-8")
RAW = tomllib.loads(TEXT)
SPEECH = ROOT / "lambda/crampguide/speech/en"
ENGLISH = {
    name: tomllib.loads((SPEECH / f"{name}.toml").read_text(encoding="utf-8"))
    for name in ("questions", "advice")
}
LEVELS = ("emergency", "urgent", "routine", "self_care")
DOCS = ROOT / "docs"


def page(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


def level_page(level: str) -> str:
    return page(f"protocol-{level.replace('_', '-')}.md")


def test_check_finds_the_committed_pages_fresh() -> None:
    assert pages.main(["--check"]) == 0


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    docs = tmp_path_factory.mktemp("docs")
    assert pages.main([], docs) == 0
    return docs


def test_the_same_data_gives_the_same_bytes(written: Path) -> None:
    files = [path.relative_to(written) for path in written.rglob("*") if path.is_file()]
    assert len(files) == 8
    assert [str(name) for name in files if (written / name).read_bytes() != (DOCS / name).read_bytes()] == []


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('\nwaiting = "clot"', '\nwaiting = "injury"'),
        ('reason = "The definition of sciatica."', 'reason = "Another reason."'),
        ('version = "', 'version = "1'),
    ],
)
def test_a_change_of_the_data_changes_the_pages(before: str, after: str) -> None:
    changed = sheet.sheet(TEXT.replace(before, after, 1))
    assert changed != sheet.sheet()
    assert changed["sha256"] != hashlib.sha256(TEXT.encode()).hexdigest()


def test_check_names_each_stale_file_and_writes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert pages.main(["--check"], tmp_path) == 1
    said = capsys.readouterr().err
    assert said.count("make docs") == 8
    assert "docs/protocol.pdf" in said
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("before", "after", "culprit"),
    [
        ("schema = 2", 'schema = 2\nmood = "calm"', "mood"),
        ("\nrecheck = true", '\nrecheck = true\nfoo = "x"', "foo"),
    ],
)
def test_a_field_the_pages_do_not_show_is_refused(
    before: str, after: str, culprit: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # As if the loader had learned the field already.
    monkeypatch.setattr(sheet, "read_protocol", lambda *_: load_protocol())
    with pytest.raises(sheet.SheetError, match=culprit):
        sheet.sheet(TEXT.replace(before, after, 1))


@pytest.mark.parametrize("question", RAW["question"], ids=lambda question: question["id"])
def test_a_question_stands_whole_on_the_page_of_its_level(question: dict[str, Any]) -> None:
    id_ = question["id"]
    entry = level_page(question["yes"]).split(f'<a id="{id_}"></a>')[1].split("<a id=")[0]
    for field in ("number", "sign", "suspects", "group", "reason"):
        assert question[field] in entry
    assert f"**{question['unsure'].replace('_', '-')}**" in entry
    assert str(question["last_edited"]) in entry
    for cite in question["cites"]:
        assert RAW["source"][cite]["name"] in entry
        assert RAW["source"][cite].get("link", "") in entry
    for line in ENGLISH["questions"][id_].values():
        assert line in entry
    if "waiting" in question:
        assert ENGLISH["advice"]["waiting"][question["waiting"]] in entry
    assert ("always" in entry) is ("when" not in question)


def test_every_combination_stands_on_the_page_of_its_level() -> None:
    for rule in RAW["combination"]:
        text = level_page(rule["level"])
        assert rule["reason"] in text
        assert ENGLISH["advice"]["because"][rule["id"]] in text
        assert all(RAW["source"][cite]["name"] in text for cite in rule["cites"])
        assert rule["reason"] in page("protocol.md")


def test_what_rests_on_opinion_is_marked_beside_its_rule_and_in_the_summary() -> None:
    summary = page("protocol.md").split("### What rests on opinion")[1].split("\n## ")[0]
    for rule in [*RAW["question"], *RAW["combination"]]:
        entry = level_page(rule.get("yes") or rule["level"]).split(f"- Reason: {rule['reason']}\n")[1]
        ours = "OPINION" in rule["cites"]
        assert entry.startswith("- **Opinion**") is ours, rule["id"]
        name = re.escape(rule["id"].replace("_", " ").capitalize()) + "[;.]"
        name = f"#{rule['id']}[)]" if "sign" in rule else name
        assert bool(re.search(name, summary)) is ours, rule["id"]


def test_the_table_of_emergencies_has_every_way_there() -> None:
    table = page("protocol.md").split("## What makes it say emergency")[1].split("\n## ")[0]
    rows = [row for row in table.splitlines() if row.startswith("| ")][1:]
    alone = [question for question in RAW["question"] if "emergency" in (question["yes"], question["unsure"])]
    together = [rule for rule in RAW["combination"] if rule["level"] == "emergency"]
    assert len(rows) == len(alone) + len(together)
    assert all(any(question["sign"] in row for row in rows) for question in alone)
    assert re.findall(r"^\| \+ ", table, re.MULTILINE) == ["| + "] * len(together)


def test_what_every_locale_calls_otherwise_is_told_apart() -> None:
    text = level_page("emergency")
    for locale, number in (("en-US", "911"), ("en-GB", "999")):
        region = tomllib.loads((SPEECH / "regions" / f"{locale}.toml").read_text(encoding="utf-8"))["region"]
        assert region["emergency_number"]["says"] == number
        assert re.search(rf"Call {number} now[^”]*” \([^)]*{locale}", text)


def test_the_checklist_has_a_place_for_every_decision_and_the_hash() -> None:
    text = page("protocol-checklist.md")
    assert hashlib.sha256(TEXT.encode()).hexdigest() in text
    assert RAW["version"] in text
    rows = [line for line in text.splitlines() if line.startswith("| ") and line.endswith("| | | |")]
    assert len(rows) == len(RAW["question"]) + len(RAW["combination"])


def test_advice_says_nothing_that_its_page_does_not_show() -> None:
    """Every single answer, and every answer beside a doubtful calf, to the end of the conversation."""
    protocol = load_protocol()
    seen = set()
    for id_ in protocol.questions:
        for said in ANSWERS:
            for calf in ANSWERS:
                answers = denied(protocol) | {QuestionId("one_calf_swollen"): calf, id_: said}
                step = next_step(protocol, answers, confirmed=True)
                assert isinstance(step, Finish)
                seen.add(step.level.id)
                text = level_page(step.level.id)
                lines = advice_lines(Situation(load_guide(), State(answers=answers)), step)
                for line in lines:
                    part, _, name = line.key.partition(".")
                    told = re.sub(r"\{\w+\}.*", "", ENGLISH["advice"][part][name])
                    assert told in text, (id_, said, line.key)
    assert seen == set(LEVELS)


def denied(protocol: Protocol) -> dict[QuestionId, Answer]:
    """A no to everything."""
    return dict.fromkeys(protocol.questions, "no")
