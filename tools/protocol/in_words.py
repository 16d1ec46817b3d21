"""The protocol's conditions and answers in words that a clinician reads, from the protocol alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from crampguide.triage import ANSWERS, Answer, Level, Protocol, QuestionId
from crampguide.triage.model import Case, Condition

LEVELS = {
    Level.SELF_CARE: "self-care",
    Level.ROUTINE: "routine",
    Level.URGENT: "urgent",
    Level.EMERGENCY: "emergency",
}
_SUBJECTS = {
    "private": "the person agrees to a private question",
    "twitching": "the person mentions twitching",
    "child": "the person asks for a child",
    "detail": "the person asks for a closer look",
    "tips": "the person asks for tips",
}
_ANSWERED = {
    frozenset({"yes"}): "yes to {}",
    frozenset({"unsure"}): "unsure about {}",
    frozenset({"no"}): "no to {}",
    frozenset({"yes", "unsure"}): "yes or unsure about {}",
    frozenset({"no", "unsure"}): "no or unsure about {}",
    frozenset({"yes", "no"}): "yes or no to {}",
    frozenset(ANSWERS): "any answer to {}",
    frozenset({"unasked"}): "{} not asked",
    frozenset({"no", "unsure", "unasked"}): "no yes so far to {}",
}


def answered(protocol: Protocol, question: QuestionId, fits: Iterable[str]) -> str:
    """An answer, or several that will do: "yes or unsure about `fever or feeling ill`"."""
    accepted = frozenset(fits)
    if accepted in _ANSWERED:
        return _ANSWERED[accepted].format(name(protocol, question))
    return f"{_ANSWERED[accepted - {'unasked'}].format(name(protocol, question))} (or it was not asked)"


def name(protocol: Protocol, question: QuestionId) -> str:
    """A question by its number and sign, with a small first letter."""
    asked = protocol.questions[question]
    return f"{asked.number} ({asked.sign[:1].lower()}{asked.sign[1:]})"


def opening(subject: str) -> str:
    """Say what opens a subject. Raises ``KeyError`` for one that has no words here."""
    return _SUBJECTS[subject]


def case_in_words(protocol: Protocol, case: Case) -> str:
    """A case: all that must hold, joined by "and"."""
    parts = [answered(protocol, id_, fits) for id_, fits in case.answers]
    if case.opened is not None:
        parts.append(opening(case.opened))
    if case.reached > Level.SELF_CARE:
        parts.append(f"at least {LEVELS[case.reached]} so far")
    return " and ".join(parts)


def condition_in_words(protocol: Protocol, condition: Condition) -> list[str]:
    """One sentence for each group; all of them must hold. Empty for a condition that always holds."""
    return ["; or ".join(case_in_words(protocol, case) for case in group) for group in condition.groups]


def person_in_words(protocol: Protocol, kind: Mapping[QuestionId, frozenset[Answer]]) -> str:
    """A kind of caller: what they report, then "unless" they also report what would make it another kind."""
    reported = {id_: fits for id_, fits in kind.items() if "no" not in fits}
    denied = [id_ for id_, fits in kind.items() if fits == {"no"}]
    not_yes = [id_ for id_, fits in kind.items() if fits == {"no", "unsure"}]
    known = [id_ for id_, fits in kind.items() if fits == {"no", "yes"}]
    text = ", ".join(answered(protocol, id_, fits) for id_, fits in reported.items()) or "anybody"
    unless = [f"yes or unsure about {name(protocol, id_)}" for id_ in denied]
    unless += [f"yes to {name(protocol, id_)}" for id_ in not_yes]
    unless += [f"unsure about {name(protocol, id_)}" for id_ in known]
    return f"{text}; unless also {'; '.join(unless)}" if unless else text
