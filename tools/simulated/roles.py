"""The intents of this skill that the simulator understands in ways of their own."""

from __future__ import annotations

from simulator.understanding.resolve import NO, YES
from simulator.understanding.roles import Roles

SIGN, DENIAL, UNSURE = "SymptomIntent", "NoSymptomIntent", "UnsureIntent"
OWN_WORDS, CORRECT, NOT_NEW = "OwnWordsIntent", "CorrectIntent", "NotNewIntent"
CRIES = ("CrisisIntent", "OnTheFloorIntent")
"""Intents whose words the skill's own reader hears, however they are put."""
SYMPTOM = "symptom"
HEDGES = {YES: "HedgedYesIntent", NO: "HedgedNoIntent"}

ROLES = Roles(
    report=SIGN,
    denial=DENIAL,
    subject=SYMPTOM,
    unsure=UNSURE,
    hedged=HEDGES,
    own_words=OWN_WORDS,
    naming=CORRECT,
    usual=NOT_NEW,
    verbatim=CRIES,
)
