"""Which answer is the calmer one: of a question the protocol says so, of an offer ``offers.toml``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Literal, get_args

from crampguide.reviewed import DataError, fields, parse, read_checked

Calmer = Literal["yes", "no", "neither"]

_CALMER = get_args(Calmer)
_OFFER = {"calmer": str, "reason": str}


@cache
def load_offers() -> Mapping[str, Calmer]:
    """The calmer answer to each offer there is; read and checked once per process."""
    return _calmer(read_checked([Path(__file__).with_name("offers.toml")], _problems))


def read_offers(text: str, name: str = "offers") -> Mapping[str, Calmer]:
    """Parses and checks offers written as in ``offers.toml``; ``name`` is used in messages.

    Raises ``DataError`` with every problem found, each naming the offer.
    """
    raw = parse(text, name=name)
    if found := [f"{name}: {problem}" for problem in _problems(raw)]:
        raise DataError(found)
    return _calmer(raw)


def refuse_unlisted(*moves: Mapping[str | None, object]) -> None:
    """Raises ``DataError`` where an offer has a move and no entry, or an entry and no move."""
    listed = load_offers().keys()
    if found := sorted({str(offer) for each in moves for offer in each.keys() ^ listed}):
        raise DataError(
            [f"offers.toml: {offer} needs an entry, and a move for yes and for no" for offer in found]
        )


def _calmer(raw: Mapping[str, Any]) -> Mapping[str, Calmer]:
    return {offer: entry["calmer"] for offer, entry in raw.items()}


def _problems(raw: Mapping[str, Any]) -> Iterator[str]:
    for offer, entry in raw.items():
        if not isinstance(entry, dict):
            yield f"{offer}: must be a table"
            continue
        yield from fields(offer, entry, _OFFER, {})
        if entry.get("calmer", "yes") not in _CALMER:
            yield f"{offer}: calmer is {entry['calmer']!r}, not one of {', '.join(_CALMER)}"
