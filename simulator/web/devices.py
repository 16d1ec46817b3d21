"""The kinds of device: those that the page can be, and all that a screen must look right on."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from simulator.files import fill, read_toml

APL = "Alexa.Presentation.APL"
DP = 160  # the dots per inch at which a dp is a pixel


class Kind(NamedTuple):
    """One kind of device; without a width it has no display."""

    id: str
    name: str
    width: int = 0
    height: int = 0
    shape: str = "rectangle"
    mode: str = "hub"
    dpi: int = DP
    offered: bool = True
    """False for one that the page cannot be."""

    @property
    def interfaces(self) -> dict[str, Any]:
        """Interfaces besides speaking, as Alexa lists them."""
        return {APL: {"runtime": {"maxVersion": "2024.3"}}} if self.width else {}

    @property
    def context(self) -> Mapping[str, Any]:
        """The display as each request describes it."""
        if not self.width:
            return {}
        wide, high = (side * self.dpi // DP for side in (self.width, self.height))
        reached_by = {"keyboard": ["DIRECTION"]} if self.mode == "tv" else {"touch": ["SINGLE"]}
        return {
            "Viewport": {
                "mode": self.mode.upper(),
                "shape": self.shape.upper(),
                "pixelWidth": wide,
                "pixelHeight": high,
                "currentPixelWidth": wide,
                "currentPixelHeight": high,
                "dpi": self.dpi,
                **reached_by,
            }
        }


@cache
def kinds() -> Mapping[str, Kind]:
    """Every kind that the page can be, by its id, in the order they are offered."""
    return {kind.id: kind for kind in _every() if kind.offered}


def displays() -> tuple[Kind, ...]:
    """Every kind with a display, whether the page can be it or not."""
    return tuple(kind for kind in _every() if kind.width)


@cache
def _every() -> tuple[Kind, ...]:
    path = Path(__file__).with_name("devices.toml")
    return tuple(fill(Kind, entry) for entry in read_toml(path)["device"])
