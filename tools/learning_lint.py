"""What the words of subjects and courses must keep to. Each check yields one sentence per problem."""

from __future__ import annotations

from collections.abc import Iterator

from crampguide.learning import Learning
from crampguide.speech import Catalogue, seconds
from crampguide.triage import Level

LONGEST_LINE = 60
"""Words of one line of a subject: someone listens to it while a question waits."""
LONGEST_PIECE = 45.0
_GROUPS = {
    "learn": frozenset({"learn.enough", "learn.no_more"}),
    "course": frozenset({"course.unchecked", "course.after_check", "course.fits"}),
    "back": frozenset[str](),
}
"""The groups of lines that belong to the data, with the lines in them that do not."""


def problems(catalogue: Catalogue, learning: Learning) -> Iterator[str]:
    """Every problem of one locale."""
    keys = set(needed(learning))
    for key in sorted(keys):
        if not catalogue.has(key):
            yield f"{key} is missing"
    for key in catalogue.lines:
        others = _GROUPS.get(key.partition(".")[0])
        if others is not None and key not in keys | others:
            yield f"{key} is about no subject or course"
    if keys <= catalogue.lines.keys():
        yield from lengths(catalogue, learning)


def needed(learning: Learning) -> Iterator[str]:
    """The keys that the subjects and courses need words for."""
    for subject in learning.subjects.values():
        yield from subject.lines
    for course in learning.courses:
        yield from (f"course.{course.id}", f"back.{course.id}")
    yield from (f"source.{id_}" for id_ in learning.sources)
    yield from (f"card.{level.id}" for level in Level)
    yield from (f"times.{level.id}" for level in Level if level < Level.URGENT)


def lengths(catalogue: Catalogue, learning: Learning) -> Iterator[str]:
    """Lines that take too long, a subject's by itself and a course's with its return."""
    for subject in learning.subjects.values():
        for key in subject.lines:
            words = len(catalogue.say(key).split())
            if words > LONGEST_LINE:
                yield f"{key} has {words} words, more than {LONGEST_LINE}"
    for course in learning.courses:
        took = sum(seconds(catalogue.say(f"{group}.{course.id}")) for group in ("course", "back"))
        if took > LONGEST_PIECE:
            yield f"course.{course.id} and back.{course.id} take {took:.1f} seconds"
