"""What a fresh process loads for the handler: someone in pain waits for every cold start."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
HANDLER = ROOT / "lambda" / "lambda_function.py"
HEAVY_OR_FOREIGN = {"boto3", "botocore", "flask", "yaml", "simulator", "tools", "webservice"}


def test_a_fresh_import_loads_nothing_heavy_and_nothing_of_the_workshop() -> None:
    code = "import sys, lambda_function; print(*{name.partition('.')[0] for name in sys.modules})"
    loaded = subprocess.run(
        [sys.executable, "-c", code], cwd=HANDLER.parent, capture_output=True, text=True, check=True
    )
    assert "crampguide" in loaded.stdout.split()
    assert HEAVY_OR_FOREIGN.isdisjoint(loaded.stdout.split())


def test_the_handler_module_only_wires() -> None:
    """Of ours it imports the wiring alone; the import linter cannot follow a lone module."""
    tree = ast.parse(HANDLER.read_text(encoding="utf-8"))
    plain = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    named = {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    ours = {name for name in plain | named if name.partition(".")[0] not in sys.stdlib_module_names}
    assert ours == {"crampguide.voice.skill"}
