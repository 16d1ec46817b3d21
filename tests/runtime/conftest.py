"""The packaged skill, made once for each Python."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from tools.release import package
from tools.setup import pythons


@pytest.fixture(scope="session")
def packaged(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """The code package for a Python version, as `make package` makes it; skips where that is not here."""

    @cache
    def make(version: str) -> Path:
        if pythons.find(version) is None:
            pytest.skip(f"this machine has no Python {version}")
        folder = tmp_path_factory.mktemp(f"package-{version}")
        assert package.package(folder, version), "there is no bytecode"
        return folder / "lambda"

    return make
