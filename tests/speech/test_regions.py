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


def test_the_number_of_every_region_is_known_here() -> None:
    assert {*NUMBERS} == {*locales()}


def said_otherwise(locale: str) -> Iterator[str]:
    """American words that people of a locale do not use, from what the interaction models say otherwise."""
    language, _ = templates.read(MODELS / "en")
    bundles = (bundle for bundle in language.words.values() if not isinstance(bundle, str))
    for bundle in bundles:
        theirs = bundle[locale].split("|")
        yield from (word for word in bundle["en-US"].split("|") if word not in {*theirs, *ALSO_SAID})
    yield from OTHERWISE.get(locale, ())


ALSO_SAID = ("pill", "pills", "truck", "the hospital", "mom")
"""American words that others use too, or that stand in other words of theirs."""
OTHERWISE = {
    "en-GB": ("pain reliever", "pain relievers", "pharmacy", "family doctors", "physical therapy"),
    "en-AU": ("pain reliever", "pain relievers", "pharmacy", "family doctors", "physical therapy"),
    "en-CA": ("physical therapy",),
    "en-IN": ("pain reliever", "pain relievers", "pharmacy", "physical therapy"),
}
NUMBERS = {"en-US": "911", "en-GB": "999", "en-AU": "000", "en-CA": "911", "en-IN": "112"}


@pytest.mark.parametrize("locale", [each for each in locales() if each in NUMBERS and each != "en-US"])
def test_nobody_hears_an_american_word_that_they_do_not_use(locale: str) -> None:
    words = re.compile(rf"\b({'|'.join(map(re.escape, said_otherwise(locale)))})\b", re.IGNORECASE)
    lines = catalogue_for(locale).lines
    found = [(key, words.findall(text)) for key, phrasings in lines.items() for text in phrasings]
    assert [each for each in found if each[1]] == []


@pytest.mark.parametrize("locale", NUMBERS)
def test_nobody_hears_the_number_of_another_country(locale: str) -> None:
    others = {*NUMBERS.values()} - {NUMBERS[locale]}
    lines = catalogue_for(locale).lines
    said = " ".join(text for phrasings in lines.values() for text in phrasings)
    assert [number for number in others if re.search(rf"\b{number}\b", said)] == []
    assert NUMBERS[locale] in said


@pytest.mark.parametrize("locale", locales())
def test_what_a_region_shares_in_speech_it_shares_in_what_is_understood(locale: str) -> None:
    language, _ = templates.read(MODELS / locale.partition("-")[0])
    [path] = SPEECH.glob(f"*/regions/{locale}.toml")
    assert [wording for wording in read_file(path).like if wording not in language.locales[locale].like] == []


def test_a_british_person_is_sent_to_the_services_that_there_are() -> None:
    catalogue = catalogue_for("en-GB")
    assert catalogue.say("course.sciatica_lasting").count("GP") == 1
    assert "your GP" in catalogue.say("tip.hydrate")
    assert "999" in catalogue.say("learn.cauda_equina")
    assert "A and E" in catalogue.say("learn.worsening_more")
