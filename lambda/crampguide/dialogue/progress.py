"""Progress: what is left of the check, and the one line that says so half-way through it."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

from crampguide.dialogue.turn import Situation
from crampguide.relief import tips_for
from crampguide.speech import Line
from crampguide.triage import Level, Protocol, QuestionId, left_to_ask

_WORTH_SAYING = 3
"""Questions that are left at least where half-way is announced."""


def questions_left(here: Situation) -> int:
    """The number of questions still to be heard, the open one among them, if each is answered the calmer way.

    What is asked twice on purpose, in other words after a no, counts twice. See ``left_to_ask`` for how far
    this may be off.
    """
    protocol, answers, asked = here.protocol, here.state.counted_answers(), here.asked
    if asked is None:
        return _times(protocol, left_to_ask(protocol, answers, here.state.opened))
    left = left_to_ask(
        protocol, {**answers, asked.question: protocol.questions[asked.question].calmer}, here.state.opened
    )
    now = _times(protocol, (asked.question,)) if here.form(asked) == "question" else 1
    return now + _times(protocol, left)


def progress_lines(here: Situation) -> tuple[Line, ...]:
    """The lines about how much is left of whatever is open; of an exercise its coach knows more."""
    state = here.state
    if here.asked is not None:
        left = questions_left(here)
        return (Line("progress.questions", (), left) if left > 1 else Line("progress.last"),)
    if here.offered and here.offered.progress:
        return (Line(here.offered.progress),)
    if state.level is None:
        return (Line("progress.check", (), questions_left(here)),)
    if state.offer == "more_tips":
        told = state.relief.already_told
        left = len(tips_for(here.guide.relief, state.answers, state.pattern, None, told))
        return (Line("progress.tips", (), left) if left > 1 else Line("progress.last_tip"),)
    return (Line("progress.done"),)


def halfway_line(here: Situation) -> Line | None:
    """The line about how many are left once as many are answered; None before that, and once it was said."""
    if here.state.halfway or here.state.level is not None or here.level is Level.EMERGENCY:
        return None
    protocol, answers = here.protocol, here.state.counted_answers()
    answered = _times(protocol, answers)
    if answered < _WORTH_SAYING:
        return None
    # One more than were answered is too many, however many follow it.
    left = _times(protocol, islice(left_to_ask(protocol, answers, here.state.opened), answered + 1))
    return Line("progress.halfway", (), left) if _WORTH_SAYING <= left <= answered else None


def _times(protocol: Protocol, questions: Iterable[QuestionId]) -> int:
    return sum(1 + protocol.questions[id_].confirm_no for id_ in questions)
