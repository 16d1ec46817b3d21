"""The kit is used by this skill first: it keeps every rule, and answers the real world."""

from __future__ import annotations

import pytest

from simulator.skill import Skill
from simulator.testing import Budgets, answer_real_requests
from simulator.testing.certification import problems

BUDGETS = Budgets(asking=45, telling=45, question=20)
"""Advice asks, at its end, whether it was heard right: `tools.words.budgets` tells it from a question."""


@pytest.mark.parametrize(("locale", "kind"), [("en-US", "medium"), ("en-GB", "speaker")])
def test_it_would_be_certified(skill: Skill, locale: str, kind: str) -> None:
    assert problems(skill, locale, kind=kind, budgets=BUDGETS) == []


def test_it_answers_the_real_world(skill: Skill) -> None:
    answer_real_requests(skill)
