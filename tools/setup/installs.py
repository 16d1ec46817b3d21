"""Install every lock with the oldest and newest pip and with uv, on every supported Python, and compare."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from packaging.markers import Marker

from simulator.files import read_toml
from tools.setup import installer, locks, pythons
from tools.setup.locks import Pin, SetupError
from tools.setup.runtimes import SUPPORTED

PIPS = Path(__file__).with_suffix(".toml")
USES = Path(__file__).with_name("environment.toml")
TOLERANCE = 1.3
"""By how much an environment may be larger than is said; wheels differ between Pythons and machines."""
LARGEST_CONVERSATION_MB = 80
_LOOK = """
import json, os, platform, sys
from importlib.metadata import distributions
print(json.dumps([
    {"python_full_version": platform.python_version(), "python_version": "%d.%d" % sys.version_info[:2],
     "sys_platform": sys.platform, "platform_machine": platform.machine(),
     "platform_system": platform.system(),
     "os_name": os.name, "implementation_name": sys.implementation.name,
     "platform_python_implementation": platform.python_implementation()},
    {each.metadata["Name"]: each.version for each in distributions()}]))
"""


def main(argv: list[str]) -> int:
    """Install all that was chosen, and say of each how it went; 1 where one is not what its lock says."""
    parser = argparse.ArgumentParser(prog="python -m tools installs", description=__doc__)
    parser.add_argument(
        "--group", action="append", choices=sorted(locks.groups()), help="only this one (repeatable)"
    )
    parser.add_argument("--python", action="append", choices=SUPPORTED, help="only this one (repeatable)")
    given = parser.parse_args(argv)
    failed = 0
    with tempfile.TemporaryDirectory() as scratch, ThreadPoolExecutor(os.cpu_count()) as workers:
        started = {}
        for version in given.python or SUPPORTED:
            python = pythons.find(version)
            if python is None:
                print(f"Python {version}: not on this machine")
                continue
            ways: Mapping[str, Path | None] = {**pips(Path(scratch) / version, version), "uv": None}
            for group in given.group or sorted(locks.groups()):
                for way, wheel in ways.items():
                    called = f"Python {version}, {group}, {way}"
                    started[called] = workers.submit(problems, group, python, wheel, Path(scratch))
        for called, future in started.items():
            found = future.result()
            print(f"{called}: {'; '.join(found) or 'as locked'}", flush=True)
            failed += bool(found)
    return int(failed > 0)


def pips(folder: Path, python: str) -> Mapping[str, Path]:
    """The oldest pip that a Python may have and the newest, out of their wheels."""
    found = {}
    for each in read_toml(PIPS)["pip"]:
        if python in each["pythons"]:
            pin = Pin("pip", each["version"], "", (each["hash"],), ())
            installer.unpack(folder / pin.version, [pin])
            found[f"pip {pin.version}"] = folder / pin.version
    return found


def problems(group: str, base: list[str], pip: Path | None, scratch: Path) -> list[str]:
    """Everything that is not as the lock says, after installing it with that pip, or with uv."""
    pins = locks.read(group)
    with tempfile.TemporaryDirectory(dir=scratch) as place:
        folder = Path(place) / "venv"
        _run([*base, "-m", "venv", "--without-pip", str(folder)])
        python = folder / "bin" / "python"
        try:
            if pip is None:
                installer.by_uv(Path(sys.prefix) / "bin" / "uv", pins, "sync", "--python", str(python))
            else:
                installer.by_pip(python, pins, wheel=pip)
        except SetupError as problem:
            return [str(problem)]
        environment, installed = _inside(python)
        wanted = {
            pin.name: pin.version
            for pin in pins
            if not pin.marker or Marker(pin.marker).evaluate(environment)
        }
        odd = sorted({name for name, _ in {*wanted.items()} ^ {*installed.items()}})
        found = [f"{name} {wanted.get(name)} is locked, {installed.get(name)} is there" for name in odd]
        check = subprocess.run(  # noqa: S603 - our own arguments
            [str(Path(sys.prefix) / "bin" / "uv"), "pip", "check", "--python", str(python)],
            capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL,
        )  # fmt: skip
        if check.returncode:
            found.append(check.stderr.strip())
        return found + _size(group, folder)


def _inside(python: Path) -> tuple[dict[str, str], dict[str, str]]:
    """The values of markers there, and the versions installed."""
    environment, installed = json.loads(_run([str(python), "-I", "-c", _LOOK]))
    return environment, {locks.normal(name): version for name, version in installed.items()}


def _size(group: str, folder: Path) -> list[str]:
    """Complaints where the size stated does not hold: megabytes on disk."""
    size = sum(path.lstat().st_blocks * 512 for path in folder.rglob("*")) / 2**20
    said = read_toml(USES).get(group, {}).get("megabytes")
    found = []
    if said is not None and not said / TOLERANCE < size < said * TOLERANCE:
        found.append(f"{size:.0f} MB, and {USES.name} says {said}")
    if group == "talk" and size > LARGEST_CONVERSATION_MB:
        found.append(f"{size:.0f} MB, of {LARGEST_CONVERSATION_MB} at most")
    return found


def _run(command: list[str]) -> str:
    done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True, check=True)  # noqa: S603
    return done.stdout
