"""Callers whose answers are misheard, in conversation with the skill that ships.

What a caller means and minds is supposed, in ``misheard.toml``;
the replies are those of the dialogue that ships.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from crampguide.triage import Answer, Level, QuestionId
from simulator.files import read_toml
from tools.research import skill
from tools.research.skill import Reply

DATA = Path(__file__).with_suffix("").parent / "misheard.toml"
_INTENTS: Mapping[Answer | None, str] = {
    "yes": "AMAZON.YesIntent",
    "no": "AMAZON.NoIntent",
    "unsure": "UnsureIntent",
    None: "AMAZON.FallbackIntent",
}
_GO_BACK, _NAME, _CORRECT = "AMAZON.PreviousIntent", "SymptomIntent", "CorrectIntent"


class Suppositions(NamedTuple):
    """The figures of ``misheard.toml``, as shares of one unless it says otherwise."""

    opposite: float
    unsure: float
    nothing: float
    clustered: float
    acknowledged: float
    named: float
    unnamed: float
    contradicts: float
    insists: float
    volunteer: float
    reworded: float
    understood: float


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
def _volunteered() -> frozenset[QuestionId]:
    """The signs that are named before they are asked: the first of each caller with an emergency."""
    return frozenset(each["signs"][0] for each in data()["emergency"])


@cache
def _joined() -> frozenset[QuestionId]:
    return frozenset(data()["joined"]["questions"])


class Call:
    """One conversation. ``draws`` decides everything that chance decides, in the order it comes up."""

    def __init__(
        self, true: frozenset[QuestionId], rate: float, supposed: Suppositions, draws: Iterable[float]
    ) -> None:
        self._true, self._supposed = true, supposed
        self._draws: Iterator[float] = iter(draws)
        self._rate = self._own_rate(rate)
        self._turns, self._minds = 0, False
        self._wrong: tuple[QuestionId, ...] = ()

    def hold(self) -> Outcome:
        """The conversation from the welcome to advice."""
        reply, alarmed = self._begin(skill.launch()), False
        while not reply.ended:
            alarmed |= reply.level is Level.EMERGENCY
            if reply.asked is not None:
                reply = self._answer(reply)
            elif reply.state.offer == "heard_right":
                reply = self._confirm(reply)
            elif reply.state.offer == "recap":
                reply = self._recap(reply)
            elif reply.state.offer == "correct":
                reply = self._correct(reply)
            elif not self._insists():
                break
            else:
                reply = reply.to(_GO_BACK)
        return Outcome(reply.level, alarmed or reply.level is Level.EMERGENCY, self._turns)

    def _own_rate(self, rate: float) -> float:
        """The share of this caller's answers that is misheard, where one in five is misheard more often."""
        times = self._supposed.clustered
        if times == 1:
            return rate
        others = rate / (0.2 * times + 0.8)
        return others * times if self._chance(0.2) else others

    def _chance(self, share: float) -> bool:
        return next(self._draws) < share

    def _understood(self) -> bool:
        return not self._chance(self._rate)

    def _say(self, reply: Reply, meant: Answer) -> Reply:
        """The reply to an answer, as it was heard."""
        self._turns += 1
        drawn, rate, supposed = next(self._draws), self._rate, self._supposed
        opposite: Answer = "no" if meant == "yes" else "yes"
        heard: tuple[tuple[float, Answer | None], ...] = (
            (supposed.opposite, opposite),
            (supposed.unsure, "unsure"),
            (supposed.nothing, None),
        )
        for share, taken_for in heard:
            drawn -= share * rate
            if drawn < 0:
                return reply.to(_INTENTS[taken_for])
        return reply.to(_INTENTS[meant])

    def _begin(self, reply: Reply) -> Reply:
        """Takes up the check, or names the sign of an emergency instead."""
        sign = next(iter(sorted(self._true & _volunteered())), None)
        if sign and self._chance(self._supposed.volunteer) and self._understood():
            self._turns += 1
            return reply.to(_NAME, sign)
        return reply.to(_INTENTS["yes"])

    def _answer(self, reply: Reply) -> Reply:
        """Answers the question; goes back where the reply began by saying no to a sign that is there."""
        back = reply.said_back & self._true
        if back and self._chance(self._supposed.acknowledged) and self._understood():
            return reply.to(_GO_BACK)
        return self._say(reply, "yes" if self._recognises(reply) else "no")

    def _recognises(self, reply: Reply) -> bool:
        """Tell whether the question is recognised as being about something that the caller has."""
        asked, supposed = reply.asked, self._supposed
        if asked is None or asked.question not in self._true:
            return False
        if asked.form == "confirm_no":
            return self._chance(supposed.reworded)
        return asked.question not in _joined() or self._chance(supposed.understood)

    def _confirm(self, reply: Reply) -> Reply:
        """Answers whether it was heard right: a no where the sign is not there and the caller minds."""
        if not reply.state.misheard:
            self._minds = reply.asked_about not in self._true and self._chance(self._supposed.contradicts)
        return self._say(reply, "no" if self._minds else "yes")

    def _insists(self) -> bool:
        """Tell whether "go back" is said, once, where an emergency stays though it was contradicted."""
        minds, self._minds = self._minds, False
        return minds and self._chance(self._supposed.insists) and self._understood()

    def _recap(self, reply: Reply) -> Reply:
        if not reply.state.misheard:
            wrong = (id_ for id_, said in reply.state.answers.items() if self._is_wrong(id_, said))
            self._wrong = tuple(id_ for id_ in wrong if self._notices(reply, id_))
        return self._say(reply, "no" if self._wrong else "yes")

    def _correct(self, reply: Reply) -> Reply:
        """Names the answer that was wrong; nothing was, where a yes to the recap was heard as a no."""
        if not self._wrong:
            return self._say(reply, "no")
        self._turns += 1
        return reply.to(_CORRECT, self._wrong[0]) if self._understood() else reply.to(_INTENTS[None])

    def _is_wrong(self, question: QuestionId, said: Answer) -> bool:
        return said != ("yes" if question in self._true else "no")

    def _notices(self, reply: Reply, question: QuestionId) -> bool:
        supposed = self._supposed
        return self._chance(supposed.named if question in reply.recapped else supposed.unnamed)
