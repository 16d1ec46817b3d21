"""The Python that somebody happens to have: too old, without pip, or outside the environment."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from tests.house.small_index import Index, Wheel, closed_port, serving
from tools.setup import bootstrap, pip_settings, pip_wheel
from tools.setup.locks import SetupError

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
OLD = ("2.7", "3.6", "3.9", "3.10")


def old_python(version: str) -> str:
    """A Python of that version; skips where there is none."""
    pyenv = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv") / "versions"
    places = [*map(str, pyenv.glob(f"{version}.*/bin/python")), shutil.which(f"python{version}") or ""]
    for place in filter(None, places):
        said = subprocess.run(
            [place, "-c", "import sys; print('%d.%d' % sys.version_info[:2])"],
            capture_output=True,
            text=True,
            check=False,
        )
        if said.stdout.strip() == version:
            return place
    pytest.skip(f"no Python {version} on this machine")


def run(python: str, *arguments: str, path: str = "/nowhere") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [python, "-B", *arguments], cwd=ROOT, env={"PATH": path}, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize("version", OLD)
def test_an_old_python_says_what_to_do(version: str, tmp_path: Path) -> None:
    done = run(old_python(version), "tools/setup/bootstrap.py", str(tmp_path / "venv"), "talk")
    assert done.returncode == 1
    assert "setup failed: Python 3.11 or later is needed" in done.stderr
    assert "make talk PYTHON=/path/to/python3" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "venv").exists()


@pytest.mark.parametrize("program", ["tools", "simulator", "webservice", "mcp_server", "simulator.speaker"])
@pytest.mark.parametrize("version", OLD)
def test_no_program_shows_an_old_python_s_traceback(version: str, program: str) -> None:
    done = run(old_python(version), "-m", program)
    assert done.returncode == 1
    assert "Python 3.11 or later is needed" in done.stderr
    assert "Run `make " in done.stderr
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize("version", ["2.7", "3.9"])
def test_an_old_python_starts_again_on_a_newer_one(version: str, tmp_path: Path) -> None:
    newer = tmp_path / "python3"
    newer.write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')
    newer.chmod(0o755)
    (tmp_path / "python3.13").write_text("#!/bin/sh\nexit 1\n")
    (tmp_path / "python3.13").chmod(0o755)
    done = run(
        old_python(version),
        "tools/setup/bootstrap.py",
        str(tmp_path / "venv"),
        "no-such-group",
        path=str(tmp_path),
    )
    assert done.returncode == 1
    assert "pyproject.toml has no group 'no-such-group'" in done.stderr


@pytest.mark.parametrize(
    ("program", "advice"),
    [
        ("tools prove", "make setup"),
        ("simulator talk", "make talk"),
        ("webservice --no-verify", "make serve"),
        ("mcp_server http", "make mcp"),
    ],
)
def test_outside_the_environment_a_program_says_what_to_run(program: str, advice: str) -> None:
    done = subprocess.run(
        [sys.executable, "-S", "-m", *program.split()], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert f"Run `{advice}`" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_fault_of_ours_keeps_its_traceback(tmp_path: Path) -> None:
    (tmp_path / "simulator").mkdir()
    (tmp_path / "simulator" / "__init__.py").write_text((ROOT / "simulator" / "__init__.py").read_text())
    (tmp_path / "simulator" / "__main__.py").write_text("import simulator.gone\n")
    done = subprocess.run(
        [sys.executable, "-m", "simulator"],
        cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    assert "Traceback" in done.stderr


# The pip that is fetched where Python has none.


@pytest.fixture
def index() -> Iterator[Index]:
    with serving() as serves:
        pip = Wheel("pip", "26.3")
        assert pip.file == pip_wheel.PINNED
        serves.offer(pip)
        yield serves


def test_a_python_without_pip_is_given_the_pinned_one(
    index: Index, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = index.wheels[pip_wheel.PINNED].content
    monkeypatch.setattr(pip_wheel, "SHA256", hashlib.sha256(content).hexdigest())
    assert pip_wheel.fetch(tmp_path, {"index-url": index.url}).read_bytes() == content


def test_a_pip_with_another_hash_is_refused(index: Index, tmp_path: Path) -> None:
    with pytest.raises(SetupError, match="not the one pinned here"):
        pip_wheel.fetch(tmp_path, {"index-url": index.url})
    assert list(tmp_path.iterdir()) == []


def test_an_index_without_that_pip_is_named_without_its_password(index: Index, tmp_path: Path) -> None:
    index.wheels.clear()
    index.offer(Wheel("pip", "1.0"))
    with pytest.raises(SetupError, match=r"/simple/pip/ does not offer pip-"):
        pip_wheel.fetch(tmp_path, {"index-url": index.url})


def test_an_index_that_cannot_be_reached_is_explained(tmp_path: Path) -> None:
    with pytest.raises(SetupError, match="python3-venv"):
        pip_wheel.fetch(tmp_path, {"index-url": f"http://127.0.0.1:{closed_port()}/simple"})


def test_the_pip_that_comes_with_python_is_found() -> None:
    wheel = pip_wheel.bundled()
    if wheel is None:
        pytest.skip("this Python comes without pip")
    said = subprocess.run(
        [sys.executable, "-I", wheel / "pip", "--version"], capture_output=True, text=True, check=True
    )
    assert said.stdout.startswith("pip ")


# pip's settings, wherever it keeps them, read as pip itself reads them.

PLACES: Mapping[str, str] = {
    "machine": "xdg/pip/pip.conf",
    "old person": "home/.pip/pip.conf",
    "person": "home/.config/pip/pip.conf",
    "named": "named.conf",
}


@pytest.mark.parametrize("places", [list(PLACES), ["machine"], ["old person", "person"]], ids=" and ".join)
@pytest.mark.parametrize(
    "environment", [{}, {"PIP_EXTRA_INDEX_URL": "http://variable.invalid/"}], ids=["", "variable"]
)
def test_settings_are_those_that_pip_has(
    places: list[str],
    environment: Mapping[str, str],
    unpacked_pip: Path | None,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    if unpacked_pip is None or sys.platform != "linux":
        pytest.skip("needs the pip of a Python on Linux")
    for name in [name for name in os.environ if name.startswith("PIP_")]:
        monkeypatch.delenv(name)
    for place in places:
        path = tmp_path / PLACES[place]
        path.parent.mkdir(parents=True, exist_ok=True)
        host = place.replace(" ", "-")
        path.write_text(
            f"[global]\nindex-url = http://{host}.invalid/100%\n"
            f"extra_index_url =\n  http://{len(place)}.invalid\n"
            f"  http://b.invalid\nconstraint = elsewhere.txt\n[install]\nfind-links = /{host}\n"
        )
    settings = {"HOME": str(tmp_path / "home"), "XDG_CONFIG_DIRS": str(tmp_path / "xdg"), **environment}
    if "named" in places:
        settings["PIP_CONFIG_FILE"] = str(tmp_path / "named.conf")
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    code = (
        "from pip._internal.cli.main_parser import create_main_parser\n"
        "from pip._internal.commands import create_command\n"
        "o, _ = create_command('install').parser.parse_args([])\n"
        "print(o.index_url, *o.extra_index_urls, *o.find_links, *o.constraints)"
    )
    said = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONPATH": str(unpacked_pip)},
        capture_output=True,
        text=True,
        check=True,
    )
    ours = pip_settings.read()
    assert "constraint" not in ours
    shown = [
        ours["index-url"],
        *ours["extra-index-url"].split(),
        *ours["find-links"].split(),
        "elsewhere.txt",
    ]
    assert shown == said.stdout.split()


def test_no_settings_are_read_where_pip_reads_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    assert pip_settings.files() == []


def test_the_newest_python_that_was_tried_comes_first() -> None:
    assert bootstrap.NEWER_PYTHONS[0] == "python3.13"
    assert bootstrap.is_new_enough(sys.executable)
    assert not bootstrap.is_new_enough("/nowhere/python3")
