"""How long lines may take to say, by language."""

from __future__ import annotations

from crampguide.speech import Catalogue, rules
from crampguide.speech.model import Budget

LONGEST_TURN = 12.0
LONGEST_PIECE = 45.0
"""Seconds: of a reply that asks a question, and of one piece of advice."""


def budget_of(catalogue: Catalogue) -> Budget:
    """The budget of a locale's language."""
    return rules().budget[catalogue.locale.partition("-")[0]]
