"""The advice for a level: what to do first, why, what not to do, and when to come back."""

from __future__ import annotations

from collections.abc import Iterator

from crampguide.dialogue.state import State
from crampguide.dialogue.turn import Situation, Turn, urgent_reminder, with_offer
from crampguide.speech import Line
from crampguide.triage import Finish, Level, Protocol, QuestionId, because

_MOST_REASONS = 3
_MEDICINES = {
    QuestionId("medicine_link"): Line("advice.medicine"),
    QuestionId("pregnancy_hormones_or_cancer"): Line("advice.hormones"),
}
"""Signs that are medicines, with what is said of them to whoever takes one."""
_MOST_WAITING = 2
"""Lines about what to do while waiting that stand before the number is said again."""


def give_advice(here: Situation, step: Finish) -> Turn:
    """The advice for ``step``, as to somebody who has not heard it yet."""
    new = here.at(
        here.state._replace(to_confirm=_to_confirm(here) if step.level is Level.EMERGENCY else None)
    )
    return with_offer(new.state, *advice_lines(new, step))


def sign_heard(here: Situation) -> QuestionId | None:
    """The sign that the emergency rests on, the one answered last; None where one of them was said twice."""
    reaching = _reaching(here)
    if not here.state.sure.isdisjoint(reaching):
        return None
    return next((sign for sign in reversed(here.state.history) if sign in reaching), None)


def call_line(here: Situation) -> Line:
    """Says to call in an emergency, and who may drive: nobody at all, for signs that need an ambulance."""
    alone = any(here.protocol.questions[sign].ambulance for sign in _reaching(here))
    return Line("advice.emergency_ambulance" if alone else "advice.emergency")


def waiting_later(here: Situation) -> tuple[Line, ...]:
    """Lines on what to do while waiting that were left out, so that the advice ends in what was heard."""
    ids = because(here.protocol, here.state.counted_answers(), here.level)
    waiting = _waiting(here.protocol, here.state, Finish(here.level, ids, None))
    return tuple(Line(f"waiting.{id_}") for id_ in waiting[_MOST_WAITING:])


def _reaching(here: Situation) -> frozenset[QuestionId]:
    """The signs whose answers reach the level: by themselves, else together."""
    protocol, answers = here.protocol, here.state.counted_answers()
    ids = because(protocol, answers, here.level)
    if alone := frozenset(QuestionId(id_) for id_ in ids if id_ in protocol.questions):
        return alone
    made_of = frozenset[QuestionId]().union(*(protocol.combinations[id_].when.mentions for id_ in ids))
    return frozenset(id_ for id_ in made_of if answers.get(id_, "no") != "no")


def _to_confirm(here: Situation) -> Line | None:
    """The question that says what was heard, and asks whether that is right."""
    sign = sign_heard(here)
    if sign is None:
        return None
    if here.state.answers[sign] == "unsure":
        return Line("ask.heard_right_unsure", (sign,))
    named = sign in here.slots.named
    return Line("ask.heard_right_volunteered" if named else "ask.heard_right", (sign,))


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
        first = (call_line(here), *_unless_asked(state, reasons), *waiting[:_MOST_WAITING])
        later = () if state.to_confirm else waiting[_MOST_WAITING:]
        return (*first, Line("advice.emergency_again"), *later)
    first = (Line(f"advice.{step.level.id}"), *reasons, *places)
    if step.level is Level.URGENT:
        return (*first, *waiting, Line("net.cauda_equina"), Line("net.calf"), *_medicines(state))
    nurse = (Line("advice.nurse_line"),) if urgent_sign_open(protocol, state) else ()
    limit = () if step.level is Level.ROUTINE else (Line("net.time_limit"),)
    net = (*limit, Line("net.cauda_equina"), Line("net.come_back"))
    # When to come back is heard first: what follows may have to wait for "shall I go on".
    return (*first, *nurse, *net, *_medicines(state), *_review(step.level), Line(f"pattern.{step.pattern}"))


def advice_in_short(here: Situation, step: Finish) -> tuple[Line, ...]:
    """The advice for somebody who cannot be asked to go on: what to do, why, where, and when to come back."""
    places = tuple(Line(f"where.{id_}") for id_ in _where(here.protocol, step))
    first = (Line(f"advice.{step.level.id}"), *_because(here.protocol, here.state, step), *places)
    return (*first, Line("net.cauda_equina"), Line("net.calf"))


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


def _medicines(state: State) -> tuple[Line, ...]:
    """The lines about the medicines that the person named: to ask about, and not to be stopped alone."""
    return tuple(line for id_, line in _MEDICINES.items() if state.answers.get(id_) == "yes")


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


def _unless_asked(state: State, reasons: tuple[Line, ...]) -> tuple[Line, ...]:
    """The reasons, but for one that the question at the end names."""
    named = state.to_confirm.names if state.to_confirm else ()
    return tuple(line for line in reasons if not line.names or line.names != named)


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
