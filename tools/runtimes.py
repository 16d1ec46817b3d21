"""Lambda's side of each Python on this machine: an environment with AWS's own runtime client."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import tempfile
from pathlib import Path

from tools import pythons

ROOT = Path(__file__).parents[1]
LOCK = ROOT / "requirements" / "runtime.txt"
FOLDER = ROOT / "build" / "runtime"
SUPPORTED = ("3.11", "3.12", "3.13")
STAMP = ".locked"
_INSTALL = ("install", "--quiet", "--disable-pip-version-check", "--no-input", "--root-user-action=ignore")


class RuntimeSetupError(Exception):
    """The runtime client could not be installed; the message ends with pip's own words."""


def python_with_client(version: str) -> Path:
    """An interpreter of that version, such as ``3.13``, that has the runtime client; made on first use.

    Raises ``RuntimeSetupError`` where there is no such Python or the client cannot be had for it.
    """
    base = pythons.find(version)
    if base is None:
        raise RuntimeSetupError(f"there is no Python {version} on this machine")
    folder = FOLDER / version
    wanted = f"{' '.join(base)} {hashlib.sha256(LOCK.read_bytes()).hexdigest()}"
    if not _is_made(folder, wanted):
        FOLDER.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=FOLDER, prefix=".making-", ignore_cleanup_errors=True) as place:
            made = Path(place) / version
            _make(base, made)
            (made / STAMP).write_text(wanted, encoding="utf-8")
            _put(made, folder, wanted)
    return folder / "bin" / "python"


def _is_made(folder: Path, wanted: str) -> bool:
    stamp = folder / STAMP
    return (
        (folder / "bin" / "python").exists()
        and stamp.is_file()
        and stamp.read_text(encoding="utf-8") == wanted
    )


def _make(base: list[str], folder: Path) -> None:
    _run([*base, "-m", "venv", str(folder)])
    client = ("--require-hashes", "--only-binary", ":all:", "-r", str(LOCK))
    _run([str(folder / "bin" / "python"), "-m", "pip", *_INSTALL, *client])


def _put(made: Path, folder: Path, wanted: str) -> None:
    """Moves what was made to its place, unless somebody else was quicker."""
    if folder.exists() and not _is_made(folder, wanted):
        shutil.rmtree(folder)
    try:
        made.rename(folder)
    except OSError:
        if not _is_made(folder, wanted):
            raise


def _run(command: list[str]) -> None:
    done = subprocess.run(  # noqa: S603 - our own arguments
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeSetupError(f"{' '.join(command)}\n{done.stdout}")
