"""The next question. The answers are the state; the position is derived from them at every turn.

The one rule: a question is asked only while it can still change what the person is told.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from crampguide.condition import UNASKED
from crampguide.triage.conditions import Known, Truth, holds, may_hold, truth
from crampguide.triage.model import (
    ANSWERS,
    Answer,
    Answers,
    Ask,
    Case,
    Condition,
    Finish,
    Level,
    Protocol,
    Question,
    QuestionId,
    Recap,
    Step,
)
from crampguide.triage.pattern import decides_pattern, pattern_of

_NOTHING: frozenset[str] = frozenset()


def next_step(
    protocol: Protocol,
    answers: Answers,
    opened: frozenset[str] = _NOTHING,
    *,
    confirmed: bool = False,
) -> Step:
    """The next step for these answers. Total: every set of answers has one.

    ``opened`` holds the subjects of ``protocol.opens`` that the person brought up or agreed to.
    ``confirmed`` says that a recap of these answers was accepted; without it anything calmer than an
    emergency ends in ``Recap`` first.
    """
    known = Known(protocol, answers, opened, level_of(protocol, answers))
    if known.level < Level.EMERGENCY:
        for question in protocol.questions.values():
            if question.id not in answers and holds(known, question.when) and _matters(known, question):
                return Ask(question.id)
        if not confirmed:
            return Recap(*(_answered(protocol, answers, answer) for answer in ("yes", "unsure")))
    told = pattern_of(protocol, answers) if known.level < Level.URGENT else None
    return Finish(known.level, because(protocol, answers, known.level), told)


def left_to_ask(
    protocol: Protocol, answers: Answers, opened: frozenset[str] = _NOTHING
) -> Iterator[QuestionId]:
    """The questions still to come, in their order, if each of them is answered the calmer way.

    Each is worked out when it is wanted: whoever only needs to know whether there are many stops early.
    An estimate of what is left, never a promise: a yes to a warning sign can add follow-ups or end the
    questions at once. Whoever denies every warning sign, and opened no subject, is asked at most seven more.
    """
    known = dict(answers)
    while isinstance(step := next_step(protocol, known, opened), Ask):
        yield step.question
        known[step.question] = protocol.questions[step.question].calmer


def level_of(protocol: Protocol, answers: Answers) -> Level:
    """The highest level any answer or combination reaches. No answer lowers what another reached."""
    level, telling, questions = Level.SELF_CARE, set(), protocol.questions
    for id_, answer in answers.items():
        question = questions[id_]
        if answer != question.calmer:
            telling.add(id_)
        if answer != "no" and (reached := question.level(answer)) > level:
            level = reached
    if telling:
        known = Known(protocol, answers, _NOTHING, level)
        for combination in protocol.combinations.values():
            if combination.level > level and not telling.isdisjoint(combination.when.mentions):
                level = combination.level if holds(known, combination.when) else level
    return level


def because(protocol: Protocol, answers: Answers, level: Level) -> tuple[str, ...]:
    """The questions whose answers reach ``level`` by themselves; else the combinations that do."""
    if level is Level.SELF_CARE:
        return ()
    ids = [id_ for id_, reached in _reached(protocol, answers) if reached == level]
    alone = [QuestionId(id_) for id_ in ids if id_ in protocol.questions]
    return without_wholes(protocol, alone) or tuple(ids)


def without_wholes(protocol: Protocol, ids: Collection[QuestionId]) -> tuple[QuestionId, ...]:
    """``ids`` without the joined questions of which a part is among them: the part says it more exactly."""
    given = frozenset(ids)
    return tuple(id_ for id_ in ids if given.isdisjoint(protocol.questions[id_].parts))


def _reached(protocol: Protocol, answers: Answers) -> Iterator[tuple[str, Level]]:
    for question in protocol.questions.values():
        if question.id in answers:
            yield question.id, question.level(answers[question.id])
    known = Known(protocol, answers, _NOTHING, Level.SELF_CARE)
    for combination in protocol.combinations.values():
        if holds(known, combination.when):
            yield combination.id, combination.level


def _answered(protocol: Protocol, answers: Answers, answer: Answer) -> tuple[QuestionId, ...]:
    return tuple(id_ for id_ in protocol.questions if answers.get(id_) == answer)


def _matters(known: Known, question: Question) -> bool:
    return _informs(known, question) or _can_raise(known, question, known.level)


def _informs(known: Known, question: Question) -> bool:
    if "waiting" in question.informs:
        return True
    if known.level >= Level.URGENT:
        return False
    return "advice" in question.informs or (
        "pattern" in question.informs and decides_pattern(known, question)
    )


def _can_raise(known: Known, question: Question, above: Level) -> bool:
    """True where some answer can still lead above this level: alone, combined, or by what it opens."""
    if question.yes > above:
        return True
    return known.protocol.reaches[question.id] > above and any(
        _combines(then, question, above) or _opens(then, question, above)
        for then in (known.supposing(question, answer) for answer in ANSWERS)
    )


def _combines(then: Known, question: Question, above: Level) -> bool:
    return any(
        combination.level > above and _helps(then, question.id, combination.when)
        for combination in then.protocol.combined_with[question.id]
    )


def _opens(then: Known, question: Question, above: Level) -> bool:
    return any(
        follow_up.id not in then.answers
        and then.protocol.reaches[follow_up.id] > above
        and _helps(then, question.id, follow_up.when)
        and _can_raise(then, follow_up, above)
        for follow_up in then.protocol.opened_by[question.id]
    )


def _helps(then: Known, asked: QuestionId, condition: Condition) -> bool:
    """True where the condition may come to hold, and one of its groups waits for the answer to ``asked``."""
    return may_hold(then, condition) and any(_waits_for(then, asked, group) for group in condition.groups)


def _waits_for(then: Known, asked: QuestionId, group: tuple[Case, ...]) -> bool:
    """True where the group does not hold without an answer to ``asked``, and with it may."""
    for case in group:
        if not _needs(case, asked) and truth(then, case) is Truth.TRUE:
            return False
    return any(_needs(case, asked) and truth(then, case) is not Truth.FALSE for case in group)


def _needs(case: Case, asked: QuestionId) -> bool:
    """True where the case holds only with an answer to ``asked``."""
    return any(id_ == asked and UNASKED not in fits for id_, fits in case.answers)
