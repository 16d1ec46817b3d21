"""Measure the web service beside a bare Flask app that calls the same handler: python -m tools bench_web.

Both run on the production server in a process of their own and get the same signed requests, those of a
conversation, from this one; the bare app looks at nothing. They take turns, and the medians are compared.
What counts is requests for a second of the server's processor time: it is what the server has to spend, and
the same whatever else the machine is doing.
"""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.client import HTTPConnection
from pathlib import Path
from statistics import median
from threading import Thread
from time import perf_counter, process_time
from typing import Any

from flask import Flask, Response, jsonify, request

from simulator.device.requests import SKILL_ID
from tests.fakes.certificate_server import Amazon, encoded, sign, written
from tests.fakes.hosting import keys_for
from tools import conversations
from webservice.adapter import Handler
from webservice.app import create_app
from webservice.gate import Gate
from webservice.server import make_server
from webservice.skill import load_handler

ROOT = Path(__file__).parents[2]
TARGET = 0.8
ROUNDS = 9
SECONDS = 0.7
CONNECTIONS = 4
SUCCESS = 200
PLAYED = "en-US/self_care_ordinary_cramp.toml"
Json = dict[str, Any]
Requests = list[tuple[bytes, dict[str, str]]]


def bare(handler: Handler) -> Flask:
    """The least that serves the handler."""
    app = Flask("bare")

    @app.post("/")
    def answer() -> Response:
        return jsonify(handler(request.get_json(), None))

    return app


def conversation() -> list[Json]:
    """The requests of a whole conversation, sent just now."""
    turns = conversations.play(conversations.read(conversations.FOLDER / PLAYED))
    events = [dict(turn.request) for _, turn in turns if turn.request]
    return [{**event, "request": {**event["request"], "timestamp": written()}} for event in events]


def serve(kind: str) -> None:
    """Serve one of the two until stopped; what is needed for requests to it goes to standard output."""
    logging.basicConfig(level=logging.WARNING)
    amazon, handler = Amazon(), load_handler()
    app = bare(handler) if kind == "bare" else create_app(handler, Gate(keys_for(amazon), SKILL_ID))
    app.add_url_rule("/spent", view_func=lambda: str(process_time()))
    server = make_server(app, "127.0.0.1", 0)
    bodies = [encoded(event) for event in conversation()]
    sent = [(body.decode(), sign(body, amazon.key)) for body in bodies]
    print(json.dumps({"port": int(getattr(server, "effective_port")), "sent": sent}), flush=True)  # noqa: B009
    server.run()


@contextmanager
def served(kind: str) -> Iterator[tuple[int, Requests]]:
    """One of the two in a process of its own: its port, and requests that it answers for two minutes."""
    command = [
        sys.executable,
        "-c",
        f"from tools.bench.report import web_service; web_service.serve({kind!r})",
    ]
    env = {**os.environ, "PYTHONPATH": str(ROOT / "lambda"), "LOG_LEVEL": "ERROR"}
    with subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603
        try:
            said = json.loads(process.stdout.readline() if process.stdout else "")
            yield said["port"], [(body.encode(), headers) for body, headers in said["sent"]]
        finally:
            process.terminate()


def throughput(port: int, requests: Requests, seconds: float = SECONDS) -> float:
    """Requests answered in a second of the server's time, asked over a few connections at once."""
    counts = [0] * CONNECTIONS
    end = perf_counter() + seconds

    def client(number: int) -> None:
        with closing(HTTPConnection("127.0.0.1", port, timeout=30)) as connection:
            while perf_counter() < end:
                body, headers = requests[counts[number] % len(requests)]
                connection.request("POST", "/", body, headers)
                response = connection.getresponse()
                response.read()
                if response.status != SUCCESS:
                    raise RuntimeError(f"answered with {response.status}")
                counts[number] += 1

    before = spent(port)
    threads = [Thread(target=client, args=(number,)) for number in range(CONNECTIONS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts) / (spent(port) - before)


def spent(port: int) -> float:
    """The seconds of processor time that a server has used so far."""
    with closing(HTTPConnection("127.0.0.1", port, timeout=30)) as connection:
        connection.request("GET", "/spent")
        return float(connection.getresponse().read())


def section() -> str:
    """Both throughputs and their ratio."""
    with served("bare") as (bare_port, bare_requests), served("verified") as (port, requests):
        throughput(bare_port, bare_requests)
        throughput(port, requests)
        pairs = [(throughput(bare_port, bare_requests), throughput(port, requests)) for _ in range(ROUNDS)]
    low, ours = median(pair[0] for pair in pairs), median(pair[1] for pair in pairs)
    ratio = median(pair[1] / pair[0] for pair in pairs)
    verdict = "met" if ratio >= TARGET else "MISSED"
    return (
        f"Web service with its chain cached, requests for a second of processor time: {ours:.0f},\n"
        f"bare Flask with the same handler: {low:.0f}; ratio {ratio:.2f}, target >= {TARGET}, {verdict}"
    )


def main(argv: list[str]) -> int:
    """Print the comparison; takes no options."""
    if argv:
        print("usage: python -m tools bench_web", file=sys.stderr)
        return 2
    print(section())
    return 0
