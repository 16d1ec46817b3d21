"""One line to say, before it has words."""

from __future__ import annotations

from typing import NamedTuple


class Line(NamedTuple):
    """One line to say: a key of the catalogue, and the ids of signs or sources it names."""

    key: str
    names: tuple[str, ...] = ()
    number: int = 0


class Worded(NamedTuple):
    """A line with its words in one locale, as they are spoken but for the markup."""

    line: Line
    text: str
