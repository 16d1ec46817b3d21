"""The web service on the loopback, trusting only the authority of `tests.fakes.certificate_server`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from http.client import HTTPConnection
from threading import Thread
from typing import Any

from simulator.device.requests import SKILL_ID
from tests.fakes.certificate_server import Amazon, encoded, sign, written
from webservice.adapter import Handler
from webservice.app import create_app
from webservice.chain import Roots
from webservice.fetch import Fetcher
from webservice.gate import Gate
from webservice.keys import Keys
from webservice.server import make_server
from webservice.skill import load_handler

PATIENCE = 120
"""Seconds after which what hangs is given up; no busy machine takes as long."""

Json = dict[str, Any]


class Service:
    """A running web service for the simulator's skill id, and a client of it that can sign."""

    def __init__(self, amazon: Amazon, keys: Keys | None = None, handler: Handler | None = None) -> None:
        self.amazon = amazon
        self.keys = keys or keys_for(amazon)
        gate = Gate(self.keys, SKILL_ID)
        # Its published types lack what is used here.
        self._server: Any = make_server(create_app(handler or load_handler(), gate), "127.0.0.1", 0)
        self._thread = Thread(target=self._server.run)
        self._thread.start()
        self._idle: list[HTTPConnection] = []

    @property
    def port(self) -> int:
        """Where it listens, on 127.0.0.1."""
        return int(self._server.effective_port)

    def send(self, body: bytes, headers: Mapping[str, str]) -> tuple[int, bytes]:
        """POST it as it is; status and body of the response."""
        connection = (
            self._idle.pop() if self._idle else HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        )
        connection.request("POST", "/", body, dict(headers))
        response = connection.getresponse()
        status, said = response.status, response.read()
        if response.will_close:
            connection.close()
        else:
            self._idle.append(connection)
        return status, said

    def send_signed(self, event: Json) -> tuple[int, bytes]:
        """POST it as Alexa does."""
        body = encoded(event)
        return self.send(body, sign(body, self.amazon.key))

    def answer(self, event: Json) -> Json:
        """The answer to a request that is let in."""
        status, said = self.send_signed(event)
        if status != 200:
            raise RuntimeError(f"refused with {status}")
        answered: Json = json.loads(said)
        return answered

    def close(self) -> None:
        """Stop, and wait until it has."""
        for connection in self._idle:
            connection.close()
        self.keys.close()
        self._server.task_dispatcher.shutdown()
        # The server's own thread has to close it, once none of its workers wakes it any more.
        self._server.trigger.pull_trigger(self._server.close)
        self._thread.join()


def keys_for(amazon: Amazon, seconds: float = PATIENCE, **options: Any) -> Keys:  # noqa: ANN401 - as Keys has it
    """Keys that come from this Amazon, with a deadline in seconds and whatever else ``Keys`` takes."""
    fetch = Fetcher("localhost", amazon.port, amazon.trust(), seconds)
    return Keys(fetch, Roots(amazon.root.pem), **{"patience": seconds, **options})


def launch(**changed: object) -> Json:
    """A genuine launch of a moment ago, with these parts of the request changed."""
    owner = {"application": {"applicationId": SKILL_ID}, "user": {"userId": "amzn1.ask.account.TEST"}}
    common = {"requestId": "amzn1.echo-api.request.1", "timestamp": written(), "locale": "en-US"}
    return {
        "version": "1.0",
        "session": {"new": True, "sessionId": "amzn1.echo-api.session.1", "attributes": {}, **owner},
        "context": {"System": {**owner, "device": {"deviceId": "d", "supportedInterfaces": {}}}},
        "request": {"type": "LaunchRequest", **common, **changed},
    }
