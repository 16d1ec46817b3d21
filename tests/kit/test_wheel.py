"""The kit's own pyproject.toml names all that lies in its folder, but for what is not for others."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from simulator.testing import plugin
from tools.setup import locks

FOLDER = Path(__file__).parents[2] / "simulator"
OF_THIS_SKILL = "speaker"
PROJECT: dict[str, Any] = tomllib.loads((FOLDER / "pyproject.toml").read_text(encoding="utf-8"))


def inside(path: Path) -> bool:
    parts = path.relative_to(FOLDER).parts
    return path.is_file() and "__pycache__" not in parts and parts[0] != OF_THIS_SKILL


def test_every_package_and_every_file_of_data_is_in_the_wheel() -> None:
    settings = PROJECT["tool"]["setuptools"]
    packages = {
        ".".join(("simulator", *path.parent.relative_to(FOLDER).parts))
        for path in FOLDER.rglob("__init__.py")
        if inside(path)
    }
    assert packages == {*settings["packages"]}
    taken = {
        path
        for package, patterns in settings["package-data"].items()
        for pattern in patterns
        for path in FOLDER.joinpath(*package.split(".")[1:]).glob(pattern)
        if inside(path)
    }
    data = {path for path in FOLDER.rglob("*") if inside(path) and path.suffix != ".py"}
    assert data - {FOLDER / "pyproject.toml"} == taken


def test_the_plugin_is_enabled_where_the_kit_is_installed() -> None:
    assert PROJECT["project"]["entry-points"]["pytest11"] == {"skill-simulator": plugin.__name__}


def test_what_it_needs_is_what_its_lock_pins() -> None:
    asked = {*PROJECT["project"]["dependencies"]}
    assert asked <= {pin.name for pin in locks.read("kit")}
