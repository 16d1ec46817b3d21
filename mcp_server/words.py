"""The words for a language model, read once from ``words.toml``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from simulator.files import read_toml

WORDS: dict[str, Any] = read_toml(Path(__file__).with_name("words.toml"))
