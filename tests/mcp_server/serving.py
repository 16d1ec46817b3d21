"""The server on loopback, in a thread of this process; and an issuer of tokens beside it."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import jwt
import uvicorn
from cryptography.hazmat.primitives.asymmetric import ec

from mcp_server.relay import Relay
from mcp_server.web import Guarded, application

KEY = ec.generate_private_key(ec.SECP256R1())


@contextmanager
def served(
    guarded: Guarded | None = None,
    origins: tuple[str, ...] = (),
    relay: Relay | None = None,
    listening: socket.socket | None = None,
) -> Iterator[str]:
    """Its address while it serves."""
    listening = listening or port()
    config = uvicorn.Config(application(guarded, origins, relay), log_config=None, access_log=False)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, args=([listening],))
    thread.start()
    try:
        while not server.started:
            time.sleep(0.01)
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/mcp"
    finally:
        server.should_exit = True
        thread.join()


def port() -> socket.socket:
    """A port of this machine that is taken already."""
    taken = socket.socket()
    taken.bind(("127.0.0.1", 0))
    taken.listen()
    return taken


@contextmanager
def issuing() -> Iterator[str]:
    """The address of an issuer that publishes its key."""

    class Pages(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            here = f"http://127.0.0.1:{self.connection.getsockname()[1]}"
            key = {**jwt.algorithms.ECAlgorithm.to_jwk(KEY.public_key(), as_dict=True), "kid": "one"}
            page = {"keys": [key]} if self.path == "/keys" else {"issuer": here, "jwks_uri": f"{here}/keys"}
            body = json.dumps(page).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def token(issuer: str, resource: str, subject: str = "somebody", scope: str = "guide") -> str:
    """A token that the issuer signs."""
    claims = {
        "iss": issuer, "aud": resource, "sub": subject, "client_id": "assistant", "scope": scope,
        "exp": int(time.time()) + 600,
    }  # fmt: skip
    return jwt.encode(claims, KEY, "ES256", headers={"kid": "one"})
