"""Plays Amazon on the loopback, for tests and measurements: HTTPS server of chains, and signed requests."""

from __future__ import annotations

import json
import ssl
from base64 import b64encode
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.hashes import SHA256

from tests.fakes.certificates import Issuer, new_root, rsa_key

Serves = bytes | Callable[[BaseHTTPRequestHandler], None]
GOOD = "/echo.api/echo-api-cert-12.pem"
HOST = "https://s3.amazonaws.com"


class Amazon:
    """An authority, a server of certificate chains by path, and the key that requests are signed with.

    A file that is a function writes its response itself. `asked` counts what was asked for.
    """

    def __init__(self) -> None:
        self.root = new_root()
        self.between = self.root.issue(rsa_key("between"), common="Test Intermediate", is_ca=True)
        self.key = rsa_key("signer")
        self.signer = self.between.issue(self.key)
        self.files: dict[str, Serves] = {GOOD: self.signer.chain}
        self.asked: Counter[str] = Counter()
        self._server = _Server(self, self.between.issue(rsa_key("host"), [x509.DNSName("localhost")]))
        Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()

    @property
    def port(self) -> int:
        """Where the chains are, on localhost."""
        return self._server.server_port

    def trust(self) -> ssl.SSLContext:
        """A context that trusts this authority alone."""
        return ssl.create_default_context(cadata=self.root.pem.decode())

    def serve(self, name: str, content: Serves) -> str:
        """Put a file among the chains; its address as a request would give it."""
        self.files[f"/echo.api/{name}"] = content
        return f"{HOST}/echo.api/{name}"

    def close(self) -> None:
        """Stop serving."""
        self._server.shutdown()
        self._server.server_close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def __init__(self, amazon: Amazon, host: Issuer) -> None:
        super().__init__(("127.0.0.1", 0), _Files)
        self.amazon = amazon
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        with TemporaryDirectory() as folder:
            chain, key = Path(folder) / "chain.pem", Path(folder) / "key.pem"
            chain.write_bytes(host.chain)
            key.write_bytes(host.key_pem)
            context.load_cert_chain(chain, key)
        # Without the handshake here a client that stays silent would keep all others waiting.
        self.socket = context.wrap_socket(self.socket, server_side=True, do_handshake_on_connect=False)

    def handle_error(self, request: object, client_address: object) -> None:
        """Nothing: clients leave early on purpose."""


class _Files(BaseHTTPRequestHandler):
    server: _Server

    def do_GET(self) -> None:
        amazon = self.server.amazon
        amazon.asked[self.path] += 1
        content = amazon.files.get(self.path)
        if callable(content):
            content(self)
        else:
            answer(self, 404 if content is None else 200, content or b"")

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - as above
        """Nothing."""


def answer(to: BaseHTTPRequestHandler, status: int, body: bytes, **headers: str) -> None:
    """A whole response."""
    to.send_response(status)
    for name, value in {"Content-Length": str(len(body)), **headers}.items():
        to.send_header(name, value)
    to.end_headers()
    to.wfile.write(body)


def sign(body: bytes, key: RSAPrivateKey, url: str = HOST + GOOD) -> dict[str, str]:
    """The headers of a request that this key vouches for."""
    signature = b64encode(key.sign(body, PKCS1v15(), SHA256())).decode()
    return {"Content-Type": "application/json", "SignatureCertChainUrl": url, "Signature-256": signature}


def written(at: datetime | None = None) -> str:
    """A moment, or now, as Alexa writes it."""
    return (at or datetime.now(UTC)).strftime("%Y-%m-%dT%H:%M:%SZ")


def encoded(event: dict[str, Any]) -> bytes:
    """An event as Alexa sends it."""
    return json.dumps(event, ensure_ascii=False, separators=(",", ":")).encode()
