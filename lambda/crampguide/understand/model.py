"""Findings of reading somebody's own words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """The fate of an utterance."""

    RECOGNISED = "recognised"
    """Sure: the first sign counts as said."""
    ASKED = "asked"
    """In doubt: the signs are asked about, in this order, each after a no to the one before."""
    NOTHING = "nothing"
    """No warning sign; the stance may still say that one was asked about, or is somebody else's."""


class Stance(StrEnum):
    """How a sign was spoken of."""

    REPORTED = "reported"
    DENIED = "denied"
    PAST = "past"
    """Over and done with, or so for years."""
    QUESTION = "question"
    SOMEBODY = "somebody"
    """Somebody else's."""
    NONE = "none"
    """No sign was spoken of."""


@dataclass(frozen=True, slots=True)
class Reading:
    """The reading of an utterance. It never says no: even ``DENIED`` is a likelihood, not an answer."""

    kind: Kind
    signs: tuple[str, ...]
    """The sign that counts as said, or the few warning signs to ask about, likeliest first."""
    stance: Stance
    """The likeliest way in which a sign was spoken of."""
    topic: str | None
    """The sign that was spoken of in whatever way, where one is likely enough."""
    cry: str | None
    """A cry for help: ``crisis``, ``collapse``, ``on_the_floor``, ``call_somebody`` or ``afraid``."""
    want: str | None
    """The want, where the words speak of no sign: an intent, with the value of its slot after a dot.

    ``some_want`` where it is none of them for sure. It answers nothing that was asked.
    """
    young: bool
    """True where an age below sixteen years is told: the leg may be a child's."""
    exact: bool
    """True where it was word for word a reviewed phrase."""
    mass: float
    """How likely it is that some warning sign is meant, of this person or in the past, from 0 to 1."""
    ranked: tuple[tuple[str, float], ...]
    """Every sign with its likelihood, likeliest first."""
    stances: Mapping[Stance, float]
    """Every stance with its likelihood."""
    vetoed: str | None
    """Why nothing could be recognised: ``denial``, ``question``, ``past`` or ``somebody``."""
