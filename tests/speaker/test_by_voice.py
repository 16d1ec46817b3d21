"""What is said in a check by voice, and what is measured of it (`python -m tools by_voice` holds one)."""

from __future__ import annotations

import numpy as np
import pytest

from simulator.speaker.doubt import WORDS, Understood
from simulator.speaker.ears import Ears
from simulator.speaker.moonshine import RATE
from simulator.understanding.resolve import YES
from tools.conversations import FOLDER
from tools.listening.by_voice import is_meant, lines, utterances, waits
from tools.simulated.roles import SIGN

SELF_CARE = FOLDER / "en-US" / "ordinary_cramp_in_thirteen_questions.toml"
WAIT = "wait", "go on"


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


@pytest.mark.parametrize(
    ("about", "heard", "said", "right"),
    [
        ("yes", "Yes.", "yes", True),
        ("yes", "Yes.", "no", False),
        (WORDS, "One calf is swollen.", "one calf is swollen", True),
        (WORDS, "My foot is numb.", "one calf is swollen", False),
    ],
)
def test_somebody_confirms_what_they_have_said(
    ears: Ears,
    about: str,
    heard: str,
    said: str,
    right: bool,  # noqa: FBT001 - a column of the table
) -> None:
    intent = SIGN if about == WORDS else YES
    assert is_meant(ears, Understood(heard, intent, "unlikely", about), said) is right
