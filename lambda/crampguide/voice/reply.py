"""Puts a turn into words: one SSML reply, its reprompt, and the session attributes to carry on."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple
from zlib import crc32

from crampguide.speech import Catalogue, rules, seconds, to_ssml
from crampguide.triage import load_protocol
from crampguide.voice.ending import parting
from crampguide.voice.log import log_missing
from crampguide.voice.state import Line
from crampguide.voice.turn import Turn, close, make_offer

LONGEST_PIECE = 45.0
"""Seconds of speech after which advice pauses and asks whether to go on."""

_OTHER_WORDS = {
    "question": "reword.{}",
    "recheck": "reword.{}",
    "confirm_no": "question.{}",
    "reword": "question.{}",
    "ask": "reprompt.{}",
}
_NAMES = {
    "source.lead": "source.{}",
    "recap.no_to_all": "denied.{}",
    "recap.no_to_others": "denied.{}",
}
"""Where the names in a line come from; in any other line they are signs."""
_SIGN = "sign.{}"
_SORRY, _SAFETY = Line("error.line"), Line("net.line")


class Reply(NamedTuple):
    """What is sent back. ``reprompt`` is None where the session ends."""

    turn: Turn
    speech: str
    reprompt: str | None


def reply(catalogue: Catalogue, turn: Turn, session_id: str = "") -> Reply:
    """The reply for a turn; the turn's state now knows what was said.

    Among several phrasings the session and the turn choose, so the same request gets the same reply.
    """
    number = crc32(session_id.encode()) + turn.state.turn
    if turn.state.brief:
        turn = turn._replace(lines=tuple(line for line in turn.lines if line.key not in rules()["brief"]))
    try:
        return _said(catalogue, turn, number)
    except KeyError:
        return _said(catalogue, _voiced(catalogue, turn, number), number)


def _said(catalogue: Catalogue, turn: Turn, number: int) -> Reply:
    turn, pace = _in_pieces(catalogue, turn), turn.state.pace
    lines = (*turn.lines, *((turn.ask,) if turn.ask else ()))
    speech = to_ssml(" ".join(words(catalogue, line, number) for line in lines), pace)
    again = to_ssml(_again(catalogue, turn, turn.ask, number), pace) if turn.ask else None
    state = turn.state._replace(said=lines, turn=turn.state.turn + 1)
    return Reply(turn._replace(state=state), speech, again)


def words(catalogue: Catalogue, line: Line, turn: int) -> str:
    """The plain words of one line; raises KeyError where some of them are missing."""
    names = _listed(catalogue, [catalogue.say(key) for key in _names(line)])
    number = _in_words(catalogue, line.number)
    return catalogue.say(line.key, turn, signs=names, sources=names, count=str(line.number), number=number)


def _in_words(catalogue: Catalogue, number: int) -> str:
    """A small number as a word; a large one, and any where the words are missing, in digits."""
    known = catalogue.lines.get("number.words", ())
    return known[number] if number < len(known) else str(number)


def _names(line: Line) -> list[str]:
    return [_NAMES.get(line.key, _SIGN).format(name) for name in line.names]


def _listed(catalogue: Catalogue, names: list[str]) -> str:
    *first, last = names or [""]
    return f"{', '.join(first)} {catalogue.say('recap.and')} {last}" if first else last


def _voiced(catalogue: Catalogue, turn: Turn, number: int) -> Turn:
    """The turn without what has no words. Unless it may be silent there is an apology in its place.

    Where the question is missing, or is about what cannot be said, nobody could know what they answer: then
    the session ends with what the answers so far call for. Raises KeyError where nothing can be said at all.
    """
    wanted = [line for line in turn.lines if not _may_lack(catalogue, line)]
    lines = _sayable(catalogue, wanted, number)
    unasked = turn.ask is not None and not _has_words(catalogue, turn.ask, number)
    if unasked or (lines != wanted and turn.state.offer == "recap"):
        turn = close(turn.state)
        last = (line for line in parting(load_protocol(), turn.state, _SORRY) if line not in lines)
        lines += _sayable(catalogue, last, number)
    elif lines != wanted:
        at = next(place for place, line in enumerate(wanted) if line not in lines)
        sorry = (line for line in (_SORRY, _SAFETY) if line not in lines)
        lines[at:at] = _sayable(catalogue, sorry, number)
    if not lines and turn.ask is None:
        raise KeyError(_SORRY.key)
    return turn._replace(lines=tuple(lines))


def _sayable(catalogue: Catalogue, lines: Iterable[Line], number: int) -> list[Line]:
    return [line for line in lines if _has_words(catalogue, line, number)]


def _may_lack(catalogue: Catalogue, line: Line) -> bool:
    return not catalogue.has(line.key) and catalogue.is_silent(line.key)


def _has_words(catalogue: Catalogue, line: Line, number: int) -> bool:
    """Whether a line can be said; what is missing for it is logged."""
    try:
        words(catalogue, line, number)
    except KeyError as missing:
        _note(missing)
        return False
    return True


def _note(missing: KeyError) -> None:
    key = str(missing.args[0])
    log_missing(key if key.partition(".")[0] in rules()["logged"] else None)


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


def _again(catalogue: Catalogue, turn: Turn, ask: Line, number: int) -> str:
    """The question in other words; where those are missing, in the same."""
    kind, _, id_ = ask.key.partition(".")
    other = "newness.reword" if kind == "newness" else _OTHER_WORDS[kind].format(id_)
    try:
        return words(catalogue, Line(turn.reprompt or other), number)
    except KeyError as missing:
        _note(missing)
        return words(catalogue, ask, number)
