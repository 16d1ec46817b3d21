"""Write the protocol's pages, diagram and PDF for reviewers; `--check` says what is stale.

They are made of the protocol and the words of the skill. The layout is in `tools/protocol/layout`.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

import jinja2
import typst

from simulator.files import read_toml
from tools.protocol import sheet

ROOT = Path(__file__).parents[2]
LAYOUT = Path(__file__).with_name("layout")
Pages = dict[str, bytes]


def pages(sheet: Mapping[str, Any]) -> Pages:
    """Each file by its path below ``docs``; the same sheet always gives the same bytes."""
    whole = read_toml(LAYOUT / "checklist.toml")["whole"]
    show = {
        **sheet,
        "whole": whole,
        "summary": read_toml(LAYOUT / "summary.toml")["part"],
        "by_id": {question["id"]: question for question in sheet["questions"]},
        "rules": {rule["id"]: rule for rule in sheet["combinations"]},
    }
    written = {"protocol.md": _page("protocol", show), "protocol-checklist.md": _page("checklist", show)}
    for level in sheet["levels"]:
        written[f"protocol-{level['name']}.md"] = _page("level", {**show, "level": level})
    return {
        **{name: text.encode() for name, text in written.items()},
        "images/protocol.svg": drawn("diagram", show, "svg"),
        "protocol.pdf": drawn("protocol", show, "pdf"),
    }


def drawn(layout: str, show: Mapping[str, Any], kind: Literal["pdf", "svg"]) -> bytes:
    """A layout of ``tools/protocol/layout``, drawn. Only the fonts that come with the library are used."""
    return typst.compile(
        LAYOUT / f"{layout}.typ",
        root=LAYOUT,
        ignore_system_fonts=True,
        format=kind,
        sys_inputs={"sheet": json.dumps(show, ensure_ascii=False)},
    )


def main(argv: list[str], docs: Path = ROOT / "docs") -> int:
    """Write the files, or with ``--check`` name those that are stale and return 1 if any is."""
    parser = argparse.ArgumentParser(prog="python -m tools protocol_pages", description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; say which files are stale")
    check = parser.parse_args(argv).check
    try:
        made = pages(sheet.sheet())
    except sheet.SheetError as error:
        print(error, file=sys.stderr)
        return 1
    stale = [name for name, page in made.items() if _read(docs / name) != page]
    for name in stale:
        if check:
            print(
                f"docs/{name}: not what the protocol and its words say now; run `make docs`", file=sys.stderr
            )
        else:
            (docs / name).parent.mkdir(parents=True, exist_ok=True)
            (docs / name).write_bytes(made[name])
            print(f"wrote docs/{name}")
    return int(check and bool(stale))


def _read(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None


def _page(layout: str, show: Mapping[str, Any]) -> str:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(LAYOUT),
        undefined=jinja2.StrictUndefined,
        trim_blocks=False,
        keep_trailing_newline=True,
        autoescape=False,  # noqa: S701 - these are Markdown pages of our own data
    )
    text = environment.get_template(f"{layout}.md.j2").render(show)
    return "\n".join(line.rstrip() for line in text.strip().splitlines()) + "\n"
