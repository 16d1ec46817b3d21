"""Lays an exercise out as the replies that coach it: each is a beat that ends in a question or the end."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from crampguide.relief.model import Exercise, Step
from crampguide.triage.model import Answers

Said = tuple[str, int]
"""The key of a speech line, and the number it names."""


class Beat(NamedTuple):
    """The lines of one reply, and its place in the exercise: side and repetition, 0 before the first."""

    lines: tuple[Said, ...]
    side: int = 0
    time: int = 0


def plan(exercise: Exercise, answers: Answers, pattern: str | None) -> tuple[Beat, ...]:
    """The beats of an exercise: what it is, each step, each repetition, and the close as the last one."""
    steps = [step for step in exercise.steps if _for(step, answers, pattern)]
    beats = [Beat(((f"intro.{exercise.id}", 0),))]
    beats += [Beat(tuple(_said(exercise, step))) for step in steps if step.part == "start"]
    for side in range(1, exercise.sides + 1):
        beats += _setup(exercise, [step for step in steps if step.part == "side"], side)
        beats += _repetitions(exercise, [step for step in steps if step.part == "each"], side)
    closing = [said for step in steps if step.part == "end" for said in _said(exercise, step)]
    return (*beats, Beat((*closing, ("coach.done", 0))))


def in_one(exercise: Exercise, answers: Answers, part: str) -> tuple[Said, ...]:
    """All steps of one part in one go, for someone who cannot wait."""
    steps = (step for step in exercise.steps if step.part == part and _for(step, answers, None))
    return tuple(said for step in steps for said in _said(exercise, step))


def _for(step: Step, answers: Answers, pattern: str | None) -> bool:
    fits = not step.patterns or (pattern or "either") in step.patterns
    return fits and not step.barred_by(answers)


def _setup(exercise: Exercise, steps: list[Step], side: int) -> Iterator[Beat]:
    """Getting into position: step by step, and in one reply once the other side has shown it."""
    if side == 1:
        which = (("coach.first_side", 0),) if exercise.sides > 1 else ()
        for step in steps:
            yield Beat((*which, *_said(exercise, step)), side)
            which = ()
    else:
        again = (said for step in steps for said in _said(exercise, step))
        yield Beat((("coach.other_side", 0), *again), side)


def _repetitions(exercise: Exercise, steps: list[Step], side: int) -> Iterator[Beat]:
    """The first one by itself in full words, the others ``together`` to a reply and in short ones."""
    time = 1
    while steps and time <= exercise.times:
        last = 1 if time == 1 else min(time + exercise.together - 1, exercise.times)
        lines: list[Said] = []
        for each in range(time, last + 1):
            lines += [_number(exercise, each)] if exercise.times > 1 else []
            for step in steps:
                lines += _said(exercise, step, again=each > 1, rest=each < exercise.times)
        yield Beat(tuple(lines), side, last)
        time = last + 1


def _number(exercise: Exercise, time: int) -> Said:
    if time == 1:
        return ("coach.first_time", exercise.times)
    return ("coach.last_time", 0) if time == exercise.times else ("coach.time", time)


def _said(exercise: Exercise, step: Step, *, again: bool = False, rest: bool = True) -> Iterator[Said]:
    yield (f"again.{exercise.id}.{step.id}" if again else f"step.{exercise.id}.{step.id}", 0)
    if step.hold:
        yield (f"count.s{step.hold}", 0)
    if step.rest and rest:
        yield (f"rest.s{step.rest}", 0)
