"""A table that fails costs a moment, never the conversation: every fault through the real boto3.

No clock is read here. A server that hangs does so until the conversation is over, so that a test in which
anybody waits for it cannot end; and the time of those who wait is up once it has what it will not answer,
however long a busy machine takes to get there.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator
from contextlib import suppress
from queue import Empty, SimpleQueue
from threading import Event
from typing import Any

import pytest

from crampguide.alexa.person import NotErasedError
from crampguide.alexa.skill import Handler, build_skill
from crampguide.memory import deadline
from crampguide.memory.deadline import Deadline
from crampguide.memory.known import LONGEST_WAIT
from crampguide.speech import catalogue_for
from simulator.device.echo import Device
from tests.memory.servers import FAULTS, Faulty, faulty
from tests.memory.test_memory import event, trouble

PROMISED = 0.3
GLANCE = 0.01
TALK = (
    "AMAZON.YesIntent", "AMAZON.NoIntent", "SlowerIntent", "BrieferIntent", "AMAZON.NoIntent", "FasterIntent",
)  # fmt: skip


@pytest.fixture(params=FAULTS)
def server(request: pytest.FixtureRequest, unhurried: pytest.MonkeyPatch) -> Iterator[Faulty]:
    with faulty(request.param) as (address, state):
        unhurried.setenv("AWS_ENDPOINT_URL", address)
        unhurried.setattr(deadline, "SimpleQueue", lambda: UpWhenItHangs(state))
        yield state


class UpWhenItHangs:
    """What a deadline waits at: its time is up when the server hangs, and not before."""

    def __init__(self, server: Faulty) -> None:
        self._server = server
        self._done: SimpleQueue[Any] = SimpleQueue()
        self.put = self._done.put

    def get(self, timeout: float) -> Any:  # noqa: ANN401 - whatever was put
        assert timeout > 0
        while not self._server.hanging.is_set():
            with suppress(Empty):
                return self._done.get(timeout=GLANCE)
        self._server.hanging.clear()
        raise Empty


def handler() -> Handler:
    return build_skill({"MEMORY_TABLE": "table"}).lambda_handler()


def spoken(with_handler: Handler) -> list[str]:
    at = Device(with_handler)
    return [at.launch().speech, *(at.intent(name).speech for name in TALK)]


def as_without_memory() -> list[str]:
    return spoken(build_skill({}).lambda_handler())


def test_every_fault_sounds_like_a_first_conversation_and_is_met_once(server: Faulty) -> None:
    assert spoken(handler()) == as_without_memory()
    assert server.asked == ["GetItem"], "nothing is tried again, in this conversation"


def test_a_failed_erasure_is_admitted_and_may_be_tried_again(server: Faulty) -> None:
    at = Device(handler())
    at.launch()
    for _ in range(2):
        told = at.intent("ForgetMeIntent")
        assert catalogue_for("en-US").say("forget.failed") in told.text
        assert told.listening
    assert server.asked == ["GetItem", "DeleteItem", "DeleteItem"]


def test_alexa_is_to_repeat_that_the_skill_was_disabled(server: Faulty) -> None:
    with pytest.raises(NotErasedError):
        handler()(event("AlexaSkillEvent.SkillDisabled"), None)
    assert server.asked == ["DeleteItem"]


def test_someone_who_starts_with_words_is_not_kept_waiting_for_the_table(server: Faulty) -> None:
    at = Device(handler())
    at.intent("CrampNowIntent")
    at.intent("AMAZON.YesIntent")
    assert server.asked == []


@pytest.mark.usefixtures("aws")
def test_nothing_listens_there() -> None:
    assert spoken(handler()) == as_without_memory()


def test_no_region(aws: pytest.MonkeyPatch) -> None:
    aws.delenv("AWS_DEFAULT_REGION")
    assert spoken(handler()) == as_without_memory()


def test_no_boto3(aws: pytest.MonkeyPatch) -> None:
    aws.setitem(sys.modules, "boto3", None)
    assert spoken(handler()) == as_without_memory()


def test_no_credentials(aws: pytest.MonkeyPatch) -> None:
    aws.delenv("AWS_ACCESS_KEY_ID")
    assert spoken(handler()) == as_without_memory()


def test_credentials_that_are_never_handed_out(aws: pytest.MonkeyPatch) -> None:
    aws.delenv("AWS_ACCESS_KEY_ID")
    with faulty("silent") as (address, state):
        aws.setenv("AWS_CONTAINER_CREDENTIALS_FULL_URI", f"{address}/credentials")
        assert spoken(handler()) == as_without_memory()
        assert state.asked == []


def test_what_went_wrong_is_logged_without_who_or_what(
    unhurried: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG), faulty("forbidden") as (address, _):
        unhurried.setenv("AWS_ENDPOINT_URL", address)
        at = Device(handler(), user_id="amzn1.ask.account.ANNA")
        at.launch()
        at.intent("ForgetMeIntent")
    assert '"error": "ClientError"' in caplog.text
    assert "ANNA" not in caplog.text


def test_all_calls_of_a_request_share_one_wait() -> None:
    assert LONGEST_WAIT < PROMISED
    short, release = Deadline(0.01), Event()
    with pytest.raises(TimeoutError):
        short.run(release.wait)
    with pytest.raises(TimeoutError):
        short.run(lambda: trouble(AssertionError("nothing may be begun after the time is up")))
    release.set()


def test_a_call_in_time_hands_over_what_it_returns_or_raises() -> None:
    long = Deadline(60)
    assert long.run(lambda: 7) == 7
    with pytest.raises(ZeroDivisionError):
        long.run(lambda: 1 // 0)
