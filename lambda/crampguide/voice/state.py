"""What a session carries from turn to turn, as JSON in the session attributes. Nothing else is kept."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple, get_args

from crampguide.speech.spoken import Pace
from crampguide.triage import Answer, Pattern, Protocol, QuestionId

VERSION = 1
OFFERS = frozenset({"check", "check_again", "resume", "recap", "correct", "tips", "hear_again", "more"})
LEVELS = frozenset({"self_care", "routine", "urgent", "emergency"})


_PROMISED = ("answers", "asking", "offer", "level", "pattern")
_ID_LISTS = frozenset({"history", "opened", "unheard"})
_LINE_LISTS = frozenset({"said", "rest"})


class Line(NamedTuple):
    """One line to say: a key of the speech catalogue, and the ids of signs or sources it names."""

    key: str
    names: tuple[str, ...] = ()
    number: int = 0


class BrokenStateError(Exception):
    """The session attributes are damaged or of another version. Nothing can be told from them."""


class State(NamedTuple):
    """A conversation at one moment. ``answers`` says all about the position in the check."""

    answers: Mapping[QuestionId, Answer] = {}
    asking: QuestionId | None = None
    offer: str | None = None
    level: str | None = None
    pattern: Pattern | None = None
    history: tuple[QuestionId, ...] = ()
    """The answered questions in the order of answering; the last one is what "go back" undoes."""
    opened: frozenset[str] = frozenset()
    unheard: frozenset[QuestionId] = frozenset()
    """Denied in the person's own words without having heard the whole question: still to be asked."""
    confirmed: bool = False
    rechecking: bool = False
    misheard: int = 0
    pace: Pace = "normal"
    turn: int = 0
    said: tuple[Line, ...] = ()
    rest: tuple[Line, ...] = ()
    """Advice that did not fit into the last reply."""
    wants_tips: bool = False
    """Tips were asked for and wait for the questions that keep them safe."""

    def heard(self) -> dict[QuestionId, Answer]:
        """The answers that count for what comes next."""
        return {id_: answer for id_, answer in self.answers.items() if id_ not in self.unheard}

    def write(self) -> dict[str, Any]:
        """The session attributes, as JSON values. What has its default is left out, lists are one string.

        They travel with every request and response, and the SDK copies them piece by piece.
        """
        raw = {
            field: value for field, value in self._asdict().items() if value != State._field_defaults[field]
        }
        for field in _ID_LISTS & raw.keys():
            raw[field] = " ".join(sorted(raw[field]) if isinstance(raw[field], frozenset) else raw[field])
        for field in _LINE_LISTS & raw.keys():
            raw[field] = " ".join(f"{line.key}:{','.join(line.names)}:{line.number}" for line in raw[field])
        return {"v": VERSION, **dict.fromkeys(_PROMISED), **raw, "answers": dict(self.answers)}


def read_state(raw: Mapping[str, Any] | None, protocol: Protocol) -> State:
    """The state written in session attributes; a fresh one where there are none.

    Raises ``BrokenStateError`` for attributes of another version, or with anything in them that
    ``State.write`` with this protocol would not have written.
    """
    if not raw:
        return State()
    try:
        state = _parse(raw)
        known = _known(state, protocol)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise BrokenStateError(type(error).__name__) from error
    if not known:
        raise BrokenStateError("unknown ids")
    return state


def _parse(raw: Mapping[str, Any]) -> State:
    if raw["v"] != VERSION or not set(_PROMISED) <= raw.keys() <= {"v", *State._fields}:
        raise BrokenStateError("another version")
    fields = {field: value for field, value in raw.items() if field != "v"}
    for field in _ID_LISTS & fields.keys():
        fields[field] = type(State._field_defaults[field])(raw[field].split())
    for field in _LINE_LISTS & fields.keys():
        fields[field] = tuple(_line(written) for written in raw[field].split())
    state = State(**fields)
    for field in ("answers", "confirmed", "rechecking", "misheard", "turn", "wants_tips"):
        if type(getattr(state, field)) is not type(State._field_defaults[field]):
            raise TypeError(field)
    return state


def _line(written: str) -> Line:
    key, names, number = written.split(":")
    return Line(key, tuple(names.split(",")) if names else (), int(number))


def _known(state: State, protocol: Protocol) -> bool:
    questions = protocol.questions.keys()
    return (
        state.answers.keys() <= questions
        and set(state.answers.values()) <= set(get_args(Answer))
        and set(state.history) == state.answers.keys()
        and len(state.history) == len(state.answers)
        and state.unheard <= state.answers.keys()
        and state.opened <= protocol.opens
        and (state.asking is None or state.asking in questions)
        and (state.offer is None or state.offer in OFFERS)
        and (state.level is None or state.level in LEVELS)
        and (state.pattern is None or state.pattern in get_args(Pattern))
        and state.pace in get_args(Pace)
    )
