"""Shows a reply on a device with a display, and takes touches as if they had been said."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from zlib import crc32

from crampguide.screen import Moment, Said, directive
from crampguide.speech import Catalogue, catalogue_for, to_plain
from crampguide.triage import Level, level_of, load_protocol
from crampguide.voice.log import part
from crampguide.voice.reply import words
from crampguide.voice.state import State, read_state


def with_screen(event: Mapping[str, Any], answer: dict[str, Any]) -> dict[str, Any]:
    """The answer with its screen; what is spoken and remembered stays as it is."""
    response = answer.get("response") or {}
    if not response.get("outputSpeech"):
        return answer
    moment, catalogue = moment_of(event, answer)
    shown = directive(moment, catalogue.say)
    return {**answer, "response": {**response, "directives": [*response.get("directives", ()), shown]}}


def moment_of(event: Mapping[str, Any], answer: Mapping[str, Any]) -> tuple[Moment, Catalogue]:
    """What the answer says, read back from the state that it carries; and the words of its locale."""
    catalogue = catalogue_for(part(event, "request", "locale") or "")
    state = read_state(answer.get("sessionAttributes"), load_protocol())
    number = crc32((part(event, "session", "sessionId") or "").encode()) + state.turn - 1
    said = [Said(line.key, to_plain(words(catalogue, line, number))) for line in state.said]
    asks = state.asking is not None or state.offer is not None
    moment = Moment(
        lines=tuple(said[:-1] if asks else said),
        ask=said[-1].text if asks and said else None,
        asking=state.asking is not None,
        offer=state.offer,
        level=_level(state),
        number=len(state.heard()) + 1,
        turn=state.turn,
    )
    return moment, catalogue


def _level(state: State) -> str | None:
    """The level of the advice; at the end of a session also the one that the answers call for."""
    level = level_of(load_protocol(), state.heard())
    ended = state.asking is None and state.offer is None
    return level.id if ended and level >= Level.URGENT else state.level
