"""Expectations that a test may have of a turn, and how what came instead is told."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any, NamedTuple

from simulator.device.echo import Exchange
from simulator.testing.budgets import question_of

GENERAL = frozenset({"intent", "slots", "says", "avoids", "asks", "reprompts", "card", "screen", "ends"})
"""Expectations that any skill may have; `problems` says what each means."""
_NEAR = 0.4


class Own(NamedTuple):
    """Expectations that a skill has besides: it hands them in as the hook ``expectations``.

    A key that is one of `GENERAL` means what the skill says, and no more what it means for others.
    """

    keys: frozenset[str]
    problems: Callable[[Mapping[str, Any], Exchange, str], Sequence[str]]
    """The expectations of a turn that were not met, in sentences, given the turn and the locale."""
    rules: Callable[[Exchange, Exchange, str], Sequence[str]] = lambda *_: ()
    """The rules of every turn that one breaks, given the turn, the last one answered, the locale."""


def unknown(expected: Mapping[str, Any], own: Own | None) -> list[str]:
    """Keys that nothing would check, such as misspelt ones."""
    return sorted(set(expected) - GENERAL - (own.keys if own else frozenset()))


def problems(expected: Mapping[str, Any], turn: Exchange, own: Own | None, locale: str) -> list[str]:
    """The expectations that a turn does not meet, in sentences.

    ``intent`` is what was understood, and ``slots`` the id of some slots, or the words where they have none;
    ``says`` and ``avoids`` are texts that the speech holds, or must not; ``asks`` is true where the reply
    ends in a question with an open microphone, or a text that this question holds; ``reprompts`` is a text of
    the reprompt; ``card`` a text of the card, or whether there is one; ``screen`` whether something is shown;
    ``ends`` whether the session is over.
    """
    taken = own.keys if own else frozenset()
    found = [
        said
        for key, wanted in expected.items()
        if key in GENERAL - taken
        for said in _CHECKS[key](wanted, turn)
    ]
    return [*found, *(own.problems(expected, turn, locale) if own else ())]


def _intent(wanted: str, turn: Exchange) -> list[str]:
    got = turn.heard.intent if turn.heard else _requested(turn)
    return [] if got == wanted else [f"intent: expected {wanted}, understood {got or 'nothing'}"]


def _requested(turn: Exchange) -> str:
    request = turn.request.get("request") or {}
    return str((request.get("intent") or {}).get("name") or request.get("type") or "")


def _slots(wanted: Mapping[str, str | Sequence[str]], turn: Exchange) -> list[str]:
    heard = turn.heard.slots if turn.heard else {}
    got = {name: [value.id or value.value for value in values] for name, values in heard.items()}
    return [
        f"slots: {name} is {', '.join(got.get(name, ())) or 'empty'}, expected {', '.join(_several(value))}"
        for name, value in wanted.items()
        if got.get(name, []) != _several(value)
    ]


def _says(wanted: str | Sequence[str], turn: Exchange) -> list[str]:
    return [_missing(piece, turn.text) for piece in _several(wanted) if piece not in turn.text]


def _avoids(wanted: str | Sequence[str], turn: Exchange) -> list[str]:
    return [f"must not say {piece!r}" for piece in _several(wanted) if piece in turn.text]


def _asks(wanted: bool | str, turn: Exchange) -> list[str]:  # noqa: FBT001 - as it stands in a file
    question = question_of(turn.text) if turn.listening else ""
    if isinstance(wanted, bool):
        state = "is closed" if not turn.listening else "is open, and the reply ends in no question"
        if wanted and not question:
            return [f"asks: expected a question, but the microphone {state}"]
        return [f"asks: expected no question, got {question!r}"] if question and not wanted else []
    if wanted in question:
        return []
    return [f"asks: expected a question with {wanted!r}, got {question or 'none'}"]


def _reprompts(wanted: str | Sequence[str], turn: Exchange) -> list[str]:
    got = turn.reprompt or "nothing"
    return [f"reprompts: {piece!r} is not in {got!r}" for piece in _several(wanted) if piece not in got]


def _card(wanted: bool | str, turn: Exchange) -> list[str]:  # noqa: FBT001 - as it stands in a file
    text = (
        " ".join(str(turn.card.get(key) or "") for key in ("title", "content", "text")) if turn.card else ""
    )
    if isinstance(wanted, bool):
        return (
            []
            if wanted == bool(turn.card)
            else [f"card: expected {'one' if wanted else 'none'}, got {text!r}"]
        )
    return [] if wanted in text else [f"card: {wanted!r} is not in {text!r}"]


def _screen(wanted: bool, turn: Exchange) -> list[str]:  # noqa: FBT001 - as it stands in a file
    shown = any("RenderDocument" in str(each.get("type")) for each in turn.directives)
    return [] if shown == wanted else [f"screen: expected {'something' if wanted else 'nothing'} to be shown"]


def _ends(wanted: bool, turn: Exchange) -> list[str]:  # noqa: FBT001 - as it stands in a file
    return [] if turn.ended == wanted else [f"ends: the session is {'over' if turn.ended else 'still open'}"]


_CHECKS: Mapping[str, Callable[[Any, Exchange], list[str]]] = {
    "intent": _intent, "slots": _slots, "says": _says, "avoids": _avoids, "asks": _asks,
    "reprompts": _reprompts, "card": _card, "screen": _screen, "ends": _ends,
}  # fmt: skip


def _several(value: str | Sequence[str]) -> list[str]:
    return [value] if isinstance(value, str) else list(value)


def _missing(piece: str, text: str) -> str:
    """That something is not said, and what is said that comes nearest, with the words that differ marked."""
    wanted, said = piece.split(), text.split()
    matcher = SequenceMatcher(a=wanted, b=said, autojunk=False)
    best = max(matcher.get_matching_blocks(), key=lambda block: block.size)
    start = max(best.b - best.a, 0)
    near = said[start : start + len(wanted)]
    if not best.size or SequenceMatcher(a=wanted, b=near, autojunk=False).ratio() < _NEAR:
        return f"says: {piece!r} is not said"
    return (
        f"says: expected {piece!r}\n      nearest  {' '.join(near)!r}\n      differs  {_marked(wanted, near)}"
    )


def _marked(wanted: Sequence[str], near: Sequence[str]) -> str:
    parts = []
    for what, a, b, c, d in SequenceMatcher(a=wanted, b=near, autojunk=False).get_opcodes():
        if what == "equal":
            parts.append(" ".join(wanted[a:b]))
        else:
            parts += [f"-[{' '.join(wanted[a:b])}]"] if a < b else []
            parts += [f"+[{' '.join(near[c:d])}]"] if c < d else []
    return " ".join(parts)
