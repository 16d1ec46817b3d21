"""Conversations of tests/conversations, held through the tools: the same questions, the same levels."""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from mcp import Client

from crampguide.triage import Level
from mcp_server.server import build
from tests.mcp_server.people import Model, differing, relayable, relayed, unhurried
from tests.mcp_server.serving import served
from tools import conversations

pytestmark = pytest.mark.anyio
OF_EACH_LEVEL = 13
LEVELS = (*(level.id for level in Level), "none")


def last_level(path: Path) -> str:
    levels = [turn["level"] for turn in conversations.read(path).turns if "level" in turn]
    return str(levels[-1]) if levels else "none"


@cache
def some() -> dict[str, Path]:
    """The shortest conversations of every level that is given."""
    paths = sorted(relayable().items(), key=lambda each: len(conversations.read(each[1]).turns))
    taken: Counter[str] = Counter()
    chosen = {}
    for name, path in paths:
        level = last_level(path)
        if taken[level] < OF_EACH_LEVEL:
            taken[level] += 1
            chosen[name] = path
    assert set(taken) == set(LEVELS)
    return chosen


async def held(client: Client, paths: dict[str, Path]) -> list[str]:
    """The conversations that went the same way to their end; fails where one went another way."""
    model, whole = Model(client), []
    for name, path in paths.items():
        turns = await relayed(model, path)
        assert [*differing(turns)] == [], name
        if not turns[-1].result["note"]:
            whole.append(name)
    return whole


async def test_fifty_conversations_go_the_same_way_through_the_tools() -> None:
    async with Client(build(unhurried())) as client:
        assert len(await held(client, some())) >= 50


@pytest.mark.slow
@pytest.mark.parametrize("mode", ["auto", "legacy"])
async def test_over_http_they_go_the_same_way(mode: str) -> None:
    with served(relay=unhurried()) as address:
        async with Client(address, mode=mode) as client:
            assert len(await held(client, some())) >= 50


@pytest.mark.slow
@pytest.mark.parametrize("mode", ["auto", "legacy"])
async def test_every_conversation_goes_the_same_way_up_to_what_only_the_person_may_do(mode: str) -> None:
    async with Client(build(unhurried()), mode=mode) as client:
        assert len(await held(client, relayable())) >= 200
