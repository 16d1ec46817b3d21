"""The checks of the spoken words, each shown to refuse what it is for."""

from __future__ import annotations

from pathlib import Path

import pytest

from crampguide.speech import Catalogue, catalogue_for
from crampguide.triage import load_protocol
from tools import speech_lint

LONG = "word " * 40


def changed(**lines: str | tuple[str, ...]) -> Catalogue:
    good = catalogue_for("en-US")
    new = {
        key.replace("__", "."): (value if isinstance(value, tuple) else (value,))
        for key, value in lines.items()
    }
    return good._replace(lines={**good.lines, **new})


def test_the_words_of_every_locale_are_in_order() -> None:
    assert speech_lint.problems() == []
    assert speech_lint.locales() == ["en-GB", "en-US"]


@pytest.mark.parametrize(
    "key", ["question.P1", "recheck.cold_pale_leg", "because.cancer_and_weakness", "source.AAA"]
)
def test_a_missing_line_is_named(key: str) -> None:
    good = catalogue_for("en-US")
    lacking = good._replace(lines={name: said for name, said in good.lines.items() if name != key})
    assert list(speech_lint.missing(lacking, load_protocol())) == [f"{key} is missing"]


def test_a_line_about_no_question_is_named() -> None:
    found = list(speech_lint.missing(changed(why__gout="Gout hurts."), load_protocol()))
    assert found == ["why.gout is about no question of the protocol"]


@pytest.mark.parametrize(
    ("key", "text", "problem"),
    [
        ("question__P1", "Tell me about it.", "must be one question"),
        ("question__P1", "Does it hurt? Where?", "must be one question"),
        ("why__P1", "Why not?", "asks, but is not a question's line"),
        ("why__P1", "Call {number}.", "unknown placeholder {number}"),
        ("why__P1", "It <b>hurts</b>.", "holds markup"),
        ("acknowledge__no", ("Okay.", "Okay."), "same phrasing twice"),
    ],
)
def test_a_line_of_the_wrong_shape_is_named(key: str, text: str | tuple[str, ...], problem: str) -> None:
    found = list(speech_lint.shapes(changed(**{key: text})))
    assert [problem in line and line.startswith(key.replace("__", ".")) for line in found] == [True]


@pytest.mark.parametrize(
    ("key", "text", "problem"),
    [
        ("question__P1", f"Is it {'very ' * 20}bad?", "more than 20"),
        ("why__P1", LONG, "why.P1 and its question take"),
        ("recheck__saddle_numbness", f"{LONG}?", "recheck.saddle_numbness takes"),
    ],
)
def test_a_line_that_is_too_long_is_named(key: str, text: str, problem: str) -> None:
    assert any(problem in line for line in speech_lint.lengths(changed(**{key: text}), load_protocol()))


def test_a_region_that_does_not_state_its_number_is_named(tmp_path: Path) -> None:
    region = tmp_path / "en-NZ.toml"
    region.write_text('[region]\ndoctor = "your GP"\n', encoding="utf-8")
    assert "en-NZ.toml: region.emergency_number is not stated" in speech_lint.regions(region)


def test_a_key_in_two_files_of_a_language_is_named(tmp_path: Path) -> None:
    (tmp_path / "en.toml").write_text('[tip]\nrest = "Rest."\n')
    (tmp_path / "en_more.toml").write_text('[tip]\nrest = "Sleep."\nwalk = "Walk."\n')
    assert list(speech_lint.twice(tmp_path)) == ["en_more.toml: tip.rest is stated in en.toml too"]
