"""Write the skill's icons from assets/icon.svg, or with --check see that they are fresh.

Amazon wants PNGs of 108 and 512 pixels. The renderer is pinned, so the same drawing gives the same bytes.
"""

from __future__ import annotations

import sys
from pathlib import Path

import resvg_py

FOLDER = Path(__file__).parents[2] / "assets"
SIZES = (108, 512)


def icon(size: int) -> bytes:
    """The icon as a PNG of that many pixels a side."""
    drawing = (FOLDER / "icon.svg").read_text(encoding="utf-8")
    return bytes(resvg_py.svg_to_bytes(svg_string=drawing, width=size, height=size, skip_system_fonts=True))


def path(size: int) -> Path:
    """The path it is kept at."""
    return FOLDER / f"icon-{size}.png"


def main(argv: list[str]) -> int:
    """Write both; with --check name those that are stale and exit 1 if there are any."""
    if argv not in ([], ["--check"]):
        print("usage: python -m tools icons [--check]", file=sys.stderr)
        return 2
    stale = [size for size in SIZES if not path(size).is_file() or path(size).read_bytes() != icon(size)]
    for size in stale:
        if argv:
            print(f"{path(size).name} is not what icon.svg draws; `make docs` writes it", file=sys.stderr)
        else:
            path(size).write_bytes(icon(size))
    return 1 if argv and stale else 0
