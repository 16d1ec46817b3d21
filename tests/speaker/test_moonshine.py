from __future__ import annotations

import numpy as np
import pytest

from simulator.speaker.ears import Ears
from simulator.speaker.moonshine import Recording
from simulator.speaker.phrases import Phrases
from simulator.speaker.pieces import END
from simulator.speaker.settings import settings
from simulator.speaker.voices import Pico

NEAR = 1.0
"""The network computes in whole numbers, rounded by all that it is given at once."""


@pytest.fixture(scope="module", params=["No, it isn't.", "My calf is swollen and red."])
def heard(ears: Ears, request: pytest.FixtureRequest) -> Recording:
    said: str = request.param
    return ears.model.hear(np.pad(Pico("en-GB").say(said), 4000))


def test_phrases_followed_side_by_side_are_as_likely_as_each_by_itself(
    heard: Recording, phrases: Phrases
) -> None:
    found = heard.along(phrases, settings().trust.beam, least=-15)
    assert len(found) > 3
    alone = [heard.scores([written.ids])[0] for written in found]
    assert np.allclose([written.score for written in found], alone, atol=NEAR)


def test_what_is_written_freely_is_as_likely_as_by_itself(heard: Recording) -> None:
    free = heard.freely()
    assert free.score == pytest.approx(heard.scores([free.ids])[0], abs=NEAR)


def test_what_begins_with_some_pieces_is_as_likely_as_those_in_the_whole(heard: Recording) -> None:
    free = heard.freely()
    by_number = [heard.begins_with(free.ids[:number]) for number in range(1, len(free.ids) + 1)]
    assert by_number == sorted(by_number, reverse=True)
    assert heard.begins_with((*free.ids, END)) == pytest.approx(free.score, abs=NEAR)
