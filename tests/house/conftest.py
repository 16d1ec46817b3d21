"""What the tests of setting up share."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from tools.setup import pip_wheel


@pytest.fixture(scope="session")
def unpacked_pip(tmp_path_factory: pytest.TempPathFactory) -> Path | None:
    """The pip that comes with Python, out of its wheel."""
    wheel = pip_wheel.bundled()
    if wheel is None:
        return None
    folder = tmp_path_factory.mktemp("pip")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder)
    return folder
