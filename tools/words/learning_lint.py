"""Rules for the words of subjects and courses. Each check yields one sentence per problem."""

from __future__ import annotations

from collections.abc import Iterator

from crampguide.learning import Learning
from crampguide.speech import Catalogue
from tools.words.budgets import LONGEST_PIECE

LONGEST_LINE = 60
"""Words of one line of a subject: someone listens to it while a question waits."""


def problems(catalogue: Catalogue, learning: Learning) -> Iterator[str]:
    """Lines that take too long, a subject's by itself and a course's with its return."""
    for subject in learning.subjects.values():
        for key in subject.lines:
            words = len(catalogue.say(key).split())
            if words > LONGEST_LINE:
                yield f"{key} has {words} words, more than {LONGEST_LINE}"
    seconds = catalogue.seconds
    for course in learning.courses:
        took = sum(seconds(catalogue.say(f"{group}.{course.id}")) for group in ("course", "back"))
        if took > LONGEST_PIECE:
            yield f"course.{course.id} and back.{course.id} take {took:.1f} seconds"
