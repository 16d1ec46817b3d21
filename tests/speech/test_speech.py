"""How words are found and made into speech."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crampguide.speech import Catalogue, catalogue_for, seconds, to_plain, to_ssml
from crampguide.speech.spoken import Pace


@given(
    st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"])),
    st.sampled_from(["slow", "normal", "fast"]),
)
def test_any_text_becomes_ssml_that_parses_and_says_the_same(text: str, pace: Pace) -> None:
    ssml = f"<speak>{to_ssml(text, pace)}</speak>"
    assert "".join(ElementTree.fromstring(ssml).itertext()) == text


def test_numbers_are_read_digit_by_digit_and_counted_so() -> None:
    assert to_ssml("Call 911 now.") == 'Call <say-as interpret-as="digits">911</say-as> now.'
    assert to_plain(to_ssml("Call 911 now.")) == "Call 911 now."
    assert seconds("Call 911 now.") == seconds("Call nine one one now.")


def test_155_words_take_a_minute() -> None:
    assert seconds("word " * 155) == pytest.approx(60)


@pytest.mark.parametrize(
    ("locale", "number", "department"),
    [("en-US", "911", "the emergency room"), ("en-GB", "999", "A and E")],
)
def test_a_region_has_its_own_number_and_names(locale: str, number: str, department: str) -> None:
    advice = catalogue_for(locale).say("advice.emergency")
    assert number in advice
    assert department in advice


@pytest.mark.parametrize("locale", ["en-AU", "de-DE", "", "en", "e", "../en-US", "en-US/../en-GB"])
def test_an_unknown_locale_still_speaks_and_names_no_number(locale: str) -> None:
    advice = catalogue_for(locale).say("advice.emergency")
    assert "local emergency number" in advice
    assert not any(character.isdigit() for character in advice)


def test_turns_choose_among_phrasings_in_a_fixed_order() -> None:
    catalogue = Catalogue("xx", {**catalogue_for("en-US").lines, "two": ("one", "other")})
    assert [catalogue.say("two", turn) for turn in (0, 1, 2)] == ["one", "other", "one"]


def test_a_missing_key_or_value_is_an_error_rather_than_a_gap() -> None:
    with pytest.raises(KeyError):
        catalogue_for("en-US").say("no.such.key")
    with pytest.raises(KeyError):
        catalogue_for("en-US").say("because.yes")
