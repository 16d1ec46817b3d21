"""People of whom the table may know something. Whatever goes wrong with it, the conversation goes on."""

from __future__ import annotations

import hmac
import time
from collections.abc import Callable, Mapping
from typing import TypeVar

from crampguide.memory.deadline import Deadline
from crampguide.memory.dynamodb import ConflictError, Table
from crampguide.memory.person import Erasure, Person
from crampguide.memory.preferences import Preferences
from crampguide.memory.record import Record, read, write

LONGEST_WAIT = 0.25
"""Seconds that a request waits for the table, all its calls together; the promise is 0.3, all included."""

Trouble = Callable[[Exception], None]
Result = TypeVar("Result")


class Memory:
    """Finds people again by a keyed hash of their id, which cannot be turned back into it."""

    def __init__(self, table: Table, salt: str) -> None:
        self._table = table
        self._salt = salt.encode()

    def person(self, user_id: str, trouble: Trouble) -> Person:
        """The person with this id, for one request; ``trouble`` is told of what went wrong."""
        key = hmac.digest(self._salt, user_id.encode(), "sha256").hex()
        return _Known(self._table, key, trouble)


class _Known:
    def __init__(self, table: Table, key: str, trouble: Trouble) -> None:
        self._table = table
        self._key = key
        self._trouble = trouble
        self._deadline = Deadline(LONGEST_WAIT)
        self._record: Record | None = None

    def recall(self) -> Preferences | None:
        self._record = self._tried(self._load, None)
        return None if self._record is None else self._record.preferences

    def keep(self, before: Preferences, after: Preferences) -> bool:
        pairs = zip(Preferences._fields, before, after, strict=True)
        changed = {field: new for field, old, new in pairs if old != new}
        if not changed and not (self._record and self._record.is_old(time.time())):
            return True
        return self._tried(lambda: self._store(changed), False)  # noqa: FBT003 - what a failure comes to

    def forget(self) -> Erasure:
        return self._tried(self._erase, "failed")

    def _load(self) -> Record:
        return read(self._table.load(self._key, self._deadline), time.time())

    def _store(self, changed: Mapping[str, object]) -> bool:
        record = self._record or self._load()
        try:
            self._save(record, changed)
        except ConflictError:
            now_there = self._load()
            # What was erased in the meantime stays so, and another device's prolonging is as good as ours.
            if changed and (now_there.version or not record.version):
                self._save(now_there, changed)
        return True

    def _save(self, record: Record, changed: Mapping[str, object]) -> None:
        following = record.then(changed, time.time())
        self._table.save(write(self._key, following), record.version, self._deadline)

    def _erase(self) -> Erasure:
        self._table.erase(self._key, self._deadline)
        return "erased"

    def _tried(self, act: Callable[[], Result], otherwise: Result) -> Result:
        try:
            return act()
        except Exception as error:  # noqa: BLE001 - nothing in a memory is worth silence
            self._trouble(error)
            return otherwise
