"""A small project with packages of its own, and an index on the loopback that has them and newer ones."""

from __future__ import annotations

import base64
import hashlib
import io
import os
import shutil
import socket
import subprocess
import sys
import threading
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from tools.setup import environment, locks

ROOT = Path(__file__).parents[2]
BOOTSTRAP = (
    "tools/__init__.py", "tools/entry.py", "tools/setup/__init__.py", "tools/setup/bootstrap.py",
    "tools/setup/environment.py", "tools/setup/environment.toml", "tools/setup/installer.py",
    "tools/setup/installer.toml", "tools/setup/locks.py", "tools/setup/pip_settings.py",
    "tools/setup/pip_wheel.py", "simulator/__init__.py", "simulator/files.py",
)  # fmt: skip
"""All that is read before anything is installed."""


class Wheel:
    """A wheel with one module, what it needs, and perhaps a command."""

    def __init__(self, name: str, version: str, needs: Iterable[str] = (), command: str = "") -> None:
        self.name, self.version = name, version
        self.file = f"{name}-{version}-py3-none-any.whl"
        needed = "".join(f"Requires-Dist: {each}\n" for each in needs)
        content = {
            f"{name}.py": f"VERSION = {version!r}\n",
            f"{name}-{version}.dist-info/METADATA": (
                f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\nProvides-Extra: toml\n{needed}"
            ),
            f"{name}-{version}.dist-info/WHEEL": (
                "Wheel-Version: 1.0\nGenerator: tests\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
            ),
        }
        if command:
            content[f"{name}-{version}.data/scripts/{name}"] = command
        listed = "".join(f"{path},{_record(text)}\n" for path, text in content.items())
        content[f"{name}-{version}.dist-info/RECORD"] = f"{listed}{name}-{version}.dist-info/RECORD,,\n"
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as archive:
            for path, text in content.items():
                entry = zipfile.ZipInfo(path)
                entry.external_attr = (0o755 if "/scripts/" in path else 0o644) << 16
                archive.writestr(entry, text)
        self.content = buffer.getvalue()

    @property
    def entry(self) -> str:
        """Its entry in a lock."""
        return (
            f"{self.name}=={self.version} \\\n    --hash=sha256:{hashlib.sha256(self.content).hexdigest()}\n"
        )


def _record(text: str) -> str:
    digest = base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b"=").decode()
    return f"sha256={digest},{len(text.encode())}"


class Index:
    """What the index offers, and every path that it was asked for."""

    def __init__(self) -> None:
        self.wheels: dict[str, Wheel] = {}
        self.asked: list[str] = []
        self.url = ""

    def offer(self, *wheels: Wheel) -> None:
        self.wheels |= {wheel.file: wheel for wheel in wheels}

    def page(self, path: str) -> bytes | None:
        """What lies at a path."""
        self.asked.append(path)
        last = path.rstrip("/").rpartition("/")[2]
        if last.endswith(".whl"):
            return self.wheels[last].content if last in self.wheels else None
        links = [
            f'<a href="/files/{each.file}">{each.file}</a>'
            for each in self.wheels.values()
            if each.name == last
        ]
        return "\n".join(links).encode() or None


@contextmanager
def serving() -> Iterator[Index]:
    """An index on the loopback."""
    index = Index()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            content = index.page(self.path)
            self.send_response(404 if content is None else 200)
            self.send_header(
                "Content-Type", "application/octet-stream" if self.path.endswith(".whl") else "text/html"
            )
            self.send_header("Content-Length", str(len(content or b"")))
            self.end_headers()
            self.wfile.write(content or b"")

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        index.url = f"http://127.0.0.1:{server.server_port}/simple/"
        yield index
        server.shutdown()


class Project:
    """A folder that sets itself up as this one does, with small groups."""

    def __init__(self, folder: Path, index: Index) -> None:
        self.folder, self.index = folder, index
        self.venv = folder / ".venv"
        (folder / "requirements").mkdir(parents=True)
        for name in BOOTSTRAP:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, folder / name)
        self.asks: dict[str, list[str]] = {}

    def run_pip_from(self, unpacked: Path) -> None:
        """Run pip from a folder with what its wheel holds: with bytecode it starts four times as fast."""
        with (self.folder / "tools" / "setup" / "pip_wheel.py").open("a", encoding="utf-8") as code:
            code.write(f"\n\ndef bundled() -> Path:\n    return Path({str(unpacked)!r})\n")

    def start_with_uv(self) -> None:
        """An environment that has the pinned uv already."""
        environment.renew(self.venv)
        site = next(self.venv.glob("lib/python*/site-packages"))
        with zipfile.ZipFile(io.BytesIO(real_uv().content)) as archive:
            archive.extractall(site)
        command = self.venv / "bin" / "uv"
        (site / "uv-1.0.data" / "scripts" / "uv").rename(command)
        command.chmod(0o755)

    def lock(self, group: str, asks: list[str], *wheels: Wheel) -> None:
        """Ask for something in a group, and lock these wheels for it."""
        self.ask(group, asks)
        entries = "".join(sorted(wheel.entry for wheel in wheels))
        self.lock_file(group).write_text(locks.sealed(group, tuple(sorted(asks)), entries), encoding="utf-8")

    def ask(self, group: str, asks: list[str]) -> None:
        self.asks[group] = asks
        listed = "".join(f"{name} = {each!r}\n" for name, each in self.asks.items())
        (self.folder / "pyproject.toml").write_text(f"[dependency-groups]\n{listed}", encoding="utf-8")

    def lock_file(self, group: str) -> Path:
        return self.folder / "requirements" / f"{group}.txt"

    def environ(self, **more: str) -> dict[str, str]:
        kept = {
            name: value for name, value in os.environ.items() if not name.upper().startswith(("PIP_", "UV_"))
        }
        ours = {
            "PIP_CONFIG_FILE": os.devnull, "PIP_INDEX_URL": self.index.url, "PIP_NO_CACHE_DIR": "1",
            "PIP_RETRIES": "1",
            "UV_HTTP_RETRIES": "0", "NO_PROXY": "127.0.0.1", "no_proxy": "127.0.0.1",
        }  # fmt: skip
        return {**kept, **ours, **more}

    def command(self, group: str, python: str = sys.executable) -> list[str]:
        return [python, str(self.folder / "tools" / "setup" / "bootstrap.py"), str(self.venv), group]

    def set_up(
        self, group: str, python: str = sys.executable, **more: str
    ) -> subprocess.CompletedProcess[str]:
        """What setting up a group comes to."""
        return subprocess.run(
            self.command(group, python), env=self.environ(**more), capture_output=True, text=True, check=False
        )

    def installed(self) -> Mapping[str, str]:
        """What is in the environment."""
        noted = self.venv.glob("lib/python*/site-packages/*.dist-info")
        found = (folder.name.removesuffix(".dist-info").split("-") for folder in noted)
        return {name: version for name, version in found}  # noqa: C416 - dict() is not typed for it


def real_uv() -> Wheel:
    """A wheel of uv whose command is the one that these tests run beside."""
    return Wheel("uv", "1.0", command=f'#!/bin/sh\nexec "{Path(sys.prefix) / "bin" / "uv"}" "$@"\n')


def closed_port() -> int:
    """A port that nothing listens on."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])
