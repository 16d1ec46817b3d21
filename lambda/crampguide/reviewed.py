"""Data that people write and review: TOML whose fields are checked before anything is made of them."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from typing import Any

Fields = Mapping[str, type]
"""Names of fields, each with the type that its value must have, exactly."""


class DataError(Exception):
    """Reviewed data is broken. ``problems`` lists every one found, each naming its culprit."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = tuple(problems)


def parse(*texts: str, error: type[DataError] = DataError, name: str = "") -> dict[str, Any]:
    """The tables of TOML files as one; raises ``error``, with ``name`` in front, for what is no TOML."""
    import tomllib  # noqa: PLC0415 - needed once, not by every start of a process

    try:
        return {key: value for text in texts for key, value in tomllib.loads(text).items()}
    except tomllib.TOMLDecodeError as broken:
        lead = f"{name}: " if name else ""
        raise error([f"{lead}not valid TOML: {broken}"]) from broken


def fields(
    label: str, entry: Mapping[str, Any], must: Fields, may: Fields, full: Container[str] = ()
) -> Iterator[str]:
    """What is wrong with the fields of an entry: missing, unknown, mistyped, or empty.

    A text may never be blank; a list or table only where its field is not in ``full``.
    """
    for field in sorted(must.keys() - entry.keys()):
        yield f"{label}: {field} is missing"
    for field, value in entry.items():
        expected = must.get(field) or may.get(field)
        if expected is None:
            yield f"{label}: {field} is not a known field"
        elif type(value) is not expected:
            yield f"{label}: {field} must be of type {expected.__name__}"
        elif (isinstance(value, str) and not value.strip()) or (field in full and not value):
            yield f"{label}: {field} is empty"


def one_or_more(said: object) -> frozenset[str]:
    """The words of a value that may be one of them or a list."""
    return frozenset(map(str, said if isinstance(said, list) else [said]))
