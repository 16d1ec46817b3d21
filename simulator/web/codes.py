"""Meanings of the codes on the page in plain words, by kind and code."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from simulator.files import read_toml

Codes = Mapping[str, Mapping[str, str]]


@cache
def codes() -> Codes:
    """The words for every level, pattern, answer, group, subject, stand, offer and intent."""
    return read_toml(Path(__file__).with_name("codes.toml"))
