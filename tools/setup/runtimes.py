"""Lambda's side of each Python on this machine: an environment with AWS's own runtime client."""

from __future__ import annotations

import subprocess
from pathlib import Path

from tools.setup import pythons

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "build" / "runtime"
SUPPORTED = ("3.11", "3.12", "3.13")


class RuntimeSetupError(Exception):
    """The runtime client could not be installed; the message says what to do about it."""


def python_with_client(version: str) -> Path:
    """An interpreter of that version, such as ``3.13``, that has the runtime client; made on first use.

    Raises ``RuntimeSetupError`` where there is no such Python or the client cannot be had for it.
    """
    base = pythons.find(version)
    if base is None:
        raise RuntimeSetupError(f"there is no Python {version} on this machine")
    folder = FOLDER / version
    done = subprocess.run(  # noqa: S603 - our own arguments
        [*base, str(ROOT / "tools" / "setup" / "bootstrap.py"), str(folder), "runtime"],
        stdin=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeSetupError(done.stderr)
    return folder / "bin" / "python"
