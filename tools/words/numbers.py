"""Checks that each number that a region names stands beside where it was looked up, and when."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, Literal, NamedTuple

from crampguide.reviewed import DataError, read_toml
from crampguide.typed import typed

NUMBER = re.compile(r"\d+(?: \d+)*")
"""A number in figures; one in words is only known where it must be."""
NEEDED = ("emergency_number", "crisis_line")
"""The names that no region may leave without a number."""


class Number(NamedTuple):
    """A number that a region names, as it is said there."""

    says: str
    """The words, with the number in them."""
    source: str
    """The address of the page that says so."""
    kind: Literal["official", "reported"]
    """Whose page that is: the service's own, a government's or a health service's, or anybody else's."""
    verified: date
    """The day on which somebody looked."""


def problems(folder: Path) -> Iterator[str]:
    """Numbers without a source, and regions without a number, each with locale, file and key."""
    for path in sorted(folder.glob("*/regions/*.toml")):
        place = path.relative_to(folder).as_posix()
        names = read_toml(path).get("region", {})
        yield from (f"{place}: {each}" for each in wrong(names, is_a_country="-" in path.stem))


def wrong(names: Mapping[str, Any], *, is_a_country: bool) -> Iterator[str]:
    """Faults of the numbers in the table ``region`` of one file."""
    known = ""
    for name, value in names.items():
        if not isinstance(value, dict):
            continue
        try:
            number = typed(dict[str, Number], {name: value}, "region")[name]
        except DataError as broken:
            yield from (f"region.{each}" for each in broken.problems)
            continue
        known += f" {number.says}"
        if not number.source.startswith("https://"):
            yield f"region.{name}: source must be an address that begins with https://"
    for name, text in names.items():
        unknown = [
            each for each in NUMBER.findall(text if isinstance(text, str) else "") if each not in known
        ]
        if unknown:
            yield f"region.{name}: {', '.join(unknown)} has no source: state says, source, kind and verified"
    for name in NEEDED if is_a_country else ():
        if not isinstance(names.get(name), dict):
            yield f"region.{name}: a region states its number, with source, kind and verified"
