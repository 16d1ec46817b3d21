"""What the page's server lets in, keeps and tells."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from simulator.skill import Handler, here
from simulator.web.app import create_app
from simulator.web.talks import MOST
from tools.simulated.diagram import diagram

ROOT = Path(__file__).parents[3]
Json = dict[str, Any]

BEGIN = {"locale": "en-US", "device": "medium"}


class Client:
    """Sends what a browser, or somebody else, could send."""

    def __init__(self, address: str) -> None:
        self.netloc = urlsplit(address).netloc

    def send(self, path: str, body: object = None, **headers: str) -> tuple[int, Any, dict[str, str]]:
        connection = HTTPConnection(self.netloc, timeout=120)
        raw = body if isinstance(body, bytes) else None if body is None else json.dumps(body).encode()
        method = "GET" if body is None else "POST"
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, raw, {"Content-Type": "application/json", **named})
        response = connection.getresponse()
        text = response.read().decode()
        given = json.loads(text) if "json" in (response.getheader("Content-Type") or "") else text
        connection.close()
        return response.status, given, dict(response.getheaders())

    def begin(self, **change: str) -> str:
        status, given, _ = self.send("/talks", {**BEGIN, **change})
        assert status == 200
        return f"/talks/{given['talk']}"


@pytest.fixture
def client(address: str) -> Client:
    return Client(address)


def test_the_page_may_load_nothing_from_elsewhere(client: Client) -> None:
    status, text, headers = client.send("/")
    assert status == 200
    assert re.findall(r'(?:src|href)="(?!static/|#)', text) == []
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert headers["Cache-Control"] == "no-store"
    assert "Access-Control-Allow-Origin" not in headers


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:80", "127.0.0.1.evil.example", "localhost.evil.example", ""]
)
@pytest.mark.parametrize("path", ["/", "/bench", "/static/main.js"])
def test_another_name_for_this_machine_is_refused(client: Client, host: str, path: str) -> None:
    status, text, _ = client.send(path, Host=host)
    assert status == 400
    assert "Leg Cramp" not in str(text)


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "http://127.0.0.1:1", "https://127.0.0.1"])
def test_a_page_of_another_site_is_refused(client: Client, origin: str) -> None:
    assert client.send("/talks", BEGIN, Origin=origin)[0] == 403
    assert client.send("/talks", BEGIN, Origin=f"http://{client.netloc}")[0] == 200


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("/talks", b"{", 400),
        ("/talks", [], 400),
        ("/talks", {}, 400),
        ("/talks", {**BEGIN, "locale": "xx-XX"}, 400),
        ("/talks", {**BEGIN, "locale": "../en-US"}, 400),
        ("/talks", {**BEGIN, "device": "hologram"}, 400),
        ("/talks/unknown/say", {"words": "yes"}, 404),
        ("/talks/unknown/launch", {}, 404),
        ("say", {"words": ""}, 400),
        ("say", {"words": 3}, 400),
        ("say", {"words": "a" * 401}, 400),
        ("say", {"words": "a" * 70_000}, 413),
        ("touch", {"arguments": "yes", "label": "Yes"}, 400),
        ("test", {"name": " ", "why": "x"}, 400),
        ("test", {"name": "n", "why": "w"}, 200),
        ("replay", {}, 200),
    ],
)
def test_what_makes_no_sense_is_refused(client: Client, path: str, body: object, status: int) -> None:
    whole = path if path.startswith("/") else f"{client.begin()}/{path}"
    got, given, _ = client.send(whole, body)
    assert got == status
    assert set(given) == {"problem"}


def test_a_form_of_another_site_cannot_talk(client: Client) -> None:
    talk = client.begin()
    assert client.send(f"{talk}/say", {"words": "yes"}, Content_Type="text/plain")[0] == 415


def test_odd_signs_are_heard_without_harm(client: Client) -> None:
    talk = client.begin()
    client.send(f"{talk}/launch", {})
    status, turn, _ = client.send(f"{talk}/say", {"words": "ja \x00\u202e\ud800 \U0001f9b5 nein"})
    assert status == 200
    assert turn["listening"] is True


def test_what_was_said_is_written_nowhere(
    client: Client, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level("DEBUG")
    talk = client.begin()
    client.send(f"{talk}/launch", {})
    client.send(f"{talk}/say", {"words": "it's numb down there"})
    client.send(f"{talk}/say", {"words": "x" * 500})
    out, err = capfd.readouterr()
    written = caplog.text + out + err
    assert [word for word in ("numb", "xxxx", "emergency") if word in written] == []


def test_a_conversation_is_gone_when_it_is_left(client: Client) -> None:
    talk = client.begin()
    assert client.send(f"{talk}/leave", b"", Content_Type="text/plain")[0] == 200
    assert client.send(f"{talk}/launch", {})[0] == 404


def test_no_more_than_a_few_conversations_are_held(client: Client) -> None:
    first, second = client.begin(), client.begin()
    for _ in range(MOST - 2):
        client.begin()
    assert client.send(f"{first}/launch", {})[0] == 200
    client.begin()
    assert client.send(f"{first}/say", {"words": "yes"})[0] == 200
    assert client.send(f"{second}/launch", {})[0] == 404


def failing(_event: Json, _context: object) -> Json:
    raise ValueError("broken on purpose")


def silly(_event: Json, _context: object) -> Json:
    return {"version": "1.0", "response": {"outputSpeech": {"type": "SSML", "ssml": "<speak>a & b</speak>"}}}


@pytest.mark.parametrize(("handler", "why"), [(failing, "broken on purpose"), (silly, "no XML")])
def test_a_skill_that_fails_is_shown_with_its_request(handler: Handler, why: str) -> None:
    client = create_app(here(), "id", handler=handler).test_client()
    talk = client.post("/talks", json=BEGIN).json
    assert talk
    turn = client.post(f"/talks/{talk['talk']}/launch", json={}).json
    assert turn
    assert why in turn["failed"]
    assert turn["request"]["request"]["type"] in {"LaunchRequest", "SessionEndedRequest"}


def test_a_touch_that_says_something_else_than_its_label_is_not_saved_as_a_test() -> None:
    client = create_app(here(), "id").test_client()
    given = client.post("/talks", json=BEGIN).json
    assert given
    talk = f"/talks/{given['talk']}"
    turn = client.post(f"{talk}/launch", json={}).json
    assert turn
    shown = turn["directives"][0]["datasources"]["guide"]["turn"]
    client.post(f"{talk}/touch", json={"arguments": ["check", shown], "label": "Tell me about the weather"})
    refused = client.post(f"{talk}/test", json={"name": "n", "why": "w"})
    assert "turn 2, 'tell me about the weather', was touched" in (refused.json or {})["problem"]


def test_the_diagram_holds_every_question_below_what_opens_it() -> None:
    drawn = diagram()
    questions = {each["id"]: each for each in drawn["questions"]}
    assert next(iter(questions)) == "chest_or_breathing"
    assert questions["stroke_signs"]["under"] == "leg_getting_weaker"
    assert questions["leg_tingling"]["under"] is None
    assert questions["pain_below_knee"]["when"] == "P1 yes"
    assert {each["under"] for each in questions.values()} <= {None, *questions}
    assert all(each["level"] in drawn["levels"] for each in drawn["combinations"])


@pytest.fixture
def command() -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [sys.executable, "-m", "simulator", "web", "--port", "0", "--locale", "en-GB"],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    yield process
    process.kill()
    process.wait()
    if process.stdout:
        process.stdout.close()


def test_the_command_serves_the_page_and_logs_no_request(command: subprocess.Popen[str]) -> None:
    assert command.stdout
    found = re.search(r"http://127\.0\.0\.1:\d+/", command.stdout.readline())
    assert found
    with urllib.request.urlopen(f"{found[0]}bench") as response:  # noqa: S310 - the address was just printed
        assert json.load(response)["locale"] == "en-GB"
    command.terminate()
    assert command.stdout.read() == ""


@pytest.mark.parametrize("port", ["-1", "65536", "x"])
def test_a_port_that_is_none_is_refused(port: str) -> None:
    run = subprocess.run(
        [sys.executable, "-m", "simulator", "web", "--port", port],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 2
    assert "0 to 65535" in run.stderr


def test_a_port_that_is_taken_is_said(client: Client) -> None:
    run = subprocess.run(
        [sys.executable, "-m", "simulator", "web", "--port", client.netloc.partition(":")[2]],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 1
    port = int(client.netloc.partition(":")[2])
    expected = f"port {port} is in use; stop what listens there, or take another port: make web PORT="
    assert run.stderr.startswith(f"python -m simulator: {expected}")
    assert "Traceback" not in run.stderr
