"""The skill that was deployed from a folder, as the ASK CLI wrote it down: whom a replay file is for."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, NamedTuple

from simulator.files import BrokenFileError, read_json

STATES = ".ask/ask-states.json"
DEFAULT = "default"
ENVIRONMENT = "__ENVIRONMENT_ASK_PROFILE__"
"""The CLI's own name for the profile that it makes of environment variables."""
NO_ID = "put the skill's id here"
_KEYS = ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "ASK_VENDOR_ID")
_TOKENS = ("ASK_REFRESH_TOKEN", "ASK_ACCESS_TOKEN")

Json = dict[str, Any]


class Target(NamedTuple):
    """The skill a replay file is for: ``skill_id`` is None where none was deployed with the ``profile``."""

    profile: str
    skill_id: str | None

    @property
    def written(self) -> str:
        """The words for the id in a file: the id, or that it is missing."""
        return self.skill_id or NO_ID

    @property
    def lack(self) -> str:
        """The step still to be done by hand before the ASK CLI takes the file; empty if there is none."""
        if self.skill_id:
            return ""
        return (
            f"no skill was deployed from this folder with the profile {self.profile}: "
            f'write its id in place of "{NO_ID}", or set SKILL_ID and save again'
        )


def target(root: Path, named: str | None = None) -> Target:
    """Whom a replay file of the skill in a folder is for: ``SKILL_ID``, else what the profile deployed."""
    profile = profile_name(named)
    return Target(profile, os.environ.get("SKILL_ID") or state(root, profile).get("skillId") or None)


def profile_name(named: str | None = None) -> str:
    """The profile that the ASK CLI takes: the named one, else the environment's, else the default one."""
    if named:
        return named
    return ENVIRONMENT if in_environment() else os.environ.get("ASK_DEFAULT_PROFILE") or DEFAULT


def in_environment() -> bool:
    """Tell whether environment variables hold all that the ASK CLI needs, so that it asks for no login."""
    return all(map(os.environ.get, _KEYS)) and any(map(os.environ.get, _TOKENS))


def state(root: Path, profile: str) -> Json:
    """The CLI's notes of a profile's last deployment from a folder; empty if there was none."""
    try:
        found = read_json(root / STATES)["profiles"][profile]
    except (BrokenFileError, TypeError):
        return {}
    return dict(found) if isinstance(found, dict) else {}
