"""Reads the data of the screens; each file once per process, when a screen is first shown."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from crampguide.reviewed import read_json, read_toml

_FOLDER = Path(__file__).parent


@cache
def table(name: str) -> Mapping[str, Any]:
    """The TOML file of this name beside this one."""
    return read_toml(_FOLDER / f"{name}.toml")


@cache
def document(name: str) -> Mapping[str, Any]:
    """The APL document, or part of one, of this name."""
    whole: Mapping[str, Any] = read_json(_FOLDER / "documents" / f"{name}.json")
    return whole
