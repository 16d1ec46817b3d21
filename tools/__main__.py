"""`python -m tools VERB ...` runs `main(argv)` of the module `tools.VERB` and exits with what it returns.

A module is a verb when it defines `main`; its docstring's first line is its help. Only the verb
that runs is imported, so a cheap check stays cheap.
"""

from __future__ import annotations

import ast
import importlib
import sys
from pathlib import Path

HERE = Path(__file__).parent
USAGE_ERROR = 2
SOURCE_ROOT = HERE.parent / "lambda"


def verbs() -> dict[str, str]:
    """Each verb with the first line of its module's docstring, in alphabetical order."""
    found = {}
    for path in sorted(HERE.glob("[a-z]*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        if any(isinstance(node, ast.FunctionDef) and node.name == "main" for node in tree.body):
            found[path.stem] = (ast.get_docstring(tree) or "").partition("\n")[0]
    return found


def usage() -> str:
    """The text of `--help`."""
    listing = "\n".join(f"  {name:<12} {line}" for name, line in verbs().items())
    return f"usage: python -m tools VERB [options]\n\n{listing}"


def main(argv: list[str]) -> int:
    """Run one verb; an unknown or missing one gets the list on standard error and 2."""
    if argv[:1] in (["-h"], ["--help"]):
        print(usage())
        return 0
    if not argv or argv[0] not in verbs():
        complaint = f"unknown verb: {argv[0]}\n" if argv else ""
        print(complaint + usage(), file=sys.stderr)
        return USAGE_ERROR
    sys.path.insert(0, str(SOURCE_ROOT))
    from crampguide.reviewed import DataError  # noqa: PLC0415
    from simulator.files import BrokenFileError  # noqa: PLC0415 - only a verb that runs needs more than this file

    try:
        status: int = importlib.import_module(f"tools.{argv[0]}").main(argv[1:])
    except (BrokenFileError, DataError) as broken:
        print(broken, file=sys.stderr)
        return 1
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
