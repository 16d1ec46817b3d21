"""The schemas that editors go by: they take what ships, and refuse what the reader refuses for its form."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator, ValidationError

from crampguide.learning.model import LearningFile
from crampguide.relief.model import ReliefFile
from crampguide.triage.model import ProtocolFile
from tests.patches import Fault, faults
from tools.docs import schemas

ROOT = Path(__file__).parents[2]
BROKEN = ROOT / "tests" / "broken"
WHOLE: dict[str, Any] = {"protocol": ProtocolFile, "relief": ReliefFile, "learning": LearningFile}
FORM = {
    "protocol": "unknown_field missing_field unknown_level unknown_answer unknown_informs unknown_pattern "
    "empty wrong_type operator answer_that case_that opened_in reached_in opened_by missing_id "
    "missing_review no_citation",
    "relief": "unknown_field unknown_pattern unknown_phase unknown_answer unknown_part wrong_type "
    "three_sides hold_of no_steps missing_cites no_cites source_without",
    "learning": "unknown missing_field wrong_type no_citation claim_without source_with subjects_that",
}
"""Starts of the names of the faults that a schema can see; JSON has no dates, so not theirs."""
FAULTS = [
    (kind, fault)
    for kind, starts in FORM.items()
    for fault in faults(BROKEN / kind)
    if fault.name.startswith(tuple(starts.split())) and fault.name != "wrong_type_of_a_date"
]


def content(path: Path) -> Any:  # noqa: ANN401 - JSON has no narrower type
    """The tables of a file as JSON holds them."""
    return as_json(tomllib.loads(path.read_text(encoding="utf-8")))


def as_json(tables: Any) -> Any:  # noqa: ANN401 - the same
    return json.loads(json.dumps(tables, default=str))


def validator(kind: str) -> Draft7Validator:
    schema = schemas.schema(schemas.Written((), WHOLE[kind], WHOLE[kind]._fields))
    Draft7Validator.check_schema(schema)
    return Draft7Validator(schema)


@pytest.mark.parametrize(
    ("name", "path"),
    [(name, ROOT / path) for name, written in schemas.SCHEMAS.items() for path in written.paths],
    ids=lambda of: "" if isinstance(of, str) else of.relative_to(ROOT).as_posix(),
)
def test_a_file_that_ships_keeps_to_the_schema_that_it_names(name: str, path: Path) -> None:
    first = path.read_text(encoding="utf-8").partition("\n")[0]
    named = (path.parent / first.removeprefix("#:schema ")).resolve()
    assert named == schemas.FOLDER / f"{name}.json"
    Draft7Validator(json.loads(named.read_text(encoding="utf-8"))).validate(content(path))


def test_every_file_of_utterances_names_a_schema() -> None:
    files = {path.relative_to(ROOT).as_posix() for path in (ROOT / "interaction_models").glob("*/*.toml")}
    assert files <= {path for written in schemas.SCHEMAS.values() for path in written.paths}


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("offers", {"recap": {"calmer": "maybe", "reason": "because"}}),
        ("offers", {"recap": {"calmer": "yes", "reason": "because", "taken_up_by": []}}),
        ("poses", {"rub.walk": {"head": "1,2", "body": ["1,2 3,4"]}}),
        ("poses", {"rub.walk": {"same": "rub.press", "head": "1,2"}}),
        ("poses", {"rub.walk": {"head": "1,2 3,4", "body": ["1,2 3,4"], "active": ["1,2 3,4"]}}),
        ("poses", {"rub.walk": {"head": "1,2", "body": ["1,2"], "active": ["1,2 3,4"]}}),
        (
            "poses",
            {"rub.walk": {"head": "1,2", "body": ["1,2 3,4"], "active": ["1,2 3,4"], "arrow": ["1,2"]}},
        ),
        ("locales", {"en-US": {"invocation": "guide", "fallback_sensitivity": "SHRILL"}}),
        ("locales", {"en-US": {"invocation": "guide"}}),
        ("words", {"leg": ["leg"]}),
        ("words", {"leg": " "}),
        ("intents", {"NoIntent": {"sample": ["no"]}}),
        ("intents", {"NoIntent": {"samples": "no"}}),
        ("intents", {"NoIntent": {"slots": {"day": {"multiple": True}}}}),
        ("intents", {"NoIntent": {"en-GB": {"slots": {}}}}),
        ("slot_values", {"numb": {"Symptom": "numb"}}),
        ("slot_values", {"numb": {"en-GB": ["numb"]}}),
        ("slot_values", {"numb": ["numb"]}),
    ],
)
def test_a_table_of_another_form_is_refused(name: str, written: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Draft7Validator(schemas.schema(schemas.SCHEMAS[name])).validate(written)


@pytest.mark.parametrize("kind", WHOLE)
def test_a_valid_file_is_taken(kind: str) -> None:
    validator(kind).validate(content(BROKEN / kind / "valid.toml"))


@pytest.mark.parametrize(("kind", "fault"), FAULTS, ids=lambda of: of if isinstance(of, str) else of.name)
def test_a_fault_of_form_is_refused(kind: str, fault: Fault) -> None:
    valid = tomllib.loads((BROKEN / kind / "valid.toml").read_text(encoding="utf-8"))
    with pytest.raises(ValidationError):
        validator(kind).validate(as_json(fault.data(valid)))


def test_a_field_is_described_by_its_docstring() -> None:
    tip = schemas.schema(schemas.SCHEMAS["tips"])["properties"]["tip"]["items"]
    assert tip["properties"]["only_for"]["description"] == "Never told but where it holds."


def test_a_stale_schema_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert schemas.main(["--check"]) == 0
    assert schemas.main([], tmp_path) == 0
    assert schemas.main(["--check"], tmp_path) == 0
    (tmp_path / "tips.json").write_text("{}", encoding="utf-8")
    assert schemas.main(["--check"], tmp_path) == 1
    assert capsys.readouterr().err == "tips.json is stale: run `make docs`\n"
