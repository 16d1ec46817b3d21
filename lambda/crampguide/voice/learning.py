"""Explaining, one short piece at a time: a subject, more of it, and why. The open question stays open."""

from __future__ import annotations

from crampguide.learning import Subject, follow_up, load_learning
from crampguide.learning.model import Page
from crampguide.triage import Level, Protocol, level_of
from crampguide.voice.advice import with_offer
from crampguide.voice.asides import resume
from crampguide.voice.state import Line, State
from crampguide.voice.turn import Heard, Turn, make_offer

_GIVES_WAY = frozenset({None, "tips", "wanted", "learn_more", "card"})
"""Offers after advice that may be put off in favor of more to learn. The check never is."""


def learn(protocol: Protocol, state: State, heard: Heard) -> Turn:
    """The subject that was named; without one, more of the last, or the short story."""
    if heard.subjects:
        return _tell(protocol, state, (heard.subjects[0], 0))
    return go_on(protocol, state, heard)


def go_on(protocol: Protocol, state: State, heard: Heard) -> Turn:
    """The next page, over the end of a subject into the next one."""
    learning = load_learning()
    page = (learning.first, 0) if state.subject is None else follow_up(learning, (state.subject, state.page))
    if page is None:
        return _back(state._replace(subject=None, page=0), protocol, Line("learn.no_more"))
    return _tell(protocol, state, page)


def why(protocol: Protocol, state: State, heard: Heard) -> Turn:
    """Why that is so; where nothing more is known, what it rests on."""
    about = _subject(state).why
    if about is None:
        return source(protocol, state, heard)
    return _say(protocol, state, Line(about))


def source(protocol: Protocol, state: State, heard: Heard) -> Turn:
    """Names where the last thing that was taught comes from."""
    return _say(protocol, state, Line("source.lead", _subject(state).cites[:2]))


def enough(protocol: Protocol, state: State, heard: Heard) -> Turn:
    """No more of it: back to the check, or to what the advice offered."""
    return _back(state, protocol, Line("learn.enough"))


def inform(protocol: Protocol, state: State, *lines: Line) -> Turn:
    """Says ``lines``, then goes on where they came in, with whatever had not been said yet."""
    if state.offer == "more" and level_of(protocol, state.heard()) < Level.EMERGENCY:
        return with_offer(state._replace(rest=()), *lines, *state.rest)
    return resume(protocol, state, *lines)


def just_taught(state: State) -> bool:
    """Whether "why" and "more" are about what was taught in the last reply."""
    taught = any(line.key.startswith("learn.") for line in state.said)
    return state.subject is not None and (taught or state.offer == "learn_more")


def _tell(protocol: Protocol, state: State, page: Page) -> Turn:
    subject, number = page
    key = load_learning().subjects[subject].pages[number]
    return _say(protocol, state._replace(subject=subject, page=number), Line(key))


def _say(protocol: Protocol, state: State, *lines: Line) -> Turn:
    """Offers more where nothing that matters more is open; else goes back to that."""
    more = follow_up(load_learning(), (state.subject or load_learning().first, state.page))
    level = level_of(protocol, state.heard())
    if level < Level.URGENT and more and state.level and state.asking is None and state.offer in _GIVES_WAY:
        return make_offer(state, "learn_more", *lines)
    return inform(protocol, state, *lines)


def _back(state: State, protocol: Protocol, *lines: Line) -> Turn:
    left = state._replace(offer=None) if state.offer == "learn_more" else state
    return resume(protocol, left, *lines)


def _subject(state: State) -> Subject:
    learning = load_learning()
    return learning.subjects[state.subject or learning.first]
