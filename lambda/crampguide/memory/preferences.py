"""All that can be remembered about a person. The type is closed: there is no field for anything else."""

from __future__ import annotations

from typing import Literal, NamedTuple, get_args

Pace = Literal["slow", "normal", "fast"]


class Preferences(NamedTuple):
    """How to talk to someone; the defaults are those of a stranger."""

    introduced: bool = False
    """True once they have heard the introduction."""
    pace: Pace = "normal"
    brief: bool = False

    def are_known(self) -> bool:
        """True where every field holds one of its values, which types alone cannot promise of data."""
        flags = (self.introduced, self.brief)
        return all(flag is True or flag is False for flag in flags) and self.pace in get_args(Pace)
