"""Reading JSON that may lack any part of it."""

from __future__ import annotations

from typing import Any


def part(event: object, *path: str) -> Any:  # noqa: ANN401 - JSON has no narrower type
    """The value at a path, or None where there is none."""
    for key in path:
        event = event.get(key) if isinstance(event, dict) else None
    return event
