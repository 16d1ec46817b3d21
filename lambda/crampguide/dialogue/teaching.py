"""Explaining, one short piece at a time: a subject, more of it, and why. The open question stays open."""

from __future__ import annotations

from crampguide.dialogue.flow import inform, resume
from crampguide.dialogue.state import Taught
from crampguide.dialogue.turn import Situation, Turn, make_offer
from crampguide.learning import Subject, follow_up
from crampguide.learning.model import Page
from crampguide.speech import Line
from crampguide.triage import Level


def learn(here: Situation) -> Turn:
    """The subject that was named; without one, more of the last, or the short story."""
    subjects = here.slots.subjects
    return _tell(here, (subjects[0], 0)) if subjects else go_on(here)


def go_on(here: Situation) -> Turn:
    """The next page, over the end of a subject into the next one."""
    learning, taught = here.guide.learning, here.state.taught
    page = (learning.first, 0) if taught is None else follow_up(learning, taught)
    if page is None:
        return _back(here.at(here.state._replace(taught=None)), Line("learn.no_more"))
    return _tell(here, page)


def why(here: Situation) -> Turn:
    """Says why that is so; where nothing more is known, what it rests on."""
    about = _subject(here).why
    return source(here) if about is None else _say(here, Line(about))


def source(here: Situation) -> Turn:
    """Names where the last thing that was taught comes from."""
    return _say(here, Line("source.lead", _subject(here).cites[:2]))


def enough(here: Situation) -> Turn:
    """No more of it: back to the check, or to what the advice offered."""
    return _back(here, Line("learn.enough"))


def _tell(here: Situation, page: Page) -> Turn:
    subject, number = page
    key = here.guide.learning.subjects[subject].pages[number]
    return _say(here.at(here.state._replace(taught=Taught(subject, number))), Line(key))


def _say(here: Situation, *lines: Line) -> Turn:
    """Offers more where nothing that matters more is open; else goes back to that."""
    learning = here.guide.learning
    more = follow_up(learning, here.state.taught or (learning.first, 0))
    if more and here.level < Level.URGENT and here.state.level and here.gives_way_to("learning"):
        return make_offer(here.state, "learn_more", *lines)
    return inform(here, *lines)


def _back(here: Situation, *lines: Line) -> Turn:
    left = here.state._replace(open=None) if here.state.offer == "learn_more" else here.state
    return resume(here.at(left), *lines)


def _subject(here: Situation) -> Subject:
    learning, taught = here.guide.learning, here.state.taught
    return learning.subjects[taught.subject if taught else learning.first]
