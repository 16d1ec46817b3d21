"""Remembers how to talk to someone, and nothing else: introduced or not, their pace, brief or full.

Without ``MEMORY_TABLE`` everyone is a stranger, and nothing of this package's workings is even loaded.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from crampguide.memory.person import STRANGER, Erasure, Person
from crampguide.memory.preferences import Preferences

if TYPE_CHECKING:
    from crampguide.memory.known import Memory

__all__ = ["STRANGER", "Erasure", "Person", "Preferences", "open_memory"]


def open_memory(env: Mapping[str, str]) -> Memory | None:
    """The memory that an environment names by ``MEMORY_TABLE``, else None. Nothing is connected yet.

    ``MEMORY_SALT`` goes into the keys; one deployment keeps one salt, or it no longer knows anybody.
    """
    table = env.get("MEMORY_TABLE")
    if not table:
        return None
    from crampguide.memory.dynamodb import Table  # noqa: PLC0415 - most skills remember nothing
    from crampguide.memory.known import Memory  # noqa: PLC0415

    return Memory(Table(table), env.get("MEMORY_SALT") or table)
