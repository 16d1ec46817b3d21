"""Says back what was heard, before any advice that is calmer than an emergency."""

from __future__ import annotations

from collections.abc import Sequence

from crampguide.triage import Recap
from crampguide.voice.state import Line, State
from crampguide.voice.turn import Turn, make_offer

_MOST_NAMED = 4
_MOST_OPEN_NAMED = 2


def say_recap(state: State, recap: Recap) -> Turn:
    """The positives, what is still open, and no to the rest; asks whether that is right."""
    return make_offer(state, "recap", *recap_lines(recap))


def recap_lines(recap: Recap) -> tuple[Line, ...]:
    """The recap without its question."""
    positive = positive_lines(recap)
    return (*positive, Line("recap.no_to_others")) if positive else (Line("recap.no_to_all"),)


def positive_lines(recap: Recap) -> tuple[Line, ...]:
    """What was answered yes, the most dangerous first, and what is still open."""
    named = len(recap.yes) + len(recap.unsure) <= _MOST_NAMED and len(recap.unsure) <= _MOST_OPEN_NAMED
    counted = Line("recap.unsure_count", (), len(recap.unsure))
    still_open = (Line("recap.unsure", recap.unsure) if named else counted,) if recap.unsure else ()
    return (*_named("recap.yes", recap.yes), *still_open)


def _named(key: str, signs: Sequence[str]) -> list[Line]:
    lines = [Line(key, tuple(signs[:_MOST_NAMED]))] if signs else []
    more = len(signs) - _MOST_NAMED
    return [*lines, Line("recap.more", (), more)] if more > 0 else lines
