"""The real ASK CLI, with a home of its own that knows nobody but the loopback services."""

from __future__ import annotations

import json
import os
import subprocess
from copy import copy
from pathlib import Path

from tests.deploy.smapi import TOKEN, VENDOR

ROOT = Path(__file__).parents[2]
COMMAND = ROOT / "build" / "cli" / "node_modules" / ".bin" / "ask"
PATIENCE_SECONDS = 240
SETTINGS = {
    "profiles": {
        "default": {
            "token": {
                "access_token": TOKEN,
                "refresh_token": TOKEN,
                "token_type": "bearer",
                "expires_in": 3600,
                "expires_at": "2099-01-01T00:00:00.000Z",
            },
            "vendor_id": VENDOR,
            "aws_profile": "default",
        }
    },
    "machine_id": "loopback",
    "share_usage": False,
}


class Cli:
    """The command in a project's folder; `amazon` and `aws` are the addresses it takes for Amazon's."""

    def __init__(self, project: Path, home: Path, amazon: str, aws: str) -> None:
        self.project = project
        self._env = {
            "PATH": os.environ["PATH"],
            "HOME": str(home),
            "ASK_SMAPI_SERVER_BASE_URL": amazon,
            "AWS_ENDPOINT_URL": aws,
            "AWS_REGION": "us-east-1",
            "ASK_SKIP_NEW_VERSION_REMINDER": "true",
            "ASK_SHARE_USAGE": "false",
            "NO_COLOR": "1",
            # The CLI brings its own AWS SDK, which says when it will want a newer Node.js.
            "NODE_NO_WARNINGS": "1",
        }
        (home / ".ask").mkdir(parents=True)
        (home / ".ask" / "cli_config").write_text(json.dumps(SETTINGS), encoding="utf-8")
        (home / ".aws").mkdir()
        keys = "[default]\naws_access_key_id = loopback\naws_secret_access_key = loopback\n"
        (home / ".aws" / "credentials").write_text(keys, encoding="utf-8")

    def in_folder(self, project: Path) -> Cli:
        """The same command, person and services, in another project."""
        other = copy(self)
        other.project = project
        return other

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        """`ask WORDS` in the project, with everything it printed as standard output."""
        return subprocess.run(
            [COMMAND, *words],
            cwd=self.project,
            env=self._env,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=PATIENCE_SECONDS,
            check=False,
        )
