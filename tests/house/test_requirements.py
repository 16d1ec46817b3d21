"""What is installed is pinned by hash, and each package is there for a reason."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ASKED = [
    "lambda/requirements.in",
    "requirements/dev.in",
    "requirements/mutation.in",
    "requirements/npm.in",
    "requirements/runtime.in",
    "requirements/speech.in",
    "requirements/webservice.in",
]
LOCKS = {asked.replace(".in", ".txt"): asked for asked in ASKED}
NPM_LOCK = ROOT / "tools" / "cli" / "package-lock.json"
SHIPPED = ["lambda/requirements.txt", "requirements/webservice.txt"]


def asked(path: str) -> list[str]:
    """The lines of a .in file that name a package."""
    lines = (ROOT / path).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith(("#", "-"))]


def name_of(line: str) -> str:
    found = re.match(r"[A-Za-z0-9._-]+", line)
    assert found, line
    return re.sub(r"[-_.]+", "-", found[0]).lower()


def pins(path: str) -> dict[str, str]:
    """Each pinned package of a lock file with everything said about it."""
    text = (ROOT / path).read_text(encoding="utf-8").replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line and not line.lstrip().startswith("#")]
    return {name_of(line): line for line in lines}


def versions(path: str) -> dict[str, str]:
    found = {name: re.search(r"==([^ ;]+)", line) for name, line in pins(path).items()}
    return {name: match[1] for name, match in found.items() if match}


@pytest.mark.parametrize("path", ASKED)
def test_every_package_has_a_reason(path: str) -> None:
    assert [line for line in asked(path) if not re.search(r"  # \w.{5,}", line)] == []


@pytest.mark.parametrize("lock", LOCKS)
def test_every_pin_is_exact_and_hashed(lock: str) -> None:
    assert pins(lock)
    assert {name: line for name, line in pins(lock).items() if "--hash=sha256:" not in line} == {}
    assert set(versions(lock)) == set(pins(lock))


@pytest.mark.parametrize(("lock", "source"), LOCKS.items())
def test_what_is_asked_for_is_locked(lock: str, source: str) -> None:
    assert {name_of(line) for line in asked(source)} <= set(pins(lock)), "run `make lock`"


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_no_index(lock: str) -> None:
    assert not re.search(r"https?://|index-url|find-links", (ROOT / lock).read_text(encoding="utf-8"))


def test_the_npm_lock_holds_versions_and_hashes_and_names_no_registry() -> None:
    """Links to homes of projects are the only addresses in it."""
    packages = json.loads(NPM_LOCK.read_text(encoding="utf-8"))["packages"]
    pinned = {name: entry for name, entry in packages.items() if name}
    assert "node_modules/ask-cli" in pinned
    assert {name for name, entry in pinned.items() if not entry["integrity"].startswith("sha512-")} == set()
    assert {name for name, entry in pinned.items() if "resolved" in entry} == set()


@pytest.mark.parametrize("lock", SHIPPED)
def test_the_workshop_tests_what_ships(lock: str) -> None:
    shipped, tested = versions(lock), versions("requirements/dev.txt")
    assert {name: (version, tested.get(name)) for name, version in shipped.items()} == {
        name: (version, version) for name, version in shipped.items()
    }
