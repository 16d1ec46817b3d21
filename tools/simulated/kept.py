"""Says what a conversation test that is saved on the page expects of each turn."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from simulator.device.echo import Exchange


def kept(before: Mapping[str, Any], turn: Exchange) -> dict[str, Any]:
    """The id of what is asked now, the level of advice that is new, and the answers that are."""
    now = turn.attributes
    expected = {"asks": now.get("asking"), "offer": now.get("offer")}
    if now.get("level") != before.get("level"):
        expected["level"] = now.get("level")
    known = before.get("answers") or {}
    expected["answers"] = {
        id_: said for id_, said in (now.get("answers") or {}).items() if known.get(id_) != said
    }
    return {key: value for key, value in expected.items() if value}
