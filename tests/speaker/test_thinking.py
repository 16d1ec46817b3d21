from __future__ import annotations

from collections.abc import Iterator
from threading import Event

import numpy as np
import pytest

from simulator.speaker.endpoint import BLOCK
from simulator.speaker.moonshine import RATE
from simulator.speaker.settings import settings
from simulator.speaker.thinking import Thinking
from simulator.speaker.voices import Pico

PAUSE = 0.4
LONGER_THAN_A_THOUGHT = 20.0


class Meant:
    """Makes of a recording how many seconds it takes, and remembers of which it did."""

    def __init__(self) -> None:
        self.lengths: list[float] = []
        self.asked = Event()

    def __call__(self, recording: np.ndarray) -> float:
        self.lengths.append(len(recording) / RATE)
        self.asked.set()
        return self.lengths[-1]


@pytest.fixture
def thinking() -> Iterator[Thinking]:
    with Thinking(settings().turn) as made:
        yield made


def take(thinking: Thinking, meant: Meant, *sounds: np.ndarray) -> list[float]:
    sound = np.concatenate(sounds)
    blocks = (sound[at : at + BLOCK] for at in range(0, len(sound) - BLOCK + 1, BLOCK))
    return [meaning for block in blocks if (meaning := thinking.take(block, meant)) is not None]


def silence(seconds: float) -> np.ndarray:
    return np.zeros(int(seconds * RATE), dtype=np.float32)


def test_it_thinks_before_it_is_sure_that_somebody_has_ended(thinking: Thinking) -> None:
    meant = Meant()
    assert take(thinking, meant, silence(1), Pico().say("Yes."), silence(PAUSE)) == []
    assert thinking.speaking
    assert meant.asked.wait(LONGER_THAN_A_THOUGHT)
    assert take(thinking, meant, silence(1)) == meant.lengths
    assert len(meant.lengths) == 1


def test_what_is_said_after_a_pause_belongs_to_it(thinking: Thinking) -> None:
    meant, said = Meant(), Pico().say("No.")
    assert take(thinking, meant, silence(1), said, silence(PAUSE)) == []
    assert meant.asked.wait(LONGER_THAN_A_THOUGHT)
    (whole,) = take(thinking, meant, said, silence(1))
    first, last = meant.lengths
    assert whole == last > first + len(said) / RATE


def test_what_was_forgotten_is_no_part_of_what_is_said_next(thinking: Thinking) -> None:
    meant, said = Meant(), Pico().say("No.")
    assert take(thinking, meant, silence(1), said, silence(PAUSE)) == []
    assert meant.asked.wait(LONGER_THAN_A_THOUGHT)
    thinking.reset()
    assert not thinking.speaking
    (meaning,) = take(thinking, meant, silence(1), said, silence(1))
    assert meaning == pytest.approx(meant.lengths[0], abs=0.1)
    assert len(meant.lengths) == 2


def test_who_never_ends_is_understood_as_far_as_is_listened(thinking: Thinking) -> None:
    meant, said, longest = Meant(), Pico().say("No no no no."), settings().turn.longest
    assert take(thinking, meant, silence(1), said, silence(PAUSE)) == []
    assert meant.asked.wait(LONGER_THAN_A_THOUGHT)
    whole, *_ = take(thinking, meant, np.resize(said, round(longest * RATE)))
    assert whole == pytest.approx(longest, abs=0.1)
