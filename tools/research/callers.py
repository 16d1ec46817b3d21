"""Callers whose answers are misheard, in conversation with the engine that ships.

What the voice adds to the engine is modelled: a re-check, a no asked about again, the recap, going back.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from crampguide.triage import Answer, Ask, Level, QuestionId, load_protocol, next_step
from crampguide.triage.next_question import level_of
from simulator.files import read_toml

DATA = Path(__file__).with_suffix("").parent / "misheard.toml"
_TRIES = 3

Understood = Answer | None
Told = tuple[tuple[QuestionId, Answer], ...]


class Design(NamedTuple):
    """A way of asking."""

    name: str
    chosen: bool = False
    recheck: bool = False
    acknowledged: bool = False
    recap: str = ""
    volunteered: bool = False
    confirmed: tuple[str, ...] = ()


class Suppositions(NamedTuple):
    """The figures of ``misheard.toml``, as shares of one."""

    opposite: float
    unsure: float
    nothing: float
    acknowledged: float
    named: float
    unnamed: float
    alarm: float
    volunteer: float
    reworded: float


class Outcome(NamedTuple):
    """The end of a call. ``level`` is None where it ended without advice, after the safety-net."""

    level: Level | None
    alarmed: bool
    """True if emergency advice was heard, even if it was taken back."""
    turns: int
    """Questions, repeated ones and recaps that were answered or passed over."""


@cache
def data() -> Mapping[str, Any]:
    """The file of suppositions."""
    return read_toml(DATA)


def designs() -> list[Design]:
    """Every way of asking that is compared, face value first."""
    written: list[dict[str, Any]] = data()["design"]
    return [Design(**{**design, "confirmed": tuple(design.get("confirmed", ()))}) for design in written]


def suppositions(**changed: float) -> Suppositions:
    """The figures, with some of them changed."""
    figures = {**data()["hearing"], **data()["notices"], **data()["callers"]}
    return Suppositions(**{**{name: figure["value"] for name, figure in figures.items()}, **changed})


def people(kind: str) -> list[tuple[frozenset[QuestionId], float]]:
    """The signs of each caller, and how often they come: ``emergency`` or ``healthy``."""
    nothing: list[dict[str, Any]] = [{"signs": [], "weight": {"value": 1.0}}]
    signs: list[dict[str, Any]] = data()["emergency"] if kind == "emergency" else nothing
    pairs = [(sign, background) for sign in signs for background in data()["background"]]
    weights = [sign["weight"]["value"] * behind["weight"]["value"] for sign, behind in pairs]
    who = [frozenset([*sign["signs"], *behind["signs"]]) for sign, behind in pairs]
    return [(signs, weight / sum(weights)) for signs, weight in zip(who, weights, strict=True)]


@cache
def _question(told: Told) -> QuestionId | None:
    step = next_step(load_protocol(), dict(told), confirmed=True)
    return step.question if isinstance(step, Ask) else None


@cache
def _level(told: Told) -> Level:
    return level_of(load_protocol(), dict(told))


@cache
def _gate() -> frozenset[QuestionId]:
    questions = load_protocol().questions.values()
    return frozenset(question.id for question in questions if question.gates_emergency)


class Call:
    """One conversation. ``draws`` decides everything that chance decides, in the order it comes up."""

    def __init__(
        self,
        true: frozenset[QuestionId],
        design: Design,
        rate: float,
        supposed: Suppositions,
        draws: Iterable[float],
    ) -> None:
        self._true, self._design, self._rate, self._supposed = true, design, rate, supposed
        self._draws: Iterator[float] = iter(draws)
        self._answers: dict[QuestionId, Answer] = {}
        self._turns, self._alarmed = 0, False

    def hold(self) -> Outcome:
        """The conversation from the first question to advice."""
        signs = sorted(self._true & _gate())
        if (
            signs
            and self._design.volunteered
            and self._chance(self._supposed.volunteer)
            and self._understood()
        ):
            return Outcome(Level.EMERGENCY, alarmed=True, turns=1)
        while True:
            told = tuple(self._answers.items())
            if _level(told) is Level.EMERGENCY:
                if not self._takes_back():
                    return Outcome(Level.EMERGENCY, alarmed=True, turns=self._turns)
            elif (question := _question(told)) is not None:
                if not self._ask(question):
                    return Outcome(None, self._alarmed, self._turns)
            elif not self._recap():
                return Outcome(_level(told), self._alarmed, self._turns)

    def _chance(self, share: float) -> bool:
        return next(self._draws) < share

    def _understood(self) -> bool:
        return not self._chance(self._rate)

    def _hear(self, meant: Answer) -> Understood:
        drawn, rate, supposed = next(self._draws), self._rate, self._supposed
        for share, heard in (
            (supposed.opposite, "no" if meant == "yes" else "yes"),
            (supposed.unsure, "unsure"),
            (supposed.nothing, None),
        ):
            drawn -= share * rate
            if drawn < 0:
                return heard  # type: ignore[return-value]
        return meant

    def _listen(self, meant: Answer) -> Understood:
        """The answer as it is taken; None after as many failures as the skill bears in a row."""
        for _ in range(_TRIES):
            self._turns += 1
            heard = self._hear(meant)
            if heard is not None:
                return heard
        return None

    def _ask(self, question: QuestionId) -> bool:
        """Asks until an answer is recorded; False where the session ends instead."""
        meant: Answer = "yes" if question in self._true else "no"
        heard = self._listen(meant)
        if heard == "no" and question in self._design.confirmed:
            recognised = meant == "no" or self._chance(self._supposed.reworded)
            heard = self._listen(meant if recognised else "no")
        if heard == "unsure" and self._design.recheck and load_protocol().questions[question].recheck:
            heard = self._listen(meant)
        if heard is None:
            return False
        if self._notices_at_once(question, meant, heard):
            return True
        self._answers[question] = heard
        return True

    def _notices_at_once(self, question: QuestionId, meant: Answer, heard: Answer) -> bool:
        """Tell whether somebody goes back at once when "no to ..." is heard; it is then asked again."""
        said_back = self._design.acknowledged and heard == "no" and meant == "yes"
        emergency = load_protocol().questions[question].yes is Level.EMERGENCY
        return said_back and emergency and self._chance(self._supposed.acknowledged) and self._understood()

    def _takes_back(self) -> bool:
        """Emergency advice that rests on a no: whether it is taken back, and that question asked again."""
        wrong = [id_ for id_, said in self._answers.items() if said != "no" and id_ not in self._true]
        self._alarmed = True
        if (
            self._true & _gate()
            or not wrong
            or not self._chance(self._supposed.alarm)
            or not self._understood()
        ):
            return False
        del self._answers[wrong[-1]]
        return True

    def _recap(self) -> bool:
        """Says back what was heard; whether an answer is to be asked again."""
        if not self._design.recap:
            return False
        self._turns += 1
        noticed = [id_ for id_, said in self._answers.items() if self._notices(id_, said)]
        if not noticed:
            # A yes that is heard as a no only costs a turn: there is nothing to change.
            self._turns += self._chance(self._rate)
            return False
        if not self._understood() or not self._understood():
            return False
        del self._answers[noticed[0]]
        return True

    def _notices(self, question: QuestionId, said: Answer) -> bool:
        if (said == "yes") == (question in self._true) and said != "unsure":
            return False
        named = said != "no" or (self._design.recap == "named" and question in _gate())
        return self._chance(self._supposed.named if named else self._supposed.unnamed)
