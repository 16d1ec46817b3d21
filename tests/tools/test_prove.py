"""The proof: that it holds, that it fails where it should, and that it speaks of the protocol that runs."""

from __future__ import annotations

import random
import tomllib
from pathlib import Path

import pytest
import z3

from crampguide.triage import Answer, Ask, Level, QuestionId, level_of, load_protocol, next_step
from crampguide.triage.model import ANSWERS
from tests.patches import faults
from tools.protocol import prove

BROKEN = Path(__file__).parents[1] / "broken" / "proof"
CLAIMS = {
    "gate_behind_a_condition": "chest_or_breathing: nobody with this sign ends below emergency",
    "follow_up_lost": "stroke_signs: nobody with it ends below emergency",
    "unsure_too_calm": "chest_or_breathing: unsure is no calmer than urgent",
    "calmer_with_more": "fever_or_unwell: a no that becomes unsure or yes never makes it calmer",
    "correction_takes_back": (
        "chest_or_breathing: correcting it at the recap takes back nothing that another answer reached"
    ),
    "level_out_of_reach": "somebody ends at routine",
}


def test_every_property_holds_for_the_protocol_that_ships(capsys: pytest.CaptureFixture[str]) -> None:
    assert prove.main([]) == 0
    assert "every property holds" in capsys.readouterr().out


def test_there_is_a_broken_protocol_for_each_property() -> None:
    assert {path.stem for path in BROKEN.glob("*.toml")} == {*CLAIMS, "faults"}


@pytest.mark.parametrize("name", CLAIMS)
def test_a_broken_protocol_is_refuted_with_somebody(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    path = BROKEN / f"{name}.toml"
    failures = {failure.claim: failure.somebody for failure in prove.failures(read(path))}
    assert CLAIMS[name] in failures
    assert failures[CLAIMS[name]].startswith(("somebody who would answer", "anybody"))
    assert prove.main([str(path)]) == 1
    assert CLAIMS[name] in capsys.readouterr().err


@pytest.mark.parametrize("property_", prove.OF_THIS_PROTOCOL, ids=lambda property_: property_.__name__)
def test_each_claim_of_this_protocol_is_refuted_by_a_fault(property_: prove.Property) -> None:
    """Each claim of the property fails where a fault says so, and nobody is found without a fault."""
    valid = read(prove.PROTOCOL)
    assert [*prove.failures(valid, (property_,))] == []
    rules = prove.Rules(valid)
    claims = {claim for claim, _ in property_(rules, rules.person("somebody"))}
    refuted = set()
    for fault in faults(BROKEN):
        if fault.refused in claims:
            found = {
                failure.claim: failure.somebody for failure in prove.failures(fault.data(valid), (property_,))
            }
            assert found[fault.refused].startswith("somebody who would answer"), fault.name
            refuted.add(fault.refused)
    assert refuted == claims


def read(path: Path) -> prove.Raw:
    return tomllib.loads(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("seed", range(40))
def test_the_solver_ends_where_the_engine_does(seed: int) -> None:
    """Somebody drawn at random, most answers being no, ends at one level by both."""
    protocol, chance = load_protocol(), random.Random(seed)  # noqa: S311 - reproducible, no secret
    person = {id_: chance.choices(ANSWERS, (1, 8, 1))[0] for id_ in protocol.questions}
    opened = frozenset(subject for subject in sorted(protocol.opens) if chance.random() < 0.3)
    assert solved(person, opened) is walked(person, opened)


def walked(person: dict[QuestionId, Answer], opened: frozenset[str]) -> Level:
    protocol, answers = load_protocol(), dict[QuestionId, Answer]()
    while isinstance(step := next_step(protocol, answers, opened), Ask):
        answers[step.question] = person[step.question]
    return level_of(protocol, answers)


def solved(person: dict[QuestionId, Answer], opened: frozenset[str]) -> Level:
    rules = prove.Rules(read(prove.PROTOCOL))
    would = {str(id_): z3.BitVecVal(prove.ANSWERS[answer], 2) for id_, answer in person.items()}
    level = rules.person("somebody", would).level
    known = [(each, z3.BoolVal(subject in opened)) for subject, each in rules.opened.items()]
    number = z3.simplify(z3.substitute(level, *known)).as_long()
    return {place: Level[name.upper()] for name, place in prove.LEVELS.items()}[number]
