"""The models follow from the templates, and a file that is stale or faulty is told by name."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tools.models import models

BRITISH = "interaction_models/en-GB.json"
OTHERS = [f"interaction_models/{locale}.json" for locale in ("en-AU", "en-CA", "en-IN")]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A copy of what the verb reads, to be broken."""
    shutil.copytree(models.FOLDER, tmp_path / "interaction_models")
    triage = tmp_path / "lambda/crampguide/triage"
    triage.mkdir(parents=True)
    shutil.copy(models.ROOT / "lambda/crampguide/triage/protocol.toml", triage)
    shutil.copy(models.ROOT / "skill.json", tmp_path)
    return tmp_path


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_a_list_of_phrases_stands_on_one_line() -> None:
    types = [{"name": "Sign", "values": [{"id": "a", "name": {"value": "b", "synonyms": ["c", "d'é"]}}]}]
    text = models.text_of(
        {"intents": [{"name": "AMAZON.YesIntent", "samples": ["yes", "i do"]}], "types": types}
    )
    assert text.splitlines() == [
        "{",
        '  "intents": [',
        '    {"name": "AMAZON.YesIntent", "samples": ["yes", "i do"]}',
        "  ],",
        '  "types": [',
        "    {",
        '      "name": "Sign",',
        '      "values": [',
        '        {"id": "a", "name": {"value": "b", "synonyms": ["c", "d\'é"]}}',
        "      ]",
        "    }",
        "  ]",
        "}",
    ]


def test_nothing_is_lost_in_the_form_of_the_file() -> None:
    texts = models.written()
    assert set(texts) == {f"{locale}.json" for locale in ("en-US", "en-GB", "en-AU", "en-CA", "en-IN")}
    for text in texts.values():
        assert models.text_of(json.loads(text)) == text


def test_a_changed_model_is_stale(root: Path) -> None:
    replace(root / BRITISH, "my bum is numb", "my bum is fine")
    assert models.stale(root / "interaction_models") == [
        f"{BRITISH}: not what the templates say; run `python -m tools models`"
    ]


def test_a_changed_template_makes_every_model_of_its_language_stale(root: Path) -> None:
    replace(
        root / "interaction_models/en/intents.toml",
        '"AMAZON.YesIntent"]\nsamples = [',
        '"AMAZON.YesIntent"]\nsamples = ["aye", ',
    )
    assert [line.partition(":")[0] for line in models.stale(root / "interaction_models")] == [
        "interaction_models/en-US.json", BRITISH, *OTHERS,
    ]  # fmt: skip


def test_a_missing_model_is_stale(root: Path) -> None:
    (root / BRITISH).unlink()
    assert len(models.stale(root / "interaction_models")) == 1


def test_a_model_that_no_language_has_is_told(root: Path) -> None:
    shutil.copy(root / BRITISH, root / "interaction_models/en-NZ.json")
    assert models.stale(root / "interaction_models") == [
        "interaction_models/en-NZ.json: no language has this locale"
    ]


@pytest.mark.slow
def test_check_names_every_file_that_is_wrong(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    replace(root / BRITISH, '"tips"', '"' + "tips " * 60 + '"')
    assert models.main(["--check"], root) == 1
    stale, long = capsys.readouterr().err.splitlines()
    assert stale.startswith(f"{BRITISH}: not what the templates say")
    assert long.startswith(f"{BRITISH}: TipsIntent: 'tips tips")


def test_without_check_the_models_are_written_anew(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    fresh = (root / BRITISH).read_text(encoding="utf-8")
    (root / BRITISH).write_text("{}", encoding="utf-8")
    assert models.main([], root) == 0
    assert (root / BRITISH).read_text(encoding="utf-8") == fresh
    assert capsys.readouterr().out == "".join(
        f"wrote {name}\n" for name in ("interaction_models/en-US.json", BRITISH, *OTHERS)
    )


@pytest.mark.parametrize("arguments", [[], ["--check"]], ids=["write", "check"])
@pytest.mark.parametrize(
    ("template", "says"),
    [
        ("my (foot", "Unable to find end of group"),
        ("my foot?", "'foot?' is not a word in lower case letters"),
    ],
)
def test_a_faulty_template_is_told_and_nothing_is_written(
    root: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], template: str, says: str
) -> None:
    replace(root / "interaction_models/en/signs.toml", "Symptom = [", f'Symptom = ["{template}",')
    before = (root / BRITISH).read_text(encoding="utf-8")
    assert models.main(arguments, root) == 1
    place = "interaction_models/en/signs.toml: chest_or_breathing.Symptom"
    assert capsys.readouterr().err.startswith(f"{place}: {template!r}: {says}")
    assert (root / BRITISH).read_text(encoding="utf-8") == before
