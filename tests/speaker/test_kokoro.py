# ruff: noqa: RUF001 - the letters of the IPA
from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from simulator.speaker.house import MODEL
from simulator.speaker.kokoro import Kokoro, without_breath
from simulator.speaker.letters import LONGEST, data, letters, numbered, speakers
from simulator.speaker.moonshine import RATE, Moonshine


@pytest.mark.parametrize(
    ("text", "american", "british"),
    [
        ("no", "nˈO.", "nˈQ."),
        ("Yeah, my calf!", "jˈæə, mI kˈæf!", "jˈɛː, mI kˈɑːf!"),
        ("Call, 9, 1, 1", "kˈɔl, nˈIn, wˈʌn, wˈʌn.", "kˈɔːl, nˈIn, wˈʌn, wˈʌn."),
        ("hot,", "hˈɑt.", "hˈɒt."),
        ("", "", ""),
    ],
)
def test_a_text_is_pronounced_as_the_accent_has_it(text: str, american: str, british: str) -> None:
    assert (letters(text, "american"), letters(text, "british")) == (american, british)


@pytest.mark.parametrize("accent", data()["languages"])
def test_every_sound_of_english_is_a_letter_that_the_network_knows(accent: str) -> None:
    text = "Whose boy thought the judge's chair near; measure a pure bottle, young fox, how rather large!"
    assert [letter for letter in letters(text, accent) if letter not in data()["letters"]] == []


def test_a_long_text_is_parted_between_words() -> None:
    written = "nˈO " * 300
    parts = list(numbered(written))
    assert max(map(len, parts)) <= LONGEST
    space = data()["letters"][" "]
    assert [letter for part in parts for letter in [*part, space]] == [*next(numbered("nˈO ")), space] * 300


def test_every_speaker_has_been_fetched() -> None:
    assert len(speakers()) == 28
    assert len({Kokoro(name, MODEL).identity for name in speakers()}) == 28


def test_a_speaker_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(LookupError, match="`make speech` fetches the voices"):
        Kokoro("af_heart", tmp_path)
    with pytest.raises(LookupError, match="no voice zf_xiaobei"):
        Kokoro("zf_xiaobei", MODEL)


def test_breath_and_clicks_are_cut_off_at_the_ends() -> None:
    word = np.sin(np.arange(3200) / 5) * 0.2
    breath = np.full(8000, 0.001)
    click = np.array([0.02, -0.02])
    heard = without_breath(np.concatenate([breath, word, breath, click]))
    assert 3200 <= len(heard) <= 3200 + 2 * 6 * 160
    assert np.abs(heard).max() == pytest.approx(1, abs=0.01)
    assert not without_breath(np.zeros(10)).any()


@pytest.mark.slow
def test_what_it_says_is_written_down_again() -> None:
    ears = Moonshine(MODEL)
    for name in ("af_heart", "bf_emma"):
        sound = Kokoro(name, MODEL, threads=1).say("Do you have chest pain?")
        assert ears.hear(np.pad(sound, RATE // 4)).freely().text == "Do you have chest pain?"
