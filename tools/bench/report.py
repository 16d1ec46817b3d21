"""Measure start-up, turns, memory and cost beside a minimal skill, how they grow, and the way to advice.

Figures are for people: a missed target is printed, never an error.
"""

from __future__ import annotations

import sys
from collections.abc import Callable

from tools.bench import beside_minimal, duration, growth, understanding, web_service

# Each answers with a finished section of text, printed in this order.
SECTIONS: tuple[Callable[[], str], ...] = (
    beside_minimal.section,
    growth.questions_section,
    growth.languages_section,
    understanding.section,
    web_service.section,
    duration.section,
)


def main(argv: list[str]) -> int:
    """Print every section; takes no options."""
    if argv:
        print("usage: python -m tools bench", file=sys.stderr)
        return 2
    for section in SECTIONS:
        print(section(), end="\n\n", flush=True)
    return 0
