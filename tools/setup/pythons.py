"""Finds a Python of a given version on this machine, wherever its installer put it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path


def find(version: str) -> list[str] | None:
    """The command of a Python of that version, such as ``3.13``, if one is here and runs."""
    return next((command for command in _candidates(version) if _runs(command, version)), None)


def _candidates(version: str) -> Iterator[list[str]]:
    """Places of one: this one, the search path, pyenv's and uv's folders, the launcher of Windows."""
    yield [sys.executable]
    for name in (f"python{version}", "python3", "python"):
        found = shutil.which(name)
        if found:
            yield [found]
    for folder in _installations(version):
        for place in ("bin/python3", "bin/python", "python.exe"):
            yield [str(folder / place)]
    launcher = shutil.which("py")
    if launcher:
        yield [launcher, f"-{version}"]


def _installations(version: str) -> list[Path]:
    pyenv = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv") / "versions"
    uv = Path(os.environ.get("UV_PYTHON_INSTALL_DIR") or Path.home() / ".local" / "share" / "uv" / "python")
    found = [*pyenv.glob(f"{version}.*"), *uv.glob(f"cpython-{version}.*")]
    return sorted(
        found, key=lambda folder: [int(part) for part in re.findall(r"\d+", folder.name)], reverse=True
    )


def _runs(command: list[str], version: str) -> bool:
    """Tell whether it runs and is what its name says; version managers leave names that do not run."""
    ask = "import sys; print('%d.%d' % sys.version_info[:2], sys.implementation.name)"
    try:
        said = subprocess.run(  # noqa: S603 - a Python of this machine
            [*command, "-I", "-c", ask], capture_output=True, stdin=subprocess.DEVNULL, text=True, check=False
        )
    except OSError:
        return False
    return said.returncode == 0 and said.stdout.split() == [version, "cpython"]
