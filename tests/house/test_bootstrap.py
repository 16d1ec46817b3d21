"""Setting up on a Python without pip, against a package index on the loopback."""

from __future__ import annotations

import functools
import hashlib
import os
import sys
import threading
import zipfile
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tools import bootstrap

# Stands in for pip: leaves its arguments beside the interpreter that ran it.
TELLTALE_PIP = """
import os, sys
with open(os.environ["TELLTALE"], "w") as file:
    file.write(" ".join(sys.argv[1:]))
"""


class QuietHandler(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A package index whose only wheel is the telltale; yields the wheel."""
    wheel = tmp_path / "site" / "files" / bootstrap.PIP_WHEEL
    page = tmp_path / "site" / "simple" / "pip" / "index.html"
    wheel.parent.mkdir(parents=True)
    page.parent.mkdir(parents=True)
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr("pip/__main__.py", TELLTALE_PIP)
    page.write_text(f'<a href="../../files/{wheel.name}#sha256=0&amp;x">{wheel.name}</a>')
    handler = functools.partial(QuietHandler, directory=str(tmp_path / "site"))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        monkeypatch.setenv("no_proxy", "127.0.0.1")
        monkeypatch.setenv("PIP_INDEX_URL", f"http://127.0.0.1:{server.server_port}/simple/")
        yield wheel
        server.shutdown()


@pytest.fixture
def python_without_pip(tmp_path: Path) -> Path:
    """An interpreter like the one that runs, except that it knows no ensurepip, as Debian's does."""
    python = tmp_path / "python"
    python.write_text(f'#!/bin/sh\ncase "$*" in *ensurepip*) exit 1 ;; esac\nexec "{sys.executable}" "$@"\n')
    python.chmod(0o755)
    return python


def test_a_python_without_pip_is_given_the_pinned_one(
    index: Path, python_without_pip: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bootstrap, "PIP_SHA256", hashlib.sha256(index.read_bytes()).hexdigest())
    monkeypatch.setenv("TELLTALE", str(tmp_path / "said"))
    bootstrap.give_pip(python_without_pip)
    said = (tmp_path / "said").read_text().split()
    assert said[0] == "install"
    assert said[-1].endswith(bootstrap.PIP_WHEEL)


def test_a_pip_with_another_hash_is_refused(
    index: Path, python_without_pip: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TELLTALE", str(tmp_path / "said"))
    assert index.exists()
    with pytest.raises(bootstrap.SetupError, match="not the one pinned here"):
        bootstrap.give_pip(python_without_pip)
    assert not (tmp_path / "said").exists()


def test_an_index_without_that_pip_is_named(index: Path) -> None:
    (index.parent.parent / "simple" / "pip" / "index.html").write_text("<p>nothing here</p>")
    with pytest.raises(bootstrap.SetupError, match=r"/simple/pip/ does not offer pip-"):
        bootstrap.fetch_pip(os.environ["PIP_INDEX_URL"])


def test_an_index_that_cannot_be_reached_is_explained(index: Path) -> None:
    assert index.exists()
    with pytest.raises(bootstrap.SetupError, match="python3-venv"):
        bootstrap.fetch_pip(os.environ["PIP_INDEX_URL"].replace("simple", "missing"))


def test_the_index_is_read_from_pip_s_own_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PIP_INDEX_URL", raising=False)
    settings = tmp_path / "pip.conf"
    settings.write_text("[global]\nindex-url = https://mirror.example/100%/simple\n")
    monkeypatch.setenv("PIP_CONFIG_FILE", str(settings))
    assert bootstrap.pip_setting("index-url") == "https://mirror.example/100%/simple"


@pytest.fixture
def finished(tmp_path: Path) -> Path:
    """A folder that looks like a finished environment."""
    folder = tmp_path / "venv"
    bootstrap.python_in(folder).parent.mkdir(parents=True)
    bootstrap.python_in(folder).symlink_to(sys.executable)
    (folder / bootstrap.STAMP).write_text(bootstrap.fingerprint())
    return folder


def test_a_finished_environment_is_left_alone_and_silent(
    finished: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    os.utime(finished / bootstrap.STAMP, (0, 0))
    assert bootstrap.main([str(finished)]) == 0
    assert (finished / bootstrap.STAMP).stat().st_mtime >= bootstrap.LOCK.stat().st_mtime
    assert capsys.readouterr() == ("", "")


def test_another_lock_file_makes_it_stale(finished: Path) -> None:
    (finished / bootstrap.STAMP).write_text("another lock\n")
    assert not bootstrap.is_current(finished)


def test_a_python_that_has_gone_makes_it_stale(finished: Path) -> None:
    bootstrap.python_in(finished).unlink()
    bootstrap.python_in(finished).symlink_to(finished / "gone")
    assert not bootstrap.is_current(finished)


def test_a_python_that_is_too_old_is_told_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(bootstrap, "OLDEST", (99, 0))
    monkeypatch.setattr(bootstrap, "NEWER_PYTHONS", ("python99",))
    assert bootstrap.main([str(tmp_path / "venv")]) == 1
    assert "Python 99.0 or later is needed" in capsys.readouterr().err
    assert not (tmp_path / "venv").exists()
