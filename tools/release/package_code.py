"""The code package for AWS Lambda: our code, the libraries for Lambda's own platform, and bytecode."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from simulator.files import read_toml
from tools.setup import installer, locks, pythons

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "lambda"
SETTINGS: Mapping[str, Any] = read_toml(Path(__file__).with_name("package.toml"))
SHIPPED = {".py", ".toml", ".json", ".bin"}
# Of what pip notes about a library, its name, version and licence travel with it.
KEPT_OF_METADATA = re.compile(
    r"METADATA|(licenses/)?(LICENSE|LICENCE|COPYING|NOTICE|AUTHORS)[^/]*", re.IGNORECASE
)


class PackageError(Exception):
    """The package cannot be made; the message says why."""


def assemble(folder: Path, version: str) -> bool:
    """Fill the folder for a Lambda runtime of that Python version; whether bytecode could be added."""
    add_code(folder)
    add_libraries(folder, version)
    return add_bytecode(folder, version)


def add_code(folder: Path) -> None:
    """Copy what runs: code and reviewed data, none of what editors and Python leave beside them."""
    for path in sorted(SOURCE.rglob("*")):
        inside = path.relative_to(SOURCE)
        hidden = any(part.startswith(".") or part == "__pycache__" for part in inside.parts)
        if path.is_file() and path.suffix in SHIPPED and not hidden:
            (folder / inside).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, folder / inside)


def add_libraries(folder: Path, version: str) -> None:
    """Install the pinned libraries, by hash, for Lambda's platform, without those that are left out."""
    try:
        installer.unpack(
            folder, wanted(locks.read(locks.SHIPPED)), installer.Platform(SETTINGS["platform"], version)
        )
    except locks.SetupError as problem:
        raise PackageError(f"the libraries could not be installed: {problem}") from problem
    for notes in folder.glob("*.dist-info"):
        thin_out(notes)


def wanted(pins: list[locks.Pin]) -> list[locks.Pin]:
    """The pins without the libraries that are left out; each of those must be pinned."""
    left_out = SETTINGS["left_out"].keys()
    unknown = sorted(left_out - {pin.name for pin in pins})
    if unknown:
        raise PackageError(
            f"tools/release/package.toml leaves out what the lock does not hold: {', '.join(unknown)}"
        )
    return [pin for pin in pins if pin.name not in left_out]


def thin_out(notes: Path) -> None:
    """Keep a library's name, version and licence, and drop what only pip reads."""
    for path in sorted(notes.rglob("*"), reverse=True):
        if path.is_dir():
            if not any(path.iterdir()):
                path.rmdir()
        elif not KEPT_OF_METADATA.fullmatch(path.relative_to(notes).as_posix()):
            path.unlink()


def add_bytecode(folder: Path, version: str) -> bool:
    """Compile with a Python of that version; false if there is none here.

    Unchecked by hash, because the zip sets every file's time: bytecode that is checked by time would be
    thrown away at each start.
    """
    python = pythons.find(version)
    if python is None:
        return False
    command = [
        *(*python, "-I", "-W", "ignore", "-m", "compileall", "-q", "-f"),
        *("--invalidation-mode", "unchecked-hash", "-s", str(folder), "-p", str(SETTINGS["unpacked_at"])),
        str(folder),
    ]
    done = subprocess.run(  # noqa: S603 - fixed arguments
        command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        raise PackageError(f"Python {version} could not compile the code:\n{done.stdout}{done.stderr}")
    return True
