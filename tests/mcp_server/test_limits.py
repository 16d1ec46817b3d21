"""How long conversations are kept, whose they are, how many there may be, and how fast."""

from __future__ import annotations

from collections.abc import Callable

import anyio
import pytest
from mcp import Client

from mcp_server.conversations import Conversations, RefusedError, later
from mcp_server.limits import Limits, Rate
from mcp_server.relay import Relay
from mcp_server.server import build
from tests.fakes.hosting import PATIENCE
from tests.mcp_server.people import UNBOUND, Model, error_of, unhurried

MINUTE, HALF_HOUR = 60.0, 30 * 60.0


class Clock:
    """A clock that is set by hand, with what is to be done later."""

    def __init__(self) -> None:
        self.now = 0.0
        self.waiting: list[tuple[float, Callable[[], object]]] = []

    def __call__(self) -> float:
        return self.now

    def later(self, seconds: float, do: Callable[[], object]) -> None:
        self.waiting.append((self.now + seconds, do))

    def strike(self) -> None:
        for at, do in self.waiting:
            if at <= self.now:
                do()


@pytest.fixture
def clock() -> Clock:
    return Clock()


def kept(clock: Clock, limits: Limits = UNBOUND) -> Conversations:
    return Conversations(limits, clock, clock.later)


def test_a_conversation_is_forgotten_after_half_an_hour_unasked(clock: Clock) -> None:
    held = kept(clock)
    held.begin("", "en-US")
    clock.now = HALF_HOUR - 1
    clock.strike()
    assert len(held) == 1
    clock.now = HALF_HOUR
    clock.strike()
    assert len(held) == 0


def test_using_it_does_not_keep_it_longer(clock: Clock) -> None:
    held = kept(clock)
    id_ = held.begin("", "en-US").id
    clock.now = HALF_HOUR - 1
    assert held.take(id_, "").id == id_
    clock.now = HALF_HOUR
    with pytest.raises(RefusedError, match="30 minutes are over"):
        held.take(id_, "")


def test_it_is_forgotten_even_if_the_process_slept(clock: Clock) -> None:
    held = kept(clock)
    id_ = held.begin("", "en-US").id
    clock.now = HALF_HOUR * 10
    with pytest.raises(RefusedError):
        held.find(id_, "")
    assert len(held) == 0


def test_ids_cannot_be_guessed(clock: Clock) -> None:
    held = kept(clock)
    ids = {held.begin("", "en-US").id for _ in range(500)}
    assert len(ids) == 500
    assert min(map(len, ids)) >= 32


def test_a_conversation_is_nobody_elses(clock: Clock) -> None:
    held = kept(clock)
    id_ = held.begin("one", "en-US").id
    with pytest.raises(RefusedError, match="No such conversation"):
        held.take(id_, "another")
    with pytest.raises(RefusedError, match="No such conversation"):
        held.take(id_, "")
    assert held.take(id_, "one").owner == "one"


def test_there_is_room_for_so_many(clock: Clock) -> None:
    held = kept(clock, Limits(conversations=2))
    first = held.begin("", "en-US").id
    held.begin("", "en-US")
    with pytest.raises(RefusedError, match="Too many conversations"):
        held.begin("", "en-US")
    held.end(first)
    held.begin("", "en-US")


def test_nobody_begins_too_many_in_a_minute(clock: Clock) -> None:
    held = kept(clock, Limits(starts_a_minute=2))
    for _ in range(2):
        held.begin("", "en-US")
    with pytest.raises(RefusedError, match="Too many conversations"):
        held.begin("", "en-US")
    clock.now = MINUTE / 2
    held.begin("", "en-US")


def test_calls_in_one_conversation_are_not_too_fast_and_the_next_is_not_slowed(clock: Clock) -> None:
    held = kept(clock, Limits(calls_a_minute=3))
    one, other = held.begin("", "en-US").id, held.begin("", "en-US").id
    for _ in range(3):
        held.take(one, "")
    with pytest.raises(RefusedError, match="Too many calls"):
        held.take(one, "")
    held.take(other, "")
    clock.now = MINUTE / 3
    held.take(one, "")


def test_a_rate_never_saves_up_more_than_a_minute(clock: Clock) -> None:
    rate = Rate(2, clock)
    clock.now = HALF_HOUR
    assert [rate.allows() for _ in range(3)] == [True, True, False]


def test_a_conversation_has_an_end(clock: Clock) -> None:
    relay = Relay(kept(clock, UNBOUND._replace(replies=2)))
    id_ = relay.start("", "en-US").conversation
    relay.ask(relay.conversations.take(id_, ""), "AMAZON.HelpIntent")
    with pytest.raises(RefusedError, match="all its turns"):
        relay.conversations.take(id_, "")


def test_nothing_of_somebody_is_shown_of_a_conversation(clock: Clock) -> None:
    relay = Relay(kept(clock))
    talk = relay.conversations.take(relay.start("", "en-US").conversation, "")
    relay.own_words(talk, "it's numb down there")
    assert "numb" not in repr(talk)


@pytest.mark.anyio
async def test_two_conversations_do_not_mix() -> None:
    async with Client(build(unhurried())) as client:
        one, other = Model(client), Model(client)
        await one.start()
        await other.start("en-GB")
        await one.answer("yes")
        await other.answer("yes")
        assert (await one.answer("yes"))["level"] == "emergency"
        assert (await other.call("repeat"))["level"] is None
        assert "999" not in one.last["say"]
        crossed = {"conversation": other.last["conversation"], "to": one.last["open"]["to"], "answer": "no"}
        result = await client.call_tool("answer", crossed)
        assert result.structured_content
        assert result.structured_content["note"]


@pytest.mark.anyio
async def test_while_it_serves_it_forgets_by_itself() -> None:
    done = anyio.Event()

    def watched(seconds: float, do: Callable[[], object]) -> None:
        later(seconds, do)
        later(seconds, done.set)

    held = Conversations(UNBOUND._replace(seconds=0.05), later=watched)
    held.begin("", "en-US")
    with anyio.fail_after(PATIENCE):
        await done.wait()
    assert len(held) == 0


@pytest.mark.anyio
async def test_the_end_forgets_at_once() -> None:
    relay = unhurried()
    async with Client(build(relay)) as client:
        model = Model(client)
        await model.start()
        assert (await model.call("stop"))["ended"]
        assert len(relay.conversations) == 0
        gone = {"conversation": model.last["conversation"]}
        assert "No such conversation" in error_of(await client.call_tool("repeat", gone))
