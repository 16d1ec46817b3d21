"""What the codes on the page mean in plain words, by kind and code."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

Codes = Mapping[str, Mapping[str, str]]


@cache
def codes() -> Codes:
    """The words for every level, pattern, answer, group, subject, stand, offer and intent."""
    path = Path(__file__).with_name("codes.toml")
    found: Codes = tomllib.loads(path.read_text(encoding="utf-8"))
    return found
