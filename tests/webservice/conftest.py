"""A web service on the loopback, and an Amazon of its own that it trusts."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterator, Mapping

import pytest

from tests.fakes.certificate_server import Amazon
from tests.fakes.hosting import Service
from webservice.refusal import Reason


@pytest.fixture(scope="session")
def amazon() -> Iterator[Amazon]:
    made = Amazon()
    yield made
    made.close()


@pytest.fixture(scope="session")
def service(amazon: Amazon) -> Iterator[Service]:
    made = Service(amazon)
    yield made
    made.close()


Sent = tuple[bytes, Mapping[str, str]]
Refuses = Callable[[Sent, Reason], None]


@pytest.fixture(autouse=True)
def quiet_queue() -> Iterator[None]:
    """On a busy machine the server may say that requests wait for a thread: no matter here."""
    queue = logging.getLogger("waitress.queue")
    queue.disabled = True
    yield
    queue.disabled = False


@pytest.fixture
def refuses(service: Service, caplog: pytest.LogCaptureFixture) -> Refuses:
    """Sends what is refused, and checks all that holds for every refusal."""
    # Whatever the tests before this one left in the same process: the lines are what is looked at here.
    caplog.set_level(logging.WARNING, logger="crampguide.webservice")

    def check(sent: Sent, reason: Reason, to: Service = service) -> None:
        asked = to.amazon.asked.total()
        caplog.clear()
        status, said = to.send(*sent)
        assert (status, said) == (400, b"")
        assert [record.getMessage() for record in caplog.records] == [json.dumps({"refused": reason})]
        assert [record.exc_info for record in caplog.records] == [None]
        if reason not in {Reason.FETCH, Reason.CHAIN, Reason.SIGNATURE}:
            assert to.amazon.asked.total() == asked, "nothing is fetched for this"

    return check
