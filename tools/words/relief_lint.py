"""Rules for the words of tips and exercises. Each check yields one sentence per problem."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

from crampguide.relief import Relief, plan
from crampguide.relief.plan import in_one
from crampguide.speech import Catalogue
from crampguide.triage.model import Answers, QuestionId
from tools.words.budgets import LONGEST_PIECE

LONGEST_PAUSE = 10.0
_PAUSE = re.compile(r"\{pause:([^}]*)\}")
_DENIED: Answers = {QuestionId("one_calf_swollen"): "no"}
_PATTERNS = ("sciatica", "cramp", "either")


def problems(catalogue: Catalogue, relief: Relief) -> Iterator[str]:
    """Every problem of one locale, in which no line is missing."""
    yield from pauses(catalogue)
    yield from lengths(catalogue, relief)


def pauses(catalogue: Catalogue) -> Iterator[str]:
    """Silence of more than Alexa allows, or that is no number."""
    for key, phrasings in catalogue.lines.items():
        for length in (found for text in phrasings for found in _PAUSE.findall(text)):
            if not re.fullmatch(r"\d+(\.\d+)?", length) or float(length) > LONGEST_PAUSE:
                yield f"{key} pauses for {length!r}, at most {LONGEST_PAUSE:.0f} seconds"


def lengths(catalogue: Catalogue, relief: Relief) -> Iterator[str]:
    """Two tips, or one step of an exercise, that take too long with what may stand around them."""
    seconds = catalogue.seconds
    asks = max(seconds(catalogue.say(key)) for key in ("ask.more_tips", "ask.check_again", "ask.coach"))
    around = asks + seconds(catalogue.say("tips.no_stretch"))
    for one, other in combinations(relief.tips, 2):
        took = around + sum(seconds(catalogue.say(f"tip.{id_}")) for id_ in (one, other))
        if took > LONGEST_PIECE:
            yield f"tip.{one} and tip.{other} take {took:.1f} seconds together"
    for exercise in relief.exercises.values():
        if exercise.id == relief.now:
            said = {in_one(exercise, _DENIED, "each"), in_one(exercise, _DENIED, "end")}
        else:
            said = {beat.lines for pattern in _PATTERNS for beat in plan(exercise, {}, pattern)}
        for lines in sorted(said):
            took = asks + sum(seconds(catalogue.say(key, count=str(number))) for key, number in lines)
            if took > LONGEST_PIECE:
                yield f"{exercise.id}: {lines[0][0]} and what follows take {took:.1f} seconds"
