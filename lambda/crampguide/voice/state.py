"""What a session carries from turn to turn, as JSON in the session attributes. Nothing else is kept."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NamedTuple, get_args

from crampguide.learning import load_learning
from crampguide.relief import load_relief
from crampguide.speech.spoken import Pace
from crampguide.triage import Answer, Pattern, Protocol, QuestionId
from crampguide.voice.calmer import load_offers

VERSION = 1
_TIME = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?Z)?")
LEVELS = frozenset({"self_care", "routine", "urgent", "emergency"})


_PROMISED = ("answers", "asking", "offer", "level", "pattern")
_ID_LISTS = frozenset({"history", "opened", "unheard", "told", "unclear"})
_LINE_LISTS = frozenset({"said", "rest"})
_ANSWERS, _PATTERNS, _PACES = (frozenset(get_args(each)) for each in (Answer, Pattern, Pace))
_TYPED = frozenset((
    "answers", "confirmed", "rechecking", "confirming", "hedged", "doubted", "declined", "halfway",
    "misheard", "turn", "beat", "page", "brief", "introduced", "unremembered",
))  # fmt: skip


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
    """Denied without having heard the whole question, or before it got worse: still to be asked."""
    unclear: tuple[QuestionId, ...] = ()
    """Signs that something the person said may have meant: asked about before anything else."""
    confirmed: bool = False
    rechecking: bool = False
    """Whether the question is asked again with a check to do, after an "I don't know"."""
    confirming: bool = False
    """Whether the question is asked again in other words, after a no."""
    hedged: bool = False
    """Whether the question or offer is asked again for a plain yes or no, after a hedge."""
    doubted: bool = False
    """Whether a recap was refused and no answer has been changed since."""
    declined: bool = False
    """Whether the offer to check was declined: it is not made again."""
    halfway: bool = False
    """Whether it was said that half of the questions are done."""
    misheard: int = 0
    pace: Pace = "normal"
    brief: bool = False
    introduced: bool = False
    unremembered: bool = False
    """Whether nothing more is to be remembered: the person said so, or the memory did not answer."""
    turn: int = 0
    said: tuple[Line, ...] = ()
    rest: tuple[Line, ...] = ()
    """Advice that did not fit into the last reply."""
    wants: str | None = None
    """An exercise, ``tips`` or ``tips:<topic>`` that waits for the questions that keep it safe."""
    told: tuple[str, ...] = ()
    """Tips that were told and exercises that were begun, the latest last."""
    exercise: str | None = None
    beat: int = 0
    """Where in the exercise: the number of the reply, as ``crampguide.relief.plan`` lays it out."""
    held: QuestionId | None = None
    """The question that a cramp interrupted."""
    subject: str | None = None
    page: int = 0
    """What was taught last: the subject, and how far into it."""
    advised: str = ""
    """When the advice was given, as the request gave the time."""

    def afresh(self) -> State:
        """The start of another conversation with the same person: nothing but how to talk to them is left."""
        kept = ("pace", "brief", "introduced", "unremembered", "turn")
        return State()._replace(**{field: getattr(self, field) for field in kept})

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
    for field in _TYPED & fields.keys():
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
        and _ANSWERS.issuperset(state.answers.values())
        and set(state.history) == state.answers.keys()
        and len(state.history) == len(state.answers)
        and state.unheard <= state.answers.keys()
        and questions >= set(state.unclear)
        and state.opened <= protocol.opens
        and (state.asking is None or state.asking in questions)
        and (state.offer is None or state.offer in load_offers())
        and (state.level is None or state.level in LEVELS)
        and (state.pattern is None or state.pattern in _PATTERNS)
        and state.pace in _PACES
        and (state.held is None or state.held in questions)
        and _known_relief(state)
        and _known_subject(state)
        and _TIME.fullmatch(state.advised) is not None
    )


def _known_subject(state: State) -> bool:
    if state.subject is None:
        return state.page == 0
    subject = load_learning().subjects.get(state.subject)
    return subject is not None and 0 <= state.page < len(subject.pages)


def _known_relief(state: State) -> bool:
    """Whether tips and exercises exist; their data is read only where the state names one."""
    if state.exercise is None and state.wants is None and not state.told:
        return state.beat == 0
    relief = load_relief()
    wants, _, topic = (state.wants or "tips").partition(":")
    return (
        (state.exercise is None or state.exercise in relief.exercises)
        and (wants == "tips" or wants in relief.exercises)
        and (not topic or topic in relief.topics)
        and set(state.told) <= {*relief.tips, *relief.exercises}
        and state.beat >= 0
    )
