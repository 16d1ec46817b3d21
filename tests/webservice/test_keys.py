"""Keys are fetched once, kept within bounds, and a certificate server in trouble troubles nobody else."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler
from threading import Event
from types import MappingProxyType

import pytest

from tests.fakes.certificate_server import GOOD, HOST, Amazon, answer, encoded, sign
from tests.fakes.certificates import rsa_key
from tests.fakes.hosting import PATIENCE, Service, keys_for, launch
from webservice.keys import LONGEST_KEPT, MOST_FETCHES, MOST_KEPT, MOST_WAITING, Keys
from webservice.refusal import Reason, RefusedError

MANY = 40
NONE: Mapping[str, str] = MappingProxyType({})


class Clock:
    def __init__(self) -> None:
        self.now = datetime.now(UTC)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def keys(amazon: Amazon, clock: Clock) -> Iterator[Keys]:
    made = keys_for(amazon, clock=clock)
    yield made
    made.close()


class Held:
    """A file that comes when it is opened."""

    def __init__(self, amazon: Amazon) -> None:
        self.opened, self.amazon = Event(), amazon

    def __call__(self, to: BaseHTTPRequestHandler) -> None:
        self.opened.wait(PATIENCE)
        answer(to, 200, self.amazon.signer.chain)


def path_of(url: str) -> str:
    return url.removeprefix(HOST)


def test_a_chain_is_fetched_once(amazon: Amazon, keys: Keys) -> None:
    before = amazon.asked[GOOD]
    assert keys.key(GOOD).public_numbers() == keys.key(GOOD).public_numbers()
    assert amazon.asked[GOOD] == before + 1


def test_a_chain_is_fetched_again_after_a_while(amazon: Amazon, keys: Keys, clock: Clock) -> None:
    before = amazon.asked[GOOD]
    keys.key(GOOD)
    clock.now += LONGEST_KEPT - timedelta(seconds=1)
    keys.key(GOOD)
    assert amazon.asked[GOOD] == before + 1
    clock.now += timedelta(seconds=1)
    keys.key(GOOD)
    assert amazon.asked[GOOD] == before + 2


@pytest.mark.parametrize("expiring", ["signer", "intermediate"])
def test_a_key_is_not_used_beyond_any_date_of_its_chain(
    amazon: Amazon, keys: Keys, clock: Clock, expiring: str
) -> None:
    soon = (-1, 1 / 96)
    between = amazon.root.issue(
        amazon.between.key, common="Brief", is_ca=True, days=soon if expiring == "intermediate" else (-1, 9)
    )
    signer = between.issue(amazon.key, days=soon if expiring == "signer" else (-1, 9))
    path = path_of(amazon.serve(f"brief-{expiring}.pem", signer.chain))
    keys.key(path)
    clock.now += timedelta(minutes=16)
    with pytest.raises(RefusedError, match="chain"):
        keys.key(path)


def test_only_so_many_are_kept(amazon: Amazon, keys: Keys) -> None:
    paths = [path_of(amazon.serve(f"kept-{number}.pem", amazon.signer.chain)) for number in range(MOST_KEPT)]
    before = amazon.asked[GOOD]
    keys.key(GOOD)
    for path in paths[1:]:
        keys.key(path)
    keys.key(GOOD)
    assert amazon.asked[GOOD] == before + 1, "what is used is kept"
    keys.key(paths[0])
    keys.key(paths[1])
    assert [amazon.asked[path] for path in paths[:3]] == [1, 2, 1], "what was used least lately is let go"


def test_what_failed_is_not_kept(amazon: Amazon, keys: Keys) -> None:
    path = path_of(amazon.serve("late.pem", b""))
    with pytest.raises(RefusedError):
        keys.key(path)
    amazon.serve("late.pem", amazon.signer.chain)
    assert keys.key(path).key_size == amazon.key.key_size


def test_many_wait_for_one_fetch(amazon: Amazon, keys: Keys) -> None:
    gate = Held(amazon)
    path = path_of(amazon.serve("shared.pem", gate))
    with ThreadPoolExecutor(MOST_WAITING) as pool:
        waiting = [pool.submit(keys.key, path) for _ in range(MOST_WAITING)]
        gate.opened.set()
        assert all(one.result(20) for one in waiting)
    assert amazon.asked[path] == 1


def test_only_so_many_are_fetched_at_a_time(amazon: Amazon) -> None:
    gate, keys = Held(amazon), keys_for(amazon, patience=0.01)
    paths = [path_of(amazon.serve(f"slow-{number}.pem", gate)) for number in range(MOST_FETCHES + 1)]
    for path in paths[:-1]:
        with pytest.raises(RefusedError, match="fetch"):
            keys.key(path)
    with pytest.raises(RefusedError, match="busy"):
        keys.key(paths[-1])
    assert amazon.asked[paths[-1]] == 0
    gate.opened.set()
    keys.close()


def test_a_dead_certificate_server_holds_nobody_up(amazon: Amazon, caplog: pytest.LogCaptureFixture) -> None:
    gate, keys = Held(amazon), keys_for(amazon, 20)
    url = amazon.serve("dead.pem", gate)
    with closing(Service(amazon, keys)) as service, ThreadPoolExecutor(MANY) as pool, opening(gate):
        assert service.send_signed(launch())[0] == 200, "the chain that Alexa uses is known"
        sent = as_completed([pool.submit(post, service.port, url) for _ in range(MANY)], 15)
        # As many as may wait do; the others are refused at once.
        refused = [next(sent).result() for _ in range(MANY - MOST_WAITING)]
        assert service.send_signed(launch())[0] == 200
        assert request(service.port, "GET", "/health") == 200
        gate.opened.set()
        answered = [one.result() for one in sent]
    assert set(refused) == {400}
    assert answered == [200] * MOST_WAITING
    lines = [record.getMessage() for record in caplog.records if record.name == "crampguide.webservice"]
    assert lines == [json.dumps({"refused": Reason.BUSY})] * len(refused)


@contextmanager
def opening(gate: Held) -> Iterator[None]:
    """Whatever fails, nobody is kept waiting."""
    try:
        yield
    finally:
        gate.opened.set()


def post(port: int, url: str) -> int:
    body = encoded(launch())
    return request(port, "POST", "/", body, sign(body, rsa_key("signer"), url))


def request(port: int, method: str, path: str, body: bytes = b"", headers: Mapping[str, str] = NONE) -> int:
    with closing(HTTPConnection("127.0.0.1", port, timeout=PATIENCE)) as connection:
        connection.request(method, path, body, dict(headers))
        response = connection.getresponse()
        response.read()
        return response.status
