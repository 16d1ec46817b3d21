"""A touch on the screen acts as the words on it would have."""

from __future__ import annotations

from collections.abc import Mapping

from crampguide.dialogue import Situation, Turn, move
from crampguide.dialogue.flow import resume

TOUCHES: Mapping[str, str] = {
    "yes": "AMAZON.YesIntent",
    "no": "AMAZON.NoIntent",
    "unsure": "UnsureIntent",
    "next": "AMAZON.NextIntent",
    "repeat": "AMAZON.RepeatIntent",
    "stop": "AMAZON.CancelIntent",
    "check": "CheckIntent",
    "cramp": "CrampNowIntent",
    "exercise": "ExerciseIntent",
    "tips": "TipsIntent",
    "learn": "LearnIntent",
    "back": "AMAZON.PreviousIntent",
}
"""Everything that can be touched, and the intent it stands for."""
_ARGUMENTS = 2


def touched(here: Situation, arguments: object) -> Turn:
    """The turn for a touch, told by what the target sends: what it stands for, and the turn it was shown in.

    One on a screen that is gone, such as a second tap, answers nothing; nor does what no target sends.
    """
    if not isinstance(arguments, list) or len(arguments) != _ARGUMENTS:
        return resume(here)
    intent = TOUCHES.get(str(arguments[0])) if str(arguments[1]) == str(here.state.turn) else None
    return move(here.guide, here.state, intent) if intent else resume(here)
