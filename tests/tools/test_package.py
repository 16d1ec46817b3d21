"""The packages that are deployed: made twice, looked into, and talked to."""

from __future__ import annotations

import hashlib
import json
import os
import stat
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from simulator.device.echo import Exchange
from tests.house.small_index import closed_port
from tools import conversations
from tools.release import package, package_code
from tools.setup import locks, pythons

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
TALK = """
import json, sys
sys.path[:0] = [sys.argv[1]]
import lambda_function
for line in sys.stdin:
    print(json.dumps(lambda_function.lambda_handler(json.loads(line), None)), flush=True)
folders = {getattr(module, "__file__", None) for module in list(sys.modules.values())} - {None}
print(json.dumps(sorted(folders)))
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made")
    package.package(folder, package.runtime())
    return folder


def listing(folder: Path) -> Mapping[str, tuple[int, float, str]]:
    """What a tree is: for every path its mode, its time and its content."""
    return {
        path.relative_to(folder).as_posix(): (
            stat.S_IMODE(path.stat().st_mode),
            path.stat().st_mtime,
            hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else "",
        )
        for path in folder.rglob("*")
    }


def test_two_runs_give_the_same_bytes_times_and_modes_whatever_was_there(
    made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "lambda").mkdir()
    (tmp_path / "lambda" / "old.py").touch()
    monkeypatch.setenv("PYTHONHASHSEED", "4")
    monkeypatch.setenv("PYTHONOPTIMIZE", "2")
    before = os.umask(0o077)
    try:
        package.package(tmp_path, package.runtime())
    finally:
        os.umask(before)
    assert listing(tmp_path) == listing(made)


def test_everything_that_the_code_consists_of_ships(made: Path) -> None:
    tracked = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard", "lambda"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    ).stdout.split()  # fmt: skip
    ours = {name.removeprefix("lambda/") for name in tracked} - {"requirements.txt"}
    assert ours
    assert {name for name in ours if not (made / "lambda" / name).is_file()} == set()


def test_nothing_ships_that_only_the_workshop_needs(made: Path) -> None:
    names = {path.relative_to(made / "lambda").as_posix() for path in (made / "lambda").rglob("*")}
    tops = {name.partition("/")[0] for name in names}
    assert not tops & {
        "boto3",
        "botocore",
        "requests",
        "urllib3",
        "certifi",
        "tests",
        "bin",
        "requirements.txt",
    }
    assert [name for name in names if "/tests/" in name or name.endswith((".so", ".pyd", ".exe"))] == []


def test_no_link_is_in_either_tree(made: Path) -> None:
    assert [path for path in made.rglob("*") if path.is_symlink()] == []


def test_every_library_comes_with_its_licence(made: Path) -> None:
    for notes in (made / "lambda").glob("*.dist-info"):
        kept = {path.name for path in notes.rglob("*") if path.is_file()}
        assert "METADATA" in kept
        assert "RECORD" not in kept


def test_bytecode_is_taken_as_it_is_and_names_files_as_lambda_has_them(made: Path) -> None:
    python = pythons.find(package.runtime())
    if python is None:
        pytest.skip(f"no Python {package.runtime()} on this machine, so the package has no bytecode")
    tag = package.runtime().replace(".", "")
    for source in (made / "lambda").rglob("*.py"):
        compiled = source.parent / "__pycache__" / f"{source.stem}.cpython-{tag}.pyc"
        flags = int.from_bytes(compiled.read_bytes()[4:8], "little")
        assert flags == 0b01, f"{compiled} is not hash-based and unchecked"
    handler = made / "lambda" / "__pycache__" / f"lambda_function.cpython-{tag}.pyc"
    assert b"/var/task/lambda_function.py" in handler.read_bytes()
    assert str(made).encode() not in handler.read_bytes()


def test_the_zip_is_within_its_limit(made: Path) -> None:
    weighed = package.weights(made / "lambda")
    assert 0 < weighed[""] <= package_code.SETTINGS["largest_zip_bytes"] == 5_000_000
    assert sum(size for name, size in weighed.items() if name) < weighed[""]


class Alone:
    """The packaged handler in a process that has the package and the standard library, nothing else."""

    def __init__(self, folder: Path) -> None:
        python = pythons.find(package.runtime()) or [sys.executable]
        self.process = subprocess.Popen(
            [*python, "-I", "-S", "-B", "-W", "error", "-c", TALK, str(folder)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip

    def __call__(self, event: object, _context: object = None) -> dict[str, object]:
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(json.dumps(event) + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        assert line, self.process.communicate()[1]
        answer: dict[str, object] = json.loads(line)
        return answer

    def end(self) -> list[str]:
        """End the process; the files that it had loaded."""
        out, _ = self.process.communicate()
        loaded: list[str] = json.loads(out)
        return loaded


@pytest.fixture
def alone(made: Path) -> Iterator[Alone]:
    started = Alone(made / "lambda")
    yield started
    started.process.kill()
    started.process.communicate()


def spoken(turn: Exchange) -> Mapping[str, object]:
    """A reply without the line that names the Python behind it."""
    return {key: value for key, value in turn.response.items() if key != "userAgent"}


def test_the_package_alone_says_what_the_sources_say(alone: Alone) -> None:
    told = conversations.paths()[::8]
    assert len(told) > 20
    for path in told:
        conversation = conversations.read(path)
        packaged = [spoken(turn) for _, turn in conversations.play(conversation, alone)]
        assert packaged == [spoken(turn) for _, turn in conversations.play(conversation)]
    assert [file for file in alone.end() if "site-packages" in file] == []


def test_what_is_left_out_must_be_in_the_lock() -> None:
    pins = [pin for pin in locks.read(locks.SHIPPED) if pin.name != "requests"]
    with pytest.raises(package_code.PackageError, match="requests"):
        package_code.wanted(pins)


@pytest.mark.parametrize("way", ["pip", "uv"])
def test_a_failed_install_says_so_and_leaves_the_old_package(
    way: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = tmp_path / "lambda"
    old.mkdir()
    (old / "old.py").touch()
    pins = [replace(pin, hashes=(f"sha256:{'0' * 64}",)) for pin in locks.read(locks.SHIPPED)]
    monkeypatch.setattr(
        locks, "read", {locks.SHIPPED: pins, "lock": [] if way == "pip" else locks.read("lock")}.get
    )
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.delenv("PIP_FIND_LINKS", raising=False)
    monkeypatch.setenv("PIP_INDEX_URL", f"http://127.0.0.1:{closed_port()}/simple")
    monkeypatch.setenv("UV_HTTP_RETRIES", "0")
    monkeypatch.setenv("UV_NO_CACHE", "1")
    monkeypatch.setenv("PIP_NO_CACHE_DIR", "1")
    with pytest.raises(package_code.PackageError, match="cannot be reached"):
        package.package(tmp_path, package.runtime())
    assert (old / "old.py").exists()
    assert [path.name for path in tmp_path.iterdir()] == ["lambda"]


def test_without_the_runtimes_python_it_packs_without_bytecode_and_says_what_is_lost(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setenv("PYENV_ROOT", str(tmp_path / "none"))
    monkeypatch.setenv("UV_PYTHON_INSTALL_DIR", str(tmp_path / "none"))
    version = "3.12" if sys.version_info[:2] == (3, 13) else "3.13"
    assert package.main(["--out", str(tmp_path), "--python", version]) == 0
    assert "no bytecode" in capsys.readouterr().out
    assert list((tmp_path / "lambda").rglob("*.pyc")) == []


def test_a_python_is_found_by_what_it_is_not_by_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    liar = tmp_path / "python3.99"
    liar.write_text("#!/bin/sh\nexec false\n", encoding="utf-8")
    liar.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    assert pythons.find("3.99") is None
    assert pythons.find("{}.{}".format(*sys.version_info)) == [sys.executable]


def test_the_skill_package_is_laid_out_as_the_cli_wants_it(made: Path) -> None:
    tree = made / "skill-package"
    assert (
        json.loads((tree / "skill.json").read_text(encoding="utf-8"))["manifest"]["manifestVersion"] == "1.0"
    )
    models = {path.name for path in (tree / "interactionModels" / "custom").iterdir()}
    assert models == {path.name for path in (ROOT / "interaction_models").glob("*-*.json")} != set()


def test_the_platform_is_the_one_that_the_stack_runs_on() -> None:
    stack = (ROOT / "infra" / "skill-stack.yaml").read_text(encoding="utf-8")
    assert "Architectures: [arm64]" in stack
    assert package_code.SETTINGS["platform"].endswith("aarch64")
