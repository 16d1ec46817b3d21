"""Draw the screens of a conversation as web pages, and as pictures where a Chromium is at hand.

`python -m tools screens FOLDER --only NAME` plays the conversations whose name holds NAME on a device with a
display, and writes one page for each reply and each kind of device. Without `--only` it writes `poses.html`,
every drawing.
`--pictures` puts a PNG beside each page. `--readme` draws the pictures of the README again, into FOLDER.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from crampguide.screen.build import whole
from crampguide.screen.data import drawn, screens
from crampguide.screen.drawing import graphic
from simulator.web.devices import Kind, displays, kinds
from tools import conversations
from tools.screens.apl_page import page

INTERFACES = {"Alexa.Presentation.APL": {"runtime": {"maxVersion": "2024.3"}}}
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
PROGRAM = "python -m tools screens"
README = {
    "question": ("emergency_saddle_numbness_volunteered_mid_check", 2),
    "exercise": ("relief_standing_calf_stretch", "standing_calf_stretch.lean"),
}
"""The pictures of the README: a conversation, and its reply by number or by what is drawn."""
_POSTER = Kind("poses", "", 1280, 1520)
ON = kinds()["small"]


def directives(path: Path) -> Iterator[Mapping[str, Any]]:
    """The screen of each reply of a conversation."""
    for _, given in conversations.play(conversations.read(path), interfaces=INTERFACES):
        yield from given.directives


def main(argv: list[str]) -> int:
    """Write the pages, and the pictures if they are asked for."""
    parser = argparse.ArgumentParser(prog=PROGRAM, description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only", default="", help="conversations whose name holds this")
    parser.add_argument(
        "--on", default="", help="one kind of device: " + ", ".join(kind.id for kind in displays())
    )
    parser.add_argument("--pictures", action="store_true", help="PNGs too; needs Chromium")
    parser.add_argument("--readme", action="store_true", help="the README's pictures alone; needs Chromium")
    given = parser.parse_args(argv)
    browser = _browser() if given.pictures or given.readme else ""
    given.folder.mkdir(parents=True, exist_ok=True)
    if given.readme:
        return _readme(given.folder, browser)
    written = [] if given.only else [(_write(given.folder / "poses.html", page(_poses(), _POSTER)), _POSTER)]
    for path in conversations.paths():
        if given.only and given.only in path.stem:
            written += _pages(path, given.folder, given.on)
    for file, viewport in written if given.pictures else ():
        _picture(browser, file, file.with_suffix(".png"), viewport)
    print(f"{len(written)} pages in {given.folder}")
    return 0


def _readme(folder: Path, browser: str) -> int:
    with TemporaryDirectory() as scratch:
        for name, (stem, wanted) in README.items():
            (path,) = (each for each in conversations.paths() if each.stem == stem)
            shown = next(
                each
                for number, each in enumerate(directives(path), 1)
                if wanted in (number, *(d["name"] for d in each["datasources"]["guide"].get("drawings", ())))
            )
            file = _write(Path(scratch) / f"{name}.html", page(shown, ON))
            _picture(browser, file, folder / f"{name}.png", ON, scale=0.75)
    return 0


def _pages(path: Path, folder: Path, on: str) -> Iterator[tuple[Path, Kind]]:
    for number, shown in enumerate(directives(path), 1):
        for viewport in displays():
            if on in {"", viewport.id}:
                name = f"{path.stem}-{number:02}-{shown['token']}-{viewport.id}.html"
                yield _write(folder / name, page(shown, viewport)), viewport


def _poses() -> Mapping[str, Any]:
    """A directive that shows every drawing with its name."""
    graphics = {name: graphic(name) for name in drawn()}
    ink = {"color": screens().colours.text, "fontSize": 16, "textAlign": "center"}
    size = {"width": _POSTER.width // 4, "height": 225}
    shown = [
        {
            "type": "Container",
            "width": size["width"],
            "items": [
                {"type": "VectorGraphic", "source": name, "accessibilityLabel": name, **size},
                {"type": "Text", "text": name, **ink},
            ],
        }
        for name in graphics
    ]
    main = {"type": "Container", "width": _POSTER.width, "direction": "row", "wrap": "wrap", "items": shown}
    return {"token": _POSTER.id, "document": whole(main, graphics), "datasources": {}}


def _write(file: Path, text: str) -> Path:
    file.write_text(text, encoding="utf-8")
    return file


def _browser() -> str:
    for name in BROWSERS:
        if found := shutil.which(name):
            return found
    names = ", ".join(BROWSERS)
    raise SystemExit(
        f"{PROGRAM}: pictures are drawn by Chromium, and none was found (looked for {names}). "
        "Install one, or leave --pictures out and open the pages in any browser."
    )


def _picture(browser: str, file: Path, picture: Path, viewport: Kind, scale: float = 1) -> None:
    flags = ("--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars")
    size = (f"--window-size={viewport.width},{viewport.height}", f"--force-device-scale-factor={scale}")
    command = [browser, *flags, *size, f"--screenshot={picture.resolve()}", file.resolve().as_uri()]
    subprocess.run(command, check=True, capture_output=True)  # noqa: S603
