"""The lock files: what each group of packages is pinned to, and whether a lock is whole.

Read before anything is installed, so: standard library only.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from simulator.files import read_toml

ROOT = Path(__file__).resolve().parents[2]
PROJECT = ROOT / "pyproject.toml"
SHIPPED = "lambda"
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_PIN = re.compile(r"(?P<name>[a-z0-9][a-z0-9.-]*)(\[.*\])?==(?P<version>[^\s;]+)(\s*;\s*(?P<marker>.+?))?\s*")
_HASH = re.compile(r"--hash=(sha256:[0-9a-f]{64})")
_ENTRY = re.compile(r"^(?=[^\s#])", re.MULTILINE)
_DIGEST = re.compile(r"\A((?:#.*\n)*)# sha256 of what follows: (.*)\n")


class SetupError(Exception):
    """Setup cannot go on; the message says what to do about it."""


class LockError(SetupError):
    """A lock file is not whole; nothing was fetched for it."""


@dataclass(frozen=True)
class Pin:
    """One version of a package: where it holds, the hashes of its files, and who asked for it."""

    name: str
    version: str
    marker: str
    hashes: tuple[str, ...]
    asked_by: tuple[str, ...] = field(compare=False)

    def line(self) -> str:
        """The pin as a requirement file has it."""
        where = f" ; {self.marker}" if self.marker else ""
        hashes = "".join(f" \\\n    --hash={each}" for each in self.hashes)
        return f"{self.name}=={self.version}{where}{hashes}\n"


def normal(name: str) -> str:
    """A package's name in the one spelling that locks use."""
    return re.sub(r"[-_.]+", "-", name).lower()


def name_of(requirement: str) -> str:
    """The package that a requirement such as ``moto[server]>=5`` asks for."""
    found = _NAME.match(requirement)
    if found is None:
        raise LockError(f"pyproject.toml asks for {requirement!r}, which names no package")
    return normal(found[0])


def groups(project: Path = PROJECT) -> Mapping[str, tuple[str, ...]]:
    """The packages that each group of ``pyproject.toml`` asks for, with the groups that it includes."""
    written: dict[str, list[Any]] = read_toml(project)["dependency-groups"]

    def expanded(group: str) -> Iterable[str]:
        for each in written[group]:
            yield from [each] if isinstance(each, str) else expanded(each["include-group"])

    return {group: tuple(sorted(set(expanded(group)))) for group in written}


def path_of(group: str, root: Path = ROOT) -> Path:
    """The lock file of a group."""
    return root / ("lambda/requirements.txt" if group == SHIPPED else f"requirements/{group}.txt")


def sealed(group: str, asks: Iterable[str], entries: str) -> str:
    """A lock file: what its group asks for, the hash that shows a later change, and the entries."""
    asked = "".join(f"#   {each}\n" for each in asks)
    digest = hashlib.sha256(entries.encode()).hexdigest()
    return (
        f"# Written by `make lock` for the group {group!r} of pyproject.toml, which asks for\n{asked}"
        f"# sha256 of what follows: {digest}\n{entries}"
    )


def read(group: str, root: Path = ROOT) -> list[Pin]:
    """The pins of a group, if its lock is whole.

    Whole means: as ``make lock`` wrote it, from what the group asks for now, every entry pinned and hashed,
    and everything that asked for an entry in it too. Raises ``LockError`` otherwise, which names the culprit.
    """
    wanted = groups(root / PROJECT.name)
    if group not in wanted:
        raise LockError(f"pyproject.toml has no group {group!r}; there are {', '.join(sorted(wanted))}")
    path = path_of(group, root)
    called = path.relative_to(root).as_posix()
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise LockError(f"{called} is missing; `make lock` writes it") from None
    except UnicodeDecodeError:
        raise LockError(f"{called} is no text; `make lock` writes it again") from None
    found = _DIGEST.match(text)
    if found is None or text != sealed(group, wanted[group], text[found.end() :]):
        why = (
            f"was not written from what pyproject.toml's group {group!r} asks for now"
            if found and hashlib.sha256(text[found.end() :].encode()).hexdigest() == found[2]
            else "was changed since `make lock` wrote it, so it may not be complete"
        )
        raise LockError(f"{called} {why}. Nothing was fetched; `make lock` writes it again")
    pins = parse(text[found.end() :])
    names = {pin.name for pin in pins}
    problems = [
        f"{name} is asked for and not in it" for name in sorted({*map(name_of, wanted[group])} - names)
    ]
    problems += [f"{pin.name} has no hash" for pin in pins if not pin.hashes]
    problems += [
        f"{pin.name} is there for {each}, which is not"
        for pin in pins
        for each in pin.asked_by
        if each not in names
    ]
    if problems:
        raise LockError(
            f"{called} is not complete: {problems[0]}. Nothing was fetched; `make lock` writes it again"
        )
    return pins


def parse(entries: str) -> list[Pin]:
    """The pins of a lock file's entries; raises ``LockError`` for one that is not pinned."""
    pins = []
    for entry in _ENTRY.split(entries):
        if not entry or entry.startswith("#"):
            continue
        head = re.split(r"\s*\\?\n", entry, maxsplit=1)[0]
        pin = _PIN.fullmatch(head)
        if pin is None:
            raise LockError(f"a lock file holds {head!r}, which is not pinned; `make lock` writes it again")
        asked_by = re.findall(
            r"#   ([A-Za-z0-9._-]+)(?:\[.*\])?$|# via ([A-Za-z0-9._-]+)(?:\[.*\])?$", entry, re.MULTILINE
        )
        pins.append(
            Pin(
                pin["name"],
                pin["version"],
                pin["marker"] or "",
                tuple(_HASH.findall(entry)),
                tuple(normal(one or other) for one, other in asked_by),
            )
        )
    return pins


def union(locks: Iterable[Iterable[Pin]]) -> list[Pin]:
    """All pins of several locks, each once."""
    found = {(pin.name, pin.version, pin.marker): pin for lock in locks for pin in lock}
    return [found[key] for key in sorted(found)]


def disagreements(locks: Mapping[str, Iterable[Pin]]) -> list[str]:
    """Packages that locks pin to different versions: none may, since groups share an environment."""
    versions: dict[tuple[str, str], dict[str, str]] = {}
    for group, pins in locks.items():
        for pin in pins:
            versions.setdefault((pin.name, pin.marker), {})[group] = pin.version
    return [
        f"{name} is {', '.join(f'{version} in {group}' for group, version in sorted(found.items()))}"
        for (name, _), found in sorted(versions.items())
        if len(set(found.values())) > 1
    ]
