"""The skill as a caller meets it: turns of the dialogue that ships, each worked out once and remembered."""

from __future__ import annotations

from crampguide.dialogue import Slots, State, Turn, load_guide, move
from crampguide.dialogue.state import Asking
from crampguide.triage import Level, QuestionId

_LAUNCH = "AMAZON.NavigateHomeIntent"
_Said = tuple[str, QuestionId | None]


class Reply:
    """The reply that a caller hears, and where the conversation stands after it."""

    def __init__(self, turn: Turn) -> None:
        # What was said word for word, and how often, decides nothing that these callers say.
        self.state = turn.state._replace(said=(), turn=1)
        self.ended = turn.ask is None
        self.asked_about = QuestionId(turn.ask.names[0]) if turn.ask and turn.ask.names else None
        """The sign that the question at the end names: the one that may have been heard wrong."""
        self.said_back = _names(turn, "acknowledge.no_to")
        """The signs that it begins by saying no to."""
        self.recapped = _names(turn, "recap.")
        """The signs that a recap names."""
        self.level = _level(turn)
        """The level of the advice given; None where there was none."""
        self._next: dict[_Said, Reply] = {}

    @property
    def asked(self) -> Asking | None:
        """The question of the check that is open."""
        return self.state.open if isinstance(self.state.open, Asking) else None

    def to(self, intent: str, sign: QuestionId | None = None) -> Reply:
        """The reply to what was understood next."""
        said = (intent, sign)
        if said not in self._next:
            slots = Slots(signs=(sign,)) if sign else Slots()
            self._next[said] = _remembered(move(load_guide(), self.state, intent, slots))
        return self._next[said]


_replies: dict[object, Reply] = {}


def launch() -> Reply:
    """The welcome, which offers the check."""
    return _remembered(move(load_guide(), State(), _LAUNCH))


def _remembered(turn: Turn) -> Reply:
    state = turn.state._replace(said=(), turn=1, answers=tuple(turn.state.answers.items()))  # type: ignore[arg-type]
    return _replies.setdefault((state, turn.lines, turn.ask), Reply(turn))


def _names(turn: Turn, group: str) -> frozenset[QuestionId]:
    lines = (line for line in turn.lines if line.key.startswith(group))
    return frozenset(QuestionId(name) for line in lines for name in line.names)


def _level(turn: Turn) -> Level | None:
    if any(line.key == "goodbye.emergency" for line in turn.lines):
        return Level.EMERGENCY
    return next((level for level in Level if level.id == turn.state.level), None)
