"""How long a skill may speak."""

from __future__ import annotations

from typing import NamedTuple

from simulator.device.echo import Exchange
from simulator.device.ssml import beats

WORDS_PER_MINUTE = 155.0
"""As fast as Alexa speaks English, her short pauses between sentences included."""


class Budgets(NamedTuple):
    """The longest that replies may be. Seconds are those of `seconds`; None sets no limit."""

    asking: float | None = 30.0
    """Seconds of a reply that asks something: whoever is to answer has to remember it."""
    telling: float | None = 90.0
    """Seconds of a reply that asks nothing."""
    question: int | None = 30
    """Words of the question at the end of a reply."""


def seconds(ssml: str, words_per_minute: float = WORDS_PER_MINUTE) -> float:
    """The seconds that speech takes, its breaks included; raises ``SsmlError`` where the XML is broken."""
    pieces = beats(ssml)
    words = sum(len(piece.split()) for piece in pieces if isinstance(piece, str))
    return words * 60 / words_per_minute + sum(piece for piece in pieces if isinstance(piece, float))


def question_of(text: str) -> str:
    """The question that a reply ends in; empty where it ends in none."""
    if not text.rstrip().endswith("?"):
        return ""
    before = max(text.rstrip()[:-1].rfind(sign) for sign in ".!?…")
    return text[before + 1 :].strip()


def over_budget(turn: Exchange, budgets: Budgets) -> list[str]:
    """Say in sentences what of a reply is longer than it may be; empty where nothing is."""
    if not turn.speech:
        return []
    found, took = [], seconds(turn.speech)
    most = budgets.asking if turn.listening else budgets.telling
    if most is not None and took > most:
        kind = "a reply that asks" if turn.listening else "a reply that asks nothing"
        found.append(f"speaks for {took:.0f} seconds; {kind} may take {most:.0f}")
    words = len(question_of(turn.text).split())
    if budgets.question is not None and words > budgets.question:
        found.append(f"its question has {words} words; it may have {budgets.question}")
    return found
