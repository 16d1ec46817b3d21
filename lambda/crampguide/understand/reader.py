"""Reads what somebody said in words that the interaction model does not list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from crampguide.understand import veto
from crampguide.understand.model import Kind, Reading, Stance
from crampguide.understand.rules import Rules, load_rules
from crampguide.understand.text import words
from crampguide.understand.weights import Weights, load, phrase

HERE = Path(__file__).parent
RULES, WEIGHTS = "rules.toml", "reader.bin"
CRISIS = "crisis"


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


class Reader:
    """Reads utterances of one language. It keeps nothing of what it reads."""

    def __init__(self, rules: Rules, weights: Weights) -> None:
        self.rules = rules
        self.weights = weights
        self._harmless = {sign: frozenset(pairs) for sign, pairs in weights.header["harmless"].items()}
        self._answers = frozenset(weights.header["answers"])
        self._warnings = frozenset(weights.header["warnings"])
        self._cries = frozenset(weights.header["cries"])

    def read(self, said: str) -> Reading:
        """Read an utterance, in any spelling and with any punctuation."""
        spoken = words(said, self.rules.whole, self.rules.ends)
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
            exact=True,
            mass=1.0 if label in self._warnings else 0.0,
            ranked=((label, 1.0),) if sign else (),
            stances={Stance.REPORTED if sign else Stance.NONE: 1.0},
            vetoed=None,
        )

    def _read(self, spoken: Sequence[str]) -> Reading:
        labels, held = self.weights.likelihoods(spoken)
        by_label = dict(zip(self.weights.labels, labels, strict=True))
        stances = self._stances(held)
        ranked = self._ranked(by_label)
        sure, vetoed = self._sure(spoken, ranked, stances)
        mass = self._mass(by_label, stances)
        if sure not in self._warnings and mass >= self.rules.threshold.asked:
            sure = None  # what may be a warning sign is asked about first
        topic, likely = ranked[0]
        warnings = [sign for sign, _ in ranked if sign in self._warnings]
        asked = mass >= self.rules.threshold.asked
        kind = Kind.RECOGNISED if sure else Kind.ASKED if asked else Kind.NOTHING
        signs = {Kind.RECOGNISED: [sure or ""], Kind.ASKED: warnings[: self.rules.asks], Kind.NOTHING: []}[
            kind
        ]
        named = likely >= self.rules.threshold.topic
        put = vetoed == Stance.QUESTION and named  # what is put as a question is one, whatever was learned
        return Reading(
            kind=kind,
            signs=tuple(signs),
            stance=Stance.QUESTION if put else max(stances, key=stances.__getitem__),
            topic=topic if named else None,
            cry=self._cry(by_label),
            exact=False,
            mass=mass,
            ranked=ranked,
            stances=stances,
            vetoed=vetoed,
        )

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

    def _sure(
        self, spoken: Sequence[str], ranked: Sequence[tuple[str, float]], stances: Mapping[Stance, float]
    ) -> tuple[str | None, str | None]:
        """The sign that counts as said, if one does, and what forbade it, if something did."""
        sign, likely = ranked[0]
        if forbidden := self._forbidden(spoken, sign):
            return None, forbidden
        clauses = veto.clauses(spoken, self.rules.veto)
        denied = [veto.denies(each, self.rules.veto, self._harmless.get(sign, ())) for each in clauses]
        if not any(denied):
            return (sign if self._counts(sign, likely, stances) else None), None
        likeliest = {each for each, _ in ranked[: self.rules.asks]}
        for clause, no in zip(clauses, denied, strict=True):
            if no:
                continue
            (inner, alone), how = self._likeliest(clause)
            if inner in likeliest and self._counts(inner, alone, how):
                return inner, None
        return None, "denial"

    def _likeliest(self, clause: Sequence[str]) -> tuple[tuple[str, float], Mapping[Stance, float]]:
        labels, held = self.weights.likelihoods(clause)
        ranked = self._ranked(dict(zip(self.weights.labels, labels, strict=True)))
        return ranked[0], self._stances(held)

    def _stances(self, held: Sequence[float]) -> Mapping[Stance, float]:
        return {Stance(name): each for name, each in zip(self.weights.stances, held, strict=True)}

    def _forbidden(self, spoken: Sequence[str], sign: str) -> str | None:
        if veto.asks(spoken, self.rules.veto):
            return "question"
        if sign not in self.rules.history and veto.long_past(spoken, self.rules.veto):
            return "past"
        if sign not in self.rules.others and veto.somebody_else(spoken, self.rules.veto):
            return "somebody"
        return None

    def _counts(self, sign: str, likely: float, stances: Mapping[Stance, float]) -> bool:
        least = self.rules.threshold
        wanted = least.recognised if sign in self._warnings else least.other_recognised
        return likely >= wanted and stances[Stance.REPORTED] >= least.reported


def _nothing() -> Reading:
    return Reading(
        kind=Kind.NOTHING, signs=(), stance=Stance.NONE, topic=None, cry=None, exact=False, mass=0.0,
        ranked=(), stances={Stance.NONE: 1.0}, vetoed=None,
    )  # fmt: skip
