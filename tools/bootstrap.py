"""Make the virtual environment that every other command runs in: python3 tools/bootstrap.py [FOLDER].

Runs on the bare system Python, before anything is installed, so: standard library only, and syntax that
an older Python can still read (to say that it is too old). Everything comes from the lock file, by hash.
Where the system Python has no pip of its own (Debian without python3-venv), one pinned pip is fetched.
Does nothing when the folder already holds what the lock file asks for.
"""

from __future__ import annotations

import configparser
import hashlib
import html
import os
import re
import shutil
import ssl
import subprocess
import sys
import tempfile
import urllib.error
import urllib.parse
import urllib.request
import venv
from pathlib import Path

OLDEST = (3, 11)
NEWER_PYTHONS = ("python3.13", "python3.12", "python3.11")
LOCK = Path(__file__).resolve().parent.parent / "requirements" / "dev.txt"
STAMP = ".locked"
PIP_WHEEL = "pip-26.3-py3-none-any.whl"
PIP_SHA256 = "f3b60b20ffaadd4415ed7957212a38ac63fa4c5fa375bd0f4a797777940fad13"
PUBLIC_INDEX = "https://pypi.org/simple"
TIMEOUT_SECONDS = 60
QUIET_INSTALL = ("install", "--quiet", "--disable-pip-version-check", "--no-input")


class SetupError(Exception):
    """Setup cannot go on; the message says what to do about it."""


def main(argv: list[str]) -> int:
    """Leave a complete environment in the folder named by `argv` (`.venv` by default); 1 if that failed."""
    folder = Path(argv[0] if argv else ".venv")
    try:
        use_new_enough_python(argv)
        if not is_current(folder):
            build(folder)
    except SetupError as problem:
        say(f"setup failed: {problem}")
        return 1
    return 0


def say(message: str) -> None:
    """Tell the person, leaving standard output to the command that follows."""
    print(message, file=sys.stderr, flush=True)


def use_new_enough_python(argv: list[str]) -> None:
    """Return on a Python that is new enough, or start again on one found on the path."""
    if sys.version_info >= OLDEST:
        return
    for name in NEWER_PYTHONS:
        found = shutil.which(name)
        if found and runs(found):
            os.execv(found, [found, __file__, *argv])  # noqa: S606 - our own file, no shell
    wanted, running = ".".join(map(str, OLDEST)), ".".join(map(str, sys.version_info[:3]))
    raise SetupError(
        f"Python {wanted} or later is needed, and {sys.executable} is {running}. "
        "Install a newer one, or name it: make setup PYTHON=/path/to/python3"
    )


def runs(python: str) -> bool:
    """Whether that command runs anything; version managers leave names on the path that do not."""
    return subprocess.run([python, "-c", ""], capture_output=True, check=False).returncode == 0  # noqa: S603


def python_in(folder: Path) -> Path:
    """The environment's interpreter."""
    return folder / "bin" / "python"


def fingerprint() -> str:
    """What a finished environment was made from: the lock file and the Python."""
    version = ".".join(map(str, sys.version_info[:3]))
    return f"{hashlib.sha256(LOCK.read_bytes()).hexdigest()} {version}\n"


def is_current(folder: Path) -> bool:
    """Whether the folder is complete; if so its stamp is made newer than the lock file, for make."""
    stamp = folder / STAMP
    if not stamp.is_file() or not python_in(folder).exists() or stamp.read_text() != fingerprint():
        return False
    stamp.touch()
    return True


def build(folder: Path) -> None:
    """Fill the folder afresh. The stamp comes last: an interrupted setup is simply done again."""
    say(f"Setting up {folder} (once; takes about half a minute) ...")
    venv.create(folder, clear=True, symlinks=True)
    python = python_in(folder).absolute()
    give_pip(python)
    run(
        [python, "-m", "pip", *QUIET_INSTALL, "--require-hashes", "--only-binary", ":all:", "-r", LOCK],
        "could not install the pinned packages; pip's own words are above",
    )
    (folder / STAMP).write_text(fingerprint())
    say("Ready.")


def give_pip(python: Path) -> None:
    """Put a pip into the environment: the one that comes with Python, else the pinned one."""
    bundled = subprocess.run(  # noqa: S603 - fixed arguments
        [python, "-Im", "ensurepip", "--default-pip"],
        capture_output=True,
        stdin=subprocess.DEVNULL,
        check=False,
    )
    if bundled.returncode == 0:
        return
    say("This Python comes without pip; fetching one ...")
    with tempfile.TemporaryDirectory() as scratch:
        wheel = Path(scratch) / PIP_WHEEL
        wheel.write_bytes(fetch_pip(pip_setting("index-url") or PUBLIC_INDEX))
        run(
            [python, wheel / "pip", *QUIET_INSTALL, "--no-index", "--no-deps", wheel],
            "could not unpack the pip that was fetched",
        )


def run(command: list[str | Path], complaint: str) -> None:
    """Run a command that speaks on standard error only and leaves standard input to others."""
    done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=sys.stderr, check=False)  # noqa: S603
    if done.returncode != 0:
        raise SetupError(complaint)


def pip_setting(name: str) -> str | None:
    """A setting where pip itself looks: the environment, then the person's file, then the machine's."""
    from_environment = os.environ.get("PIP_" + name.upper().replace("-", "_"))
    if from_environment:
        return from_environment
    home = Path.home()
    settings = configparser.RawConfigParser()
    settings.read(
        [
            Path("/etc/pip.conf"),
            home / ".pip" / "pip.conf",
            home / "Library" / "Application Support" / "pip" / "pip.conf",
            home / ".config" / "pip" / "pip.conf",
            Path(os.environ.get("PIP_CONFIG_FILE", os.devnull)),
        ],
        encoding="utf-8",
    )
    return settings.get("global", name, fallback=None)


def fetch_pip(index: str) -> bytes:
    """The pinned pip wheel from a package index; anything with another hash is refused."""
    page_url = index.rstrip("/") + "/pip/"
    try:
        page = download(page_url).decode("utf-8")
        link = re.search(r'href="([^"]*/)?' + re.escape(PIP_WHEEL) + r'[#"]', page)
        if link is None:
            raise SetupError(f"{page_url} does not offer {PIP_WHEEL}")
        wheel = download(urllib.parse.urljoin(page_url, html.unescape(link.group(1) or "") + PIP_WHEEL))
    except (urllib.error.URLError, TimeoutError) as problem:
        raise SetupError(
            f"could not fetch pip from {page_url} ({problem}). "
            "Check the network, or install your system's own pip (on Debian: python3-venv); then try again"
        ) from problem
    if hashlib.sha256(wheel).hexdigest() != PIP_SHA256:
        raise SetupError(f"{index} sent a {PIP_WHEEL} that is not the one pinned here; it was not installed")
    return wheel


def download(url: str) -> bytes:
    """The body behind a URL."""
    request = urllib.request.Request(url, headers={"Accept": "text/html"})  # noqa: S310 - the person's own index
    trust = ssl.create_default_context(cafile=pip_setting("cert"))
    with urllib.request.urlopen(request, timeout=TIMEOUT_SECONDS, context=trust) as reply:  # noqa: S310
        body: bytes = reply.read()
    return body


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
