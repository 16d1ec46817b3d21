"""The advice for a level: what to do first, why, what not to do, and when to come back."""

from __future__ import annotations

from collections.abc import Iterator

from crampguide.triage import Finish, Level, Protocol, QuestionId
from crampguide.voice.serve import serve
from crampguide.voice.state import Line, State
from crampguide.voice.turn import Turn, make_offer

_MOST_REASONS = 3


def give_advice(protocol: Protocol, state: State, step: Finish) -> Turn:
    """The advice for ``step``; a person who has heard it already is told only what has changed."""
    told_before = state.level == step.level.id and step.level < Level.EMERGENCY
    changed = state.pattern != step.pattern
    state = state._replace(level=step.level.id, pattern=step.pattern, rest=())
    if step.level >= Level.URGENT:
        state = state._replace(wants=None)
    state = state if told_before else state._replace(exercise=None, beat=0)
    if told_before and state.wants and step.level < Level.URGENT:
        return serve(protocol, state)
    if told_before:
        news = (Line(f"pattern.{step.pattern}"),) if changed and step.pattern else ()
        return with_offer(state, Line("advice.unchanged"), *news)
    return with_offer(state, *advice_lines(protocol, state, step))


def advice_lines(protocol: Protocol, state: State, step: Finish) -> tuple[Line, ...]:
    """All lines of the advice, the most important first."""
    reasons = tuple(_because(protocol, state, step))
    places = tuple(Line(f"where.{id_}") for id_ in _where(protocol, step))
    waiting = tuple(Line(f"waiting.{id_}") for id_ in _waiting(protocol, state, step))
    if step.level is Level.EMERGENCY:
        close = (Line("advice.emergency_again"), Line("advice.emergency_misheard"))
        return (Line("advice.emergency"), *reasons, *waiting[:2], *close, *waiting[2:])
    net = (Line("net.cauda_equina"), Line("net.calf"))
    first = (Line(f"advice.{step.level.id}"), *reasons, *places)
    if step.level is Level.URGENT:
        return (*first, *waiting, *net)
    nurse = (Line("advice.nurse_line"),) if urgent_sign_open(protocol, state) else ()
    return (*first, *nurse, *net, Line(f"pattern.{step.pattern}"))


def urgent_sign_open(protocol: Protocol, state: State) -> bool:
    """Whether a sign that a yes would make urgent is unknown: then a nurse should hear of it today."""
    questions = (protocol.questions[id_] for id_, said in state.answers.items() if said == "unsure")
    return any(question.yes >= Level.URGENT for question in questions)


def with_offer(state: State, *lines: Line) -> Turn:
    """Ends advice in its offer: to hear it again, or, where it is safe, tips or what was asked for before."""
    if state.level == Level.EMERGENCY.id:
        return make_offer(state, "hear_again", *lines, reprompt="reprompt.hear_again_emergency")
    relief = "wanted" if state.wants else "tips"
    return make_offer(state, "hear_again" if state.level == Level.URGENT.id else relief, *lines)


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
