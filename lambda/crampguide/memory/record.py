"""The content of a row of the table, and how it is written there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from crampguide.memory.preferences import Preferences

Item = Mapping[str, Mapping[str, Any]]
"""A row as DynamoDB writes it: each value beside the letter of its type."""

YEAR = 365 * 24 * 60 * 60
MONTH = 30 * 24 * 60 * 60


class Record(NamedTuple):
    """The preferences with the number of their version, 0 where nothing is stored, and when they expire."""

    preferences: Preferences = Preferences()
    version: int = 0
    expires: int = 0

    def is_old(self, now: float) -> bool:
        """True if it is stored, and a month or more ago, so that its use today should prolong it."""
        return self.version > 0 and self.expires - now < YEAR - MONTH

    def then(self, changed: Mapping[str, Any], now: float) -> Record:
        """The next version, with some preferences changed, that expires a year from now."""
        return Record(self.preferences._replace(**changed), self.version + 1, int(now) + YEAR)


def write(key: str, record: Record) -> Item:
    """The row for a record.

    Raises ``ValueError`` for anything that is not one of the values a preference can have.
    """
    preferences = record.preferences
    if not preferences.are_known():
        raise ValueError("not a preference")
    return {
        "id": {"S": key},
        "introduced": {"BOOL": preferences.introduced},
        "pace": {"S": preferences.pace},
        "brief": {"BOOL": preferences.brief},
        "version": {"N": str(record.version)},
        "expires": {"N": str(record.expires)},
    }


def read(item: Item | None, now: float) -> Record:
    """The record in a row. One that has expired, or holds what was never written, remembers nothing.

    A field that the row lacks has its default.
    """
    row = {name: next(iter(value.values())) for name, value in (item or {}).items()}
    version, expires = int(row.get("version", 0)), int(row.get("expires", 0))
    found = Preferences(**{name: row[name] for name in Preferences._fields if name in row})
    # DynamoDB takes days to remove what has expired.
    good = expires > now and found.are_known()
    return Record(found, version, expires) if good else Record(version=version)
