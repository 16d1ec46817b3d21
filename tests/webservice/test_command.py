"""`python -m webservice`, as people and containers start it."""

from __future__ import annotations

import errno
import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest

from crampguide.triage import load_protocol
from simulator.device.echo import Device
from simulator.device.requests import SKILL_ID
from simulator.skill import here
from tests.fakes.certificate_server import encoded, sign
from tests.fakes.certificates import rsa_key
from tests.fakes.hosting import PATIENCE, launch
from webservice.port import FREE_AS_A_RULE, LAST, cannot_listen
from webservice.refusal import Reason

pytestmark = pytest.mark.slow

MOST_TURNS = 30
QUEUED = "Task queue depth"
"""Waitress warns of it even where its threads have only just been started, as on a busy machine."""
EVERYWHERE = "0.0.0.0"  # noqa: S104 - to be refused
ROOT = Path(__file__).parents[2]
Json = dict[str, Any]
Start = Callable[..., tuple["subprocess.Popen[str]", int]]


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-W", "ignore", "-m", "webservice", *arguments]


def environment(**changed: str) -> dict[str, str]:
    return {**{name: value for name, value in os.environ.items() if name != "SKILL_ID"}, **changed}


@pytest.fixture
def start() -> Iterator[Start]:
    """Starts it on a free port; the process and the port."""
    started: list[subprocess.Popen[str]] = []

    def run(*arguments: str, folder: Path = ROOT, **env: str) -> tuple[subprocess.Popen[str], int]:
        process = subprocess.Popen(
            command("--port", "0", *arguments),
            cwd=folder,
            env=environment(**env),
            stderr=subprocess.PIPE,
            text=True,
        )
        started.append(process)
        assert process.stderr
        first = process.stderr.readline()
        found = re.search(r"Serving on http://\S+:(\d+)$", first.strip())
        assert found, first
        return process, int(found[1])

    yield run
    for process in started:
        process.kill()
        process.communicate()


def post(port: int, body: bytes, headers: dict[str, str]) -> tuple[int, bytes]:
    connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    connection.request("POST", "/", body, headers)
    response = connection.getresponse()
    said = response.status, response.read()
    connection.close()
    return said


@pytest.mark.skipif(shutil.which("curl") is None, reason="no curl here, which the pages show")
@pytest.mark.parametrize("page", ["README.md", "docs/hosting.md"])
def test_the_request_that_the_pages_show_opens_the_skill(page: str, start: Start) -> None:
    """As it stands there, pasted into a shell; only the port is a free one."""
    shown = re.findall(
        r"^curl \S+/ -H .*?\}'$", (ROOT / page).read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL
    )
    assert len(shown) == 1
    _, port = start("--no-verify")
    pasted = shown[0].replace("127.0.0.1:8080", f"127.0.0.1:{port}")
    assert str(port) in pasted
    done = subprocess.run(["sh", "-c", pasted], capture_output=True, text=True, timeout=60, check=True)
    answer = json.loads(done.stdout)
    assert "Shall I check for warning signs?" in answer["response"]["outputSpeech"]["ssml"]
    assert answer["sessionAttributes"]["offer"] == "check"


def test_without_verification_a_conversation_is_what_it_is_on_lambda(start: Start) -> None:
    _, port = start("--no-verify")
    lambda_handler, turns = here().handler, []
    questions = load_protocol().questions

    def both(event: Json, context: object) -> Json:
        status, said = post(port, encoded(event), {"Content-Type": "application/json"})
        turns.append((status, json.loads(said), lambda_handler(event, context)))
        answered: Json = json.loads(said)
        return answered

    device = Device(both, "en-GB")
    turn = device.launch()
    while device.is_open and turn.attributes["level"] is None and len(turns) < MOST_TURNS:
        asked, offered = turn.attributes["asking"], turn.attributes["offer"]
        agreed = questions[asked].calmer == "yes" if asked else offered in {"check", "recap"}
        turn = device.intent("AMAZON.YesIntent" if agreed else "AMAZON.NoIntent")
    assert turn.attributes["level"] == "self_care"
    assert all(status == 200 and hosted == direct for status, hosted, direct in turns)


def test_with_verification_strangers_are_refused_in_one_line_each(start: Start) -> None:
    process, port = start(SKILL_ID=SKILL_ID)
    body = encoded(launch())
    assert post(port, body, {}) == (400, b"")
    assert post(port, body, sign(body, rsa_key("signer"), "https://example.com/echo.api/x.pem")) == (400, b"")
    process.send_signal(signal.SIGTERM)
    _, log = process.communicate(timeout=PATIENCE)
    told = [line for line in log.splitlines() if QUEUED not in line]
    lines = [json.loads(line[line.index("{") :]) for line in told]
    assert lines == [{"refused": Reason.HEADERS}, {"refused": Reason.ADDRESS}]


@pytest.mark.parametrize("asked", [signal.SIGTERM, signal.SIGINT])
def test_it_ends_when_it_is_asked_to(start: Start, asked: signal.Signals) -> None:
    process, _ = start("--no-verify")
    process.send_signal(asked)
    _, log = process.communicate(timeout=PATIENCE)
    assert (process.returncode, log) == (0, "")


def test_it_listens_on_the_newer_loopback_too(start: Start) -> None:
    _, port = start("--no-verify", "--host", "::1")
    connection = HTTPConnection("::1", port, timeout=PATIENCE)
    connection.request("GET", "/health")
    response = connection.getresponse()
    assert (response.status, json.loads(response.read())) == (200, {"status": "ok"})
    connection.close()


@pytest.mark.parametrize(
    ("arguments", "env", "says"),
    [
        pytest.param([], {}, "set SKILL_ID", id="no skill id"),
        pytest.param([], {"SKILL_ID": ""}, "set SKILL_ID", id="an empty skill id"),
        pytest.param(["--host", EVERYWHERE], {}, "set SKILL_ID", id="no skill id for everybody"),
        pytest.param(["--no-verify", "--host", EVERYWHERE], {}, "127.0.0.1 or ::1 only", id="anybody"),
        pytest.param(["--no-verify", "--host", "::"], {"SKILL_ID": "x"}, "127.0.0.1 or ::1 only", id="any"),
        pytest.param(["--no-verify", "--host", "example.com"], {}, "in numbers", id="a name"),
        pytest.param(["--port", "http"], {}, "invalid int value", id="a port that is no number"),
        pytest.param(["--port", "70000", "--no-verify"], {}, "0 to 65535", id="a port beyond all"),
    ],
)
def test_what_will_not_do_is_said_and_nothing_is_served(
    arguments: list[str], env: dict[str, str], says: str
) -> None:
    done = subprocess.run(
        command(*arguments),
        cwd=ROOT,
        env=environment(**env),
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert done.returncode == 2
    assert says in done.stderr


def test_a_port_that_is_taken_is_said_with_what_to_do(start: Start) -> None:
    _, port = start("--no-verify")
    done = subprocess.run(
        command("--no-verify", "--port", str(port)),
        cwd=ROOT,
        env=environment(),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr == (
        f"python -m webservice: port {port} is in use; stop what listens there, or take another port: "
        f"make serve PORT={port + 1 if port < LAST else FREE_AS_A_RULE}\n"
    )


@pytest.mark.parametrize(
    ("number", "port", "says"),
    [
        (
            errno.EADDRINUSE,
            8080,
            "port 8080 is in use; stop what listens there, or take another port: make x PORT=8081",
        ),
        (errno.EADDRINUSE, LAST, f"another port: make x PORT={FREE_AS_A_RULE}"),
        (
            errno.EACCES,
            80,
            "80 needs an administrator, as those below 1024 do; take another port: make x PORT=8090",
        ),
        (errno.EPERM, 80, "port 80 needs an administrator"),
        (errno.EADDRNOTAVAIL, 80, "10.0.0.1 is no address of this machine; give one that is with --host"),
        (
            errno.EMFILE,
            8080,
            "10.0.0.1 port 8080 cannot be had (Too many open files); take another port: make x",
        ),
    ],
)
def test_what_stands_in_the_way_of_listening_is_said(number: int, port: int, says: str) -> None:
    assert says in cannot_listen(OSError(number, os.strerror(number)), "10.0.0.1", port, "x")


def test_every_reason_is_explained() -> None:
    page = (ROOT / "docs" / "hosting.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^\| `(\w+)` \|", page, re.MULTILINE)) == {reason.value for reason in Reason}


def test_what_the_image_holds_is_enough(start: Start, tmp_path: Path) -> None:
    """The files that the image gets, without the rest of the repository around them."""
    recipe = (ROOT / "Containerfile").read_text(encoding="utf-8")
    copied = [line.split()[1:] for line in recipe.splitlines() if line.startswith("COPY ")]
    assert len(copied) == recipe.count("COPY ")
    for source in (each for *sources, _ in copied for each in sources):
        target = tmp_path / source
        target.parent.mkdir(parents=True, exist_ok=True)
        (shutil.copytree if (ROOT / source).is_dir() else shutil.copy)(ROOT / source, target)
    _, port = start("--no-verify", folder=tmp_path)
    status, said = post(port, encoded(launch()), {})
    assert (status, json.loads(said)) == (200, here().handler(launch(), None))
