"""Makes typed values of reviewed data: the annotated fields of a ``NamedTuple`` say what its table holds.

A field without a default must be there, one with a default may be left out, and no other may be there.
Lists become tuples or frozensets, the tables of a ``Mapping`` get their key as ``id`` and may be of several
types (``A | B``: the first whose fields are there), and an ``IntEnum`` is written as its name in small
letters. No text may be blank. ``Annotated`` adds marks, each with ``complaint(value)``; a class with
``read(written, place, found)`` reads itself. Annotations must be values: a module that declares such types
does without ``from __future__ import annotations``, so that nothing is parsed when a process starts.
"""

from __future__ import annotations

import types
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal, NamedTuple, TypeVar, Union, get_args, get_origin

from crampguide.reviewed import DataError, read_toml, shown

T = TypeVar("T")

_NAMES: Mapping[type, str] = {
    str: "a text in quotes",
    bool: "true or false",
    int: "a whole number",
    float: "a number with a point",
    date: "a date",
    list: "a list",
    dict: "a table",
}


class AtLeast(NamedTuple):
    """Marks a number with the least it may be, and what can be counted with the fewest items it may hold."""

    minimum: int

    def complaint(self, value: Any) -> str:  # noqa: ANN401 - a number, or anything with a length
        """The fault of the value; empty where there is none."""
        counted = isinstance(value, int)
        if (value if counted else len(value)) >= self.minimum:
            return ""
        return f"= {value} is less than {self.minimum}" if counted else "is empty"


Texts = Annotated[tuple[str, ...], AtLeast(1)]
Count = Annotated[int, AtLeast(1)]


def typed(
    kind: type[T],
    tables: Mapping[str, Any],
    name: str,
    error: type[DataError] = DataError,
    problems: Callable[[T, Mapping[str, Any]], Iterable[str]] = lambda _value, _tables: (),
) -> T:
    """The value of type ``kind`` that the tables hold; ``name`` stands in messages for the whole file.

    ``kind`` is a ``NamedTuple``, or a ``Mapping`` of them. ``problems`` gets the value and its tables,
    and says what is wrong beyond the types. Raises ``error`` with every problem found, each naming its place.
    """
    found: list[str] = []
    value: T = _tables(kind, tables, name, found)
    if found or (found := list(problems(value, tables))):
        raise error(found)
    return value


def typed_files(
    paths: Iterable[Path], make: Callable[[Mapping[str, Any]], T], error: type[DataError] = DataError
) -> T:
    """The value that ``make`` makes of the tables of TOML files taken as one.

    Raises ``error`` for a file that cannot be read, and for each problem that ``make`` raises, the file that
    has it in front; one that is in no file alone has the names of them all.
    """
    files = {path: read_toml(path, error) for path in paths}
    whole: dict[str, Any] = {}
    for path, tables in files.items():
        if twice := sorted(whole.keys() & tables.keys()):
            raise error([f"{shown(path)}: {twice[0]} is stated in another file too"])
        whole |= tables
    try:
        return make(whole)
    except DataError as broken:
        alone = {shown(path): _problems_of(make, tables) for path, tables in files.items()}
        owners = {each: [name for name, own in alone.items() if each in own] for each in broken.problems}
        told = [f"{', '.join(owners[each] or alone)}: {each}" for each in broken.problems]
        raise error(told) from broken


def _problems_of(make: Callable[[Mapping[str, Any]], object], tables: Mapping[str, Any]) -> tuple[str, ...]:
    try:
        make(tables)
    except DataError as broken:
        return broken.problems
    return ()


def _tables(kind: Any, tables: Mapping[str, Any], name: str, found: list[str]) -> Any:  # noqa: ANN401 - any type
    if is_table(kind):
        return _table(kind, tables, name, found, top=True)
    return {key: _table(get_args(kind)[1], each, key, found, key=key) for key, each in tables.items()}


@cache
def declared(kind: Any) -> Mapping[str, Any]:  # noqa: ANN401 - any NamedTuple
    """The fields of a ``NamedTuple``, each with its type."""
    return dict(kind.__annotations__)


def is_table(kind: Any) -> bool:  # noqa: ANN401 - any type
    """True for a type that is written as a table of its fields."""
    return isinstance(kind, type) and issubclass(kind, tuple) and hasattr(kind, "_fields")


def _needed(kind: Any) -> Iterable[str]:  # noqa: ANN401 - any NamedTuple
    return (field for field in declared(kind) if field not in kind._field_defaults)


def _fitting(kind: Any, raw: Mapping[str, Any]) -> Any:  # noqa: ANN401 - any NamedTuple, or a union of them
    """Of several types the first whose fields that must be there all are; else the first."""
    kinds = get_args(kind) or (kind,)
    return next((each for each in kinds if raw.keys() >= {*_needed(each)}), kinds[0])


def _table(kind: Any, raw: Any, place: str, found: list[str], *, top: bool = False, key: str = "") -> Any:  # noqa: ANN401, PLR0913
    """A ``NamedTuple``; None where its table is wrong."""
    if type(raw) is not dict:
        found.append(f"{place} must be a table")
        return None
    kind = _fitting(kind, raw)
    before = len(found)
    fields = declared(kind)
    given = {"id": key, **raw} if key and "id" in fields else raw
    missing = [field for field in _needed(kind) if field not in given]
    found.extend(f"{place}: {field} is missing" for field in missing)
    values = {}
    for field, value in given.items():
        if field not in fields or (key and field == "id" and "id" in raw):
            found.append(f"{place}: {field} is not a known field")
        else:
            values[field] = _value(fields[field], value, "" if top else place, field, found, top=place)
    return kind(**values) if len(found) == before else None


def _value(kind: Any, raw: Any, place: str, field: str, found: list[str], *, top: str = "") -> Any:  # noqa: ANN401, C901, PLR0911, PLR0912, PLR0913
    at = place or top
    told = f"{at}: {field}"
    origin = get_origin(kind)
    if origin is Annotated:
        base, *marks = get_args(kind)
        before = len(found)
        value = _value(base, raw, place, field, found, top=top)
        if len(found) == before:
            found += [f"{told} {wrong}" for mark in marks if (wrong := mark.complaint(value))]
        return value
    if origin in {types.UnionType, Union}:
        return _value(get_args(kind)[0], raw, place, field, found, top=top)
    if origin is Literal:
        if not any(type(raw) is type(each) and raw == each for each in get_args(kind)):
            found.append(f"{told} = {raw!r} is not one of {', '.join(map(str, get_args(kind)))}")
        return raw
    if origin in {tuple, frozenset}:
        return origin(_items(get_args(kind)[0], raw, place, field, found, top))
    if origin is not None:
        return dict(_entries(get_args(kind)[1], raw, place, field, found, top))
    if hasattr(kind, "read"):
        return kind.read(raw, told, found)
    if is_table(kind):
        return _table(kind, raw, f"{place} {field}".strip(), found)
    if issubclass(kind := getattr(kind, "__supertype__", kind), Enum):
        named = {each.name.lower(): each for each in kind}
        if type(raw) is str and raw in named:
            return named[raw]
        found.append(f"{told} = {raw!r} is not one of {', '.join(named)}")
    elif type(raw) is not kind:
        found.append(f"{told} must be {_NAMES[kind]}")
    elif kind is str and not raw.strip():
        found.append(f"{told} is empty")
    return raw


def _items(kind: Any, raw: Any, place: str, field: str, found: list[str], top: str) -> Iterable[Any]:  # noqa: ANN401, PLR0913, PLR0917
    if type(raw) is not list:
        found.append(f"{place or top}: {field} must be {_NAMES[list]}")
        return
    seen = set()
    for number, item in enumerate(raw, 1):
        if not is_table(kind):
            yield _value(kind, item, place, f"{field} number {number}", found, top=top)
            continue
        id_ = item.get("id") if isinstance(item, dict) else None
        label = id_ if isinstance(id_, str) and id_ else f"number {number}"
        if label in seen:
            found.append(f"{label}: this id is used twice")
        seen.add(label)
        yield _table(
            kind, item, label if label is id_ and not place else f"{place} {field} {label}".strip(), found
        )


def _entries(kind: Any, raw: Any, place: str, field: str, found: list[str], top: str) -> Iterable[Any]:  # noqa: ANN401, PLR0913, PLR0917
    if type(raw) is not dict:
        found.append(f"{place or top}: {field} must be {_NAMES[dict]}")
        return
    for key, item in raw.items():
        if is_table(kind):
            yield key, _table(kind, item, f"{place} {field} {key}".strip(), found, key=key)
        else:
            yield key, _value(kind, item, place, f"{field} {key}", found, top=top)
