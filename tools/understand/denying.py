"""Finds the denying words that report a sign, and so veto nothing of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from crampguide.understand import veto
from crampguide.understand.rules import Rules
from crampguide.understand.text import words
from tools.understand.rows import NONE, Row

Pairs = Mapping[str, set[str]]
"""Denying words, each with what follows it, by sign."""


def harmless(report_it: Pairs, deny_it: Pairs) -> Mapping[str, list[str]]:
    """For each sign the pairs that report it and deny nothing anywhere.

    What is not said, or not seen, is denied whatever it is: it is harmless for no sign.
    """
    every: set[str] = set().union(*deny_it.values())
    return {sign: sorted(pairs - every) for sign, pairs in report_it.items() if pairs - every}


def telling(report_it: Pairs, deny_it: Pairs) -> Mapping[str, list[str]]:
    """For each sign the pairs that report it, and deny neither it nor everything.

    They may deny another sign ("no feeling" is no pain to one and numbness to another), so that they are only
    believed where all else speaks for the sign.
    """
    nothing: set[str] = set()
    found = {
        sign: pairs - deny_it.get(sign, nothing) - deny_it.get(NONE, nothing)
        for sign, pairs in report_it.items()
    }
    return {sign: sorted(pairs) for sign, pairs in found.items() if pairs}


def pairs_of(
    known: Sequence[Row], said: Sequence[Sequence[str]], rules: Rules, built: Iterable[tuple[str, str]]
) -> tuple[Pairs, Pairs]:
    """The pairs that report each sign, and those that deny it; what denies everything stands under ``none``.

    `built`: the denials that the interaction models build, with their signs.
    """
    report_it: dict[str, set[str]] = defaultdict(set)
    deny_it: dict[str, set[str]] = defaultdict(set)
    for row, spoken in zip(known, said, strict=True):
        if row.stance == "denied":
            deny_it[row.label] |= _pairs(spoken, rules)
        elif row.stance == "reported" and row.bare:
            report_it[row.label] |= _pairs(spoken, rules)
    for each, sign in built:
        deny_it[sign] |= _pairs(words(each, rules.whole, rules.ends), rules)
    return report_it, deny_it


def _pairs(spoken: Sequence[str], rules: Rules) -> set[str]:
    clauses = veto.clauses(spoken, rules.veto)
    pairs = {pair for clause in clauses for pair in veto.denials(clause, rules.veto)}
    return {pair for pair in pairs if pair.rpartition(" ")[2] not in rules.veto["unless"]}
