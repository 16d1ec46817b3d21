from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

from tools.docs import icons

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("size", icons.SIZES)
def test_each_icon_is_a_png_of_its_size_and_what_the_drawing_draws(size: int) -> None:
    written = icons.path(size).read_bytes()
    assert written[:8] == b"\x89PNG\r\n\x1a\n"
    assert [int.from_bytes(written[at : at + 4], "big") for at in (16, 20)] == [size, size]
    assert written == icons.icon(size)


def test_the_manifest_names_icons_that_exist() -> None:
    manifest = json.loads((ROOT / "skill.json").read_text(encoding="utf-8"))["manifest"]
    for texts in manifest["publishingInformation"]["locales"].values():
        for key, size in (("smallIconUri", 108), ("largeIconUri", 512)):
            match = re.fullmatch(r"file://assets/images/(.+)", texts[key])
            assert match
            assert match[1] == icons.path(size).name


def test_a_stale_icon_is_named_and_written_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for file in icons.FOLDER.iterdir():
        shutil.copy(file, tmp_path)
    monkeypatch.setattr(icons, "FOLDER", tmp_path)
    drawing = tmp_path / "icon.svg"
    drawing.write_text(drawing.read_text(encoding="utf-8").replace("#12384a", "#000000"), encoding="utf-8")
    assert icons.main(["--check"]) == 1
    assert "icon-108.png" in capsys.readouterr().err
    assert icons.main([]) == 0
    assert icons.main(["--check"]) == 0
