"""The settings in `hearing.toml`, and what a skill hands in besides."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from math import log
from pathlib import Path
from typing import Any, NamedTuple

from simulator.files import fill, read_toml
from simulator.skill import here

FILE = Path(__file__).with_name("hearing.toml")


class Timing(NamedTuple):
    """When somebody begins and has ended to speak; in seconds but for probabilities and decibels."""

    faint: float
    begins: float
    voiced: float
    interrupts: float
    gap: float
    clear: float
    quiet: float
    ends_after: float
    fainter: float
    varies: float
    before: float
    after: float
    longest: float
    patience: float
    settles: float
    leftover: float


class Trust(NamedTuple):
    """How likely something must be to be taken for what was said."""

    freely: float
    along: float
    firm: float
    firm_margin: float
    own: float
    margin: float
    gap: float
    rival: float
    rival_of_no: float
    reach: float
    beam: int
    call: float


class Waking(NamedTuple):
    """How sure the speaker must be that it was called by the word that wakes it; see `hearing.toml`."""

    likely: float
    certain: float
    together: float

    def is_sure(self, chance: float, written: float) -> bool:
        """Tell whether the word's own model and the recogniser have both heard it.

        `chance`: a probability, by that model. `written`: the natural logarithm of one, by the recogniser.
        """
        sure = min(chance, self.certain)
        return chance > self.likely and log(sure / (1 - sure)) + written > self.together


class Answers(NamedTuple):
    """How sure an answer must be, as a probability, to be taken or to be asked about, and how that is asked.

    `explicit_in`: what is explicit besides in a locale.
    `instead`: by how much less likely an explicit answer may be than a sign that the skill would ask about.
    `half_heard`: by how much less likely than what was written a phrase may be that names a sign, for that to
    be asked about where what was written is in doubt; a sign in words that name none is, where any other
    meaning is so near.
    `limits`: how likely an answer must be where speech is "clear", and in "noise"; `limits_of`: the same for
    wordings that other words sound like, with "lead" where it is not `rival`. `opposite`: how likely any
    other answer may be at most.
    `clear`: decibels by which speech stands out of what else is heard, or it is in noise. `rival`: how much
    likelier than any of its `rivals` an answer must be that is clear and in doubt enough to be heard again.
    `short`: seconds below which a no must be as sure as `sure_of_short`. `later`: seconds that its sound
    is cut at the beginning before it is judged once more. `heard_again`: between these two chances of the
    likeliest answer a recording is heard again in another `size`, so much higher and faster. `beginnings`:
    wordings of which is compared how likely their first piece is, and their second after a word of `onward`.
    """

    explicit: tuple[str, ...]
    explicit_in: Mapping[str, Sequence[str]]
    rivals: Mapping[str, Sequence[str]]
    beginnings: tuple[str, ...]
    onward: tuple[str, ...]
    short: float
    sure_of_short: float
    later: float
    heard_again: tuple[float, float]
    size: float
    instead: float
    half_heard: float
    limits: Mapping[str, Mapping[str, float]]
    limits_of: Mapping[str, Mapping[str, float]]
    clear: float
    rival: float
    opposite: Mapping[str, float]
    asked_about: float
    about: Mapping[str, str]

    def question(self, about: str, words: str) -> str:
        """The question to ask. `about`: an answer, "words" for these words, or "end"; see `Understood`."""
        return self.about[about].format(words=words.rstrip(".?!"))


class Names(NamedTuple):
    """The names that a skill hands in, in the file of its hook ``hearing``."""

    asked_offers: Sequence[str] = ()
    """Offers (its session attribute ``offer``) at which a yes or no must be explicit, as at a question."""
    not_while_speaking: Sequence[str] = ()
    """Intents that are not taken while the speaker speaks."""
    harmless: Sequence[str] = ()
    """Intents that are taken while it speaks even where they were only half heard."""


class Settings(NamedTuple):
    """All settings of the ears."""

    turn: Timing
    trust: Trust
    wake: Waking
    answers: Answers
    names: Names
    opposites: tuple[tuple[str, str], ...]
    alike: Mapping[str, str]
    places: tuple[str, ...]
    writing: Mapping[str, Any]


@cache
def settings() -> Settings:
    """The settings, read once."""
    data = read_toml(FILE)
    answers = data["answers"]
    return Settings(
        fill(Timing, data["turn"]),
        fill(Trust, data["trust"]),
        fill(Waking, data["wake"]),
        Answers(
            tuple(answers["explicit"]),
            answers["explicit_in"],
            answers["rivals"],
            tuple(answers["beginnings"]),
            tuple(answers["onward"]),
            answers["short"],
            answers["sure_of_short"],
            answers["later"],
            tuple(answers["heard_again"]),
            answers["size"],
            answers["instead"],
            answers["half_heard"],
            answers["limits"],
            answers["limits_of"],
            answers["clear"],
            answers["rival"],
            answers["opposite"],
            answers["asked_about"],
            answers["about"],
        ),
        fill(Names, read_toml(here().root / own) if (own := here().hooks.hearing) else {}),
        tuple((one, other) for one, other in data["opposites"]["pairs"]),
        data["opposites"]["alike"]["words"],
        tuple(data["opposites"]["alike"]["places"]),
        data["writing"],
    )
