"""No region can be without its number, and no number without the page and the day that vouch for it."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from crampguide.reviewed import read_toml
from tests.patches import Fault
from tools.words import numbers
from tools.words.speech_lint import SPEECH, locales

BRITISH = "en/regions/en-GB.toml"


def test_every_number_that_ships_has_its_source() -> None:
    assert list(numbers.problems(SPEECH)) == []


@pytest.mark.parametrize("locale", locales())
def test_a_region_without_its_number_is_refused_by_locale_file_and_key(tmp_path: Path, locale: str) -> None:
    name = f"{locale.partition('-')[0]}/regions/{locale}.toml"
    (tmp_path / name).parent.mkdir(parents=True)
    shutil.copy(SPEECH / name, tmp_path / name)
    text = (tmp_path / name).read_text(encoding="utf-8")
    (tmp_path / name).write_text(text.replace("[region.emergency_number]", "[spare]"), encoding="utf-8")
    assert f"{name}: region.emergency_number: a region states its number, with source, kind and verified" in [
        *numbers.problems(tmp_path)
    ]


@pytest.mark.parametrize(
    ("patch", "says"),
    [
        ({"remove": ["emergency_number.source"]}, "region.emergency_number: source is missing"),
        ({"remove": ["emergency_number.verified"]}, "region.emergency_number: verified is missing"),
        (
            {"set": {"emergency_number.verified": "today"}},
            "region.emergency_number: verified must be a date",
        ),
        (
            {"set": {"emergency_number.source": "hearsay"}},
            "region.emergency_number: source must be an address that begins with https://",
        ),
        (
            {"set": {"doctor": "your GP, on 020 7946 0000"}},
            "region.doctor: 020 7946 0000 has no source: state says, source, kind and verified",
        ),
        (
            {"set": {"crisis_line": "You can call somebody."}},
            "region.crisis_line: a region states its number, with source, kind and verified",
        ),
    ],
)
def test_a_number_that_nobody_vouches_for_is_refused(patch: Mapping[str, Any], says: str) -> None:
    names = Fault("numbers", patch).data(read_toml(SPEECH / BRITISH)["region"])
    assert says in list(numbers.wrong(names, is_a_country=True))


def test_no_number_is_named_where_the_country_is_not_known(tmp_path: Path) -> None:
    path = tmp_path / "en/regions/elsewhere.toml"
    path.parent.mkdir(parents=True)
    path.write_text('[region]\nemergency_number = "112"\n', encoding="utf-8")
    [found] = numbers.problems(tmp_path)
    assert found.startswith("en/regions/elsewhere.toml: region.emergency_number: 112 has no source")
