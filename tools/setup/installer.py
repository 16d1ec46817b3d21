"""The one way to install: what a lock pins, by hash, and nothing else. No version is ever chosen here.

By the pinned uv where an environment has it, by pip where it does not; what is there afterwards is the same.
Standard library only.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from simulator.files import read_toml
from tools.setup import locks, pip_settings, pip_wheel
from tools.setup.locks import Pin, SetupError

CAUSES = Path(__file__).with_suffix(".toml")
_UV_FOR_PIP = {
    "index-url": "UV_DEFAULT_INDEX", "cert": "SSL_CERT_FILE", "client-cert": "SSL_CLIENT_CERT",
    "proxy": "ALL_PROXY", "default-timeout": "UV_HTTP_TIMEOUT", "timeout": "UV_HTTP_TIMEOUT",
}  # fmt: skip
"""How uv calls what pip's settings say. Its own settings stand where pip has none."""
_UV_LISTS = {
    "extra-index-url": ("UV_INDEX", " "),
    "find-links": ("UV_FIND_LINKS", ","),
    "trusted-host": ("UV_INSECURE_HOST", " "),
}
ONLY_HERE = {*_UV_LISTS} - {"trusted-host"}
"""Settings that add what only this machine may have; a lock is for everybody."""
UV_ONLY_HERE = {"UV_INDEX", "UV_EXTRA_INDEX_URL", "UV_FIND_LINKS"}
_UV_KEPT = re.compile(
    r"UV_(DEFAULT_INDEX|INDEX|INDEX_URL|EXTRA_INDEX_URL|INDEX_\w+_(USERNAME|PASSWORD)|FIND_LINKS|INSECURE_HOST|"
    r"HTTP_TIMEOUT|HTTP_RETRIES|CACHE_DIR|NO_CACHE|KEYRING_PROVIDER|NATIVE_TLS|SYSTEM_CERTS|OFFLINE|LINK_MODE|CONFIG_FILE)"
)
_PIP = (
    "install",
    "--quiet",
    "--disable-pip-version-check",
    "--no-input",
    "--no-compile",
    "--root-user-action=ignore",
)
EXACTLY = ("--no-deps", "--require-hashes", "--only-binary", ":all:")
_UV = ("--quiet", "--no-progress", "--no-python-downloads", "--require-hashes", "--only-binary", ":all:")
_ANY_INDEX = ("--index-strategy", "unsafe-best-match")
"""The hash says which file is meant, wherever it lies."""


@dataclass(frozen=True)
class Platform:
    """Another platform than this one: its wheel tag, such as ``manylinux2014_aarch64``, and its Python."""

    tag: str
    python: str

    @property
    def for_uv(self) -> str:
        """The name uv has for it."""
        return "-".join(reversed(self.tag.split("_", 1)))


def pinned_uv(folder: Path, pins: Iterable[Pin]) -> Path | None:
    """The uv of an environment, if it is the one that is pinned."""
    version = next((pin.version for pin in pins if pin.name == "uv"), None)
    uv = folder / "bin" / "uv"
    noted = list(folder.glob(f"lib/python*/site-packages/uv-{version}.dist-info"))
    return uv.absolute() if noted and os.access(uv, os.X_OK) else None


def fill(folder: Path, pins: list[Pin]) -> None:
    """Install pins into an environment.

    One with the pinned uv has afterwards exactly what is pinned. One without must be new: pip takes nothing
    away. Where uv is among the pins it comes first and installs the rest, which is several times faster.
    Raises ``SetupError``.
    """
    python = (folder / "bin" / "python").absolute()
    uv = pinned_uv(folder, pins)
    first = [pin for pin in pins if pin.name == "uv"]
    if uv is None and first:
        by_pip(python, first)
        uv = pinned_uv(folder, pins)
    if uv is not None:
        by_uv(uv, pins, "sync", "--python", str(python))
    else:
        by_pip(python, pins)


def unpack(folder: Path, pins: list[Pin], platform: Platform | None = None) -> None:
    """Put the pinned libraries into a folder, here or for another platform. Raises ``SetupError``."""
    uv = pinned_uv(Path(sys.prefix), locks.read("lock"))
    if uv is not None:
        there = (
            ("--python-platform", platform.for_uv, "--python-version", platform.python) if platform else ()
        )
        by_uv(uv, pins, "install", "--no-deps", "--python", sys.executable, *there, "--target", str(folder))
        (folder / ".lock").unlink(missing_ok=True)
    else:
        there_for_pip = (
            ("--platform", platform.tag, "--python-version", platform.python, "--implementation", "cp")
            if platform
            else ()
        )
        by_pip(Path(sys.executable), pins, *there_for_pip, "--target", str(folder), "--upgrade")


def by_pip(python: Path, pins: list[Pin], *options: str, wheel: Path | None = None) -> None:
    """Add pins to what a Python has, with its own pip or another one. Raises ``SetupError``."""
    settings = pip_settings.read()
    with tempfile.TemporaryDirectory() as scratch, _lock_file(pins) as lock:
        pip = wheel or pip_wheel.bundled() or pip_wheel.fetch(Path(scratch), settings)
        command = [
            str(python),
            "-I",
            str(pip / "pip"),
            *_PIP,
            *EXACTLY,
            *options,
            "--requirement",
            str(lock),
        ]
        _run(command, pip_environ(settings))


def add_built(python: Path, wheel: Path) -> None:
    """Add a wheel that was built here to what a Python has, and nothing with it. Raises ``SetupError``."""
    settings = pip_settings.read()
    with tempfile.TemporaryDirectory() as scratch:
        pip = pip_wheel.bundled() or pip_wheel.fetch(Path(scratch), settings)
        alone = ("--no-deps", "--no-index", str(wheel))
        _run([str(python), "-I", str(pip / "pip"), *_PIP, *alone], pip_environ(settings))


def by_uv(uv: Path, pins: list[Pin], verb: str, *options: str) -> None:
    """Run uv's ``sync`` or ``install`` for pins. Raises ``SetupError``."""
    settings = pip_settings.read()
    without_index = ("--no-index",) if pip_settings.is_on(settings, "no-index") else ()
    with _lock_file(pins) as lock:
        files = [str(lock)] if verb == "sync" else ["--requirement", str(lock)]
        _run(
            [str(uv), "pip", verb, *_UV, *_ANY_INDEX, *without_index, *options, *files], uv_environ(settings)
        )


@contextmanager
def _lock_file(pins: list[Pin]) -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch) / "requirements.txt"
        path.write_text("".join(pin.line() for pin in pins), encoding="utf-8")
        yield path


def pip_environ(settings: Mapping[str, str]) -> dict[str, str]:
    """The environment for pip: of its settings, only those that say where packages come from."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("PIP_")}
    taken = {f"PIP_{name.upper().replace('-', '_')}": value for name, value in settings.items()}
    if taken.get("PIP_RETRIES", "0") == "0":  # pip says that a network is missing only when it tries again
        taken["PIP_RETRIES"] = "2"
    return {**clean, "PIP_CONFIG_FILE": os.devnull, **taken}


def uv_environ(settings: Mapping[str, str]) -> dict[str, str]:
    """The environment for uv, with what pip's settings say about where packages come from."""
    found = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("UV_") or _UV_KEPT.fullmatch(name)
    }
    found |= {_UV_FOR_PIP[name]: value for name, value in settings.items() if name in _UV_FOR_PIP}
    found |= {
        _UV_LISTS[name][0]: _UV_LISTS[name][1].join(value.split())
        for name, value in settings.items()
        if name in _UV_LISTS
    }
    if "proxy" in settings:
        found |= {"HTTP_PROXY": settings["proxy"], "HTTPS_PROXY": settings["proxy"]}
    if pip_settings.is_on(settings, "no-cache-dir"):
        found["UV_NO_CACHE"] = "1"
    if settings.get("keyring-provider") == "subprocess":
        found["UV_KEYRING_PROVIDER"] = "subprocess"
    return found


def _run(command: list[str], environ: Mapping[str, str]) -> None:
    done = subprocess.run(  # noqa: S603 - our own arguments
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        text=True, errors="replace", env=environ, check=False,
    )  # fmt: skip
    if done.returncode != 0:
        raise SetupError(explained(done.stdout, environ))


_PROXIES = ("PIP_PROXY", "HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy")


def explained(words: str, environ: Mapping[str, str]) -> str:
    """One sentence on what to do, then the last of the installer's own words."""
    causes: list[dict[str, Any]] = read_toml(CAUSES)["cause"]
    cause = next((each for each in causes if any(re.search(sign, words) for sign in each["signs"])), {})
    advice = cause.get("advice", "the packages could not be installed")
    if any(environ.get(name) for name in _PROXIES):
        advice = cause.get("advice_with_a_proxy", advice)
    lines = [line.strip() for line in words.splitlines() if line.strip()]
    own = [line for line in lines if re.match(r"ERROR|error|cause", line)] or lines
    return f"{advice}.\n" + "\n".join(f"  {line[:300]}" for line in own[-4:])
