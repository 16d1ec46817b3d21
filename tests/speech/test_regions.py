"""What a region says in its own words, and that it says nothing in another region's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from crampguide.speech import catalogue_for
from crampguide.speech.catalogue import read_file
from tools.models import templates
from tools.words.speech_lint import SPEECH, locales

MODELS = Path(__file__).parents[2] / "interaction_models"


def of_the_language(locale: str) -> dict[str, tuple[str, ...]]:
    paths = (SPEECH / locale.partition("-")[0]).glob("*.toml")
    return {key: said for path in paths for key, said in read_file(path).lines.items()}


def own(locale: str) -> dict[str, tuple[str, ...]]:
    """The lines that a region states besides its names and numbers."""
    (path,) = SPEECH.glob(f"*/regions/{locale}.toml")
    return {key: said for key, said in read_file(path).lines.items() if not key.startswith("region.")}


@pytest.mark.parametrize("locale", locales())
def test_a_line_of_a_region_stands_in_the_place_of_another_and_differs_from_it(locale: str) -> None:
    language = of_the_language(locale)
    assert [key for key in own(locale) if key not in language] == []
    assert [key for key, said in own(locale).items() if said == language[key]] == []


@pytest.mark.parametrize("locale", locales())
def test_a_line_of_a_region_is_the_one_that_is_said(locale: str) -> None:
    catalogue = catalogue_for(locale)
    assert {key: catalogue.lines[key] for key in own(locale)} == own(locale)


@pytest.mark.parametrize("locale", locales())
def test_counting_the_lines_counts_those_that_were_not_read_yet(locale: str) -> None:
    catalogue_for.cache_clear()
    lines = catalogue_for(locale).lines
    assert len(lines) == len(set(lines)) >= len(of_the_language(locale))


def american() -> Iterator[tuple[str, str]]:
    """Words that British people do not use, from what the interaction models say otherwise for them."""
    language, _ = templates.read(MODELS / "en")
    bundles = language.words.values()
    yield from (
        (bundle["en-US"], bundle["en-GB"])
        for bundle in bundles
        if not isinstance(bundle, str) and bundle["en-US"] not in {"pill", bundle["en-GB"]}
    )  # the pill is British too
    yield from (("pain reliever", "painkiller"), ("pain relievers", "painkillers"), ("pharmacy", "chemist"))
    yield from (("family doctors", "GPs"), ("physical therapy", "physiotherapy"), ("911", "999"))


def test_a_british_person_hears_no_american_word() -> None:
    lines = catalogue_for("en-GB").lines
    assert [
        (key, word)
        for word, _ in american()
        for key, phrasings in lines.items()
        if any(re.search(rf"\b{re.escape(word)}\b", text, re.IGNORECASE) for text in phrasings)
    ] == []


def test_a_british_person_is_sent_to_the_services_that_there_are() -> None:
    catalogue = catalogue_for("en-GB")
    assert catalogue.say("course.sciatica_lasting").count("GP") == 1
    assert "your GP" in catalogue.say("tip.hydrate")
    assert "999" in catalogue.say("learn.cauda_equina")
    assert "A and E" in catalogue.say("learn.worsening_more")
