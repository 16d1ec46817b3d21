"""The order in which "tell me more" goes through the subjects, and the course that fits."""

from __future__ import annotations

from crampguide.learning.model import Course, Learning, Page
from crampguide.triage.model import Answers


def follow_up(learning: Learning, page: Page) -> Page | None:
    """The page after this one: the subject's next, else the next subject's first; None after the last."""
    subject, number = page
    if number + 1 < len(learning.subjects[subject].pages):
        return subject, number + 1
    order = list(learning.subjects)
    at = order.index(subject) + 1
    return (order[at], 0) if at < len(order) else None


def courses_for(learning: Learning, level: str, pattern: str | None, answers: Answers) -> tuple[Course, ...]:
    """The first course that fits, and those that are told besides it."""
    fitting = [course for course in learning.courses if course.fits(level, pattern, answers)]
    main = next((course for course in fitting if not course.also), None)
    return tuple(course for course in fitting if course.also or course is main)
