"""The training of people's own words: its rows, its figures, and when it is stale."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from crampguide.dialogue.intents import INTENTS, MEANINGLESS_ALONE
from crampguide.dialogue.offers import load_guide
from crampguide.understand import Stance, reader
from crampguide.understand.reader import HERE
from tools.understand import report, train
from tools.understand.rows import NONE, OWN_WORDS, Frames, Row, cries, own_words, signs, wants, warnings

EN = train.FOLDER / "en"
OWN = [row for row in own_words(EN, Frames(EN)) if row.own]


def test_what_is_committed_was_learned_from_what_is_committed() -> None:
    assert train.main(["--check"]) == 0


def test_a_changed_row_makes_it_stale(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for path in (*train.FOLDER.glob("*.py"), *train.FOLDER.glob("*.toml"), *EN.iterdir()):
        if path.is_file():
            copy = tmp_path / path.relative_to(train.FOLDER)
            copy.parent.mkdir(exist_ok=True)
            copy.write_bytes(path.read_bytes())
    monkeypatch.setattr(train, "FOLDER", tmp_path)
    assert train.main(["--check"]) == 0
    with (tmp_path / "en" / "urgent.toml").open("a", encoding="utf-8") as file:
        file.write("\n# changed")
    assert train.main(["--check"]) == 1
    told = capsys.readouterr().err
    assert re.findall(r"^(\S+): learned from something else; run `make understand`$", told, re.MULTILINE) == [
        "en/reader.bin", "understanding.md",
    ]  # fmt: skip


def test_every_row_names_what_is_known() -> None:
    known = {*signs(), *cries(EN), *wants(EN), NONE}
    assert {row.label for row in OWN} <= known
    assert {row.stance for row in OWN} <= set(Stance)


def test_every_warning_sign_is_learned_from_own_words_and_measured() -> None:
    for sign in warnings():
        reported = [row for row in OWN if row.label == sign and row.stance == "reported"]
        assert any(row.aside for row in reported), sign
        assert any(not row.aside for row in reported), sign


def test_no_sentence_is_written_down_twice() -> None:
    said = [row.said for row in OWN]
    assert sorted({each for each in said if said.count(each) > 1}) == []


def test_what_is_measured_with_is_put_aside() -> None:
    assert {row.aside for row in OWN if row.file == report.ORDINARY} == {True}
    assert set(OWN_WORDS) == {row.file for row in OWN}


def test_the_figures_reach_what_was_aimed_at() -> None:
    page = report.PAGE.read_text(encoding="utf-8")
    figure = {name: report.shown(page, name)[-1] for name, _ in report.LINES}
    assert float(figure["recognised"]) >= 0.80
    assert float(figure["recognised, or one of two questions is the right one"]) >= 0.97
    assert float(figure["of these asked about, or recognised"]) <= 0.06
    assert figure["signs taken for a no"].startswith("0")
    assert set(report.shown(page, "warning signs met as a want")) == {"0"}
    denied = report.shown(page, "denials recognised as a sign")[1:]
    assert {each.partition(" of ")[0] for each in denied} == {"0"}
    in_public = {name: report.shown(page, name)[1] for name, _ in report.LINES}
    assert float(in_public["recognised, or one of two questions is the right one"]) >= 0.94


def test_every_want_is_an_intent_with_a_value_that_the_guide_has() -> None:
    guide = load_guide()
    values = {"TipsIntent": guide.relief.topics, "LearnIntent": guide.learning.subjects}
    for want in wants(EN):
        intent, dot, value = want.partition(".")
        assert intent in INTENTS.keys() - MEANINGLESS_ALONE
        assert not dot or value in values[intent]


def test_a_want_is_learned_from_own_words_and_measured() -> None:
    for want in wants(EN):
        assert {row.aside for row in OWN if row.label == want} == {True, False}, want


def test_training_ends_where_a_warning_sign_would_be_met_as_a_want() -> None:
    by = reader("en")
    told = Row("my foot looks a strange kind of white today", "cold_pale_leg", "reported")
    report.no_sign_is_a_want([told, Row("is it safe to drive home like this", NONE, NONE)], by)
    with pytest.raises(report.TrainingError, match="would be met as DrivingIntent"):
        report.no_sign_is_a_want([Row("is it safe to drive home like this", told.label, "reported")], by)


def test_the_reader_is_there_for_each_language_that_has_rows() -> None:
    assert [path.parent.name for path in sorted(HERE.glob("*/reader.bin"))] == train.languages()
