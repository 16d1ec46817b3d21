"""An AWS on the loopback: moto's server in its own process, with what moto lacks of the skill's stack."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[2]
# moto wants its models in a module of a package, which one that is run by name is not.
SERVER = "from tests.fakes import aws_on_loopback_server; aws_on_loopback_server.serve()"


@contextmanager
def aws_on_loopback(log: Path | None = None) -> Iterator[str]:
    """The address of an empty AWS that takes any credentials and lasts as long as the ``with`` block.

    What goes wrong in it is written to ``log``, if there is one.
    """
    command = [sys.executable, "-W", "ignore", "-c", SERVER]
    with log.open("w+", encoding="utf-8") if log else tempfile.TemporaryFile("w+") as written:
        process = subprocess.Popen(
            command, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=written, text=True
        )
        try:
            address = process.stdout.readline().strip() if process.stdout else ""
            if not address:
                written.seek(0)
                raise RuntimeError(f"the AWS on loopback did not start:\n{written.read()}")
            yield address
        finally:
            process.terminate()
            process.communicate()
