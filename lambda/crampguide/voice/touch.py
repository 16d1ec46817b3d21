"""A touch on the screen acts as the words on it would have."""

from __future__ import annotations

from collections.abc import Mapping

from crampguide.triage import load_protocol
from crampguide.voice.asides import resume
from crampguide.voice.moves import move
from crampguide.voice.state import State
from crampguide.voice.turn import Heard, Turn

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
"""What can be touched, and the intent it stands for."""
_ARGUMENTS = 2


def touched(state: State, arguments: object) -> Turn:
    """The turn for a touch, told by what the target sends: what it stands for, and the turn it was shown in.

    One on a screen that is gone, such as a second tap, answers nothing; nor does what no target sends.
    """
    protocol = load_protocol()
    if (
        not isinstance(arguments, list)
        or len(arguments) != _ARGUMENTS
        or str(arguments[1]) != str(state.turn)
    ):
        return resume(protocol, state)
    intent = TOUCHES.get(str(arguments[0]))
    return move(protocol, state, intent, Heard()) if intent else resume(protocol, state)
