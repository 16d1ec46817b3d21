"""The screen for a reply: the lines of its turn as they were spoken, on a device with a display."""

from __future__ import annotations

from typing import Any

from crampguide.dialogue import Guide, Reply, State
from crampguide.screen import Moment, Said, directive
from crampguide.speech import Catalogue, to_plain
from crampguide.triage import Level, level_of


def screen_of(guide: Guide, catalogue: Catalogue, said: Reply) -> dict[str, Any]:
    """The APL directive that shows a reply."""
    return directive(moment_of(guide, said), catalogue.say)


def moment_of(guide: Guide, said: Reply) -> Moment:
    """The part of a reply that a screen can show."""
    state = said.turn.state
    shown = [Said(each.line.key, to_plain(each.text)) for each in said.worded]
    asks = said.turn.ask is not None
    return Moment(
        lines=tuple(shown[:-1] if asks else shown),
        ask=shown[-1].text if asks else None,
        asking=state.asking is not None,
        offer=state.offer,
        level=_level(guide, state),
        number=len(state.counted_answers()) + 1,
        turn=state.turn,
    )


def _level(guide: Guide, state: State) -> str | None:
    """The level of the advice; at the end of a session also the one that the answers call for."""
    level = level_of(guide.protocol, state.counted_answers())
    return level.id if state.open is None and level >= Level.URGENT else state.level
