"""`python -m mcp_server`, as people and assistants start it."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from mcp import Client, StdioServerParameters

from mcp_server.__main__ import main
from tests.mcp_server.people import Model, Person
from tests.mcp_server.serving import port

EVERYWHERE = "0.0.0.0"  # noqa: S104 - to be refused
ROOT = Path(__file__).parents[2]
COMMAND = ("-W", "ignore", "-m", "mcp_server")
STDIO = StdioServerParameters(command=sys.executable, args=[*COMMAND, "stdio"], cwd=ROOT)
GUARDED = ("--issuer", "https://login.example.org", "--resource", "https://guide.example.org/mcp")


@pytest.mark.parametrize(
    ("options", "why"),
    [
        ([], "required"),
        (["http", "--port", "70000"], "--port takes"),
        (["http", "--host", EVERYWHERE], "other machines need a token"),
        (["http", "--host", "::"], "other machines need a token"),
        (["http", "--host", "guide.example.org"], "address in numbers"),
        (["http", *GUARDED[:2]], "go together"),
        (["http", *GUARDED[2:]], "go together"),
        (
            ["http", "--issuer", "http://login.example.org", *GUARDED[2:]],
            "--issuer takes an https:// address",
        ),
        (["http", *GUARDED[:2], "--resource", "http://guide.example.org"], "--resource takes an https://"),
        (["http", "--scope", "guide"], "--scope is of tokens"),
        (["http", "--origin", "https://chat.example.org/page"], "--origin takes"),
        (["http", "--origin", "*"], "--origin takes"),
    ],
)
def test_options_that_will_not_do_are_refused(
    capsys: pytest.CaptureFixture[str], options: list[str], why: str
) -> None:
    with pytest.raises(SystemExit) as refused:
        main(options)
    assert refused.value.code == 2
    assert why in capsys.readouterr().err


def test_a_port_that_is_taken_is_named_with_what_to_do() -> None:
    with port() as taken:
        number = taken.getsockname()[1]
        with pytest.raises(SystemExit, match=rf"port {number} is in use.*make mcp-http PORT="):
            main(["http", "--port", str(number)])


@contextmanager
def http_server(*options: str) -> Iterator[str]:
    process = subprocess.Popen(
        [sys.executable, *COMMAND, "http", "--port", "0", *options],
        cwd=ROOT, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        assert process.stderr
        address = re.search(r"http://\S+", process.stderr.readline())
        assert address
        yield address[0]
    finally:
        process.send_signal(signal.SIGTERM)
        _, rest = process.communicate()
        assert rest == ""


async def emergency(client: Client) -> None:
    model = Model(client)
    await model.start("en-GB")
    await model.answer("yes")
    await model.call("own_words", words="it's numb down there")
    assert model.last["level"] == "emergency"
    assert "999" in model.last["say"]
    await model.call("stop")
    assert model.last["ended"]


@pytest.mark.slow
@pytest.mark.anyio
@pytest.mark.parametrize("mode", ["auto", "legacy"])
async def test_an_assistant_on_this_machine_holds_a_conversation(mode: str) -> None:
    async with Client(STDIO, mode=mode) as client:
        await emergency(client)


@pytest.mark.slow
@pytest.mark.anyio
@pytest.mark.parametrize("mode", ["auto", "legacy"])
async def test_over_standard_input_the_person_is_asked(mode: str) -> None:
    person = Person("yes", "yes")
    async with Client(STDIO, mode=mode, elicitation_callback=person) as client:
        model = Model(client)
        await model.start()
        await model.answer("no")
        assert (await model.answer("no"))["level"] == "emergency"


@pytest.mark.slow
@pytest.mark.anyio
@pytest.mark.parametrize("mode", ["auto", "legacy"])
async def test_over_http_it_is_the_same(mode: str) -> None:
    with http_server() as address:
        async with Client(address, mode=mode) as client:
            await emergency(client)


@pytest.mark.slow
def test_the_inspector_lists_and_calls_tools() -> None:
    inspector = os.environ.get("MCP_INSPECTOR") or shutil.which("mcp-inspector")
    if not inspector:
        pytest.skip("the inspector is not installed: npm i -g @modelcontextprotocol/inspector")

    def says(*options: str) -> str:
        command = [inspector, "--cli", sys.executable, *COMMAND, "stdio", *options]
        return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout

    assert "own_words" in says("--method", "tools/list")
    assert "911" in says("--method", "tools/call", "--tool-name", "start", "--tool-arg", "locale=en-US")
