"""The simulation of misheard answers: what must hold of it. Needs the packages of the group research."""

from __future__ import annotations

from functools import cache

import pytest

from crampguide.triage import Level

pytest.importorskip("numpy", reason="`make test-slow` installs what the simulation needs")

from tools.research import callers
from tools.research.callers import Design, suppositions
from tools.research.simulation import missed, simulate

pytestmark = pytest.mark.slow
FACE_VALUE = callers.designs()[0]
CHOSEN = next(design for design in callers.designs() if design.chosen)


def test_nothing_is_missed_and_nobody_alarmed_where_nothing_is_misheard() -> None:
    for design in callers.designs():
        assert missed(simulate("emergency", design, 0.0, suppositions(reworded=1.0))) == 0
        healthy = simulate("healthy", design, 0.0, suppositions())
        assert not any(outcome.alarmed for outcome in healthy)
        assert {outcome.level for outcome in healthy} == {Level.SELF_CARE}


def test_at_face_value_as_many_are_missed_as_are_misheard() -> None:
    """One sign, one answer: it is missed if that answer is, whatever is asked besides."""
    alone = suppositions(unsure=0.0, nothing=0.0, alarm=1.0)
    signs = [sign for each in callers.data()["emergency"] for sign in each["signs"]]
    first = simulate("emergency", FACE_VALUE, 0.02, alone)
    assert len(signs) == len(set(signs))
    assert missed(first) == pytest.approx(0.02, abs=0.004)


@cache
def missed_by(design: Design, rate: float) -> float:
    """Of those who are ill, with what is supposed."""
    return missed(simulate("emergency", design, rate, suppositions()))


def test_a_tenth_is_missed_for_two_questions_more() -> None:
    assert missed_by(CHOSEN, 0.05) * 10 <= missed_by(FACE_VALUE, 0.05)
    assert questions(CHOSEN) - questions(FACE_VALUE) <= 2


def questions(design: Design) -> float:
    """What a healthy caller answers, without the recap, where nothing is misheard."""
    calls = simulate("healthy", design, 0.0, suppositions())
    return sum(outcome.turns for outcome in calls) / len(calls) - bool(design.recap)


@pytest.mark.parametrize("rate", [0.01, 0.05, 0.1])
def test_each_safeguard_helps_the_ill(rate: float) -> None:
    stages = [design for design in callers.designs() if design.recap != "unnamed"]
    shares = [missed_by(design, rate) for design in stages]
    assert shares == sorted(shares, reverse=True)


def test_the_same_seed_gives_the_same_calls() -> None:
    once, again, other = (simulate("healthy", CHOSEN, 0.1, suppositions(), seed) for seed in (7, 7, 8))
    assert once == again
    assert once != other
