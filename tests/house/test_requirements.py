"""What is installed is pinned by hash, whole, and there for a reason."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

import pytest
from packaging.markers import default_environment
from packaging.requirements import Requirement

from tools.release import dependencies
from tools.setup import installer, lock, locks

ROOT = Path(__file__).parents[2]
GROUPS = sorted(locks.groups())
NPM_LOCK = ROOT / "tools" / "release" / "cli" / "package-lock.json"
PLATFORMS = [
    {
        "sys_platform": system,
        "platform_system": name,
        "python_version": f"3.{minor}",
        "python_full_version": f"3.{minor}.9",
    }
    for system, name in (("linux", "Linux"), ("darwin", "Darwin"))
    for minor in (11, 12, 13)
]


@pytest.mark.parametrize("group", GROUPS)
def test_every_package_has_a_reason(group: str) -> None:
    written = re.search(
        rf"^{group} = \[.*\n((?:  .*\n)*)\]", locks.PROJECT.read_text(encoding="utf-8"), re.MULTILINE
    )
    assert written
    named = re.findall(r'^  "', written[1], re.MULTILINE)
    assert len(dependencies.asked(group)) == len(named) > 0
    assert [reason for _, reason in dependencies.asked(group) if len(reason) < 6] == []


def test_every_lock_is_whole_and_from_what_is_asked_for_now() -> None:
    assert lock.problems() == []
    assert {path.stem for path in (ROOT / "requirements").iterdir()} == {*GROUPS} - {locks.SHIPPED}


@pytest.mark.parametrize("group", GROUPS)
def test_a_lock_names_no_index(group: str) -> None:
    assert not re.search(
        r"https?://|index-url|find-links|file:", locks.path_of(group).read_text(encoding="utf-8")
    )


@pytest.mark.parametrize(
    "platform", PLATFORMS, ids=lambda each: f"{each['sys_platform']}-{each['python_version']}"
)
@pytest.mark.parametrize("group", GROUPS)
def test_everything_that_a_locked_package_needs_is_locked(group: str, platform: dict[str, str]) -> None:
    """By what the installed packages say; `make installs` looks at those that are not installed here."""
    environment = {**{name: str(value) for name, value in default_environment().items()}, **platform}
    locked = {
        pin.name
        for pin in locks.read(group)
        if not pin.marker or Requirement(f"{pin.name} ; {pin.marker}").marker.evaluate(environment)  # type: ignore[union-attr]
    }
    seen: set[tuple[str, str]] = set()
    todo = [Requirement(each) for each in locks.groups()[group]]
    while todo:
        asked = todo.pop()
        name = locks.normal(asked.name)
        assert name in locked, f"{asked} is needed"
        for extra in {"", *asked.extras}:
            if (name, extra) not in seen:
                seen.add((name, extra))
                todo += needs(name, {**environment, "extra": extra})
    assert seen


def needs(name: str, environment: dict[str, str]) -> Iterator[Requirement]:
    try:
        asked = metadata.requires(name) or []
    except metadata.PackageNotFoundError:
        return
    for each in map(Requirement, asked):
        if each.marker is None or each.marker.evaluate(environment):
            yield each


def test_a_conversation_needs_few_packages() -> None:
    assert len({pin.name for pin in locks.read("talk")}) <= 20


def test_what_is_compiled_is_locked_for_every_platform() -> None:
    """A lock made from a mirror that has this machine's files alone would bar everybody else."""
    compiled = {"rapidfuzz", "markupsafe", "charset-normalizer"}
    few = {
        pin.name: len(pin.hashes)
        for pin in locks.read("talk")
        if pin.name in compiled and len(pin.hashes) < 30
    }
    assert few == {}


def test_groups_that_share_an_environment_agree() -> None:
    pins = {group: locks.read(group) for group in GROUPS}
    assert locks.disagreements(pins) == []
    odd = [locks.Pin("six", "0.1", "", (), ())]
    assert locks.disagreements({**pins, "lock": odd})[0].startswith("six is 1.")


def test_the_check_says_what_is_stale(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert lock.main(["--check"]) == 0
    assert capsys.readouterr() == ("", "")
    changed = tmp_path / "pyproject.toml"
    changed.write_text(locks.PROJECT.read_text(encoding="utf-8").replace('"flask",  ', '"flask>=9",  ', 1))
    (tmp_path / "lambda").symlink_to(ROOT / "lambda")
    (tmp_path / "requirements").symlink_to(ROOT / "requirements")
    monkeypatch.setattr(lock, "ROOT", tmp_path)
    assert lock.main(["--check"]) == 1
    said = capsys.readouterr().err
    assert (
        "requirements/talk.txt was not written from what pyproject.toml's group 'talk' asks for now" in said
    )
    assert "requirements/lock.txt" not in said


def test_a_lock_is_made_for_everybody_not_from_what_this_machine_adds(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ("PIP_EXTRA_INDEX_URL", "PIP_FIND_LINKS", "UV_INDEX"):
        monkeypatch.setenv(name, "file:///here")
    monkeypatch.setenv("PIP_INDEX_URL", "http://everybody.invalid/simple")
    environ = lock.environ()
    assert environ["UV_DEFAULT_INDEX"] == "http://everybody.invalid/simple"
    assert not {"UV_INDEX", "UV_FIND_LINKS"} & environ.keys()


def test_the_container_installs_exactly_what_is_locked() -> None:
    install = re.search(r"pip install (.*)", (ROOT / "Containerfile").read_text(encoding="utf-8"))
    assert install
    assert set(installer.EXACTLY) <= set(install[1].split())
    assert "requirements/webservice.txt" in install[1]


def test_nothing_else_installs() -> None:
    """Every other file leaves installing to `tools/setup/installer.py`."""
    files = [ROOT / "Makefile", ROOT / ".ci" / "run", *(ROOT / "tools").rglob("*.py")]
    found = {
        path.name
        for path in files
        if re.search(r"pip\W{1,6}(install|sync)\b", path.read_text(encoding="utf-8"))
    }
    assert found <= {"installer.py"}


def test_the_npm_lock_holds_versions_and_hashes_and_names_no_registry() -> None:
    """Links to homes of projects are the only addresses in it."""
    packages = json.loads(NPM_LOCK.read_text(encoding="utf-8"))["packages"]
    pinned = {name: entry for name, entry in packages.items() if name}
    assert "node_modules/ask-cli" in pinned
    assert {name for name, entry in pinned.items() if not entry["integrity"].startswith("sha512-")} == set()
    assert {name for name, entry in pinned.items() if "resolved" in entry} == set()
