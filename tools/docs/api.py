"""Write the documentation of the public functions into build/api; a warning is an error.

With `--check` it is made and thrown away.
"""

from __future__ import annotations

import argparse
import contextlib
import re
import sys
import tempfile
import warnings
from collections.abc import Sequence
from pathlib import Path

import pdoc

from tools.version import NAME, version

ROOT = Path(__file__).parents[2]
PUBLIC = ("crampguide", "simulator", "webservice", "mcp_server", "!simulator.speaker")
"""Everything documented; the speaker is left out, for its packages come with `make speak`."""


def main(argv: list[str], modules: Sequence[str] = PUBLIC, to: Path = ROOT / "build" / "api") -> int:
    """Write the pages, or with ``--check`` only say what is wrong; 1 if anything is."""
    parser = argparse.ArgumentParser(prog="python -m tools api", description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing that stays")
    check = parser.parse_args(argv).check
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory())) if check else to
        try:
            write(modules, folder)
        except (Warning, RuntimeError) as problem:
            print(problem, file=sys.stderr)
            return 1
    if not check:
        print(f"wrote {folder.name}/index.html")
    return 0


def write(modules: Sequence[str], folder: Path) -> None:
    """Write a page for each public module of the packages; raises the first warning."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        # The SDK's own docstrings hold invalid escapes, and an import of it may compile them.
        warnings.filterwarnings("ignore", "invalid escape sequence")
        # The constructor of a NamedTuple keeps its types as text, and not the module that knows them.
        warnings.filterwarnings("ignore", r"Error parsing type annotation ForwardRef\(.*\.__init__")
        # What our classes inherit from a library is the library's to document.
        ours = "|".join(re.escape(name) for name in modules)
        warnings.filterwarnings("ignore", f"Error parsing type annotation .* for (?!{ours})")
        pdoc.render.configure(footer_text=f"{NAME} {version()}")
        pdoc.pdoc(*modules, output_directory=folder)
