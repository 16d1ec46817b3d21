"""Thoughts of dying: met before anything else, with whom to turn to; then the check is offered again.

Nothing of it is kept: no answer, no level, nothing in the summary. It is no sign of the check.
"""

from __future__ import annotations

from crampguide.dialogue.flow import out_of_exercise, proceed
from crampguide.dialogue.turn import Situation, Turn, close, make_offer, urgent_reminder, with_offer
from crampguide.speech import Line
from crampguide.triage import Level

_REPLY = Line("crisis.reply")
_TOLD_AGAIN = 2
"""Misunderstandings in a row after which it ends, with the number said once more."""


def crisis(here: Situation) -> Turn:
    """Says whom to call, each time it is said. In an emergency its number stays the last that is heard."""
    if here.level is Level.EMERGENCY:
        return with_offer(here.state, _REPLY, Line("goodbye.emergency"))
    return make_offer(out_of_exercise(here.state), "crisis_then", _REPLY)


def go_on(here: Situation) -> Turn:
    """Goes on where it came in: with the check, or after advice with what follows it."""
    return proceed(here) if here.state.level is None else with_offer(here.state)


def part(here: Situation) -> Turn:
    """Ends with whom to call, and with what the answers so far call for."""
    return close(here.state, Line("crisis.part"), *urgent_reminder(here.level), Line("net.line"))


def unclear(here: Situation) -> Turn:
    """Something that was not understood: says whom to call once more, then ends with it."""
    return part(here) if here.state.misheard >= _TOLD_AGAIN else crisis(here)
