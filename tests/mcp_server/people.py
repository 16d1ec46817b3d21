"""Those who hold conversations through the tools: models, honest and careless, and the people behind them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from mcp import Client
from mcp.client.context import ClientRequestContext
from mcp.types import CallToolResult, ElicitRequestParams, ElicitResult

from crampguide.triage import Answer
from mcp_server.asking import choice
from mcp_server.conversations import Conversations
from mcp_server.limits import Limits
from mcp_server.relay import ANSWERS, Relay
from mcp_server.understanding import understand
from tools import conversations

Json = dict[str, Any]
PLAIN = {intent: answer for answer, intent in ANSWERS.items()}
TOOL_FOR = {
    "WhyIntent": "why", "SourceIntent": "sources",
    "AMAZON.PreviousIntent": "go_back", "AMAZON.StopIntent": "stop",
}  # fmt: skip
"""What an attentive model calls instead of passing the words on."""
RELAY = Relay()
UNBOUND = Limits(calls_a_minute=1e9, starts_a_minute=1e9)


def unhurried() -> Relay:
    """A relay for tests that are faster than people."""
    return Relay(Conversations(UNBOUND, later=never))


def never(_seconds: float, _do: object) -> None:
    """Leaves undone what a server that runs on would do."""


class Seen(NamedTuple):
    """A turn of a conversation, what is expected of it, and the result that it got."""

    expected: Mapping[str, Any]
    result: Json


def of(result: CallToolResult) -> Json:
    """The result of a tool that served."""
    assert not result.is_error, result.content
    assert result.structured_content
    return dict(result.structured_content)


def error_of(result: CallToolResult) -> str:
    """The message of a tool that refused."""
    assert result.is_error
    return " ".join(getattr(block, "text", "") for block in result.content)


@cache
def understood(locale: str, words: str) -> str:
    """The intent of somebody's words."""
    return understand(RELAY.guide, locale, words).intent


class Model:
    """Passes on what it is told, as the instructions say."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.last: Json = {}

    async def call(self, tool: str, **arguments: object) -> Json:
        conversation = {"conversation": self.last["conversation"]} if tool != "start" else {}
        self.last = of(await self.client.call_tool(tool, {**conversation, **arguments}))
        return self.last

    async def start(self, locale: str = "en-US") -> Json:
        return await self.call("start", locale=locale)

    async def answer(self, said: Answer | None) -> Json:
        return await self.call("answer", to=self.last["open"]["to"], answer=said)

    async def tell(self, locale: str, words: str) -> Json:
        """Passes on the words of a person: a plain answer as one, anything else as it was said."""
        intent = understood(locale, words)
        if intent in PLAIN and self.last["open"]:
            return await self.answer(PLAIN[intent])
        if intent in TOOL_FOR:
            return await self.call(TOOL_FOR[intent])
        return await self.call("own_words", words=words)


class Person:
    """Somebody whose own client asks them; says the answer that is next, or gives none."""

    def __init__(self, *says: Answer | None, locale: str = "en-US") -> None:
        self.says = list(says)
        self.asked: list[str] = []
        self._words = {answer: word for word, answer in choice(locale).items()}

    async def __call__(self, context: ClientRequestContext, params: ElicitRequestParams) -> ElicitResult:
        del context
        self.asked.append(params.message)
        said = self.says.pop(0)
        if said is None:
            return ElicitResult(action="decline")
        return ElicitResult(action="accept", content={"answer": self._words[said]})


def relayable() -> dict[str, Path]:
    """The conversations that need no device: nobody is silent, and no name opens a session half-way."""
    return {
        f"{path.parent.name}/{path.stem}": path
        for path in conversations.paths()
        if all(turn["user"] != conversations.SILENCE for turn in conversations.read(path).turns)
    }


async def relayed(model: Model, path: Path) -> list[Seen]:
    """The conversation of a file as the model relays it, up to what is not counted without the person."""
    held, locale = [], conversations.read(path).locale
    for turn in conversations.read(path).turns:
        if turn["user"] == conversations.LAUNCH or not model.last or model.last["ended"]:
            await model.start(locale)
        if turn["user"] != conversations.LAUNCH:
            await model.tell(locale, turn["user"])
        held.append(Seen(turn, model.last))
        if model.last["note"]:
            break
    model.last = {}
    return held


def broken_rules(result: Json) -> Iterator[str]:
    """What holds for every result."""
    if result["open"] and not result["say"].endswith("?"):
        yield "asks something, and does not end in a question"
    if not result["verbatim"] and (result["open"] or result["level"] == "emergency"):
        yield "a question or urgent advice that need not be said exactly"
    if "alexa" in result["say"].lower():
        yield "speaks of a device that is not there"
    if result["ended"] == bool(result["open"]):
        yield "is over and asks, or is neither"


def differing(held: list[Seen]) -> Iterator[str]:
    """Where the results are not what the file expects: level, question, offer, the end; or break a rule."""
    for number, (expected, result) in enumerate(held, 1):
        yield from (f"turn {number}, {expected['user']!r}: {problem}" for problem in broken_rules(result))
        if result["note"]:
            continue
        at = result["open"] or {"kind": "", "id": None}
        got = {
            "level": result["level"] or "none",
            "asks": at["id"] if at["kind"] == "question" else None,
            "offer": at["id"] if at["kind"] == "offer" else None,
            "ends": result["ended"],
        }
        for key, value in got.items():
            if key in expected and expected[key] != value:
                yield f"turn {number}, {expected['user']!r}: {key} is {value}, expected {expected[key]}"
