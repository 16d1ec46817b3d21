"""How long lines may take to say, by language."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from crampguide.speech import Catalogue, rules, seconds
from crampguide.speech.model import Budget

LONGEST_TURN = 12.0
LONGEST_PIECE = 45.0
"""Seconds: of a reply that asks a question, and of one piece of advice."""


def budget_of(catalogue: Catalogue) -> Budget:
    """The budget of a locale's language."""
    return rules().budget[catalogue.locale.partition("-")[0]]


def timed(catalogue: Catalogue) -> Callable[[str], float]:
    """The seconds that a line of the locale takes, as fast as Alexa speaks its language."""
    return partial(seconds, words_per_minute=budget_of(catalogue).words_per_minute)
