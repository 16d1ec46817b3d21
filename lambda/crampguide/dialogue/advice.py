"""The advice for a level: what to do first, why, what not to do, and when to come back."""

from __future__ import annotations

from collections.abc import Iterator

from crampguide.dialogue.state import State
from crampguide.dialogue.turn import Situation, Turn, with_offer
from crampguide.speech import Line
from crampguide.triage import Finish, Level, Protocol, QuestionId

_MOST_REASONS = 3
_MEDICINE = QuestionId("medicine_link")


def give_advice(here: Situation, step: Finish) -> Turn:
    """The advice for ``step``, as to somebody who has not heard it yet."""
    return with_offer(here.state, *advice_lines(here, step))


def give_news(here: Situation, pattern_before: str | None) -> Turn:
    """The news for someone who has heard the advice: that it stays, and a pattern that is another now."""
    state = here.state
    news = state.pattern is not None and state.pattern != pattern_before
    return with_offer(state, Line("advice.unchanged"), *((Line(f"pattern.{state.pattern}"),) if news else ()))


def advice_lines(here: Situation, step: Finish) -> tuple[Line, ...]:
    """All lines of the advice, the most important first."""
    protocol, state = here.protocol, here.state
    reasons = tuple(_because(protocol, state, step))
    places = tuple(Line(f"where.{id_}") for id_ in _where(protocol, step))
    waiting = tuple(Line(f"waiting.{id_}") for id_ in _waiting(protocol, state, step))
    if step.level is Level.EMERGENCY:
        last = (Line("advice.emergency_again"), Line("advice.emergency_misheard"))
        return (Line("advice.emergency"), *reasons, *waiting[:2], *last, *waiting[2:])
    first = (Line(f"advice.{step.level.id}"), *reasons, *places)
    if step.level is Level.URGENT:
        return (*first, *waiting, Line("net.cauda_equina"), Line("net.calf"))
    nurse = (Line("advice.nurse_line"),) if urgent_sign_open(protocol, state) else ()
    limit = () if step.level is Level.ROUTINE else (Line("net.time_limit"),)
    net = (*limit, Line("net.cauda_equina"), Line("net.come_back"))
    # When to come back is heard first: what follows may have to wait for "shall I go on".
    return (*first, *nurse, *net, *_medicine(state), *_review(step.level), Line(f"pattern.{step.pattern}"))


def urgent_sign_open(protocol: Protocol, state: State) -> bool:
    """Tells whether a sign that a yes would make urgent is unknown: then a nurse should hear of it today."""
    questions = (protocol.questions[id_] for id_, said in state.answers.items() if said == "unsure")
    return any(question.yes >= Level.URGENT for question in questions)


def parting(here: Situation, first: Line) -> tuple[Line, ...]:
    """The last words after ``first``: what the answers so far call for, given as advice already or not."""
    level = here.level
    if level is Level.EMERGENCY:
        return (first, Line("goodbye.emergency"))
    return (first, *urgent_reminder(level), Line("net.line"), Line("goodbye.take_care"))


def urgent_reminder(level: Level) -> tuple[Line, ...]:
    """The line that help is needed today, where that is the level; an emergency has its own."""
    return (Line("goodbye.urgent"),) if level is Level.URGENT else ()


def _medicine(state: State) -> tuple[Line, ...]:
    """The line about a medicine that may bring cramps, for somebody who takes one."""
    return (Line("advice.medicine"),) if state.answers.get(_MEDICINE) == "yes" else ()


def _review(level: Level) -> tuple[Line, ...]:
    """The line about who else can help before the appointment."""
    return (Line("advice.review"),) if level is Level.ROUTINE else ()


def _because(protocol: Protocol, state: State, step: Finish) -> Iterator[Line]:
    told = [id_ for id_ in step.because if id_ in protocol.questions]
    for said, key in (("yes", "because.yes"), ("unsure", "because.unsure")):
        named = tuple(id_ for id_ in told if state.answers.get(QuestionId(id_)) == said)[:_MOST_REASONS]
        if named:
            yield Line(key, named)
            return
    if not told and step.because:
        yield Line(f"because.{step.because[0]}")


def _where(protocol: Protocol, step: Finish) -> list[str]:
    reached = (protocol.questions.get(QuestionId(id_)) for id_ in step.because)
    return list(dict.fromkeys(question.where for question in reached if question and question.where))


def _waiting(protocol: Protocol, state: State, step: Finish) -> list[str]:
    """The lines that apply, those of the signs that set the level first."""
    if step.level < Level.URGENT:
        return []
    positive = [id_ for id_ in protocol.questions if state.answers.get(id_) in {"yes", "unsure"}]
    ordered = sorted(positive, key=lambda id_: id_ not in step.because)
    found = (protocol.questions[id_].waiting for id_ in ordered)
    return list(dict.fromkeys(line for line in found if line))
