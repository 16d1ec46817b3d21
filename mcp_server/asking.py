"""Asks the person the open question, by a form of their own client and not through the model."""

from __future__ import annotations

from functools import cache
from typing import Annotated, Any, cast

from mcp.server.auth.middleware.auth_context import get_access_token
from mcp.server.auth.provider import principal_components
from mcp.server.mcpserver import Context
from mcp.server.mcpserver.resolve import AcceptedElicitation, Elicit, ElicitationResult, Resolve
from pydantic import BaseModel, Field, create_model

from crampguide.speech import catalogue_for
from crampguide.triage import ANSWERS, Answer
from mcp_server.conversations import Conversation
from mcp_server.relay import Relay


class NotAsked(BaseModel):
    """The person was not asked: their client cannot, or there is nothing to ask."""


def relay_of(ctx: Context) -> Relay:
    """The relay that this server was built with."""
    return cast("Relay", ctx.request_context.lifespan_context)


def owner() -> str:
    """The person or service that the bearer token of this request stands for; empty where there is none."""
    token = get_access_token()
    return "" if token is None else repr(principal_components(token))


def talk_of(ctx: Context, conversation: str) -> Conversation:
    """The caller's conversation, for one more call; raises ``RefusedError`` where there is none."""
    return relay_of(ctx).conversations.take(conversation, owner())


def can_ask(ctx: Context) -> bool:
    """Tells whether the client shows people forms."""
    capabilities = ctx.client_capabilities
    elicitation = capabilities.elicitation if capabilities is not None else None
    return elicitation is not None and (elicitation.form is not None or elicitation.url is None)


@cache
def form(locale: str) -> type[BaseModel]:
    """The form with one choice: yes, no, or "I don't know", in the words of the locale."""
    choices = Field(
        title=catalogue_for(locale).say("screen.title.home"), json_schema_extra={"enum": [*choice(locale)]}
    )
    return create_model("PlainAnswer", answer=(Annotated[str, choices], ...))


@cache
def choice(locale: str) -> dict[str, Answer]:
    """Every choice of the form in words, with the answer that it is."""
    return {catalogue_for(locale).say(f"screen.act.{answer}"): answer for answer in ANSWERS}


def chosen(locale: str, outcome: ElicitationResult[Any]) -> Answer | None:
    """The answer that the person chose; None where they gave none, which is not a no."""
    if not isinstance(outcome, AcceptedElicitation):
        return None
    return choice(locale).get(outcome.data.answer)


def was_asked(outcome: ElicitationResult[Any]) -> bool:
    """Tells whether the person was asked at all."""
    return not (isinstance(outcome, AcceptedElicitation) and isinstance(outcome.data, NotAsked))


async def the_open_question(ctx: Context, conversation: str, to: str) -> Elicit[BaseModel] | NotAsked:
    """Asks what is open, with all that was said with it, unless this is about another question."""
    relay = relay_of(ctx)
    talk = relay.conversations.find(conversation, owner())
    if not can_ask(ctx) or not relay.is_open(talk, to):
        return NotAsked()
    return Elicit(relay.again(talk).say, form(talk.locale))


async def the_question_before(ctx: Context, conversation: str) -> Elicit[BaseModel] | NotAsked:
    """Asks again what the level rests on, before that is taken back."""
    relay = relay_of(ctx)
    talk = relay.conversations.find(conversation, owner())
    asked = relay.to_take_back(talk) if can_ask(ctx) else None
    if asked is None:
        return NotAsked()
    talk.asked_back = asked.words
    return Elicit(asked.words, form(talk.locale))


OpenAnswered = Annotated[ElicitationResult[BaseModel], Resolve(the_open_question)]
BeforeAnswered = Annotated[ElicitationResult[BaseModel], Resolve(the_question_before)]
