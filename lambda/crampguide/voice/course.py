"""What the answers fit best and why, what to expect from it, and when to come back."""

from __future__ import annotations

from collections.abc import Iterator

from crampguide.learning import courses_for, load_learning
from crampguide.triage import Level, Protocol, QuestionId, level_of
from crampguide.voice.advice import with_offer
from crampguide.voice.asides import resume
from crampguide.voice.learning import inform
from crampguide.voice.progress import progress_lines
from crampguide.voice.state import Line, State
from crampguide.voice.turn import Heard, Turn

_MOST_NAMED = 3
_OPEN_FOR_GOOD = frozenset({None, "tips", "wanted", "hear_again", "more", "learn_more", "card"})
"""What is open after advice where nothing has to be gone back to."""


def course(protocol: Protocol, state: State, heard: Heard) -> Turn:
    """After advice what to expect; before it, or while an answer to it is asked again, a general word."""
    if level_of(protocol, state.heard()) is Level.EMERGENCY:
        return resume(protocol, state, Line("course.seen_first"))
    if state.level is None or state.asking in state.answers:
        if state.answers or state.asking:
            # "How long will it take" may be meant of the questions.
            return inform(protocol, state, Line("course.after_check"), *progress_lines(protocol, state))
        return inform(protocol, state, Line("course.unchecked"))
    lines = course_lines(protocol, state)
    if state.asking is None and state.offer in _OPEN_FOR_GOOD:
        return with_offer(state._replace(rest=()), *lines, *state.rest)
    return resume(protocol, state, *lines)


def just_expected(state: State) -> bool:
    """Whether what to expect was told in the last reply, so that "who says so" is about that."""
    return state.asking is None and any(line.key.startswith("course.") for line in state.said)


def source_of_course(protocol: Protocol, state: State, heard: Heard) -> Turn:
    """Names where the last thing that was told to expect comes from."""
    told = {line.key for line in state.said}
    cites = [id_ for each in load_learning().courses if f"course.{each.id}" in told for id_ in each.cites]
    return inform(protocol, state, Line("source.lead" if cites else "source.none", tuple(cites[:2])))


def course_lines(protocol: Protocol, state: State) -> tuple[Line, ...]:
    """All lines about the course for advice that is calmer than an emergency's."""
    level = level_of(protocol, state.heard())
    told = courses_for(load_learning(), level.id, state.pattern, state.answers)
    expect = (Line(key) for each in told for key in (f"course.{each.id}", f"back.{each.id}"))
    times = (Line(f"times.{state.level}"),) if any(each.times for each in told) else ()
    fits = tuple(_fits(protocol, state)) if level < Level.URGENT else ()
    return (*fits, *expect, *times)


def _fits(protocol: Protocol, state: State) -> Iterator[Line]:
    if state.pattern is None:
        return
    yield Line(f"pattern.{state.pattern}")
    nerve, cramp = tuple(protocol.pattern.nerve), tuple(protocol.pattern.cramp)
    points = {"sciatica": nerve, "cramp": cramp}.get(state.pattern, (*nerve, *cramp))
    told: tuple[QuestionId, ...] = tuple(id_ for id_ in points if state.answers.get(id_) == "yes")
    if told:
        yield Line("course.fits", told[:_MOST_NAMED])
