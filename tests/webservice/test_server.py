"""What reaches no handler, and what a handler raises: refused with 400, one line, and not a word more."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from crampguide.speech import catalogue
from simulator.skill import here
from tests.fakes.certificate_server import Amazon
from tests.fakes.hosting import PATIENCE, Service, keys_for, launch
from webservice.refusal import Reason

ROOT = Path(__file__).parents[2]
SAID = "what the person said"
RAW = {
    "a body of ten gigabytes": b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10000000000\r\n\r\n",
    "a length that is no number": b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: ten\r\n\r\n",
    "headers without end": b"POST / HTTP/1.1\r\n" + b"X: y\r\n" * 60_000,
    "no http": b"\x16\x03\x01 hello\r\n\r\n",
    "two ways to end": b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip\r\n\r\n",
}


@pytest.mark.parametrize("sent", RAW.values(), ids=RAW)
def test_what_the_server_itself_cannot_read(
    service: Service, caplog: pytest.LogCaptureFixture, sent: bytes
) -> None:
    with socket.create_connection(("127.0.0.1", service.port), timeout=PATIENCE) as connection:
        connection.sendall(sent)
        said = connection.recv(4096)
    assert said.startswith((b"HTTP/1.0 400 ", b"HTTP/1.1 400 "))
    lines = [json.loads(record.getMessage()) for record in caplog.records]
    assert [line["refused"] for line in lines] == [Reason.HTTP]
    assert lines[0]["error"].encode() not in said


def test_a_client_that_dawdles_holds_no_thread(service: Service) -> None:
    dawdling = [socket.create_connection(("127.0.0.1", service.port), timeout=PATIENCE) for _ in range(30)]
    for connection in dawdling:
        connection.sendall(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{")
    assert service.send_signed(launch())[0] == 200
    for connection in dawdling:
        connection.close()


def test_a_handler_that_raises_is_one_line_and_no_trace(
    amazon: Amazon, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(event: dict[str, Any], context: object) -> dict[str, Any]:
        raise LookupError(f"{SAID}: {event['request']} {context}")

    with closing(Service(amazon, handler=broken)) as service:
        assert service.send_signed(launch(note=SAID)) == (400, b"")
    assert [(record.getMessage(), record.exc_info) for record in caplog.records] == [
        (json.dumps({"refused": Reason.ERROR, "error": "LookupError"}), None)
    ]


def test_a_conversation_leaves_ids_and_durations_in_the_log_and_nothing_else(
    service: Service, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    welcome = service.answer(launch())
    event = launch(type="IntentRequest", intent={"name": "AMAZON.YesIntent"}, note=SAID)
    event["session"]["attributes"] = welcome["sessionAttributes"]
    service.answer(event)
    lines = [json.loads(record.getMessage()) for record in caplog.records]
    assert [set(line) for line in lines] == [{"request", "type", "intent", "asks", "ms"}] * 2
    assert SAID not in caplog.text
    assert "amzn1.ask.account" not in caplog.text


def test_many_at_once_get_what_each_would_get_alone(amazon: Amazon) -> None:
    """Lambda sends one request at a time; here they come together, the very first ones too."""
    intents = ["AMAZON.HelpIntent", "TipsIntent", "CrampNowIntent", "LearnIntent", "WhenToSeekHelpIntent"]
    events = [
        launch(type="IntentRequest", locale=locale, intent={"name": name})
        for name in intents
        for locale in ("en-US", "en-GB")
    ]
    alone = [here().handler(json.loads(json.dumps(event)), None) for event in events]
    services = [Service(amazon, keys_for(amazon)) for _ in range(8)]
    switch = sys.getswitchinterval()
    try:
        sys.setswitchinterval(1e-6)
        for _ in range(5):
            catalogue.catalogue_for.cache_clear()
            with ThreadPoolExecutor(len(services)) as pool:
                together = list(pool.map(lambda one: [one.answer(event) for event in events], services))
            assert together == [alone] * len(services)
    finally:
        sys.setswitchinterval(switch)
        for one in services:
            one.close()


def test_the_package_that_fails_beside_new_openssl_is_never_loaded() -> None:
    code = (
        "import sys, webservice.app; print(*(n for n in sys.modules if n.startswith(('certv', 'oscrypto'))))"
    )
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == ""
