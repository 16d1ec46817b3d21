"""The checks of the spoken words, each shown to refuse what it is for."""

from __future__ import annotations

import pytest

from crampguide.speech import Catalogue, catalogue_for
from crampguide.triage import load_protocol
from tools.words import speech_lint

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
    assert speech_lint.locales() == ["en-AU", "en-CA", "en-GB", "en-IN", "en-US"]


@pytest.mark.parametrize(
    ("key", "text", "problem"),
    [
        ("question__pain_down_leg", "Tell me about it.", "must be one question"),
        ("question__pain_down_leg", "Does it hurt? Where?", "must be one question"),
        ("why__pain_down_leg", "Why not?", "asks, but is not a question's line"),
        ("why__pain_down_leg", "Call {somebody}.", "unknown placeholder {somebody}"),
        ("why__pain_down_leg", "Call {total}.", "unknown placeholder {total}"),
        ("why__pain_down_leg", "Call {emergency.", "braces that are no placeholder"),
        ("why__pain_down_leg", "It <b>hurts</b>.", "holds markup"),
        ("acknowledge__no", ("Okay.", "Okay."), "same phrasing twice"),
    ],
)
def test_a_line_of_the_wrong_shape_is_named(key: str, text: str | tuple[str, ...], problem: str) -> None:
    found = list(speech_lint.shapes(changed(**{key: text})))
    assert [problem in line and line.startswith(key.replace("__", ".")) for line in found] == [True]


@pytest.mark.parametrize(
    ("key", "text", "problem"),
    [
        ("question__pain_down_leg", f"Is it {'very ' * 20}bad?", "more than 20"),
        ("why__pain_down_leg", LONG, "why.pain_down_leg and its question take"),
        ("recheck__saddle_numbness", f"{LONG}?", "recheck.saddle_numbness takes"),
    ],
)
def test_a_line_that_is_too_long_is_named(key: str, text: str, problem: str) -> None:
    assert any(problem in line for line in speech_lint.lengths(changed(**{key: text}), load_protocol()))


def test_the_longest_words_of_a_language_take_as_long_as_those_of_any_locale() -> None:
    longest = speech_lint.longest("en")
    for locale in speech_lint.locales():
        lines = catalogue_for(locale).lines
        assert [key for key in lines if of(longest.lines[key]) < of(lines[key])] == []
    assert {*longest.lines["question.one_calf_swollen"]} <= {
        text
        for locale in speech_lint.locales()
        for text in catalogue_for(locale).lines["question.one_calf_swollen"]
    }


def of(phrasings: tuple[str, ...]) -> float:
    return max(map(catalogue_for("en-US").seconds, phrasings))
