"""The conversation: a state and what was understood become a turn, and that a reply. It knows no device.

``load_guide`` reads the reviewed data, ``move`` makes a turn of an intent, ``reply`` puts it into words, and
``write_state`` and ``read_state`` carry the state over to the next one.
"""

from crampguide.dialogue.codec import BrokenStateError, read_state, write_state
from crampguide.dialogue.intents import INTENTS, move
from crampguide.dialogue.offers import load_guide
from crampguide.dialogue.replies import Reply, reply
from crampguide.dialogue.state import Asking, Offered, State
from crampguide.dialogue.turn import Guide, Situation, Slots, Turn

__all__ = [
    "INTENTS",
    "Asking",
    "BrokenStateError",
    "Guide",
    "Offered",
    "Reply",
    "Situation",
    "Slots",
    "State",
    "Turn",
    "load_guide",
    "move",
    "read_state",
    "reply",
    "write_state",
]
