"""Whole checks by voice over virtual sound devices: somebody and the speaker hear each other."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from simulator.skill import here
from simulator.speaker.ears import Ears
from simulator.speaker.house import build_ears
from simulator.speaker.moonshine import RATE
from simulator.speaker.voices import Pico
from tools.conversations import FOLDER
from tools.listening.by_voice import Held, Line, hold, lines, utterances, waits
from tools.listening.devices import NoServerError
from tools.listening.speakers import VOICES

SELF_CARE = FOLDER / "en-US" / "ordinary_cramp_in_thirteen_questions.toml"
WAIT = "wait", "go on"


def held(ears: Ears, locale: str, guide: str, person: str, said: Sequence[Line]) -> Held:
    try:
        return hold(ears, locale, Pico(guide), VOICES[person](), said)
    except NoServerError as missing:
        pytest.skip(str(missing))


def replies(held: Held) -> list[str]:
    return [text for who, text in held.screen if who == "skill"]


@pytest.mark.slow
def test_a_whole_check_in_american_english_with_a_wait_in_it(ears: Ears) -> None:
    talk = held(ears, "en-US", "en-US", "kokoro am_michael", lines(SELF_CARE, WAIT))
    assert "echo cancelled" in talk.canceller
    assert any("Take your time" in text for text in replies(talk))
    assert any("I found no warning sign" in text for text in replies(talk))


@pytest.mark.slow
def test_a_sign_said_into_a_question_in_british_english() -> None:
    said = [
        Line("Alexa."), Line("yes"), Line("no"), Line("no"), Line("no"),
        Line("I can't feel my foot", interrupts=True), Line("stop"),
    ]  # fmt: skip
    british = build_ears(here().resolver("en-GB"))
    talk = held(british, "en-GB", "en-GB", "kokoro bm_george", said)
    assert any("999" in text or "A and E" in text for text in replies(talk)[3:])


def test_what_is_said_in_a_check_is_taken_from_a_conversation() -> None:
    said = lines(SELF_CARE, WAIT)
    assert [line.text for line in said[:6]] == ["Alexa.", "yes", "no", "wait", "go on", "no"]
    assert [line.text for line in said if line.interrupts] == ["wait"]


def tones(*loud: tuple[float, float]) -> np.ndarray:
    """Ten seconds of silence with sound from and to these seconds."""
    times = np.arange(10 * RATE) / RATE
    heard = sum((begin <= times) & (times < end) for begin, end in loud)
    return np.asarray(heard * 0.5, dtype=np.float32)


def test_waits_are_from_the_end_of_an_utterance_to_the_next_sound() -> None:
    talked = tones((1, 1.5), (2.0, 2.5), (6, 6.5))
    assert np.ravel(utterances(talked, 1.2)) == pytest.approx([1, 2.5, 6, 6.5])
    assert list(waits(tones((0.2, 0.8), (3.25, 5), (7.5, 8)), talked)) == pytest.approx(
        [0.75, 1.0], abs=0.011
    )
