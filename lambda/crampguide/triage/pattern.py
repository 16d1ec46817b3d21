"""What the answers fit best: an irritated nerve, an ordinary cramp, or either. Not a diagnosis.

The points and limits are data of the protocol; they are proposals and not validated.
"""

from __future__ import annotations

from crampguide.triage.condition import Known, may_hold
from crampguide.triage.model import ANSWERS, Answers, Fit, Pattern, Protocol, Question


def pattern_of(protocol: Protocol, answers: Answers) -> Pattern:
    """The first fit whose limits hold. Questions not answered with yes give no points."""
    return _fit(protocol, answers, _score(protocol, answers))


def decides_pattern(known: Known, question: Question) -> bool:
    """Whether, for some answers still to come, the pattern depends on the answer to this question."""
    after = {answer: known.supposing(question, answer).answers for answer in ANSWERS}
    gain = {answer: _points(known.protocol, question) if answer == "yes" else (0, 0) for answer in ANSWERS}
    return any(
        len({_fit(known.protocol, after[answer], _plus(score, gain[answer])) for answer in ANSWERS}) > 1
        for score in _scores_to_come(known, question)
    )


def _scores_to_come(known: Known, asked: Question) -> set[tuple[int, int]]:
    scores = {_score(known.protocol, known.answers)}
    for other in known.protocol.questions.values():
        waits = "pattern" in other.informs and other.id not in known.answers and other.id != asked.id
        if waits and may_hold(known, other.condition):
            scores |= {_plus(score, _points(known.protocol, other)) for score in scores}
    return scores


def _points(protocol: Protocol, question: Question) -> tuple[int, int]:
    return protocol.pattern.nerve.get(question.id, 0), protocol.pattern.cramp.get(question.id, 0)


def _plus(score: tuple[int, int], points: tuple[int, int]) -> tuple[int, int]:
    return score[0] + points[0], score[1] + points[1]


def _score(protocol: Protocol, answers: Answers) -> tuple[int, int]:
    rules = protocol.pattern
    nerve = sum(points for id_, points in rules.nerve.items() if answers.get(id_) == "yes")
    cramp = sum(points for id_, points in rules.cramp.items() if answers.get(id_) == "yes")
    extra = any(answers.get(id_) == "yes" for id_ in rules.cramp_extra)
    return nerve, cramp + extra


def _fit(protocol: Protocol, answers: Answers, score: tuple[int, int]) -> Pattern:
    for fit in protocol.pattern.fits:
        if _within(fit, *score) and all(answers.get(id_) in fits for id_, fits in fit.requires):
            return fit.id
    return protocol.pattern.otherwise


def _within(fit: Fit, nerve: int, cramp: int) -> bool:
    enough = nerve >= fit.nerve_at_least and cramp >= fit.cramp_at_least
    return enough and nerve <= fit.nerve_at_most and nerve - cramp >= fit.nerve_above_cramp
