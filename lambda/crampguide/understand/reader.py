"""Reads what somebody said in words that the interaction model does not list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from crampguide.understand import veto
from crampguide.understand.age import below_sixteen
from crampguide.understand.model import Kind, Reading, Stance
from crampguide.understand.rules import Rules, load_rules
from crampguide.understand.text import words
from crampguide.understand.weights import Weights, load, phrase

HERE = Path(__file__).parent
RULES, WEIGHTS = "rules.toml", "reader.bin"
CRISIS, SOME_WANT = "crisis", "some_want"


def has(language: str) -> bool:
    """True where there is a reader of the language ("en")."""
    return (HERE / language / WEIGHTS).is_file()


@cache
def reader(language: str) -> Reader:
    """The reader of a language ("en"), read from its files once per process, when first asked for.

    Raises ``UnderstandingError`` where there is none (see ``has``) or its files are broken.
    """
    folder = HERE / language
    return Reader(load_rules(folder / RULES), load(folder / WEIGHTS))


class _Found(NamedTuple):
    """The likelihoods of a wording, a whole utterance or a part of one."""

    words: Sequence[str]
    by_label: Mapping[str, float]
    by_want: Mapping[str, float]
    stances: Mapping[Stance, float]
    ranked: tuple[tuple[str, float], ...]
    """Every sign, likeliest first."""
    mass: float
    exact: bool
    """True where it is word for word a reviewed phrase, which denies nothing."""


class Reader:
    """Reads utterances of one language. It keeps nothing of what it reads."""

    def __init__(self, rules: Rules, weights: Weights) -> None:
        self.rules = rules
        self.weights = weights
        self._harmless = {sign: frozenset(pairs) for sign, pairs in weights.header["harmless"].items()}
        self._telling = {sign: frozenset(pairs) for sign, pairs in weights.header["telling"].items()}
        self._answers = frozenset(weights.header["answers"])
        self._warnings = frozenset(weights.header["warnings"])
        self._emergencies = frozenset(weights.header["emergencies"])
        self._cries = frozenset(weights.header["cries"])

    def read(self, said: str) -> Reading:
        """Read an utterance, in any spelling and with any punctuation."""
        spoken = veto.without_wish_to_live(words(said, self.rules.whole, self.rules.ends), self.rules.veto)
        place = self.weights.exact.get(phrase(spoken))
        if place is not None:
            return self._known(self.weights.labels[place])
        if all(word in self._answers for word in spoken):
            return _nothing()
        return self._read(spoken)

    def _known(self, label: str) -> Reading:
        sign = label not in self._cries
        return Reading(
            kind=Kind.RECOGNISED if sign else Kind.NOTHING,
            signs=(label,) if sign else (),
            stance=Stance.REPORTED if sign else Stance.NONE,
            topic=label if sign else None,
            cry=None if sign else label,
            want=None,
            young=False,
            exact=True,
            mass=1.0 if label in self._warnings else 0.0,
            ranked=((label, 1.0),) if sign else (),
            stances={Stance.REPORTED if sign else Stance.NONE: 1.0},
            vetoed=None,
        )

    def _read(self, spoken: Sequence[str]) -> Reading:
        whole = self._found(spoken)
        sure, vetoed = self._sure(whole)
        beside = self._beside_a_denial(spoken) if vetoed == "denial" else []
        asked = [each for each in (*beside, whole) if each.mass >= self.rules.threshold.asked]
        if sure not in self._warnings and asked:
            sure = None  # what may be a warning sign is asked about first
        # What is said beside a denial is what it is about: the denied words would drown it in the whole.
        lead = asked[0] if asked else whole
        topic, likely = lead.ranked[0]
        named = likely >= self.rules.threshold.topic
        put = vetoed == Stance.QUESTION and named  # what is put as a question is one, whatever was learned
        kind = Kind.RECOGNISED if sure else Kind.ASKED if asked else Kind.NOTHING
        cry = self._cry(whole.by_label)
        return Reading(
            kind=kind,
            signs=(sure,) if sure else self._to_ask(asked),
            stance=Stance.QUESTION if put else max(lead.stances, key=lead.stances.__getitem__),
            topic=topic if named else None,
            cry=cry,
            want=self._want(whole) if kind is Kind.NOTHING and cry is None else None,
            young=below_sixteen(spoken, self.rules.age),
            exact=False,
            mass=lead.mass,
            ranked=lead.ranked,
            stances=lead.stances,
            vetoed=vetoed,
        )

    def _found(self, spoken: Sequence[str]) -> _Found:
        labels, held, wants = self.weights.likelihoods(spoken)
        by_label = dict(zip(self.weights.labels, labels, strict=True))
        by_want = dict(zip(self.weights.wants, wants, strict=True))
        stances = {Stance(name): each for name, each in zip(self.weights.stances, held, strict=True)}
        place = self.weights.exact.get(phrase(spoken))
        if place is not None:  # a part of what was said; of a whole, nothing more needs to be found out
            by_label = {label: float(label == self.weights.labels[place]) for label in by_label}
            stances = {stance: float(stance is Stance.REPORTED) for stance in stances}
        ranked, mass = self._ranked(by_label), self._mass(by_label, stances)
        return _Found(spoken, by_label, by_want, stances, ranked, mass, exact=place is not None)

    def _ranked(self, by_label: Mapping[str, float]) -> tuple[tuple[str, float], ...]:
        signs = [
            (label, each) for label, each in by_label.items() if label not in self._cries and label != "none"
        ]
        return tuple(sorted(signs, key=lambda pair: (-pair[1], pair[0])))

    def _mass(self, by_label: Mapping[str, float], stances: Mapping[Stance, float]) -> float:
        apart = stances[Stance.QUESTION] + stances[Stance.NONE]
        return sum(by_label[sign] for sign in self._warnings) * (1 - apart)

    def _cry(self, by_label: Mapping[str, float]) -> str | None:
        least = self.rules.threshold
        if by_label.get(CRISIS, 0.0) >= least.crisis:
            return CRISIS
        cry = max(self._cries, key=lambda each: by_label[each], default=None)
        return cry if cry is not None and by_label[cry] >= least.cried else None

    def _want(self, whole: _Found) -> str | None:
        """The want, if any; a question that names a warning sign is about that sign, and for nothing else."""
        least = self.rules.threshold
        likely = {want: each for want, each in whole.by_want.items() if want != "none"}
        want = max(likely, key=likely.__getitem__)
        if likely[want] >= least.wanted and whole.mass < least.wanted_beside:
            return want
        if sum(whole.by_label[sign] for sign in self._warnings) >= least.topic:
            return None
        wanted = whole.mass < least.wanted_beside and sum(likely.values()) >= least.wanted_in_all
        return SOME_WANT if wanted or veto.asks(whole.words, self.rules.veto) else None

    def _sure(self, whole: _Found) -> tuple[str | None, str | None]:
        """The sign that counts as said, if one does, and what forbade it, if something did.

        A word alone may be of several warning signs ("numb"): it is asked about.
        """
        sign = whole.ranked[0][0]
        if sign in self._warnings and len(veto.opening(whole.words, self.rules.veto)) == 1:
            return None, None
        if forbidden := self._forbidden(whole.words, sign):
            return None, forbidden
        clauses = veto.clauses(whole.words, self.rules.veto)
        denied = [self._denies(each, sign) for each in clauses]
        if not any(denied):
            return (sign if self._counts(whole) else None), None
        if self._is_told_by_denying(whole):
            return sign, None
        likeliest = {each for each, _ in whole.ranked[: self.rules.asks]}
        for clause, no in zip(clauses, denied, strict=True):
            if no:
                continue
            alone = self._found(clause)
            if alone.ranked[0][0] in likeliest and self._counts(alone):
                return alone.ranked[0][0], None
        return None, "denial"

    def _beside_a_denial(self, spoken: Sequence[str]) -> list[_Found]:
        """The parts that deny nothing, where another part denies something; the likeliest to warn first."""
        parts = [self._found(each) for each in veto.clauses(spoken, self.rules.veto)]
        free = [each for each in parts if each.exact or not self._denies(each.words, each.ranked[0][0])]
        if len(free) == len(parts):
            return []
        return sorted([*free, *self._set_against(spoken)], key=lambda each: -each.mass)

    def _set_against(self, spoken: Sequence[str]) -> list[_Found]:
        """The reviewed phrase that stands after what is denied, with no word between but the last of all."""
        *said, last = spoken
        ends = (said[start:] for start in range(2, len(said)) if last in self.rules.veto["trailing"])
        found = next((end for end in ends if phrase(end) in self.weights.exact), None)
        return [self._found(found)] if found else []

    def _denies(self, clause: Sequence[str], sign: str) -> bool:
        return veto.denies(clause, self.rules.veto, self._harmless.get(sign, ()))

    def _is_told_by_denying(self, found: _Found) -> bool:
        """True where what would deny another sign is surely how this one is told ("not even a twitch")."""
        least, (sign, likely) = self.rules.threshold.certain, found.ranked[0]
        if min(likely, found.stances[Stance.REPORTED]) < least or not self._counts(found):
            return False
        told = self._telling.get(sign, frozenset())
        return not veto.opines(found.words, self.rules.veto) and told.issuperset(
            veto.denials(found.words, self.rules.veto)
        )

    def _to_ask(self, found: Sequence[_Found]) -> tuple[str, ...]:
        """The warning signs to ask about: the likeliest of each, then the others of the first."""
        warnings = [[sign for sign, _ in each.ranked if sign in self._warnings] for each in found]
        ordered = [each[0] for each in warnings] + [sign for each in warnings for sign in each]
        return tuple(dict.fromkeys(ordered))[: self.rules.asks]

    def _forbidden(self, spoken: Sequence[str], sign: str) -> str | None:
        if veto.asks(spoken, self.rules.veto):
            return "question"
        if sign not in self.rules.history and veto.long_past(spoken, self.rules.veto):
            return "past"
        if sign not in self.rules.others and veto.somebody_else(spoken, self.rules.veto):
            return "somebody"
        return None

    def _counts(self, found: _Found) -> bool:
        least, (sign, likely) = self.rules.threshold, found.ranked[0]
        wanted = least.recognised if sign in self._warnings else least.other_recognised
        reported = found.stances[Stance.REPORTED] >= least.reported
        undenied = found.stances[Stance.DENIED] < least.undenied
        return likely >= wanted and reported and undenied and not self._graver(found, sign)

    def _graver(self, found: _Found, sign: str) -> bool:
        """True where a sign is none of emergency, and it may well be one of those."""
        emergencies = sum(found.by_label[each] for each in self._emergencies)
        return sign not in self._emergencies and emergencies >= self.rules.threshold.graver


def _nothing() -> Reading:
    return Reading(
        kind=Kind.NOTHING, signs=(), stance=Stance.NONE, topic=None, cry=None, want=None,
        young=False, exact=False, mass=0.0, ranked=(), stances={Stance.NONE: 1.0}, vetoed=None,
    )  # fmt: skip
