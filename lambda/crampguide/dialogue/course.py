"""The course: the pattern that the answers fit and why, what to expect from it, and when to come back."""

from __future__ import annotations

from collections.abc import Iterator

from crampguide.dialogue.flow import inform, resume
from crampguide.dialogue.for_whom import may_be_child
from crampguide.dialogue.progress import progress_lines
from crampguide.dialogue.state import State
from crampguide.dialogue.turn import Situation, Turn, with_offer
from crampguide.learning import courses_for
from crampguide.speech import Line
from crampguide.triage import Level, QuestionId

_MOST_NAMED = 3


def course(here: Situation) -> Turn:
    """Says what to expect, after advice; before it, or while an answer is asked again, a general word."""
    state = here.state
    if here.level is Level.EMERGENCY:
        return resume(here, Line("course.seen_first"))
    if state.level is None or state.asking in state.answers or may_be_child(state):
        if state.answers or state.asking:
            # "How long will it take" may be meant of the questions.
            return inform(here, Line("course.after_check"), *progress_lines(here))
        return inform(here, Line("course.unchecked"))
    lines = course_lines(here)
    if here.gives_way_to("course"):
        return with_offer(state._replace(rest=()), *lines, *state.rest)
    return resume(here, *lines)


def just_expected(state: State) -> bool:
    """Tells whether what to expect was said in the last reply, so that "who says so" is about that."""
    return state.asking is None and state.just_said("course")


def source_of_course(here: Situation) -> Turn:
    """Names where the last thing that was told to expect comes from."""
    told = {line.key for line in here.state.said}
    courses = here.guide.learning.courses
    cites = [id_ for each in courses if f"course.{each.id}" in told for id_ in each.cites]
    return inform(here, Line("source.lead" if cites else "source.none", tuple(cites[:2])))


def course_lines(here: Situation) -> tuple[Line, ...]:
    """All lines about the course for advice that is calmer than an emergency's."""
    state, level = here.state, here.level
    told = courses_for(here.guide.learning, level.id, state.pattern, state.answers)
    expect = (Line(key) for each in told for key in (f"course.{each.id}", f"back.{each.id}"))
    times = (Line(f"times.{state.level}"),) if any(each.times for each in told) else ()
    fits = tuple(_fits(here)) if level < Level.URGENT else ()
    return (*fits, *expect, *times)


def _fits(here: Situation) -> Iterator[Line]:
    state = here.state
    if state.pattern is None:
        return
    yield Line(f"pattern.{state.pattern}")
    nerve, cramp = tuple(here.protocol.pattern.nerve), tuple(here.protocol.pattern.cramp)
    points = {"sciatica": nerve, "cramp": cramp}.get(state.pattern, (*nerve, *cramp))
    told: tuple[QuestionId, ...] = tuple(id_ for id_ in points if state.answers.get(id_) == "yes")
    if told:
        yield Line("course.fits", told[:_MOST_NAMED])
