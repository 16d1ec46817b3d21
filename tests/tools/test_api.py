"""The documentation of the public functions."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tools.docs import api


def test_a_page_is_written_for_each_public_module(tmp_path: Path) -> None:
    assert api.main([], ["crampguide.triage"], tmp_path) == 0
    page = (tmp_path / "crampguide" / "triage.html").read_text(encoding="utf-8")
    assert "next_step" in page


def test_a_warning_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "undocumentable.py").write_text("def at(place: 'Nowhere') -> None: ...\n", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    assert api.main(["--check"], ["undocumentable"], tmp_path / "out") == 1
    sys.modules.pop("undocumentable", None)
    assert "Nowhere" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()
