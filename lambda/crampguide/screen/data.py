"""Reads the data of the screens; each file once per process, when a screen is first shown."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

_FOLDER = Path(__file__).parent


@cache
def table(name: str) -> Mapping[str, Any]:
    """The TOML file of this name beside this one."""
    import tomllib  # noqa: PLC0415 - needed once, and only for a device with a display

    return tomllib.loads((_FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


@cache
def document(name: str) -> Mapping[str, Any]:
    """The APL document, or part of one, of this name."""
    whole: Mapping[str, Any] = json.loads(
        (_FOLDER / "documents" / f"{name}.json").read_text(encoding="utf-8")
    )
    return whole
