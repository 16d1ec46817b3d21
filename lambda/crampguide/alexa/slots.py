"""Reads from a request's JSON the ids that its slots resolved to, and the words that resolved to none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from crampguide.alexa.part import part
from crampguide.dialogue import Guide, Slots
from crampguide.triage import Protocol, QuestionId

if TYPE_CHECKING:  # its weights are loaded with the first words that need them
    from crampguide.understand import Reading

_PEOPLE = frozenset({"adult", "any_age"})
_MATCH = "ER_SUCCESS_MATCH"
_NO_MATCH = ("ER_SUCCESS_NO_MATCH", "ER_ERROR_TIMEOUT", "ER_ERROR_EXCEPTION")


class _Value(NamedTuple):
    """One thing that was said in a slot: every id that it may stand for, the likeliest first."""

    ids: tuple[str, ...] = ()
    matched: frozenset[str] = frozenset()
    """Those that Alexa calls a match in so many words; what a word means that is new here, nobody knows."""


def slots_of(request: Mapping[str, Any], guide: Guide) -> Slots:
    """The ids named in the request, by kind; what resolved to nothing known is left out."""
    slots = part(request, "intent", "slots")
    if not slots or not isinstance(slots, dict):
        return Slots()
    said = {name: _values(slot) for name, slot in slots.items()}

    def ids(*names: str) -> tuple[str, ...]:
        values = (value for name in names for value in said.get(name, ()))
        return tuple(dict.fromkeys(id_ for value in values for id_ in value.ids))

    signs, either = _signs(said.get("symptom", ()), guide.protocol)
    return Slots(
        signs=signs,
        either=either,
        openings=tuple(id_ for id_ in ids("opening") if id_ in guide.protocol.opens),
        topics=tuple(id_ for id_ in ids("topic", "asked") if id_ in guide.relief.topics),
        exercises=tuple(id_ for id_ in ids("exercise") if id_ in guide.relief.exercises),
        subjects=tuple(id_ for id_ in ids("subject", "about") if id_ in guide.learning.subjects),
        people=tuple(id_ for id_ in ids("person") if id_ in _PEOPLE),
    )


def reading_of(request: Mapping[str, Any], locale: str) -> Reading | None:
    """The likely meaning of the words that no slot resolved; None where there are none.

    They are read where they come in and go no further: nothing keeps or logs them.
    """
    words = " and ".join(_unresolved(part(request, "intent", "slots")))
    if not words:
        return None
    from crampguide import understand  # noqa: PLC0415 - a start does without

    language = locale.partition("-")[0]
    return understand.reader(language).read(words) if understand.has(language) else None


def _unresolved(slots: object) -> list[str]:
    """The words of each value in it that resolved to no id, however deep in lists, each once."""
    found: dict[str, bool] = {}
    rest = [slots]
    while rest:
        here = rest.pop()
        if isinstance(here, list):
            rest.extend(reversed(here))
        elif isinstance(here, dict):
            words = here.get("value")
            if isinstance(words, str):
                found[words] = found.get(words, False) or bool(_value(here.get("resolutions")).ids)
            rest.extend(
                each
                for key, each in reversed(here.items())
                if key != "resolutions" and not isinstance(each, str)
            )
    return [words for words, resolved in found.items() if not resolved and words.strip()]


def _signs(
    values: tuple[_Value, ...], protocol: Protocol
) -> tuple[tuple[QuestionId, ...], tuple[tuple[QuestionId, ...], ...]]:
    """The signs that are sure, and for each other value the signs that it may stand for."""
    sure: dict[QuestionId, None] = {}
    either: dict[tuple[QuestionId, ...], None] = {}
    for value in values:
        known = tuple(QuestionId(id_) for id_ in value.ids if id_ in protocol.questions)
        if len(known) == 1 and value.matched.issuperset(known):
            sure[known[0]] = None
        elif known:
            either[known] = None
    return tuple(sure), tuple(either)


def _values(slot: object) -> tuple[_Value, ...]:
    """The values said in a slot, one after another.

    A slot states its only value twice, of its own and as its ``slotValue``: that is one thing said.
    """
    values = tuple(_value(resolutions) for resolutions in _resolutions(slot))
    if part(slot, "resolutions") is None:
        return values
    inside = {id_ for value in values[1:] for id_ in value.ids}
    return values[1:] if inside.issuperset(values[0].ids) else values


def _resolutions(slot: object) -> Iterator[object]:
    """Every ``resolutions`` in it, in order, however deep in lists or kinds of values nobody knows yet."""
    rest = [slot]
    while rest:
        here = rest.pop()
        if isinstance(here, list):
            rest.extend(reversed(here))
        elif isinstance(here, dict):
            if "resolutions" in here:
                yield here["resolutions"]
            rest.extend(each for key, each in reversed(here.items()) if key != "resolutions")


def _value(resolutions: object) -> _Value:
    ids: dict[str, bool] = {}
    for authority in _listed(part(resolutions, "resolutionsPerAuthority")):
        status = part(authority, "status", "code")
        for each in _listed(part(authority, "values")) if status not in _NO_MATCH else ():
            id_ = part(each, "value", "id")
            if isinstance(id_, str):
                ids[id_] = ids.get(id_, False) or status == _MATCH
    return _Value(tuple(ids), frozenset(id_ for id_, matched in ids.items() if matched))


def _listed(value: object) -> list[Any]:
    return value if isinstance(value, list) else []
