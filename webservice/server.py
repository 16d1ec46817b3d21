"""The production server. Requests are read whole before one of its few threads is given to them."""

from __future__ import annotations

from typing import Any, cast

from flask import Flask
from waitress.channel import HTTPChannel
from waitress.server import TcpWSGIServer, create_server
from waitress.task import ErrorTask
from waitress.utilities import BadRequest

from webservice.refusal import Reason, log_refusal

THREADS = 10
IDLE_SECONDS = 30
# Far above what the application takes, which refuses with less haste: what is larger is not even read.
LARGEST_READ = 1024 * 1024


class _Refusal(ErrorTask):
    """Refuses what the server cannot read like everything else: 400, one line, no detail."""

    def execute(self) -> None:
        """Write the response."""
        request: Any = self.request
        log_refusal(Reason.HTTP, request.error)
        request.error = BadRequest("")
        super().execute()


class _Channel(HTTPChannel):
    error_task_class = _Refusal


def make_server(app: Flask, host: str, port: int) -> TcpWSGIServer:
    """A server on one address, given in numbers, that listens already; `run()` serves until it is stopped."""
    made = create_server(
        app,
        host=host,
        port=port,
        threads=THREADS,
        ident="",
        channel_timeout=IDLE_SECONDS,
        max_request_body_size=LARGEST_READ,
        clear_untrusted_proxy_headers=True,
    )
    server = cast("TcpWSGIServer", made)  # an address in numbers makes one server and not several
    server.channel_class = _Channel
    return server
