"""The environment that verbs run in: which groups of packages are in it, and how they get there.

Groups add up: an environment that has one keeps it when another is asked for. Each leaves a stamp, for make
and for the next time. Standard library only, because it runs before anything is installed.
"""

from __future__ import annotations

import errno
import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import venv
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from simulator.files import BrokenFileError, read_toml
from tools.setup import installer, locks
from tools.setup.locks import Pin, SetupError

USES = Path(__file__).with_suffix(".toml")
NEWEST = (3, 13)
TRIED = "3.11, 3.12 and 3.13"
STAMP = ".has-"
KEPT = {"speech"}
"""The folder that stays where the packages are taken away: the recogniser's files, which are none."""
SDK = "ask_sdk_*"
"""Compiled at once: Python 3.12 and later complain of its old escapes when they compile it on the way."""
UNFINISHED = "unfinished\n"


def main(argv: list[str]) -> int:
    """Leave the groups named after the folder in it; 1 with one sentence on what to do where that failed."""
    if len(argv) != 2:  # noqa: PLR2004 - the folder and the group
        say("usage: python3 tools/setup/bootstrap.py FOLDER GROUP")
        return 2
    try:
        ensure(Path(argv[0]), argv[1])
    except SetupError as problem:
        say(f"setup failed: {problem}{_perhaps_too_new()}")
        return 1
    except BrokenFileError as problem:
        say(f"setup failed: {problem}")
        return 1
    except OSError as problem:
        say(f"setup failed: {_explained(problem)}")
        return 1
    except KeyboardInterrupt:
        say("setup was stopped; the next command takes it up again")
        return 130
    return 0


def say(message: str) -> None:
    """Tell the person, leaving standard output to the command that follows."""
    print(message, file=sys.stderr, flush=True)


def ensure(folder: Path, group: str) -> None:
    """Leave an environment in the folder that has the group, and what it had.

    Raises ``SetupError`` or ``OSError``; nothing was fetched for a lock that is not whole. An environment
    that was left unfinished is finished the next time.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    with alone(folder.parent):
        pins = locks.read(group)
        if is_current(folder, group, pins):
            (folder / f"{STAMP}{group}").touch()
            return
        if folder.exists() and any(folder.iterdir()) and not (folder / "pyvenv.cfg").exists():
            raise SetupError(
                f"{folder} holds something else than an environment; name another folder: VENV=..."
            )
        wanted = {**usable(folder), group: pins}
        every = locks.union(wanted.values())
        if not has(folder, every):
            announce(folder, group, pins)
            build(folder, wanted, every)
            say("Ready.")
        for name, found in wanted.items():
            (folder / f"{STAMP}{name}").write_text(fingerprint(found), encoding="utf-8")


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Hold everybody else off who sets up in this folder; they wait, and find it done."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("Another command is setting up here; waiting for it ...")
            fcntl.flock(handle, fcntl.LOCK_EX)
        except OSError as problem:  # a file system without locks; two at once are rare
            if problem.errno not in (errno.ENOTSUP, errno.ENOLCK, errno.EINVAL):
                raise
        yield
    finally:
        os.close(handle)


def python_in(folder: Path) -> Path:
    """The environment's interpreter."""
    return folder / "bin" / "python"


def fingerprint(pins: list[Pin]) -> str:
    """The makings of a finished group: its pins and the Python."""
    digest = hashlib.sha256("".join(pin.line() for pin in pins).encode()).hexdigest()
    return f"{digest} {_version()}\n"


def is_current(folder: Path, group: str, pins: list[Pin]) -> bool:
    """Tell whether the folder has the group, as it is pinned now, for this Python."""
    stamp = folder / f"{STAMP}{group}"
    return (
        python_in(folder).exists()
        and stamp.is_file()
        and stamp.read_text(encoding="utf-8") == fingerprint(pins)
    )


def usable(folder: Path) -> dict[str, list[Pin]]:
    """The groups that the environment has or was to have, those with a broken lock left out: their pins."""
    found = {}
    for stamp in folder.glob(f"{STAMP}*"):
        group = stamp.name.removeprefix(STAMP)
        with suppress(locks.LockError):
            found[group] = locks.read(group)
    return found


def has(folder: Path, wanted: list[Pin]) -> bool:
    """Tell whether the groups that are finished hold every one of these pins between them."""
    whole = [pins for group, pins in usable(folder).items() if is_current(folder, group, pins)]
    return bool(whole) and set(wanted) <= {pin for pins in whole for pin in pins}


def announce(folder: Path, group: str, pins: list[Pin]) -> None:
    """Say what is about to happen, how much it is, and that it happens once."""
    about: Mapping[str, dict[str, object]] = read_toml(USES)
    uses, size = (about[group]["for"], about[group]["megabytes"]) if group in about else (group, "a few")
    count = len({pin.name for pin in pins})
    say(
        f"Setting up {folder} for {uses}: {count} package{'s' if count > 1 else ''}, about {size} MB, "
        "once and for all later runs ..."
    )
    if sys.version_info[:2] > NEWEST:
        say(f"This is Python {_version()}, which nobody has tried yet; {TRIED} were. Going on with it.")


def build(folder: Path, wanted: Mapping[str, list[Pin]], every: list[Pin]) -> None:
    """Install what is wanted and take away what is not. The stamps come last."""
    if not _is_ours(folder) or installer.pinned_uv(folder, every) is None:
        renew(folder)
    for group in {*wanted, *(path.name.removeprefix(STAMP) for path in folder.glob(f"{STAMP}*"))}:
        stamp = folder / f"{STAMP}{group}"
        if group not in wanted:
            stamp.unlink()
            continue
        stamp.write_text(UNFINISHED, encoding="utf-8")
        os.utime(stamp, (0, 0))
    installer.fill(folder, every)
    sdk = [str(path) for path in folder.glob(f"lib/python*/site-packages/{SDK}") if path.is_dir()]
    if sdk:
        compiling = [str(python_in(folder)), "-I", "-W", "ignore", "-m", "compileall", "-q", "-j", "0", *sdk]
        subprocess.run(compiling, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, check=False)  # noqa: S603


def renew(folder: Path) -> None:
    """Make the environment anew, without any package."""
    if folder.is_dir():
        for path in folder.iterdir():
            if path.name in KEPT or path.name.startswith(STAMP):
                continue
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
            else:
                path.unlink()
    venv.create(folder, symlinks=True, with_pip=False)


def _is_ours(folder: Path) -> bool:
    """Tell whether the environment runs, on this very version of Python."""
    settings = folder / "pyvenv.cfg"
    return (
        python_in(folder).exists()
        and settings.is_file()
        and f"version = {_version()}" in settings.read_text(encoding="utf-8").splitlines()
    )


def _version() -> str:
    return ".".join(map(str, sys.version_info[:3]))


def _perhaps_too_new() -> str:
    if sys.version_info[:2] <= NEWEST:
        return ""
    return (
        f"\nPerhaps Python {_version()} is too new: {TRIED} were tried. "
        f"Name one of them: make setup PYTHON=python{'.'.join(map(str, NEWEST))}"
    )


def _explained(problem: OSError) -> str:
    where = problem.filename or "this folder"
    if problem.errno in (errno.ENOSPC, errno.EDQUOT):
        return f"the disk is full, at {where}. Make room, then try again"
    if problem.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return (
            f"there is no permission to write {where}. Make it writable, or put the environment elsewhere: "
            "make talk VENV=/path/to/folder"
        )
    return f"{problem.strerror} ({where}). Mend that, or name another folder: make talk VENV=/path/to/folder"
