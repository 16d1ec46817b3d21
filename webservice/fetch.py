"""Fetches certificate chains over HTTPS, from one host, without redirects, in limited time and size."""

from __future__ import annotations

import socket
import ssl
from contextlib import closing, suppress
from http.client import HTTPException, HTTPSConnection
from threading import Timer
from time import monotonic

import certifi

from webservice.address import HOST, PORT
from webservice.refusal import Reason, RefusedError

LARGEST_CHAIN = 64 * 1024
_OK = 200


class Fetcher:
    """A function from a path to the bytes behind it; the host is settled when it is made."""

    def __init__(
        self, host: str = HOST, port: int = PORT, trust: ssl.SSLContext | None = None, seconds: float = 3.0
    ) -> None:
        self._host, self._port, self._seconds = host, port, seconds
        self._trust = trust or ssl.create_default_context(cafile=certifi.where())

    def __call__(self, path: str) -> bytes:
        """The file at ``path``. Raises ``RefusedError`` if it is not to be had in time, or is too large."""
        try:
            status, body = self._get(path)
        except (OSError, HTTPException, ValueError):
            raise RefusedError(Reason.FETCH) from None
        if status != _OK or len(body) > LARGEST_CHAIN:
            raise RefusedError(Reason.FETCH)
        return body

    def _get(self, path: str) -> tuple[int, bytes]:
        connection = HTTPSConnection(self._host, self._port, timeout=self._seconds, context=self._trust)
        with closing(connection):
            connection.connect()
            # A timeout starts anew with every byte; a server that drips them is cut off by this.
            deadline = monotonic() + self._seconds
            cut = Timer(self._seconds, _cut, (connection.sock,))
            cut.daemon = True
            cut.start()
            try:
                connection.request("GET", path)
                with connection.getresponse() as response:
                    body = response.read(LARGEST_CHAIN + 1)
                if monotonic() >= deadline:
                    raise TimeoutError
                return response.status, body
            finally:
                cut.cancel()


def _cut(connected: socket.socket) -> None:
    with suppress(OSError):
        connected.shutdown(socket.SHUT_RDWR)
