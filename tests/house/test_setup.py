"""Setting up: what is locked is installed, whole, whatever an index offers; failures say what to do."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.small_index import Index, Project, Wheel, closed_port, real_uv, serving
from tools.setup import environment, installer, locks

PRICKLY = Wheel("prickly", "1.0", needs=["covered[toml]>=1.0", "markless"])
COVERED = Wheel("covered", "1.0", needs=["tomlish; extra == 'toml'"])
TOMLISH = Wheel("tomlish", "1.0")
MARKLESS = Wheel("markless", "1.0")
ALL = (PRICKLY, COVERED, TOMLISH, MARKLESS)
NEWER = (
    Wheel("prickly", "9.0", needs=["surprise"]),
    Wheel("covered", "9.0", needs=["surprise; extra == 'toml'"]),
    Wheel("tomlish", "9.0"),
    Wheel("markless", "9.0"),
    Wheel("surprise", "9.0"),
)
LOCKED = {wheel.name: wheel.version for wheel in ALL}
WAYS = ("pip", "uv")

pytestmark = pytest.mark.slow


@pytest.fixture
def index() -> Iterator[Index]:
    with serving() as serves:
        serves.offer(*ALL, real_uv())
        yield serves


@pytest.fixture
def bare(index: Index, tmp_path: Path) -> Project:
    """A project with a group that pip installs and one that uv installs."""
    made = Project(tmp_path / "project", index)
    made.lock("pip", ["prickly"], *ALL)
    made.lock("uv", ["prickly", "uv"], *ALL, real_uv())
    made.lock("other", ["tomlish"], TOMLISH)
    return made


@pytest.fixture
def project(bare: Project, unpacked_pip: Path | None, request: pytest.FixtureRequest) -> Project:
    """The same, quicker: pip has its bytecode, and where uv is to install, it is there already."""
    if unpacked_pip:
        bare.run_pip_from(unpacked_pip)
    if "way" in request.fixturenames and request.getfixturevalue("way") == "uv":
        bare.start_with_uv()
    return bare


def wanted(way: str) -> dict[str, str]:
    return {**LOCKED, "uv": "1.0"} if way == "uv" else LOCKED


@pytest.mark.parametrize("way", WAYS)
def test_newer_versions_and_a_persons_settings_change_nothing(
    way: str, bare: Project, index: Index, tmp_path: Path
) -> None:
    index.offer(*NEWER)
    (tmp_path / "constraints.txt").write_text("markless==9.0\nsurprise==9.0\n")
    (tmp_path / "more.txt").write_text("surprise\n")
    done = bare.set_up(
        way,
        PIP_CONSTRAINT=str(tmp_path / "constraints.txt"), UV_CONSTRAINT=str(tmp_path / "constraints.txt"),
        PIP_REQUIREMENT=str(tmp_path / "more.txt"), PIP_TARGET=str(tmp_path / "target"), PIP_USER="1",
        PIP_NO_BINARY=":all:",
        UV_UPGRADE="1", UV_TARGET=str(tmp_path / "target"),
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert bare.installed() == wanted(way)
    assert not (tmp_path / "target").exists()
    assert [path for path in index.asked if "9.0" in path or "surprise" in path] == []


def test_a_line_says_what_is_going_on_and_a_second_time_nothing_does(project: Project, index: Index) -> None:
    first = project.set_up("pip")
    assert first.stdout == ""
    assert first.stderr.splitlines()[0].startswith(f"Setting up {project.venv} for pip: 4 packages, about ")
    asked = len(index.asked)
    second = project.set_up("pip")
    assert (second.returncode, second.stdout, second.stderr) == (0, "", "")
    assert len(index.asked) == asked


def test_groups_add_up_and_what_is_there_already_is_not_fetched(project: Project, index: Index) -> None:
    assert project.set_up("other").returncode == 0
    assert project.installed() == {"tomlish": "1.0"}
    assert project.set_up("uv").returncode == 0
    assert project.installed() == wanted("uv")
    asked = len(index.asked)
    added = project.set_up("pip")
    assert (added.returncode, added.stderr) == (0, "")
    assert len(index.asked) == asked
    assert sorted(path.name for path in project.venv.glob(".has-*")) == [".has-other", ".has-pip", ".has-uv"]


@pytest.mark.parametrize("way", WAYS)
def test_what_is_no_longer_locked_goes_and_what_is_no_package_stays(way: str, project: Project) -> None:
    assert project.set_up(way).returncode == 0
    site = next(project.venv.glob("lib/python*/site-packages"))
    (site / "stray-1.0.dist-info").mkdir()
    (site / "stray-1.0.dist-info" / "METADATA").write_text(
        "Metadata-Version: 2.1\nName: stray\nVersion: 1.0\n"
    )
    (site / "stray-1.0.dist-info" / "RECORD").write_text(
        "stray-1.0.dist-info/METADATA,,\nstray-1.0.dist-info/RECORD,,\n"
    )
    (project.venv / "speech").mkdir()
    (project.venv / "speech" / "model").touch()
    less = [wheel for wheel in ALL if wheel is not TOMLISH]
    project.lock(way, project.asks[way], *less, *([real_uv()] if way == "uv" else []))
    assert project.set_up(way).returncode == 0
    assert project.installed() == {
        name: version for name, version in wanted(way).items() if name != "tomlish"
    }
    assert (project.venv / "speech" / "model").exists()


@pytest.mark.parametrize("way", WAYS)
def test_a_setup_that_was_interrupted_is_done_again(way: str, project: Project, index: Index) -> None:
    gone = index.wheels.pop(MARKLESS.file)
    assert project.set_up(way).returncode == 1
    stamp = project.venv / f".has-{way}"
    assert stamp.stat().st_mtime == 0, "make would take it for finished"
    index.offer(gone)
    assert project.set_up(way).returncode == 0
    assert project.installed() == wanted(way)


def test_an_environment_whose_python_has_gone_is_made_again(project: Project) -> None:
    assert project.set_up("pip").returncode == 0
    python = environment.python_in(project.venv)
    python.unlink()
    python.symlink_to(project.folder / "gone")
    assert project.set_up("pip").returncode == 0
    assert subprocess.run([python, "-c", "import prickly"], check=False).returncode == 0


def test_two_at_once_fetch_once(project: Project, index: Index) -> None:
    started = [
        subprocess.Popen(project.command("pip"), env=project.environ(), stderr=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    said = [process.communicate()[1] for process in started]
    assert [process.returncode for process in started] == [0, 0]
    assert sum("Setting up" in each for each in said) == 1
    assert index.asked.count(f"/files/{MARKLESS.file}") == 1
    assert project.installed() == LOCKED


def without_an_entry(text: str) -> str:
    return text.replace(MARKLESS.entry, "")


def without_a_hash(text: str) -> str:
    return text.replace("==1.0 \\\n    --hash=", "==1.0\n    # --hash=", 1)


@pytest.mark.parametrize("break_it", [without_an_entry, without_a_hash])
def test_a_lock_that_is_not_whole_is_refused_before_anything_is_fetched(
    break_it: object, project: Project, index: Index
) -> None:
    assert callable(break_it)
    lock = project.lock_file("pip")
    whole = lock.read_text()
    lock.write_text(break_it(whole))
    assert lock.read_text() != whole
    done = project.set_up("pip")
    assert done.returncode == 1
    assert "requirements/pip.txt was changed since `make lock` wrote it" in done.stderr
    assert index.asked == []
    assert not project.venv.exists()


def test_a_lock_of_what_was_asked_for_before_is_refused(project: Project, index: Index) -> None:
    project.ask("pip", ["prickly", "surprise"])
    done = project.set_up("pip")
    assert done.returncode == 1
    assert "what pyproject.toml's group 'pip' asks for now" in done.stderr
    assert index.asked == []


def test_a_broken_lock_of_another_group_stops_nobody(project: Project) -> None:
    assert project.set_up("other").returncode == 0
    project.lock_file("other").write_text("")
    assert project.set_up("pip").returncode == 0
    assert project.installed() == LOCKED


SEALED_BUT_WRONG = {
    "is asked for and not in it": [COVERED.entry],
    "has no hash": ["prickly==1.0\n"],
    "is there for nowhere, which is not": [PRICKLY.entry, COVERED.entry.rstrip() + "\n    # via nowhere\n"],
    "which is not pinned": ["prickly>=1.0 \\\n    --hash=sha256:00\n"],
}


@pytest.mark.parametrize("complaint", SEALED_BUT_WRONG)
def test_a_lock_is_whole_or_says_who_is_missing(complaint: str, project: Project) -> None:
    entries = "".join(SEALED_BUT_WRONG[complaint])
    project.lock_file("pip").write_text(locks.sealed("pip", ("prickly",), entries))
    with pytest.raises(locks.LockError, match=complaint):
        locks.read("pip", project.folder)


@pytest.mark.parametrize("way", WAYS)
def test_a_package_with_another_content_is_told_apart(way: str, project: Project, index: Index) -> None:
    index.wheels[MARKLESS.file].content, kept = NEWER[3].content, MARKLESS.content
    try:
        done = project.set_up(way)
    finally:
        MARKLESS.content = kept
    assert_told(done, "another content than the one that is pinned")


@pytest.mark.parametrize("way", WAYS)
def test_a_package_that_the_index_does_not_have_is_told_apart(
    way: str, project: Project, index: Index
) -> None:
    del index.wheels[MARKLESS.file]
    assert_told(project.set_up(way), "cannot be had for this Python and machine", "markless")


@pytest.mark.parametrize("way", WAYS)
def test_without_a_network_it_says_so(way: str, project: Project) -> None:
    done = project.set_up(way, PIP_INDEX_URL=f"http://127.0.0.1:{closed_port()}/simple")
    assert_told(done, "the package index cannot be reached. Check the network")


@pytest.mark.parametrize("way", WAYS)
def test_a_dead_proxy_is_named(way: str, project: Project) -> None:
    done = project.set_up(
        way,
        PIP_INDEX_URL="https://index.invalid/simple",
        PIP_PROXY=f"http://127.0.0.1:{closed_port()}",
        NO_PROXY="",
        no_proxy="",
    )
    assert_told(done, "a proxy is set. Check the network, then whether the proxy answers")


def assert_told(done: subprocess.CompletedProcess[str], *sentences: str) -> None:
    assert done.returncode == 1
    assert "setup failed: " in done.stderr
    assert "Traceback" not in done.stderr
    for sentence in sentences:
        assert sentence in done.stderr
    assert len(done.stderr.splitlines()) < 8


def test_a_folder_that_cannot_be_written_is_named(project: Project, tmp_path: Path) -> None:
    if sys.platform == "linux" and os.geteuid() == 0:
        locked = Path("/sys/kernel")  # nothing else refuses root
    else:
        locked = tmp_path / "locked"
        locked.mkdir(mode=0o555)
    project.venv = locked / ".venv"
    done = project.set_up("pip")
    assert_told(done, "no permission to write", "make talk VENV=")


def test_a_folder_of_something_else_is_left_alone(project: Project) -> None:
    project.venv.mkdir()
    (project.venv / "thesis.txt").touch()
    assert_told(project.set_up("pip"), "holds something else than an environment")
    assert (project.venv / "thesis.txt").exists()


def test_a_full_disk_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device", str(tmp_path))

    monkeypatch.setattr("venv.create", full)
    assert environment.main([str(tmp_path / ".venv"), "lock"]) == 1
    assert "the disk is full" in capsys.readouterr().err
    assert "the disk is full" in installer.explained(
        "ERROR: Could not install: [Errno 28] No space left on device", {}
    )


def test_a_python_newer_than_tried_is_told_and_named_again_when_it_fails(
    project: Project, index: Index
) -> None:
    code = project.folder / "tools" / "setup" / "environment.py"
    code.write_text(code.read_text().replace("NEWEST = (3, 13)", "NEWEST = (3, 1)"))
    done = project.set_up("pip")
    assert done.returncode == 0
    assert "nobody has tried yet; 3.11, 3.12 and 3.13 were. Going on" in done.stderr
    index.wheels.clear()
    project.lock("pip", ["markless"], MARKLESS)
    assert "make setup PYTHON=python3.1" in project.set_up("pip").stderr
