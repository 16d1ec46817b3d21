"""Errors of the check."""

from __future__ import annotations

from collections.abc import Sequence


class ProtocolError(Exception):
    """The protocol is broken. ``problems`` lists every one found, each naming its culprit."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = tuple(problems)
