"""The choice of tips and exercises for a person. What is forbidden by an answer is never chosen."""

from __future__ import annotations

from collections.abc import Collection

from crampguide.relief.model import Exercise, Phase, Relief, Tip
from crampguide.triage.model import Answers, QuestionId

_LASTING = QuestionId("lasting")
_TROUBLING = QuestionId("keeps_troubling")


def tips_for(
    relief: Relief,
    answers: Answers,
    pattern: str | None,
    topic: str | None = None,
    told: Collection[str] = (),
) -> tuple[Tip, ...]:
    """The tips for these answers that have not been told, the most fitting first.

    With a ``topic`` that it is asked for, a tip need not fit the pattern or the phase, only be allowed.
    A tip whose caution has not been asked about yet is among them: see ``caution_to_ask``.
    """
    chosen = [
        tip
        for tip in relief.tips.values()
        if tip.id not in told
        and (topic in tip.topics if topic else _fits(tip, answers, pattern or "either"))
        and not tip.barred_by(answers)
    ]
    return tuple(sorted(chosen, key=lambda tip: (not tip.first.holds(answers), not _in_phase(tip, answers))))


def next_exercise(
    relief: Relief, answers: Answers, pattern: str | None, told: Collection[str] = ()
) -> Exercise | None:
    """The first exercise for these answers that has not been done; None when there is no other.

    Where an answer forbids one, the one in its place is among them.
    """
    for exercise in relief.exercises.values():
        suits = (pattern or "either") in exercise.patterns and exercise.id not in told
        found = allowed(relief, answers, exercise) if suits else None
        if found is not None and found.id not in told:
            return found
    return None


def allowed(relief: Relief, answers: Answers, exercise: Exercise) -> Exercise | None:
    """The exercise; where an answer forbids it the one in its place, and None where there is none."""
    if not exercise.do_not.holds(answers):
        return exercise
    other = relief.exercises.get(exercise.instead or "")
    return None if other is None or other.do_not.holds(answers) else other


def caution_to_ask(relief: Relief, answers: Answers, *chosen: Tip | Exercise) -> QuestionId | None:
    """The question to be answered before any of these may be told; None where nothing is open."""
    for id_ in relief.asks:
        if id_ not in answers and any(id_ in _depends_on(each) for each in chosen):
            return id_
    return None


def forbidden_by(relief: Relief, answers: Answers, topic: str | None) -> tuple[QuestionId, ...]:
    """The answers for which a tip about ``topic`` is left out; none without a topic."""
    about = (tip for tip in relief.tips.values() if topic in tip.topics)
    return tuple(dict.fromkeys(id_ for tip in about for id_ in tip.barred_by(answers)))


def _fits(tip: Tip, answers: Answers, pattern: str) -> bool:
    return pattern in tip.patterns and _in_phase(tip, answers) and tip.when.holds(answers)


def _in_phase(tip: Tip, answers: Answers) -> bool:
    return tip.phase is None or phase(answers) in {None, tip.phase}


def phase(answers: Answers) -> Phase | None:
    """Late once it has lasted more than a few days; early as long as it has not; None where it is open."""
    said = answers.get(_LASTING, "no" if answers.get(_TROUBLING) == "no" else None)
    return "late" if said == "yes" else "early" if said == "no" else None


def _depends_on(each: Tip | Exercise) -> Collection[QuestionId]:
    return each.cautions if isinstance(each, Tip) else {*each.do_not.mentions, *each.ask}
