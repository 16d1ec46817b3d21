"""The origin of packages on this machine: pip's own settings, read wherever pip keeps them.

Only what says where to look, and how to get there, is taken: a person's constraints, targets or extra
requirements must not change what is installed. Standard library only.
"""

from __future__ import annotations

import configparser
import os
import sys
from collections.abc import Mapping
from pathlib import Path

TAKEN = (
    "index-url", "extra-index-url", "find-links", "no-index", "trusted-host", "proxy", "cert", "client-cert",
    "timeout", "default-timeout", "retries", "cache-dir", "no-cache-dir", "keyring-provider", "use-feature",
    "use-deprecated",
)  # fmt: skip
_SECTIONS = ("global", "install")
"""A later one counts for more."""


def read() -> Mapping[str, str]:
    """The settings that were made, by pip's name for them; the environment counts most, as for pip."""
    found: dict[str, str] = {}
    for section in _SECTIONS:
        for path in files():
            found |= _section(path, section)
    for name, value in os.environ.items():
        if name.startswith("PIP_") and value:
            found[_spelled(name.removeprefix("PIP_"))] = value
    return {name: value for name, value in found.items() if name in TAKEN}


def is_on(settings: Mapping[str, str], name: str) -> bool:
    """Tell whether a switch such as ``no-index`` is set."""
    return settings.get(name, "").strip().lower() in {"1", "true", "yes", "on", "y", "t"}


def files() -> list[Path]:
    """The files that pip reads, those that count more last."""
    own = os.environ.get("PIP_CONFIG_FILE")
    if own == os.devnull:
        return []
    home = Path.home()
    if sys.platform == "darwin":
        machine = [Path("/Library/Application Support/pip")]
        person = home / "Library" / "Application Support" / "pip"
        person = person if person.is_dir() else home / ".config" / "pip"
    else:
        shared = os.environ.get("XDG_CONFIG_DIRS") or "/etc/xdg"
        machine = [*(Path(folder) / "pip" for folder in shared.split(os.pathsep) if folder), Path("/etc")]
        person = Path(os.environ.get("XDG_CONFIG_HOME") or home / ".config") / "pip"
    persons = [] if own and Path(own).exists() else [home / ".pip", person]
    pythons = dict.fromkeys([Path(sys.base_prefix), Path(sys.prefix)])
    found = [folder / "pip.conf" for folder in (*machine, *persons, *pythons)]
    return [*found, Path(own)] if own else found


def _section(path: Path, section: str) -> dict[str, str]:
    settings = configparser.RawConfigParser()
    try:
        settings.read(path, encoding="utf-8")
    except (configparser.Error, UnicodeDecodeError, OSError):
        return {}
    if not settings.has_section(section):
        return {}
    return {_spelled(name): value for name, value in settings.items(section) if value}


def _spelled(name: str) -> str:
    return name.lower().replace("_", "-").removeprefix("--")
