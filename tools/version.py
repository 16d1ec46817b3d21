"""The version of the project, which stands in pyproject.toml and nowhere else."""

from __future__ import annotations

from pathlib import Path

from simulator.files import read_toml

PROJECT = Path(__file__).parents[1] / "pyproject.toml"
NAME = "Leg Cramp Guide"


def version() -> str:
    """Such as ``1.0.0``; what the numbers promise is said in CHANGELOG.md."""
    found: str = read_toml(PROJECT)["project"]["version"]
    return found
