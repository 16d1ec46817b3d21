"""Input of any shape: a clear error or what is open, and never a crash or an answer that nobody gave."""

from __future__ import annotations

from functools import cache
from typing import Any

import anyio
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mcp import Client
from mcp.server.mcpserver import MCPServer
from mcp.types import CallToolResult

from mcp_server.calls import TOOLS
from mcp_server.relay import Relay
from mcp_server.server import build
from tests.mcp_server.people import Model, error_of, unhurried

NAMES = tuple(tool.__name__ for tool in TOOLS)
ARGUMENTS = (
    "conversation",
    "to",
    "answer",
    "words",
    "locale",
    "topic",
    "exercise",
    "subject",
    "asked",
    "ctx",
)
SIMPLE = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=50)
ANYTHING = SIMPLE | st.lists(SIMPLE, max_size=2) | st.dictionaries(st.text(max_size=5), SIMPLE, max_size=2)
GIVEN = st.dictionaries(st.sampled_from(ARGUMENTS), ANYTHING, max_size=5)
CALL = st.tuples(st.sampled_from(NAMES), GIVEN, st.booleans(), st.booleans())


@cache
def served() -> tuple[Relay, MCPServer]:
    """One server for all examples: to build one takes longer than a call."""
    relay = unhurried()
    return relay, build(relay)


def is_clear(result: CallToolResult) -> bool:
    """Whether the model is told what was wrong, or what is open."""
    if not result.is_error:
        return bool(result.structured_content and result.structured_content["say"])
    said = error_of(result)
    return bool(said) and "Something went wrong in the guide" not in said and "Traceback" not in said


@settings(max_examples=30)
@given(st.lists(CALL, min_size=1, max_size=4))
def test_arguments_of_any_shape(calls: list[tuple[str, dict[str, Any], bool, bool]]) -> None:
    async def held() -> None:
        relay, server = served()
        async with Client(server) as client:
            model = Model(client)
            begun = await model.start()
            await model.answer("yes")
            talk = relay.conversations.find(begun["conversation"], "")
            for name, given_, named, matching in calls:
                named_here = {"conversation": talk.id} if named else {}
                matched = {"to": model.last["open"]["to"]} if matching and name != "answer" else {}
                assert is_clear(await client.call_tool(name, {**given_, **named_here, **matched}))
                assert "no" not in talk.state.answers.values()

    anyio.run(held)


@settings(max_examples=80)
@given(st.text(min_size=1, max_size=400))
def test_words_of_any_kind(words: str) -> None:
    relay = unhurried()
    talk = relay.conversations.find(relay.start("", "en-US").conversation, "")
    relay.answer(talk, relay.again(talk).open.to, "yes")  # type: ignore[union-attr] # a start asks
    assert relay.own_words(talk, words).say
    assert "no" not in talk.state.answers.values()


@pytest.mark.anyio
async def test_errors_say_what_to_do_instead() -> None:
    async with Client(build(unhurried())) as client:
        begun = await Model(client).start()
        here = {"conversation": begun["conversation"]}
        for name, given_, wanted in (
            ("start", {"locale": "de-DE"}, "en-AU, en-CA, en-GB"),
            ("repeat", {"conversation": "nobody's"}, "Call start"),
            ("own_words", {**here, "words": "  "}, "No words"),
            ("own_words", {**here, "words": "x" * 401}, "400 characters at most"),
            ("answer", {**here, "to": begun["open"]["to"], "answer": "nope"}, "answer"),
            ("answer", {**here}, "to"),
            ("tips", {**here, "topic": "football"}, "There is no topic called 'football'. Known: "),
            ("exercise", {**here, "exercise": "football"}, "Known: "),
            ("explain", {**here, "subject": "football"}, "Known: "),
            ("diagnose", {**here}, "Unknown tool"),
        ):
            assert wanted in error_of(await client.call_tool(name, given_)), name
