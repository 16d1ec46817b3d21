"""What a fresh process loads for the handler: someone in pain waits for every cold start."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
HANDLER = ROOT / "lambda" / "lambda_function.py"
HEAVY_OR_FOREIGN = {
    "boto3",
    "botocore",
    "flask",
    "yaml",
    "mcp",
    "mcp_server",
    "simulator",
    "tools",
    "webservice",
}
FRESH = """
import sys
read = []
sys.addaudithook(lambda event, args: read.append(str(args[0])) if event == "open" else None)
from lambda_function import lambda_handler
print("TOML", *read)
read.clear()
session = {"new": True, "sessionId": "1", "attributes": {}}
request = {"type": "LaunchRequest", "requestId": "1", "locale": "en-GB", "timestamp": "2026-01-01T00:00:00Z"}
assert lambda_handler({"version": "1.0", "session": session, "request": request}, None)["response"]
print("TOML", *read)
"""
LATER = """
import sys, lambda_function
assert not {"dataclasses", "inspect", "zoneinfo"} & set(sys.modules)
import pprint
from dateutil import tz
from dateutil.tz import tzutc
assert not {"dataclasses", "zoneinfo"} & set(sys.modules)
assert pprint.pformat([1]) == "[1]" and "dataclasses" in sys.modules
assert tz.UTC == tzutc() == tz.tzutc()
assert not hasattr(pprint, "no_such_name")
"""


def test_a_fresh_import_loads_nothing_heavy_and_nothing_of_the_workshop() -> None:
    code = "import sys, lambda_function; print(*{name.partition('.')[0] for name in sys.modules})"
    loaded = subprocess.run(
        [sys.executable, "-c", code], cwd=HANDLER.parent, capture_output=True, text=True, check=True
    )
    assert "crampguide" in loaded.stdout.split()
    assert HEAVY_OR_FOREIGN.isdisjoint(loaded.stdout.split())


def run(code: str) -> str:
    command = [sys.executable, "-W", "error", "-W", "ignore:invalid escape", "-c", code]
    return subprocess.run(command, cwd=HANDLER.parent, capture_output=True, text=True, check=True).stdout


def test_a_start_reads_the_protocol_and_the_offers_and_a_first_turn_the_words_of_its_own_locale() -> None:
    at_start, in_turn = (
        {Path(name).name for name in line.split() if name.endswith(".toml")}
        for line in run(FRESH).splitlines()
    )
    assert at_start == {"protocol.toml", "offers.toml"}
    shared = {"commonwealth.toml", "gp.toml", "international.toml"}
    assert in_turn == {"en-GB.toml", "lines.toml", "offers.toml", *shared}


def test_what_the_sdk_only_mentions_is_loaded_when_it_is_used() -> None:
    run(LATER)


def test_the_handler_module_only_wires() -> None:
    """Of ours it imports the wiring alone; the import linter cannot follow a lone module."""
    tree = ast.parse(HANDLER.read_text(encoding="utf-8"))
    plain = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    named = {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    ours = {name for name in plain | named if name.partition(".")[0] not in sys.stdlib_module_names}
    assert ours == {"crampguide.alexa.skill"}


def test_garbage_is_collected_once_everything_is_loaded() -> None:
    assert (
        run("import gc, lambda_function; print(gc.isenabled(), gc.get_freeze_count() > 1000)")
        == "True True\n"
    )
