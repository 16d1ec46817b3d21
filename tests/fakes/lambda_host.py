"""Runs a packaged skill in a fresh process under AWS's own runtime client, and hands it requests.

The client asks for its work over HTTP, so this is a small Lambda Runtime API on loopback. What is timed is
what AWS bills: from the moment an event is handed out until its answer begins to come back.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from math import nan
from pathlib import Path
from queue import Empty, Queue
from threading import Thread
from time import perf_counter, time
from types import MappingProxyType, TracebackType
from typing import Any, NamedTuple, Self

Json = dict[str, Any]
API = "/2018-06-01/runtime"
START_KIND, SNAP_START = "AWS_LAMBDA_INITIALIZATION_TYPE", "snap-start"
"""With this in its environment the client reports that a snapshot can be taken before it asks for events."""
NOTHING: Mapping[str, str] = MappingProxyType({})
PATIENCE_SECONDS, GLANCE_SECONDS = 60.0, 0.2
MEGABYTE = 1e6


class RuntimeFailedError(Exception):
    """The process ended, or reported an error instead of an answer; the message ends with its log."""


class _Told(NamedTuple):
    """What the process told the API: that it is ready, its answer, or an error."""

    kind: str
    moment: float
    body: bytes = b""


class _Api(ThreadingHTTPServer):
    """The side of Lambda that hands out events, for one process."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Exchange)
        self.events: Queue[bytes | None] = Queue()
        self.told: Queue[_Told] = Queue()
        self.handed_out = 0.0
        self.number = 0


class _Exchange(BaseHTTPRequestHandler):
    server: _Api
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1
    _arrived = 0.0

    def parse_request(self) -> bool:
        self._arrived = perf_counter()
        return super().parse_request()

    def do_GET(self) -> None:
        if self.path == f"{API}/restore/next":
            self.server.told.put(_Told("snapshot", self._arrived))
            self._answer(200)
            return
        if self.path != f"{API}/invocation/next":
            self._answer(404)
            return
        self.server.told.put(_Told("ready", self._arrived))
        event = self.server.events.get()
        if event is None:
            self.close_connection = True
            return
        self.server.number += 1
        self.server.handed_out = self._answer(200, event)

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self._answer(202, b'{"status":"OK"}')
        kind = "answer" if self.path.endswith("/response") else "error"
        self.server.told.put(_Told(kind, self._arrived, body))

    def _answer(self, status: int, body: bytes = b"") -> float:
        number = self.server.number
        self.send_response_only(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Lambda-Runtime-Aws-Request-Id", f"00000000-0000-4000-8000-{number:012}")
        self.send_header("Lambda-Runtime-Deadline-Ms", str(int(time() * 1000) + 7000))
        self.send_header(
            "Lambda-Runtime-Invoked-Function-Arn", "arn:aws:lambda:us-east-1:123456789012:function:guide"
        )
        self.end_headers()
        self.wfile.write(body)
        sent = perf_counter()
        self.wfile.flush()
        return sent

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name that the base gives it
        """Nothing: a request of the runtime client is no news."""


def _peak_mb(pid: int) -> float:
    """The most memory the process has held, where the system tells (Linux does); else not a number.

    What ``wait4`` reports would include the process that started it.
    """
    status = Path(f"/proc/{pid}/status")
    found = re.search(r"VmHWM:\s+(\d+) kB", status.read_text(encoding="utf-8")) if status.exists() else None
    return int(found[1]) * 1024 / MEGABYTE if found else nan


class LambdaHost:
    """One fresh process of the skill in ``package``, ready for events once the ``with`` block is entered.

    ``python`` is an interpreter that has the runtime client. ``env`` is added to what Lambda sets.
    ``ready_seconds`` is the time from the start of the process until it asked for its first event,
    ``took_seconds`` that of the last event. ``log`` and ``peak_mb`` are complete once the block is left.
    """

    def __init__(
        self, python: Path, package: Path, env: Mapping[str, str] = NOTHING, handler: str = ""
    ) -> None:
        self._python, self._package, self._env = python, package, env
        self._handler = handler or "lambda_function.lambda_handler"
        self._log = tempfile.TemporaryFile()  # noqa: SIM115 - closed when the process has ended
        self.ready_seconds = self.took_seconds = self.peak_mb = 0.0
        self.log = ""

    def __enter__(self) -> Self:
        self._api = _Api()
        Thread(target=self._api.serve_forever, daemon=True).start()
        started = perf_counter()
        self._process = subprocess.Popen(
            [self._python, "-m", "awslambdaric", self._handler],
            cwd=self._package,
            env=self._environment(),
            stdin=subprocess.DEVNULL,
            stdout=self._log,
            stderr=subprocess.STDOUT,
        )
        try:
            if self._env.get(START_KIND) == SNAP_START:
                self._next("snapshot")
            self.ready_seconds = self._next("ready").moment - started
        except RuntimeFailedError:
            self.__exit__(None, None, None)
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._process.returncode is None:
            self.peak_mb = _peak_mb(self._process.pid)
            self._process.terminate()
            self._process.wait()
        self.log = self._written()
        self._log.close()
        self._api.events.put(None)
        self._api.shutdown()
        self._api.server_close()

    def invoke(self, event: Json, context: object = None) -> Json:  # noqa: ARG002 - called as a handler is
        """The skill's answer to one event.

        Raises ``RuntimeFailedError`` where Lambda would have reported an error.
        """
        self._api.events.put(json.dumps(event).encode())
        told = self._next("answer")
        self.took_seconds = told.moment - self._api.handed_out
        self._next("ready")
        answer: Json = json.loads(told.body)
        return answer

    def _environment(self) -> dict[str, str]:
        host, port = self._api.server_address[:2]
        return {
            "PATH": os.environ.get("PATH", ""),
            "LANG": "en_US.UTF-8",
            "TZ": ":UTC",
            "AWS_LAMBDA_RUNTIME_API": f"{host!s}:{port}",
            "AWS_LAMBDA_FUNCTION_NAME": "guide",
            "AWS_LAMBDA_FUNCTION_VERSION": "1",
            "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": "256",
            "AWS_REGION": "us-east-1",
            "LAMBDA_TASK_ROOT": str(self._package),
            # The folder of the code is read-only on Lambda, so nothing is ever compiled into it.
            "PYTHONDONTWRITEBYTECODE": "1",
            **self._env,
        }

    def _next(self, kind: str) -> _Told:
        """What the process tells next, which must be of that kind."""
        told = self._told_before(perf_counter() + PATIENCE_SECONDS)
        if told is None:
            raise RuntimeFailedError(f"no {kind} came; the log:\n{self._written()}")
        if told.kind != kind:
            raise RuntimeFailedError(f"{told.kind} instead of {kind}: {told.body!r}\n{self._written()}")
        return told

    def _told_before(self, end: float) -> _Told | None:
        """What the process tells next; None where it has ended or says nothing for too long."""
        while perf_counter() < end:
            with suppress(Empty):
                return self._api.told.get(timeout=GLANCE_SECONDS)
            if self._process.poll() is not None:
                break
        return None

    def _written(self) -> str:
        self._log.seek(0)
        return self._log.read().decode(errors="replace")
