"""Prove with a solver that the protocol misses no red flag, from its data file alone.

Nothing here uses the engine: the rules are read from TOML and stated again, for every person at once. A
person is one answer to every question. Each property is put as a question to the solver: is there anybody for
whom it does not hold? If there is, that person is printed.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import chain, product
from pathlib import Path
from typing import Any, NamedTuple

import z3

from simulator.files import read_toml

PROTOCOL = Path(__file__).parents[2] / "lambda" / "crampguide" / "triage" / "protocol.toml"
ANSWERS = {"no": 0, "unsure": 1, "yes": 2, "unasked": 3}
LEVELS = {"self_care": 0, "routine": 1, "urgent": 2, "emergency": 3}
_ALLOWED = {"emergency": "urgent", "urgent": "routine", "routine": "self_care", "self_care": "self_care"}
"""How calm "I don't know" may be for a question whose yes reaches the key."""
_GATES = ("emergency gate", "same-day gate")
_PATTERN = "pattern"
_BITS = 2
_POINTS = 6
"""Bits for the points of a pattern, of which there are few, and their difference."""

Raw = Mapping[str, Any]


class Person(NamedTuple):
    """Somebody: what they would answer, what they are asked, and where they end. All are expressions."""

    would: Mapping[str, z3.BitVecRef]
    recorded: Mapping[str, z3.BitVecRef]
    level: z3.BitVecRef


class Failure(NamedTuple):
    """A property that does not hold, and somebody for whom it does not, in words."""

    claim: str
    somebody: str


class Rules:
    """A protocol's rules as expressions."""

    def __init__(self, raw: Raw) -> None:
        self.questions: list[Raw] = raw["question"]
        self.combinations: list[Raw] = raw.get("combination", [])
        self.pattern: Raw = raw.get("pattern", {})
        self.opened = {subject: z3.Bool(f"opened {subject}") for subject in raw.get("opens", [])}

    def person(self, called: str, would: Mapping[str, z3.BitVecRef] | None = None) -> Person:
        """Anybody, or somebody with these answers, who is asked whatever is open to them."""
        answers = would or {each["id"]: z3.BitVec(f"{called} {each['id']}", _BITS) for each in self.questions}
        level: z3.BitVecRef = z3.BitVecVal(0, _BITS)
        recorded: dict[str, z3.BitVecRef] = {}
        # A condition may wait for a level, and then opens late: a round more for each level waited for.
        for _ in range(1 + len(self._awaited())):
            recorded = {}
            for each in self.questions:
                is_open = self.holds(each, recorded, level)
                recorded[each["id"]] = z3.If(is_open, answers[each["id"]], _value(ANSWERS["unasked"]))
            level = self.level(recorded)
        return Person(answers, recorded, level)

    def level(self, recorded: Mapping[str, z3.BitVecRef]) -> z3.BitVecRef:
        """The highest level that these answers reach, alone or combined."""
        reached: dict[int, list[z3.BoolRef]] = {number: [] for number in sorted(LEVELS.values())}
        for each in self.questions:
            for answer in ("yes", "unsure"):
                reached[LEVELS[each[answer]]].append(recorded[each["id"]] == ANSWERS[answer])
        for combination in self.combinations:
            reached[LEVELS[combination["level"]]].append(self.holds(combination, recorded, _value(0)))
        level = _value(0)
        for number, ways in reached.items():
            level = z3.If(z3.Or(*ways), _value(number), level)
        return level

    def told(self, recorded: Mapping[str, z3.BitVecRef], pattern: str) -> z3.BoolRef:
        """The people whose answers are said to fit this pattern best: the first fit whose limits hold."""
        points = {kind: self._points(self.pattern[kind], recorded) for kind in ("nerve", "cramp")}
        extra = [recorded[id_] == ANSWERS["yes"] for id_ in self.pattern["cramp_extra"]]
        points["cramp"] += z3.If(z3.Or(*extra), z3.BitVecVal(1, _POINTS), z3.BitVecVal(0, _POINTS))
        told: list[z3.BoolRef] = []
        before: list[z3.BoolRef] = []
        for fit in self.pattern["fit"]:
            fits = self._fits(fit, recorded, points)
            told += [z3.And(fits, *before)] if fit["id"] == pattern else []
            before.append(z3.Not(fits))
        return z3.Or(*told)

    def _fits(
        self, fit: Raw, recorded: Mapping[str, z3.BitVecRef], points: Mapping[str, z3.BitVecRef]
    ) -> z3.BoolRef:
        nerve, cramp = points["nerve"], points["cramp"]
        limits = [self._condition(fit["requires"], recorded, _value(0))]
        limits += [nerve >= fit["nerve_at_least"]] if "nerve_at_least" in fit else []
        limits += [nerve <= fit["nerve_at_most"]] if "nerve_at_most" in fit else []
        limits += [nerve - cramp >= fit["nerve_above_cramp"]] if "nerve_above_cramp" in fit else []
        limits += [cramp >= fit["cramp_at_least"]] if "cramp_at_least" in fit else []
        return z3.And(*limits)

    def _points(self, each: Mapping[str, int], recorded: Mapping[str, z3.BitVecRef]) -> z3.BitVecRef:
        total = z3.BitVecVal(0, _POINTS)
        for id_, number in each.items():
            said = recorded[id_] == ANSWERS["yes"]
            total += z3.If(said, z3.BitVecVal(number, _POINTS), z3.BitVecVal(0, _POINTS))
        return total

    def _awaited(self) -> set[str]:
        rules = (*self.questions, *self.combinations)
        ways = [way for rule in rules for way in _ways(rule.get("when", {}))]
        return {way["reached"] for way in ways if "reached" in way}

    def is_asked_of(self, question: Raw) -> z3.BoolRef:
        """Who is asked a question of a gate: everybody, or those who bring its subject up."""
        subjects = [way["opened"] for way in _ways(question.get("when", {})) if set(way) == {"opened"}]
        return z3.Or(*(self.opened[subject] for subject in subjects)) if subjects else z3.BoolVal(val=True)

    def anybody(self, person: Person) -> list[z3.BoolRef]:
        """The facts of every person: they answer yes, no or unsure."""
        return [z3.ULE(said, ANSWERS["yes"]) for said in person.would.values()]

    def holds(self, rule: Raw, recorded: Mapping[str, z3.BitVecRef], level: z3.BitVecRef) -> z3.BoolRef:
        """The people for whom the condition of a rule holds, with these answers and this level."""
        return self._condition(rule.get("when", {}), recorded, level)

    def _condition(
        self, written: Raw, recorded: Mapping[str, z3.BitVecRef], level: z3.BitVecRef
    ) -> z3.BoolRef:
        parts = []
        for operator, value in written.items():
            if operator == "not":
                parts.append(z3.Not(self._condition(value, recorded, level)))
                continue
            if isinstance(value, list):
                whole = [self._condition(each, recorded, level) for each in value]
            else:
                whole = [self._entry(key, said, recorded, level) for key, said in value.items()]
            parts.append({"any_of": z3.Or, "all_of": z3.And}[operator](*whole))
        return z3.And(*parts)

    def _entry(
        self, key: str, said: str | list[str], recorded: Mapping[str, z3.BitVecRef], level: z3.BitVecRef
    ) -> z3.BoolRef:
        fits = [said] if isinstance(said, str) else said
        if key == "opened":
            return self.opened[fits[0]]
        if key == "reached":
            return z3.UGE(level, LEVELS[fits[0]])
        answer = recorded.get(key, _value(ANSWERS["unasked"]))
        return z3.Or(*(answer == ANSWERS[fit] for fit in fits))


def _ways(written: Raw) -> list[dict[str, Any]]:
    """Each way in which a condition can hold, as its entries; what must not hold stands under "not"."""
    ways: list[dict[str, Any]] = [{}]
    for operator, value in written.items():
        if operator == "not":
            more = [{"not": value}]
        elif isinstance(value, dict):
            more = [value] if operator == "all_of" else [{key: said} for key, said in value.items()]
        elif operator == "any_of":
            more = [way for each in value for way in _ways(each)]
        else:
            more = _together(map(_ways, value))
        ways = _together([ways, more])
    return ways


def _together(parts: Iterable[list[dict[str, Any]]]) -> list[dict[str, Any]]:
    return [dict(chain.from_iterable(way.items() for way in ways)) for ways in product(*parts)]


@cache
def _value(number: int) -> z3.BitVecRef:
    return z3.BitVecVal(number, _BITS)


def failures(raw: Raw, only: Sequence[Property] = ()) -> Iterator[Failure]:
    """Every property that does not hold, with somebody for whom it does not.

    ``only`` are the properties to look at; left out, they are all, and that everything happens to somebody.
    """
    rules = Rules(raw)
    somebody = rules.person("somebody")
    solver = z3.SolverFor("QF_BV")
    solver.add(*rules.anybody(somebody))
    named = {"short_cramp", "second_look"} <= {each["id"] for each in rules.questions}
    for property_ in only or (*_PROPERTIES, *(OF_THIS_PROTOCOL if named else ())):
        claims = list(property_(rules, somebody))
        # One question for all of them; which of them fails matters only if one does.
        if solver.check(z3.Or(*(exceptions for _, exceptions in claims))) == z3.unsat:
            continue
        for claim, exceptions in claims:
            if solver.check(exceptions) == z3.sat:
                yield Failure(claim, _in_words(rules, somebody, solver.model()))
    for claim, examples in () if only else _everything_happens(rules, somebody):
        if solver.check(examples) != z3.sat:
            yield Failure(claim, "anybody")


Claim = tuple[str, z3.BoolRef]
"""A claim in words, and the people for whom it does not hold."""
Property = Callable[[Rules, Person], Iterator[Claim]]


def _gates_reach_everyone(rules: Rules, person: Person) -> Iterator[Claim]:
    for each in rules.questions:
        if each["group"] in _GATES:
            has_it = z3.And(rules.is_asked_of(each), person.would[each["id"]] == ANSWERS["yes"])
            calmer = z3.ULT(person.level, LEVELS[each["yes"]])
            yield f"{each['id']}: nobody with this sign ends below {each['yes']}", z3.And(has_it, calmer)


def _follow_ups_are_not_lost(rules: Rules, person: Person) -> Iterator[Claim]:
    """Claims of somebody with a sign of a gate and what its follow-up asks about, whatever else they answer.

    A sign counts by itself where the condition wants something else beside it too: that must close nothing.
    """
    gates = {each["id"] for each in rules.questions if each["group"] in _GATES and "when" not in each}
    for each in rules.questions:
        parts = [{operator: value} for operator, value in each.get("when", {}).items()]
        ways = [{"all_of": way} for part in parts for way in _ways(part) if set(way) <= gates]
        if ways:
            meant = rules.holds({"when": {"any_of": ways}}, person.would, person.level)
            has_it = z3.And(meant, person.would[each["id"]] == ANSWERS["yes"])
            calmer = z3.ULT(person.level, LEVELS[each["yes"]])
            yield f"{each['id']}: nobody with it ends below {each['yes']}", z3.And(has_it, calmer)


def _unsure_is_not_too_calm(rules: Rules, person: Person) -> Iterator[Claim]:
    for each in rules.questions:
        allowed = _ALLOWED[each["yes"]]
        yield (
            f"{each['id']}: unsure is no calmer than {allowed}",
            z3.And(person.recorded[each["id"]] == ANSWERS["unsure"], z3.ULT(person.level, LEVELS[allowed])),
        )


def _more_signs_are_never_calmer(rules: Rules, person: Person) -> Iterator[Claim]:
    worse = z3.BitVec("worse answer", _BITS)
    for each in rules.questions:
        if each["group"] == _PATTERN:
            continue
        level = z3.substitute(person.level, (person.would[each["id"]], worse))
        yield (
            f"{each['id']}: a no that becomes unsure or yes never makes it calmer",
            z3.And(
                person.would[each["id"]] == ANSWERS["no"],
                z3.Or(*(worse == ANSWERS[said] for said in ("unsure", "yes"))),
                z3.ULT(level, person.level),
            ),
        )


def _corrections_take_back_no_more(rules: Rules, person: Person) -> Iterator[Claim]:
    """At the recap one answer is corrected and the others stay, also those that it had opened."""
    now = {id_: z3.BitVec(f"now {id_}", _BITS) for id_ in person.recorded}
    level, correction = rules.level(now), z3.BitVec("corrected answer", _BITS)
    for each in rules.questions:
        corrected = {**person.recorded, each["id"]: correction}
        after = z3.substitute(level, *((now[id_], said) for id_, said in corrected.items()))
        kept = [
            z3.And(person.recorded[other["id"]] == ANSWERS["yes"], z3.ULT(after, LEVELS[other["yes"]]))
            for other in rules.questions
            if other["id"] != each["id"]
        ]
        denied = z3.And(
            person.recorded[each["id"]] == ANSWERS["no"],
            z3.ULT(after, person.level),
            each["group"] != _PATTERN,
        )
        yield (
            f"{each['id']}: correcting it at the recap takes back nothing that another answer reached",
            z3.And(z3.ULE(correction, ANSWERS["yes"]), z3.Or(denied, *kept)),
        )


def _back_pain_switches_nothing_off(rules: Rules, person: Person) -> Iterator[Claim]:
    """Of two people who differ in back pain alone, the one who has it never ends calmer."""
    aching = rules.person("aching", {**person.would, "back_or_buttock_pain": _value(ANSWERS["yes"])})
    down = person.would["pain_down_leg"] == ANSWERS["yes"]
    calmer = z3.ULT(aching.level, person.level)
    yield "back_or_buttock_pain: it switches nothing off", z3.And(z3.Not(down), calmer)


def _an_ache_that_stays_is_seen(_: Rules, person: Person) -> Iterator[Claim]:
    """Somebody whose leg does not cramp and let go, and whose pain does not run down from the back."""
    ache = z3.And(
        _said(person, "short_cramp", "no", "unsure"), _said(person, "pain_down_leg", "no", "unsure")
    )
    yield "short_cramp: an ache that stays never ends in self-care", z3.And(ache, _below(person, "routine"))
    for risk in ("clot_risk", "pregnancy_hormones_or_cancer"):
        at_risk = z3.And(ache, _said(person, risk, "yes"))
        yield f"{risk}: with an ache that stays it is urgent", z3.And(at_risk, _below(person, "urgent"))


def _a_swollen_leg_and_illness_are_an_emergency(_: Rules, person: Person) -> Iterator[Claim]:
    swollen = _said(person, "one_calf_swollen", "yes")
    ill = {
        "severe_or_worsening_pain": _said(person, "severe_or_worsening_pain", "yes"),
        "fever_or_unwell": z3.And(
            _said(person, "unwell_or_dark_urine", "yes"), _said(person, "fever_or_unwell", "yes")
        ),
    }
    for sign, has_it in ill.items():
        calmer = z3.And(swollen, has_it, _below(person, "emergency"))
        yield f"{sign}: with a red or swollen leg it is an emergency", calmer


def _walking_pain_is_no_cramp(rules: Rules, person: Person) -> Iterator[Claim]:
    """Whoever has pain that every walk brings on, so that it keeps coming back, is asked about it."""
    has_it = z3.And(_said(person, "walking_calf_pain", "yes"), _said(person, "keeps_troubling", "yes"))
    says_so = person.recorded["walking_calf_pain"] == ANSWERS["yes"]
    cramp = z3.And(z3.ULT(person.level, LEVELS["urgent"]), rules.told(person.recorded, "cramp"))
    claim = "walking_calf_pain: nobody who has it is told that a cramp fits best"
    yield claim, z3.And(z3.Or(has_it, says_so), cramp)


def _what_is_joined_is_taken_apart(_: Rules, person: Person) -> Iterator[Claim]:
    """A yes to a joined question is never the last word where a part is worse than the whole."""
    for whole, part in (("one_calf_swollen", "cold_pale_leg"), ("second_look", "chest_again")):
        both = z3.And(person.recorded[whole] == ANSWERS["yes"], _said(person, part, "yes"))
        yield f"{part}: after a yes to {whole} it is an emergency", z3.And(both, _below(person, "emergency"))


def _said(person: Person, question: str, *answers: str) -> z3.BoolRef:
    return z3.Or(*(person.would[question] == ANSWERS[answer] for answer in answers))


def _below(person: Person, level: str) -> z3.BoolRef:
    return z3.ULT(person.level, LEVELS[level])


def _everything_happens(rules: Rules, person: Person) -> Iterator[Claim]:
    """Levels and questions that must be reached by somebody."""
    for level, number in LEVELS.items():
        yield f"somebody ends at {level}", person.level == number
    for each in rules.questions:
        yield f"somebody is asked {each['id']}", person.recorded[each["id"]] != ANSWERS["unasked"]


_PROPERTIES = (
    _gates_reach_everyone,
    _follow_ups_are_not_lost,
    _unsure_is_not_too_calm,
    _more_signs_are_never_calmer,
    _corrections_take_back_no_more,
)
OF_THIS_PROTOCOL: Sequence[Property] = (
    _back_pain_switches_nothing_off,
    _an_ache_that_stays_is_seen,
    _a_swollen_leg_and_illness_are_an_emergency,
    _walking_pain_is_no_cramp,
    _what_is_joined_is_taken_apart,
)
"""Properties that name signs; a protocol without these signs is not held against them."""


def _in_words(rules: Rules, person: Person, model: z3.ModelRef) -> str:
    names = {number: name for name, number in ANSWERS.items()}
    said = {
        each["sign"]: names[model.eval(person.would[each["id"]], model_completion=True).as_long()]
        for each in rules.questions
    }
    reported = [f"{answer}: {sign}" for sign, answer in said.items() if answer != "no"]
    ends = {number: name for name, number in LEVELS.items()}
    level = ends[model.eval(person.level, model_completion=True).as_long()]
    return f"somebody who would answer {'; '.join(reported) or 'no to everything'} (ends at {level})"


def main(argv: list[str]) -> int:
    """Print what does not hold, with somebody for whom it does not; 1 if there is anything."""
    parser = argparse.ArgumentParser(prog="python -m tools prove", description=__doc__)
    parser.add_argument("protocol", nargs="?", type=Path, default=PROTOCOL)
    path = parser.parse_args(argv).protocol
    raw = read_toml(path)
    found = list(failures(raw))
    for failure in found:
        print(f"{failure.claim}: does not hold for {failure.somebody}", file=sys.stderr)
    if not found:
        print(f"{path.name}: every property holds for every person, {len(raw['question'])} questions each")
    return int(bool(found))
