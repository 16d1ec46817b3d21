"""Tells an age below sixteen: a leg may be a child's, whatever else is said of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

Ages = Mapping[str, tuple[str, ...]]


def below_sixteen(said: Sequence[str], ages: Ages) -> bool:
    """True where an age below sixteen years is told, of nobody's past."""
    return any(
        word in ages["years"]
        and any(f"{' '.join(said[place + 1 :])} ".startswith(f"{unit} ") for unit in ages["units"])
        and not any(before in ages["past"] for before in said[:place])
        for place, word in enumerate(said)
    )
