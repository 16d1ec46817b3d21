from __future__ import annotations

import json
from io import StringIO
from pathlib import Path

import numpy as np
import pytest

from simulator.speaker import choice, house
from simulator.speaker.book import speaking
from simulator.speaker.choice import chosen, pace, tried, voice_named
from simulator.speaker.house import MODEL, mouth_of
from simulator.speaker.moonshine import RATE
from simulator.terminal.paper import Paper
from tests.speaker.conftest import Room


class Brief:
    """A voice that is done at once."""

    identity = "brief"

    def __init__(self) -> None:
        self.said: list[str] = []

    def say(self, text: str, rate: float = 1.0) -> np.ndarray:
        self.said.append(text)
        return np.ones(round(RATE / rate), dtype=np.float32)


@pytest.mark.parametrize(
    ("name", "locale", "begins"),
    [
        ("kokoro", "en-US", "kokoro af_heart"),
        ("kokoro", "en-GB", "kokoro bf_emma"),
        ("bm_george", "en-US", "kokoro bm_george"),
        ("pico", "en-US", "pico en-US"),
        ("pico", "en-GB", "pico en-GB"),
    ],
)
def test_a_voice_is_had_by_its_name(name: str, locale: str, begins: str) -> None:
    assert voice_named(name, locale, MODEL).identity.startswith(begins)


def test_a_voice_that_nobody_has_is_told_with_those_that_there_are() -> None:
    with pytest.raises(LookupError, match="no voice alexa; there are kokoro, joe, pico, af_alloy"):
        chosen("alexa", "en-US", MODEL)


@pytest.mark.parametrize(
    ("locale", "seconds", "begins"),
    [("en-US", 0.2, "kokoro af_heart"), ("en-US", 5.0, "pico en-US"), ("en-GB", 5.0, "pico en-GB")],
)
def test_a_slow_machine_gets_the_quick_voice(
    monkeypatch: pytest.MonkeyPatch, locale: str, seconds: float, begins: str
) -> None:
    monkeypatch.setattr(choice, "pace", lambda *_: seconds)
    assert chosen(None, locale, MODEL).identity.startswith(begins)


def test_the_pace_is_tried_once_and_written_down(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    times = iter((10.0, 10.5))
    monkeypatch.setattr(choice, "perf_counter", lambda: next(times))
    voice, file = Brief(), tmp_path / "pace.json"
    assert [pace(voice, file), pace(voice, file)] == [0.5, 0.5]
    assert voice.said == ["Yes.", speaking()["pace"]["sentence"]]
    assert json.loads(file.read_text()) == {"brief": 0.5}
    assert capsys.readouterr().err.count("Trying how fast") == 1


def test_a_note_that_cannot_be_read_is_made_anew(tmp_path: Path) -> None:
    file = tmp_path / "pace.json"
    file.write_text("{")
    assert pace(Brief(), file) >= 0
    assert list(json.loads(file.read_text())) == ["brief"]
    assert tried(Brief()) >= 0


@pytest.mark.parametrize(("name", "told"), [("kokoro", True), ("pico", False)])
def test_only_a_voice_that_takes_a_while_has_its_book_made(
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    name: str,
    told: bool,  # noqa: FBT001 - a column
) -> None:
    monkeypatch.setattr(house, "PROMPTS", tmp_path)
    monkeypatch.setattr(house, "book", lambda *_: ["One.", "Two."])
    screen = StringIO()
    mouth_of(name, Room([]), Paper(screen, {}), "en-GB").close()
    assert ("2 sentences are made" in screen.getvalue()) == told
