"""Puts a turn into words: one SSML reply, its reprompt, and the session attributes to carry on."""

from __future__ import annotations

from typing import NamedTuple
from zlib import crc32

from crampguide.speech import Catalogue, seconds, to_ssml
from crampguide.voice.state import Line
from crampguide.voice.turn import Turn, make_offer

LONGEST_PIECE = 45.0
"""Seconds of speech after which advice pauses and asks whether to go on."""

_COURTESIES = frozenset({"acknowledge.yes", "acknowledge.no", "acknowledge.unsure"})
"""Lines that tell nothing, which someone who asked for the brief version is spared."""
_OTHER_WORDS = {
    "question": "reword",
    "recheck": "reword",
    "confirm_no": "question",
    "reword": "question",
    "ask": "reprompt",
}
_GROUPS = {"source.": "source", "recap.no": "denied"}
"""Where the names in a line come from, by how its key begins; elsewhere they are signs."""


class Reply(NamedTuple):
    """What is sent back. ``reprompt`` is None where the session ends."""

    turn: Turn
    speech: str
    reprompt: str | None


def reply(catalogue: Catalogue, turn: Turn, session_id: str = "") -> Reply:
    """The reply for a turn; the turn's state now knows what was said.

    Among several phrasings the session and the turn choose, so the same request gets the same reply.
    """
    turn = _in_pieces(catalogue, _sayable(catalogue, turn))
    number, pace = crc32(session_id.encode()) + turn.state.turn, turn.state.pace
    lines = (*turn.lines, *((turn.ask,) if turn.ask else ()))
    speech = to_ssml(" ".join(words(catalogue, line, number) for line in lines), pace)
    again = to_ssml(catalogue.say(_reprompt(turn), number), pace) if turn.ask else None
    state = turn.state._replace(said=lines, turn=turn.state.turn + 1)
    return Reply(turn._replace(state=state), speech, again)


def words(catalogue: Catalogue, line: Line, turn: int) -> str:
    """The plain words of one line."""
    group = next((group for start, group in _GROUPS.items() if line.key.startswith(start)), "sign")
    names = _listed(catalogue, [catalogue.say(f"{group}.{name}") for name in line.names])
    return catalogue.say(line.key, turn, signs=names, sources=names, count=str(line.number))


def _listed(catalogue: Catalogue, names: list[str]) -> str:
    *first, last = names or [""]
    return f"{', '.join(first)} {catalogue.say('recap.and')} {last}" if first else last


def _sayable(catalogue: Catalogue, turn: Turn) -> Turn:
    """Leaves out a line that has no words here: not every question has a word that needs explaining."""
    spared = _COURTESIES if turn.state.brief else ()
    lines = tuple(line for line in turn.lines if catalogue.has(line.key) and line.key not in spared)
    return turn if len(lines) == len(turn.lines) else turn._replace(lines=lines)


def _in_pieces(catalogue: Catalogue, turn: Turn) -> Turn:
    if turn.ask is None or turn.state.offer is None:
        return turn
    spent, fits = seconds(words(catalogue, turn.ask, turn.state.turn)), 0
    for line in turn.lines:
        spent += seconds(words(catalogue, line, turn.state.turn))
        if spent > LONGEST_PIECE:
            break
        fits += 1
    if fits == len(turn.lines):
        return turn
    return make_offer(turn.state._replace(rest=turn.lines[fits:]), "more", *turn.lines[:fits])


def _reprompt(turn: Turn) -> str:
    if turn.reprompt or turn.ask is None:
        return turn.reprompt or ""
    kind, _, id_ = turn.ask.key.partition(".")
    return "newness.reword" if kind == "newness" else f"{_OTHER_WORDS[kind]}.{id_}"
