"""Derived models follow from the written one and regions.toml, and a stale file is told by name."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from tools.models import models, regions
from tools.models.expansion import intents, phrases, slot_types

WRITTEN: dict[str, Any] = {
    "interactionModel": {
        "languageModel": {
            "invocationName": "leg cramp guide",
            "intents": [
                {"name": "AMAZON.StopIntent", "samples": []},
                {
                    "name": "SymptomIntent",
                    "slots": [],
                    "samples": ["i have {symptom}", "my mom has {symptom}"],
                },
            ],
            "types": [
                {
                    "name": "Symptom",
                    "values": [
                        {
                            "id": "cold_pale_leg",
                            "name": {
                                "value": "a gray foot",
                                "synonyms": ["a grey foot", "my foot's gray", "grays"],
                            },
                        }
                    ],
                }
            ],
        }
    }
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A copy of what the verb reads, to be broken."""
    shutil.copytree(models.FOLDER, tmp_path / "interaction_models")
    triage = tmp_path / "lambda/crampguide/triage"
    triage.mkdir(parents=True)
    shutil.copy(models.ROOT / "lambda/crampguide/triage/protocol.toml", triage)
    shutil.copy(models.ROOT / "skill.json", tmp_path)
    return tmp_path


@pytest.fixture
def folder(root: Path) -> Path:
    return root / "interaction_models"


def british(rules: str, tmp_path: Path) -> dict[str, Any]:
    path = tmp_path / "regions.toml"
    path.write_text(f'[en-GB]\nfrom = "en-US"\ninvocation = "leg cramp guide"\n{rules}', encoding="utf-8")
    [region] = regions.load(path)
    return regions.derive(WRITTEN, region)


def symptom(model: dict[str, Any]) -> list[str]:
    return phrases(slot_types(model)["Symptom"][0])


def samples(model: dict[str, Any], number: int) -> list[str]:
    found: list[str] = intents(model)[number]["samples"]
    return found


def test_words_are_put_whole_and_what_becomes_the_same_stands_once(tmp_path: Path) -> None:
    model = british('words = {"gray" = "grey", "mom" = "mum"}', tmp_path)
    assert symptom(model) == ["a grey foot", "my foot's grey", "grays"]
    assert samples(model, 1) == ["i have {symptom}", "my mum has {symptom}"]


def test_the_longest_words_come_first(tmp_path: Path) -> None:
    model = british('words = {"gray" = "grey", "a gray foot" = "an ashen foot"}', tmp_path)
    assert symptom(model)[0] == "an ashen foot"


def test_slot_names_are_no_words(tmp_path: Path) -> None:
    with pytest.raises(regions.RegionError, match="en-GB: words: nothing says 'symptom'"):
        british('words = {"symptom" = "sign"}', tmp_path)


def test_adds_and_removes(tmp_path: Path) -> None:
    rules = """
        [en-GB.samples.add]
        "AMAZON.StopIntent" = ["ta ta"]
        [en-GB.samples.remove]
        SymptomIntent = ["my mom has {symptom}"]
        [en-GB.phrases.add.Symptom]
        cold_pale_leg = ["a foot like ice"]
        [en-GB.phrases.remove.Symptom]
        cold_pale_leg = ["a gray foot"]
    """
    model = british(rules, tmp_path)
    assert samples(model, 0) == ["ta ta"]
    assert samples(model, 1) == ["i have {symptom}"]
    assert symptom(model) == ["a grey foot", "my foot's gray", "grays", "a foot like ice"]


def test_the_written_model_is_left_alone(tmp_path: Path) -> None:
    before = json.dumps(WRITTEN)
    british('words = {"gray" = "grey"}', tmp_path)
    assert json.dumps(WRITTEN) == before


@pytest.mark.parametrize(
    ("rules", "complaint"),
    [
        ("wurds = {}", "unknown key 'wurds'"),
        ("samples.append = {}", "samples: 'append' is neither 'add' nor 'remove'"),
        ('words = {"sidewalk" = "pavement"}', "words: nothing says 'sidewalk'"),
        ('samples.add.NoIntent = ["no"]', "samples.add.NoIntent: there is no such intent"),
        ('samples.remove.SymptomIntent = ["hello"]', "samples.remove.SymptomIntent: 'hello' is not there"),
        ('samples.add.SymptomIntent = ["i have {symptom}"]', "'i have {symptom}' is there already"),
        ('phrases.add.Sign.cold_pale_leg = ["x"]', "phrases.add.Sign.cold_pale_leg: there is no such value"),
        ('phrases.add.Symptom.warm_leg = ["x"]', "phrases.add.Symptom.warm_leg: there is no such value"),
        (
            'phrases.remove.Symptom.cold_pale_leg = ["x"]',
            "phrases.remove.Symptom.cold_pale_leg: 'x' is not there",
        ),
    ],
)
def test_refuses_a_rule_that_cannot_be_followed(rules: str, complaint: str, tmp_path: Path) -> None:
    with pytest.raises(regions.RegionError) as refused:
        british(rules, tmp_path)
    assert f"en-GB: {complaint}" in str(refused.value) or str(refused.value).endswith(complaint)


def test_refuses_a_region_without_a_source(tmp_path: Path) -> None:
    path = tmp_path / "regions.toml"
    path.write_text('[en-GB]\ninvocation = "leg cramp guide"\n', encoding="utf-8")
    with pytest.raises(regions.RegionError, match="en-GB: 'from' is missing"):
        regions.load(path)


def test_the_kept_models_are_fresh() -> None:
    assert models.stale() == []


def test_a_changed_file_is_stale(folder: Path) -> None:
    path = folder / "en-GB.json"
    path.write_text(
        path.read_text(encoding="utf-8").replace("my bum is numb", "my bum is fine"), encoding="utf-8"
    )
    [line] = models.stale(folder)
    assert line.startswith("interaction_models/en-GB.json: not what follows from regions.toml")


def test_a_changed_source_makes_the_derived_file_stale(folder: Path) -> None:
    path = folder / "en-US.json"
    path.write_text(
        path.read_text(encoding="utf-8").replace("who says so", "who says this"), encoding="utf-8"
    )
    assert len(models.stale(folder)) == 1


def test_a_missing_file_is_stale(folder: Path) -> None:
    (folder / "en-GB.json").unlink()
    assert len(models.stale(folder)) == 1


def test_the_written_model_has_the_form_that_tools_write() -> None:
    text = (models.FOLDER / "en-US.json").read_text(encoding="utf-8")
    assert text == models.text_of(json.loads(text))


def test_check_passes_on_the_house(capsys: pytest.CaptureFixture[str]) -> None:
    assert models.main(["--check"]) == 0
    assert capsys.readouterr().err == ""


def test_check_names_every_file_that_is_wrong(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = root / "interaction_models/en-GB.json"
    path.write_text(path.read_text(encoding="utf-8").replace('"tips"', '"tips?"'), encoding="utf-8")
    assert models.main(["--check"], root) == 1
    complaints = capsys.readouterr().err.splitlines()
    assert complaints[0].startswith("interaction_models/en-GB.json: not what follows")
    assert complaints[1] == (
        "interaction_models/en-GB.json: TipsIntent: 'tips?': 'tips?' is not a word in lower case letters"
    )


def test_without_check_the_file_is_written_anew(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = root / "interaction_models/en-GB.json"
    fresh = path.read_text(encoding="utf-8")
    path.write_text("{}", encoding="utf-8")
    assert models.main([], root) == 0
    assert path.read_text(encoding="utf-8") == fresh
    assert capsys.readouterr().out == "wrote interaction_models/en-GB.json\n"


def test_a_broken_rule_is_told_with_its_file(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with (root / "interaction_models/regions.toml").open("a", encoding="utf-8") as rules:
        rules.write('\n[en-AU]\nfrom = "en-US"\n')
    assert models.main(["--check"], root) == 1
    assert capsys.readouterr().err == "interaction_models/regions.toml: en-AU: 'invocation' is missing\n"
