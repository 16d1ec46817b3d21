"""The list of dependencies: complete, and true to what the packages say of themselves."""

from __future__ import annotations

from importlib import metadata

import pytest

from tools.release import dependencies

ASKED = sorted(
    {package for group in dependencies.GROUPS.values() for package, _ in dependencies.asked(group)}
)
WORDS = {
    "BSD-3-Clause": "BSD",
    "BSD-2-Clause": "BSD",
    "ZPL-2.1": "Zope",
    "PSF-2.0": "Python Software",
    "MPL-2.0": "MPL",
}
"""How packages call a licence that they do not give by its SPDX name."""


def test_the_page_is_fresh_and_names_every_package(capsys: pytest.CaptureFixture[str]) -> None:
    assert dependencies.main(["--check"]) == 0, capsys.readouterr().err
    page = dependencies.PAGE.read_text(encoding="utf-8")
    assert all(f"| {package} |" in page for package in ASKED)
    assert len(ASKED) > 30


@pytest.mark.parametrize("package", ASKED)
def test_a_licence_is_the_one_the_package_states(package: str) -> None:
    ours = dependencies.licences()[package]
    try:
        stated = " ".join(dependencies.stated(package))
    except metadata.PackageNotFoundError:
        stated = ""
    names = [WORDS.get(each, each.split("-")[0]) for each in ours.split(" OR ")]
    assert not stated or any(name in stated for name in names)


def test_a_stale_page_is_told(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(dependencies, "page", lambda: "another")
    assert dependencies.main(["--check"]) == 1
    assert "run `python -m tools dependencies`" in capsys.readouterr().err
