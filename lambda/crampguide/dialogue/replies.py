"""Makes a reply of a turn: its words, a piece of it where it is long, and the state to carry on."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple
from zlib import crc32

from crampguide.dialogue.advice import parting
from crampguide.dialogue.turn import Guide, Situation, Turn, close, make_offer
from crampguide.speech import Catalogue, Line, Worded, reprompt, rules, ssml, to_ssml, words

LONGEST_PIECE = 45.0
"""Seconds of speech after which advice pauses and asks whether to go on."""

_SORRY, _SAFETY = Line("error.line"), Line("net.line")


class Reply(NamedTuple):
    """A turn as it is sent back. ``reprompt`` is None where the session ends."""

    turn: Turn
    worded: tuple[Worded, ...]
    """Every line with its words, the question among them."""
    speech: str
    reprompt: str | None
    missing: tuple[str | None, ...] = ()
    """Keys that have no words; None for one that would tell of somebody's health."""


def reply(guide: Guide, catalogue: Catalogue, turn: Turn, session_id: str = "") -> Reply:
    """The reply for a turn; the turn's state now knows what was said.

    Among several phrasings the session and the turn choose, so the same request gets the same reply.
    """
    if turn.state.manner.brief:
        turn = turn._replace(lines=tuple(line for line in turn.lines if line.key not in rules().brief))
    speaker = _Speaker(catalogue, crc32(session_id.encode()) + turn.state.turn, [])
    try:
        return _said(speaker, turn)
    except KeyError:
        return _said(speaker, _voiced(speaker, guide, turn))


class _Speaker(NamedTuple):
    """The words of a locale, what chooses among its phrasings, and what was found to have none."""

    catalogue: Catalogue
    number: int
    missing: list[str | None]

    def word(self, line: Line) -> Worded:
        """The line with its words; raises KeyError where some are missing."""
        return Worded(line, words(self.catalogue, line, self.number))

    def note(self, missing: KeyError) -> None:
        """Remembers what has no words."""
        key = str(missing.args[0])
        self.missing.append(key if key.partition(".")[0] in rules().logged else None)

    def can_say(self, line: Line) -> bool:
        """Tells whether a line can be said; what is missing for it is noted."""
        try:
            self.word(line)
        except KeyError as missing:
            self.note(missing)
            return False
        return True

    def may_omit(self, line: Line) -> bool:
        """Tells whether the language says nothing here, and need not."""
        return not self.catalogue.has(line.key) and self.catalogue.is_silent(line.key)


def _said(speaker: _Speaker, turn: Turn) -> Reply:
    turn, worded = _in_piece(speaker, turn)
    state = turn.state._replace(said=tuple(each.line for each in worded), turn=turn.state.turn + 1)
    speech, again = ssml(worded, state.manner.pace), None
    if turn.ask is not None:
        other = reprompt(speaker.catalogue, turn.ask, turn.reprompt, speaker.number, speaker.note)
        again = to_ssml(other, state.manner.pace)
    return Reply(turn._replace(state=state), worded, speech, again, tuple(speaker.missing))


def _in_piece(speaker: _Speaker, turn: Turn) -> tuple[Turn, tuple[Worded, ...]]:
    """The turn, or as much of one with an offer as can be said at once, then whether to go on."""
    if turn.ask is None or turn.state.offer is None or len(turn.lines) == 1:
        lines = turn.lines if turn.ask is None else (*turn.lines, turn.ask)
        return turn, tuple(map(speaker.word, lines))
    asked = speaker.word(turn.ask)
    spent, worded = speaker.catalogue.seconds(asked.text), list[Worded]()
    for number, line in enumerate(turn.lines):
        each = speaker.word(line)
        spent += speaker.catalogue.seconds(each.text)
        if spent > LONGEST_PIECE:
            rest = turn.state._replace(rest=turn.lines[number:])
            piece = make_offer(rest, "more", *turn.lines[:number])
            return piece, (*worded, speaker.word(Line("ask.more")))
        worded.append(each)
    return turn, (*worded, asked)


def _voiced(speaker: _Speaker, guide: Guide, turn: Turn) -> Turn:
    """The turn without what has no words. Unless it may be silent there is an apology in its place.

    Where the question is missing, or is about what cannot be said, nobody could know what they answer: then
    the session ends with what the answers so far call for. Raises KeyError where nothing can be said at all.
    """
    wanted = [line for line in turn.lines if not speaker.may_omit(line)]
    lines = _sayable(speaker, wanted)
    unasked = turn.ask is not None and not speaker.can_say(turn.ask)
    if unasked or (lines != wanted and turn.state.offer == "recap"):
        turn = close(turn.state)
        last = (line for line in parting(Situation(guide, turn.state), _SORRY) if line not in lines)
        lines += _sayable(speaker, last)
    elif lines != wanted:
        at = next(place for place, line in enumerate(wanted) if line not in lines)
        sorry = (line for line in (_SORRY, _SAFETY) if line not in lines)
        lines[at:at] = _sayable(speaker, sorry)
    if not lines and turn.ask is None:
        raise KeyError(_SORRY.key)
    return turn._replace(lines=tuple(lines))


def _sayable(speaker: _Speaker, lines: Iterable[Line]) -> list[Line]:
    return [line for line in lines if speaker.can_say(line)]
