"""The pattern that the answers fit best: a nerve, an ordinary cramp, either or neither. Not a diagnosis.

The points and limits are data of the protocol; they are proposals and not validated.
"""

from __future__ import annotations

from collections.abc import Iterable

from crampguide.triage.conditions import Known, may_hold
from crampguide.triage.model import ANSWERS, Answers, Fit, Pattern, Protocol, Question

Score = tuple[int, int]
"""Points for a nerve, and for a cramp."""


def pattern_of(protocol: Protocol, answers: Answers) -> Pattern:
    """The first fit whose limits hold. Questions not answered with yes give no points."""
    return _first(protocol, _open_fits(protocol, answers), _score(protocol, answers))


def decides_pattern(known: Known, question: Question) -> bool:
    """True where some answers still to come would leave the pattern to the answer to this question."""
    points = _points(known.protocol, question)
    ways = [
        (_open_fits(known.protocol, known.supposing(question, answer).answers), answer == "yes")
        for answer in ANSWERS
    ]
    for score in _scores_to_come(known, question):
        with_yes = _plus(score, points)
        told = {_first(known.protocol, fits, with_yes if is_yes else score) for fits, is_yes in ways}
        if len(told) > 1:
            return True
    return False


def _scores_to_come(known: Known, asked: Question) -> set[Score]:
    """The scores there can be once every other question that may still be asked has its answer."""
    scores = {_score(known.protocol, known.answers)}
    for other in known.protocol.questions.values():
        waits = "pattern" in other.informs and other.id not in known.answers and other.id != asked.id
        if waits and may_hold(known, other.when):
            scores |= {_plus(score, _points(known.protocol, other)) for score in scores}
    return scores


def _points(protocol: Protocol, question: Question) -> Score:
    return protocol.pattern.nerve.get(question.id, 0), protocol.pattern.cramp.get(question.id, 0)


def _plus(score: Score, points: Score) -> Score:
    return score[0] + points[0], score[1] + points[1]


def _score(protocol: Protocol, answers: Answers) -> Score:
    rules = protocol.pattern
    nerve = sum(points for id_, points in rules.nerve.items() if answers.get(id_) == "yes")
    cramp = sum(points for id_, points in rules.cramp.items() if answers.get(id_) == "yes")
    extra = any(answers.get(id_) == "yes" for id_ in rules.cramp_extra)
    return nerve, cramp + extra


def _open_fits(protocol: Protocol, answers: Answers) -> list[Fit]:
    """The fits that these answers leave to the score."""
    return [fit for fit in protocol.pattern.fit if fit.requires.holds(answers)]


def _first(protocol: Protocol, fits: Iterable[Fit], score: Score) -> Pattern:
    return next((fit.id for fit in fits if _within(fit, *score)), protocol.pattern.otherwise)


def _within(fit: Fit, nerve: int, cramp: int) -> bool:
    enough = nerve >= fit.nerve_at_least and cramp >= fit.cramp_at_least
    return enough and nerve <= fit.nerve_at_most and nerve - cramp >= fit.nerve_above_cramp
