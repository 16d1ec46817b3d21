"""The state as JSON in the session attributes, and back. Nothing else is kept from turn to turn."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple, get_args

from crampguide.dialogue.state import (
    Asking,
    Form,
    Manner,
    Offered,
    Place,
    Relieving,
    State,
    Taught,
    Wanted,
)
from crampguide.dialogue.turn import Guide
from crampguide.speech import Line, Pace
from crampguide.triage import Answer, Level, Pattern

VERSION = 2
LEVELS = frozenset(level.id for level in Level)
_TIME = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?Z)?")
_ANSWERS, _PATTERNS, _PACES, _FORMS = (frozenset(get_args(each)) for each in (Answer, Pattern, Pace, Form))
_PROMISED = frozenset({"v", "answers", "asking", "offer", "level", "pattern"})
_TIPS = "tips"


class BrokenStateError(Exception):
    """The session attributes are damaged or of another version. Nothing can be told from them."""


def _as_is(value: object) -> object:
    return value


class _Written(NamedTuple):
    """A field that is left out where it has its default: how its value is written, and read again.

    Without a way to read it, it is taken as it is, and must be of its default's type where that has one.
    """

    default: object
    write: Callable[[Any], object] = _as_is
    parse: Callable[[Any], object] | None = None

    def read(self, value: object) -> object:
        """The value as it was; raises TypeError for one of another type."""
        if self.parse is not None:
            return self.parse(value)
        if self.default is not None and type(value) is not type(self.default):
            raise TypeError
        return value


def _ids(written: str) -> tuple[str, ...]:
    return tuple(written.split())


def _lines(lines: tuple[Line, ...]) -> str:
    return " ".join(f"{line.key}:{','.join(line.names)}:{line.number}" for line in lines)


def _read_lines(written: str) -> tuple[Line, ...]:
    return tuple(map(_read_line, written.split()))


def _read_line(written: str) -> Line:
    key, names, number = written.split(":")
    return Line(key, tuple(names.split(",")) if names else (), int(number))


def _wanted(wanted: Wanted) -> str:
    return wanted.exercise or ":".join((_TIPS, *((wanted.topic,) if wanted.topic else ())))


def _read_wanted(written: str) -> Wanted:
    what, _, topic = written.partition(":")
    return Wanted(topic=topic or None) if what == _TIPS else Wanted(what)


_SORTED = _Written(frozenset(), lambda ids: " ".join(sorted(ids)), lambda written: frozenset(_ids(written)))
_LISTED = _Written((), " ".join, _ids)
_LINE = _Written(None, lambda line: _lines((line,)), _read_line)
_SAID = _Written((), _lines, _read_lines)
_FLAG, _COUNT, _TEXT, _OPTIONAL = _Written(default=False), _Written(0), _Written(""), _Written(None)
_CHECK: Mapping[str, _Written] = {
    "history": _LISTED, "opened": _SORTED, "unheard": _SORTED, "unclear": _LISTED, "confirmed": _FLAG,
    "to_confirm": _LINE, "sure": _SORTED, "taken_back": _LISTED,
    "doubted": _FLAG, "declined": _FLAG, "halfway": _FLAG, "misheard": _COUNT, "turn": _COUNT,
    "said": _SAID, "rest": _SAID, "advised": _TEXT,
}  # fmt: skip
_RELIEF: Mapping[str, _Written] = {
    "wanted": _Written(None, _wanted, _read_wanted),
    "already_told": _LISTED,
    "interrupted_question": _OPTIONAL,
}
_MANNER: Mapping[str, _Written] = {
    "pace": _Written("normal"), "brief": _FLAG, "introduced": _FLAG, "unremembered": _FLAG,
}  # fmt: skip
_OPEN: Mapping[str, _Written] = {"form": _Written("question"), "hedged": _FLAG}
_PLACE: Mapping[str, _Written] = {"exercise": _OPTIONAL, "beat": _COUNT}
_TAUGHT: Mapping[str, _Written] = {"subject": _OPTIONAL, "page": _COUNT}
_NO_RELIEF = Relieving()
_KNOWN = _PROMISED.union(_CHECK, _RELIEF, _MANNER, _OPEN, _PLACE, _TAUGHT)


def write_state(state: State) -> dict[str, Any]:
    """The session attributes, as JSON values. What has its default is left out, lists are one string.

    They travel with every request and response, and the SDK copies them piece by piece.
    """
    raw: dict[str, Any] = {
        "v": VERSION,
        "answers": dict(state.answers),
        "asking": state.asking,
        "offer": state.offer,
        "level": state.level,
        "pattern": state.pattern,
    }
    _write(raw, _CHECK, state)
    if state.open is not None and (state.open.hedged or isinstance(state.open, Asking)):
        _write(raw, _OPEN, state.open)
    if state.relief != _NO_RELIEF:
        _write(raw, _RELIEF, state.relief)
        _write(raw, _PLACE, state.relief.place)
    _write(raw, _TAUGHT, state.taught)
    _write(raw, _MANNER, state.manner)
    return raw


def _write(raw: dict[str, Any], fields: Mapping[str, _Written], values: object) -> None:
    for name, field in fields.items():
        value = getattr(values, name, field.default)
        if value != field.default:
            raw[name] = field.write(value)


def read_state(raw: Mapping[str, Any] | None, guide: Guide) -> State:
    """The state written in session attributes; a fresh one where there are none.

    Raises ``BrokenStateError`` for attributes of another version, or with anything in them that
    ``write_state`` would not have written for a conversation led by this guide.
    """
    if not raw:
        return State()
    try:
        state = _parsed(raw)
        known = _is_known(state, guide)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise BrokenStateError(type(error).__name__) from error
    if not known:
        raise BrokenStateError("unknown ids")
    return state


def _parsed(raw: Mapping[str, Any]) -> State:
    if raw["v"] != VERSION or not _PROMISED <= raw.keys() <= _KNOWN:
        raise BrokenStateError("another version")
    if type(raw["answers"]) is not dict:
        raise TypeError
    return State(
        answers=raw["answers"],
        open=_open(raw),
        level=raw["level"],
        pattern=raw["pattern"],
        relief=Relieving(**_read(raw, _RELIEF), place=_whole(Place, raw, _PLACE)),
        taught=_whole(Taught, raw, _TAUGHT),
        manner=Manner(**_read(raw, _MANNER)),
        **_read(raw, _CHECK),
    )


def _read(raw: Mapping[str, Any], fields: Mapping[str, _Written]) -> dict[str, Any]:
    return {name: fields[name].read(raw[name]) for name in fields.keys() & raw.keys()}


def _open(raw: Mapping[str, Any]) -> Asking | Offered | None:
    asking, offer, how = raw["asking"], raw["offer"], _read(raw, _OPEN)
    if asking is not None and offer is None:
        return Asking(asking, **how)
    if offer is not None and asking is None:
        return Offered(offer, **how)
    if asking is not None or how:
        raise BrokenStateError("a question and an offer at once, or a form of neither")
    return None


def _whole(kind: Callable[..., Any], raw: Mapping[str, Any], fields: Mapping[str, _Written]) -> Any:  # noqa: ANN401
    """A value whose first field is there, or None where all are missing."""
    found = _read(raw, fields)
    return kind(**found) if found else None


def _is_known(state: State, guide: Guide) -> bool:
    questions = guide.protocol.questions.keys()
    return (
        state.answers.keys() <= questions
        and _ANSWERS.issuperset(state.answers.values())
        and set(state.history) == state.answers.keys()
        and len(state.history) == len(state.answers)
        and state.unheard <= state.answers.keys()
        and questions >= set(state.unclear)
        and questions
        >= {*state.sure, *state.taken_back, *(state.to_confirm.names if state.to_confirm else ())}
        and state.opened <= guide.protocol.opens
        and (state.level is None or state.level in LEVELS)
        and (state.pattern is None or state.pattern in _PATTERNS)
        and state.manner.pace in _PACES
        and _is_open(state, guide)
        and _is_known_relief(state.relief, guide)
        and _is_known_subject(state.taught, guide)
        and _TIME.fullmatch(state.advised) is not None
    )


def _is_open(state: State, guide: Guide) -> bool:
    """Tells whether what is open exists, in a form that it is asked in; an exercise has its place."""
    if isinstance(state.open, Asking):
        question = guide.protocol.questions[state.open.question]
        forms = {"recheck": question.recheck, "confirm_no": question.confirm_no}
        return state.open.form in _FORMS and forms.get(state.open.form, True)
    if state.open is None:
        return True
    if state.open.offer == "heard_right" and state.to_confirm is None:
        return False
    return guide.offers[state.open.offer].exercise is None or state.relief.place is not None


def _is_known_subject(taught: Taught | None, guide: Guide) -> bool:
    if taught is None:
        return True
    subject = guide.learning.subjects.get(taught.subject)
    return subject is not None and 0 <= taught.page < len(subject.pages)


def _is_known_relief(state: Relieving, guide: Guide) -> bool:
    """Tells whether tips and exercises exist; their data is read only where the state names one."""
    if state.interrupted_question is not None:
        _ = guide.protocol.questions[state.interrupted_question]
    if state.place is None and state.wanted is None and not state.already_told:
        return True
    relief, wanted = guide.relief, state.wanted or Wanted()
    return (
        (state.place is None or (state.place.exercise in relief.exercises and state.place.beat >= 0))
        and (wanted.exercise is None or wanted.exercise in relief.exercises)
        and (wanted.topic is None or wanted.topic in relief.topics)
        and set(state.already_told) <= {*relief.tips, *relief.exercises}
    )
