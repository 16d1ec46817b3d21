from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from crampguide.speech import catalogue_for
from crampguide.triage import load_protocol
from simulator.device.echo import Device, Exchange
from simulator.skill import here
from simulator.speaker.book import Prompts, book, book_file
from simulator.speaker.letters import data as kokoro
from simulator.speaker.letters import letters
from simulator.speaker.settings import settings
from simulator.speaker.spoken import Words, parts
from tools.listening.book import LOCALES, sentences, write

BOOK = ["One.", "Two.", "Three."]


class Counting:
    """A voice that counts what it has said."""

    identity = "counting"

    def __init__(self) -> None:
        self.said: list[str] = []

    def say(self, text: str, rate: float = 1.0) -> np.ndarray:
        self.said.append(text)
        return np.full(round(10 / rate), 0.5, dtype=np.float32)


def test_the_book_is_made_in_its_order_and_then_said_without_the_voice(tmp_path: Path) -> None:
    voice = Counting()
    prompts = Prompts(voice, tmp_path, BOOK)
    assert prompts.left() == 3
    assert list(prompts.chores()) == [None] * 3
    assert voice.said == BOOK
    assert prompts.left() == 0
    assert [len(prompts.say(text)) for text in BOOK] == [10] * 3
    assert voice.said == BOOK


def test_what_is_on_disk_tells_nothing_of_what_was_said(tmp_path: Path) -> None:
    quiet, talked = Prompts(Counting(), tmp_path / "a", BOOK), Prompts(Counting(), tmp_path / "b", BOOK)
    for text in ("Three.", "You told me about chest pain.", "Two."):
        talked.say(text)
    assert not list((tmp_path / "b").rglob("*"))
    for prompts in (quiet, talked):
        chores = prompts.chores()
        next(chores)
        next(chores)
    kept = [sorted(file.name for file in (tmp_path / name).rglob("*.npy")) for name in ("a", "b")]
    assert len(kept[0]) == 1
    assert kept[0] == kept[1]


def test_it_goes_on_where_it_was_interrupted_and_clears_up(tmp_path: Path) -> None:
    first = Prompts(Counting(), tmp_path, BOOK).chores()
    next(first)
    next(first)
    unfinished = tmp_path / "ab" / "abc.123"
    unfinished.parent.mkdir(exist_ok=True)
    unfinished.write_bytes(b"half")
    voice = Counting()
    list(Prompts(voice, tmp_path, ["Two.", "Three."]).chores())
    assert voice.said == ["Two.", "Three."]
    assert len([file for file in tmp_path.rglob("*") if file.is_file()]) == 2


def test_another_pace_is_said_by_the_voice_itself(tmp_path: Path) -> None:
    voice = Counting()
    prompts = Prompts(voice, tmp_path, BOOK)
    list(prompts.chores())
    assert len(prompts.say("One.", 0.8)) == 12
    assert voice.said == [*BOOK, "One."]


def test_a_full_disk_does_not_silence_it(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    prompts = Prompts(Counting(), tmp_path / "file" / "below", BOOK)
    assert list(prompts.chores()) == [None] * 3
    assert len(prompts.say("One.")) == 10


def test_the_book_is_written_for_each_locale_and_read_again(tmp_path: Path) -> None:
    assert book("en-US", tmp_path) == []
    write(tmp_path)
    for locale in LOCALES:
        assert book_file(locale, tmp_path).is_file()
        assert book(locale, tmp_path) == sentences(locale)


@pytest.mark.parametrize(("locale", "number"), [("en-US", "9, 1, 1"), ("en-GB", "9, 9, 9")])
def test_the_book_begins_with_what_everybody_hears(locale: str, number: str) -> None:
    found = sentences(locale)
    assert found[0].startswith("Leg Cramp Guide: information")
    assert any(f"call, {number}" in text for text in found[:9])
    assert {settings().answers.question(about, "") for about in ("yes", "no", "unsure")} <= {*found[:9]}
    assert 800 < len(found) == len(set(found))
    assert [text for text in found if "{" in text or "<" in text] == []


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("answer", ["yes", "no", "I don't know"])
def test_every_reply_of_a_check_begins_with_a_sentence_of_the_book(locale: str, answer: str) -> None:
    known, device = sentences(locale), Device(here().handler, locale, resolver=here().resolver(locale))
    begun = [_begun(device.launch()), _begun(device.say("yes"))]
    while device.is_listening and len(begun) < 30:
        begun.append(_begun(device.say(answer)))
    assert len(begun) > 3
    assert [text for text in begun if text not in known] == []


def _begun(turn: Exchange) -> str:
    """The first sentence of a reply."""
    return next(part.text for part in parts(turn.speech) if isinstance(part, Words))


@pytest.mark.parametrize("locale", LOCALES)
def test_the_book_names_every_sign_that_somebody_may_have_denied(locale: str) -> None:
    known, catalogue = sentences(locale), catalogue_for(locale)
    names = {catalogue.say(f"sign.{question}") for question in load_protocol().questions}
    assert len(names) > 40
    assert [name for name in names if f"No to {name}." not in known or name in known] == []


@pytest.mark.parametrize(
    ("number", "accent", "said"),
    [
        ("9, 1, 1", "american", "nˈIn, wˈʌn, wˈʌn"),  # noqa: RUF001 - the letters of the IPA
        ("9, 9, 9", "british", "nˈIn, nˈIn, nˈIn"),  # noqa: RUF001
        ("1, 1, 1", "british", "wˈʌn, wˈʌn, wˈʌn"),  # noqa: RUF001
    ],
)
def test_emergency_numbers_are_spoken_digit_by_digit(number: str, accent: str, said: str) -> None:
    assert said in letters(f"Call, {number}, now.", accent)


@pytest.mark.parametrize(("locale", "accent"), [("en-US", "american"), ("en-GB", "british")])
def test_every_sentence_of_the_book_can_be_spoken(locale: str, accent: str) -> None:
    known = kokoro()["letters"]
    lost = {letter for text in sentences(locale) for letter in letters(text, accent) if letter not in known}
    assert lost == set()
