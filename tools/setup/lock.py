"""Pin anew what the groups of pyproject.toml ask for, or with --check say without a network what is stale."""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from tools.setup import installer, locks, pip_settings

ROOT = locks.ROOT
EVERYTHING = "everything.txt"
_FROM_EVERYTHING = re.compile(rf"\n    #   -c [^\n]*{re.escape(EVERYTHING)}(?=\n)")


def write(options: list[str]) -> None:
    """Write every lock, all from one resolution, so that groups agree and can share an environment.

    Versions that are locked already stay, unless an option such as ``--upgrade`` says otherwise. Raises
    ``subprocess.CalledProcessError`` where the packages do not go together or cannot be looked up.
    """
    asked = locks.groups()
    with tempfile.TemporaryDirectory() as scratch:
        everything = Path(scratch) / EVERYTHING
        everything.write_text(known(asked), encoding="utf-8")
        _compile([*options, *(f"--group={group}" for group in asked)], everything)
        found = {}
        for group in asked:
            place = Path(scratch) / f"{group}.txt"
            _compile([f"--group={group}", f"--constraint={everything}"], place)
            found[group] = tidied(place.read_text(encoding="utf-8"))
    for group, entries in found.items():
        locks.path_of(group).write_text(locks.sealed(group, asked[group], entries), encoding="utf-8")


def known(asked: Mapping[str, object]) -> str:
    """The versions that are locked now, as far as they can be read. Their files are looked up again."""
    pins = []
    for group in asked:
        try:
            pins.append(locks.parse(locks.path_of(group).read_text(encoding="utf-8")))
        except (OSError, UnicodeDecodeError, locks.LockError):
            continue
    return "".join(replace(pin, hashes=()).line() for pin in locks.union(pins))


def tidied(entries: str) -> str:
    """A lock's entries without the common resolution they were taken from, which is a scratch file."""
    return _FROM_EVERYTHING.sub("", entries)


def _compile(options: list[str], place: Path) -> None:
    """Resolve from the one index that has every platform's files.

    An extra index of this machine may have some of them only, and nobody else could install the rest.
    """
    command = [
        *(sys.executable, "-m", "uv", "pip", "compile", "--quiet", "--universal", "--python-version", "3.11"),
        *("--generate-hashes", "--no-header", "--no-emit-index-url"),
        *(*options, "--output-file", str(place)),
    ]
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL, env=environ())  # noqa: S603 - our own


def environ() -> dict[str, str]:
    """The environment for uv, without what only this machine may have."""
    taken = {name: value for name, value in pip_settings.read().items() if name not in installer.ONLY_HERE}
    return {
        name: value
        for name, value in installer.uv_environ(taken).items()
        if name not in installer.UV_ONLY_HERE
    }


def problems() -> list[str]:
    """Faults of the locks, by the same rules that every install goes by."""
    found, whole = [], {}
    for group in locks.groups(ROOT / "pyproject.toml"):
        try:
            whole[group] = locks.read(group, ROOT)
        except locks.LockError as problem:
            found.append(str(problem))
    return found + locks.disagreements(whole)


def main(argv: list[str]) -> int:
    """Write the locks, or with ``--check`` return 1 where one is not whole or out of date."""
    parser = argparse.ArgumentParser(prog="python -m tools lock", description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; say which lock is stale")
    parser.add_argument("--upgrade", action="store_true", help="take the newest versions that go together")
    given = parser.parse_args(argv)
    if not given.check:
        try:
            write(["--upgrade"] if given.upgrade else [])
        except subprocess.CalledProcessError:
            print("the locks were left as they are; uv's own words are above", file=sys.stderr)
            return 1
    found = problems()
    print(*found, sep="\n", end="\n" if found else "", file=sys.stderr)
    return int(bool(found))
