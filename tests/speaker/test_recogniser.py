from __future__ import annotations

import hashlib
import stat
import tarfile
from io import BytesIO
from pathlib import Path

import pytest

from tools.setup.recogniser import FetchError, pack, unpack

CONTENT = b"vocabulary"


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    path = tmp_path / "thing.tgz"
    with tarfile.open(path, "w:gz") as tar:
        entry = tarfile.TarInfo("package/deep/words.js")
        entry.size = len(CONTENT)
        tar.addfile(entry, BytesIO(CONTENT))
    return path


@pytest.fixture
def npm(tmp_path: Path, archive: Path) -> list[str]:
    """Hands out the archive, whatever is asked for, as `npm pack` does."""
    script = tmp_path / "npm"
    script.write_text(f'#!/bin/sh\nwhile [ "$1" != --pack-destination ]; do shift; done\ncp {archive} "$2"\n')
    script.chmod(script.stat().st_mode | stat.S_IEXEC)
    return [str(script)]


def package(sha256: str) -> dict[str, str]:
    return {"name": "thing", "version": "1.0.0", "sha256": sha256}


def test_what_was_pinned_is_unpacked(tmp_path: Path, archive: Path, npm: list[str]) -> None:
    right = package(hashlib.sha256(archive.read_bytes()).hexdigest())
    unpack(pack(npm, right, tmp_path), ["package/deep/words.js"], tmp_path / "speech")
    assert (tmp_path / "speech" / "words.js").read_bytes() == CONTENT


def test_anything_else_is_refused(tmp_path: Path, npm: list[str]) -> None:
    with pytest.raises(FetchError, match=r"not the one pinned"):
        pack(npm, package("0" * 64), tmp_path)


def test_a_registry_that_fails_is_told(tmp_path: Path) -> None:
    with pytest.raises(FetchError, match="failed"):
        pack(["false"], package("0" * 64), tmp_path)
