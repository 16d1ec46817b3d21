"""The aims of hearing and correcting, in the whole simulation."""

from __future__ import annotations

from functools import cache

import pytest

from tools.research.callers import data, suppositions
from tools.research.simulation import Figures, figures

pytestmark = pytest.mark.slow
BEFORE = data()["before"][-1]


@cache
def at(rate: float) -> Figures:
    return figures(rate, suppositions())


def test_the_aims_at_one_answer_in_twenty() -> None:
    found = at(0.05)
    assert found.missed <= 0.0029
    assert found.heard < 0.33
    assert round(found.left, 3) <= 0.03  # chance alone moves it by more than the rest


@pytest.mark.parametrize("rate", [0.01, 0.02, 0.05])
def test_better_than_before_in_everything_that_is_compared(rate: float) -> None:
    place = data()["rates"].index(rate)
    for measure in ("missed", "heard", "left", "turns"):
        assert getattr(at(rate), measure) < BEFORE[measure][place], measure
