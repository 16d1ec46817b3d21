"""How far along: what is left of the check, and the one line that says so half-way through it."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

from crampguide.relief import load_relief, tips_for
from crampguide.triage import Level, Protocol, QuestionId, left_to_ask, level_of
from crampguide.voice.state import Line, State

_WORTH_SAYING = 3
"""Questions that are left at least where half-way is announced."""


def questions_left(protocol: Protocol, state: State) -> int:
    """How many questions are still to be heard, the open one among them, if each is answered no.

    What is asked twice on purpose, in other words after a no, counts twice. See ``left_to_ask`` for how far
    this may be off.
    """
    answers = state.heard()
    if state.asking is None:
        return _times(protocol, left_to_ask(protocol, answers, state.opened))
    again = state.confirming or state.rechecking
    left = left_to_ask(protocol, {**answers, state.asking: "no"}, state.opened)
    return (1 if again else _times(protocol, (state.asking,))) + _times(protocol, left)


def progress_lines(protocol: Protocol, state: State) -> tuple[Line, ...]:
    """What is left, in words that fit whatever is open; of an exercise its coach knows more."""
    if state.asking is not None:
        left = questions_left(protocol, state)
        return (Line("progress.questions", (), left) if left > 1 else Line("progress.last"),)
    if state.offer == "eased":
        return (Line("progress.cramp"),)
    if state.offer in {"recap", "correct"}:
        return (Line("progress.recap"),)
    if state.level is None:
        return (Line("progress.check", (), questions_left(protocol, state)),)
    if state.offer == "more_tips":
        left = len(tips_for(load_relief(), state.answers, state.pattern, None, state.told))
        return (Line("progress.tips", (), left) if left > 1 else Line("progress.last_tip"),)
    return (Line("progress.done"),)


def halfway_line(protocol: Protocol, state: State) -> Line | None:
    """Says about how many are left once as many are answered; None before that, and once it was said."""
    if state.halfway or state.level is not None or level_of(protocol, state.heard()) is Level.EMERGENCY:
        return None
    answers = state.heard()
    answered = _times(protocol, answers)
    if answered < _WORTH_SAYING:
        return None
    # One more than were answered is too many, however many follow it.
    left = _times(protocol, islice(left_to_ask(protocol, answers, state.opened), answered + 1))
    return Line("progress.halfway", (), left) if _WORTH_SAYING <= left <= answered else None


def _times(protocol: Protocol, questions: Iterable[QuestionId]) -> int:
    return sum(1 + protocol.questions[id_].confirm_no for id_ in questions)
