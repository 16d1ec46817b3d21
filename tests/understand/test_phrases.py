"""What the interaction models list: a sign is never missed, and a denial never counts as one."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest

from crampguide.understand import Kind, reader, veto
from crampguide.understand.text import words
from crampguide.understand.weights import phrase
from simulator.files import read_toml
from tools.understand.rows import Model, warnings
from tools.understand.train import FOLDER


@cache
def model() -> Model:
    """The phrases that were learned from: those of every locale."""
    return Model(read_toml(FOLDER / "en" / "frames.toml")["models"])


def spoken(text: str) -> tuple[str, ...]:
    by = reader("en")
    return words(text, by.rules.whole, by.rules.ends)


def built() -> Iterator[tuple[str, ...]]:
    """The words of every denial: what stands around a phrase, and every phrase, are taken apart once."""
    around = [sample.split("{symptom}") for sample in model().samples["NoSymptomIntent"]]
    assert all(before[-1:] in {"", " "} and after[:1] in {"", " "} for before, after in around)
    apart = {(spoken(before), spoken(after)) for before, after in around}
    for phrased in {spoken(text) for text, _ in model().phrases("Denial")}:
        yield from ((*before, *phrased, *after) for before, after in apart)


def test_every_listed_phrase_of_a_warning_sign_is_recognised_or_asked_about() -> None:
    by = reader("en")
    listed = [(text, sign) for text, sign in model().phrases("Symptom") if sign in warnings()]
    missed = [(text, sign) for text, sign in listed if sign not in by.read(text).signs]
    assert len(listed) > 5000
    assert missed == []


def stated() -> Iterator[tuple[str, ...]]:
    """The words of every listed phrase that is one statement, in every way to deny a whole one."""
    table = tomllib.loads(Path(__file__).with_name("denied.toml").read_text(encoding="utf-8"))
    two = {*reader("en").rules.veto["opinion_ends"]}
    phrased = {said for text, _ in model().phrases("Symptom") if two.isdisjoint(said := spoken(text))}
    for denial in (spoken(each.format("")) for each in table["statements"]):
        yield from ((*denial, *each) for each in phrased)


@pytest.mark.parametrize(("denied", "least"), [(built, 90_000), (stated, 80_000)])
def test_no_denial_is_ever_recognised(denied: Callable[[], Iterator[tuple[str, ...]]], least: int) -> None:
    by = reader("en")
    harmless = {pair for pairs in by.weights.header["harmless"].values() for pair in pairs}
    denials = set(denied())
    assert len(denials) > least
    # Where every clause denies whatever the sign, nothing can be recognised; only the others need to be read.
    read = []
    for said in sorted(denials):
        clauses = veto.clauses(said, by.rules.veto)
        sure = all(veto.denies(each, by.rules.veto, harmless) for each in clauses)
        if not sure or phrase(said) in by.weights.exact:
            read.append(" ".join(said))
    assert [text for text in read if by.read(text).kind is Kind.RECOGNISED] == []
