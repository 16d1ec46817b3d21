from __future__ import annotations

import numpy as np
import pytest

from simulator.speaker.embedding import Embedding
from simulator.speaker.moonshine import RATE
from simulator.speaker.voices import Pico


@pytest.fixture(scope="module")
def embedding() -> Embedding:
    return Embedding()


@pytest.mark.parametrize(("seconds", "rows"), [(0.0, 1), (0.1, 1), (1.0, 9)])
def test_it_hears_a_window_each_80_milliseconds_and_at_least_one(
    embedding: Embedding, seconds: float, rows: int
) -> None:
    assert embedding.hear(np.zeros(round(seconds * RATE), dtype=np.float32)).shape == (rows, 96)


def test_a_word_is_nearer_to_itself_in_another_voice_than_to_another_word(embedding: Embedding) -> None:
    one, other = (
        {word: embedding.hear(Pico(accent).say(word)).mean(0) for word in ("definitely", "nothing")}
        for accent in ("en-GB", "en-US")
    )
    for word, another in (("definitely", "nothing"), ("nothing", "definitely")):
        same, different = (np.linalg.norm(one[word] - other[each]) for each in (word, another))
        assert same < different
