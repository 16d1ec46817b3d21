"""The files of a new locale are laid out, and whatever they lack is told by file and key."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from simulator.files import read_toml
from tools.languages import new_locale
from tools.languages.files import BUILT_INS, MODELS, SPEECH, laid
from tools.languages.missing import missing
from tools.models import spelled_out

ADVICE = f"{SPEECH}/xx/advice.toml"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for folder in (f"{SPEECH}/en", f"{MODELS}/en", BUILT_INS):
        shutil.copytree(new_locale.ROOT / folder, tmp_path / folder)
    reader = "tools/understand/en/frames.toml"
    (tmp_path / reader).parent.mkdir(parents=True)
    for file in (f"{SPEECH}/rules.toml", f"{MODELS}/rules.toml", "skill.json", reader):
        shutil.copy(new_locale.ROOT / file, tmp_path / file)
    return tmp_path


def test_every_file_of_a_language_is_laid_out_and_nothing_is_written_twice(root: Path) -> None:
    written = new_locale.lay_out(root, "xx-XX")
    assert {each.path for each in laid(root, "xx-XX")} < {*written}
    assert {f"{MODELS}/xx/locales.toml", f"{MODELS}/xx/words.toml"} < {*written}
    for name in written:
        assert read_toml(root / name)
    assert new_locale.lay_out(root, "xx-XX") == []


def test_all_that_is_lacking_is_told_by_file_and_key(root: Path) -> None:
    new_locale.lay_out(root, "xx-XX")
    found = missing(root, "xx-XX")
    assert {
        f"{ADVICE}: advice.urgent is blank",
        f"{SPEECH}/xx/regions/xx-XX.toml: region.doctor is blank",
        f"{SPEECH}/xx/regions/xx-XX.toml: region.emergency_number: verified is missing",
        f"{SPEECH}/xx/questions.toml: saddle_numbness.question is blank",
        f"{SPEECH}/rules.toml: budget.xx is missing",
        f"{MODELS}/xx/signs.toml: saddle_numbness.Symptom is blank",
        f"{MODELS}/xx/intents.toml: AMAZON.YesIntent.samples is blank",
        f"{MODELS}/xx/locales.toml: xx-XX.invocation is blank",
        f"{MODELS}/xx/words.toml: emergency_number.xx-XX is blank",
        f"{MODELS}/rules.toml: denying.xx is missing",
        f"{BUILT_INS}/xx.toml: words.fillers is blank",
        "tests/conversations/xx-XX: no conversation comes to emergency",
    } <= {*found}
    assert any(line.startswith("skill.json: locales.xx-XX is missing") for line in found)
    assert not any("en-GB" in line or "commonwealth" in line for line in found)


def test_what_is_filled_in_is_lacking_no_more_and_is_kept(root: Path) -> None:
    new_locale.lay_out(root, "xx-XX")
    path = root / ADVICE
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('urgent = ""', 'urgent = "Hoy mismo: {urgent_place}."', 1), encoding="utf-8")
    assert f"{ADVICE}: advice.urgent is blank" not in missing(root, "xx-XX")
    new_locale.lay_out(root, "xx-XX")
    assert "Hoy mismo" in path.read_text(encoding="utf-8")


def test_a_region_of_a_language_that_is_there_is_one_file_and_its_name(root: Path) -> None:
    region, locales = f"{SPEECH}/en/regions/en-NZ.toml", f"{MODELS}/en/locales.toml"
    assert new_locale.lay_out(root, "en-NZ") == [region, locales]
    found = missing(root, "en-NZ")
    assert f"{region}: region.emergency_number: says is empty" in found
    assert any(line.startswith("tools/understand/en/frames.toml: models: en-NZ is missing") for line in found)
    assert f"{MODELS}/en/words.toml: emergency_number.en-NZ is blank" in found
    assert not any(line.startswith(f"{SPEECH}/en/advice") for line in found)


def test_the_command_fails_while_anything_is_missing(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert new_locale.main(["xx-XX"], root) == 1
    told = capsys.readouterr()
    assert f"wrote {ADVICE}" in told.out
    assert f"{ADVICE}: advice.urgent is blank" in told.err
    with pytest.raises(SystemExit):
        new_locale.main(["spanish"], root)
    assert "is no locale" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("word", "right"),
    [
        ("pantorrilla", True),
        ("guía", True),
        ("l'aine", True),
        ("ñandú", True),
        ("Guía", False),
        ("gui\u0301a", False),
        ("3", False),
    ],
)
def test_letters_of_any_language_are_words(word: str, right: bool) -> None:  # noqa: FBT001 - a table of cases
    assert spelled_out.is_spoken(word) is right
