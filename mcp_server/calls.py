"""The tools that a model may call. Each gives back the guide's words and what is open."""

from __future__ import annotations

import functools
import json
import logging
from collections.abc import Awaitable, Callable, Iterable
from typing import Annotated, ParamSpec

from mcp.server.mcpserver import Context, MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.types import CallToolResult, ToolAnnotations
from pydantic import Field

from crampguide.dialogue import Slots
from crampguide.triage import Answer
from mcp_server.asking import (
    BeforeAnswered,
    OpenAnswered,
    can_ask,
    chosen,
    owner,
    relay_of,
    talk_of,
    was_asked,
)
from mcp_server.conversations import RefusedError
from mcp_server.results import Result, sent
from mcp_server.words import WORDS

_Given = ParamSpec("_Given")
_Tool = Callable[_Given, Awaitable[CallToolResult]]
_ARGUMENTS: dict[str, str] = WORDS["argument"]
_LOG = logging.getLogger(__name__)
_LONGEST_NAME = 64

Sent = Annotated[CallToolResult, Result]
Id = Annotated[str, Field(description=_ARGUMENTS["conversation"], max_length=_LONGEST_NAME)]
Locale = Annotated[str, Field(description=_ARGUMENTS["locale"], max_length=_LONGEST_NAME)]
To = Annotated[str, Field(description=_ARGUMENTS["to"], max_length=_LONGEST_NAME)]
Said = Annotated[Answer | None, Field(description=_ARGUMENTS["answer"])]
Words = Annotated[str, Field(description=_ARGUMENTS["words"])]
Topic = Annotated[str | None, Field(description=_ARGUMENTS["topic"], max_length=_LONGEST_NAME)]
Exercise = Annotated[str | None, Field(description=_ARGUMENTS["exercise"], max_length=_LONGEST_NAME)]
Subject = Annotated[str | None, Field(description=_ARGUMENTS["subject"], max_length=_LONGEST_NAME)]


async def start(ctx: Context, locale: Locale) -> Sent:
    """Begins a conversation."""
    return told(ctx, relay_of(ctx).start(owner(), locale))


async def answer(ctx: Context, conversation: Id, to: To, asked: OpenAnswered, answer: Said = None) -> Sent:
    """Takes an answer to the open question: the person's own where they were asked, else the model's."""
    relay, talk = relay_of(ctx), talk_of(ctx, conversation)
    if was_asked(asked):
        theirs = chosen(talk.locale, asked)
        if theirs is None:
            return told(ctx, relay.again(talk, "unanswered"))
        return told(ctx, relay.answer(talk, to, theirs, by_person=True))
    if not relay.is_open(talk, to):
        return told(ctx, relay.again(talk, "out_of_turn"))
    if answer is None:
        raise RefusedError("answer")
    return told(ctx, relay.answer(talk, to, answer))


async def own_words(ctx: Context, conversation: Id, words: Words) -> Sent:
    """Takes what the person said, in their own words."""
    relay, talk = relay_of(ctx), talk_of(ctx, conversation)
    if not words.strip():
        raise RefusedError("empty")
    if len(words) > (most := relay.conversations.limits.words):
        raise RefusedError("wordy", words=most)
    return told(ctx, relay.own_words(talk, words))


async def why(ctx: Context, conversation: Id) -> Sent:
    """Says why this is asked, or what the advice rests on."""
    return told(ctx, relay_of(ctx).ask(talk_of(ctx, conversation), "WhyIntent"))


async def sources(ctx: Context, conversation: Id) -> Sent:
    """Names the guidance behind it."""
    return told(ctx, relay_of(ctx).ask(talk_of(ctx, conversation), "SourceIntent"))


async def tips(ctx: Context, conversation: Id, topic: Topic = None) -> Sent:
    """Asks for tips."""
    relay, talk = relay_of(ctx), talk_of(ctx, conversation)
    _known("topic", topic, relay.guide.relief.topics)
    return told(ctx, relay.ask(talk, "TipsIntent", Slots(topics=_only(topic))))


async def exercise(ctx: Context, conversation: Id, exercise: Exercise = None) -> Sent:
    """Asks for an exercise."""
    relay, talk = relay_of(ctx), talk_of(ctx, conversation)
    _known("exercise", exercise, relay.guide.relief.exercises)
    return told(ctx, relay.ask(talk, "ExerciseIntent", Slots(exercises=_only(exercise))))


async def explain(ctx: Context, conversation: Id, subject: Subject = None) -> Sent:
    """Asks for an explanation, or for more of the last one."""
    relay, talk = relay_of(ctx), talk_of(ctx, conversation)
    _known("subject", subject, relay.guide.learning.subjects)
    return told(ctx, relay.ask(talk, "LearnIntent", Slots(subjects=_only(subject))))


async def repeat(ctx: Context, conversation: Id) -> Sent:
    """Gives the last result again."""
    return told(ctx, relay_of(ctx).again(talk_of(ctx, conversation)))


async def go_back(ctx: Context, conversation: Id, asked: BeforeAnswered) -> Sent:
    """Takes the last answer back; one that the level rests on only by asking the person again."""
    relay, talk = relay_of(ctx), talk_of(ctx, conversation)
    if not was_asked(asked):
        return told(ctx, relay.go_back(talk))
    theirs, before = chosen(talk.locale, asked), relay.to_take_back(talk)
    if theirs is None or before is None or before.words != talk.asked_back:
        return told(ctx, relay.again(talk, "unanswered"))
    return told(ctx, relay.take_back(talk, before, theirs))


async def stop(ctx: Context, conversation: Id) -> Sent:
    """Ends the conversation."""
    return told(ctx, relay_of(ctx).ask(talk_of(ctx, conversation), "AMAZON.StopIntent"))


def told(ctx: Context, result: Result) -> CallToolResult:
    """The result on its way, which says whether the person can be asked in a form of their client."""
    return sent(result.model_copy(update={"form": result.open is not None and can_ask(ctx)}))


READS = (why, sources, repeat)
"""Tools that change nothing that was answered."""
TOOLS = (start, answer, own_words, *READS, tips, exercise, explain, go_back, stop)


def add_tools(server: MCPServer) -> None:
    """Offers every tool, each with what ``words.toml`` tells a model of it."""
    for tool in TOOLS:
        name = tool.__name__
        server.add_tool(
            guarded(tool),
            name=name,
            description=WORDS["tool"][name],
            annotations=ToolAnnotations(
                read_only_hint=tool in READS, destructive_hint=tool is stop, open_world_hint=False
            ),
        )


def guarded(tool: _Tool[_Given]) -> _Tool[_Given]:
    """The tool, of which nothing is logged but the kind of an error: its text may hold an answer."""

    @functools.wraps(tool)
    async def run(*args: _Given.args, **kwargs: _Given.kwargs) -> CallToolResult:
        try:
            return await tool(*args, **kwargs)
        except ToolError:
            raise
        except Exception as error:  # noqa: BLE001 - whatever it was, the conversation can go on
            _LOG.error(json.dumps({"error": type(error).__name__}))
            raise RefusedError("broken") from None

    return run


def _known(kind: str, name: str | None, known: Iterable[str]) -> None:
    if name is not None and name not in known:
        raise RefusedError("unknown", kind=kind, name=repr(name), known=", ".join(sorted(known)))


def _only(name: str | None) -> tuple[str, ...]:
    return () if name is None else (name,)
