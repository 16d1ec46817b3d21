"""Tells a fact about space, in the manner of Amazon's fact sample."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

from ask_sdk_core.dispatch_components import (
    AbstractExceptionHandler,
    AbstractRequestHandler,
    AbstractRequestInterceptor,
)
from ask_sdk_core.handler_input import HandlerInput
from ask_sdk_core.skill_builder import SkillBuilder
from ask_sdk_core.utils import is_intent_name, is_request_type
from ask_sdk_model import Response
from ask_sdk_model.ui import SimpleCard


def texts(handler_input: HandlerInput) -> dict[str, Any]:
    found: dict[str, Any] = handler_input.attributes_manager.request_attributes["texts"]
    return found


class Fact(AbstractRequestHandler):
    def can_handle(self, handler_input: HandlerInput) -> bool:
        return is_request_type("LaunchRequest")(handler_input) or is_intent_name("NewFactIntent")(
            handler_input
        )

    def handle(self, handler_input: HandlerInput) -> Response:
        said = texts(handler_input)
        fact = random.choice(said["facts"])  # noqa: S311 - any will do
        handler_input.response_builder.speak(said["fact"].format(fact)).set_card(
            SimpleCard(said["name"], fact)
        )
        return handler_input.response_builder.response


class Help(AbstractRequestHandler):
    def can_handle(self, handler_input: HandlerInput) -> bool:
        return is_intent_name("AMAZON.HelpIntent")(handler_input)

    def handle(self, handler_input: HandlerInput) -> Response:
        said = texts(handler_input)
        return handler_input.response_builder.speak(said["help"]).ask(said["help_again"]).response


class Leave(AbstractRequestHandler):
    def can_handle(self, handler_input: HandlerInput) -> bool:
        return any(is_intent_name(f"AMAZON.{name}Intent")(handler_input) for name in ("Stop", "Cancel"))

    def handle(self, handler_input: HandlerInput) -> Response:
        return handler_input.response_builder.speak(texts(handler_input)["bye"]).response


class Ended(AbstractRequestHandler):
    def can_handle(self, handler_input: HandlerInput) -> bool:
        return is_request_type("SessionEndedRequest")(handler_input)

    def handle(self, handler_input: HandlerInput) -> Response:
        return handler_input.response_builder.response


class Texts(AbstractRequestInterceptor):
    def process(self, handler_input: HandlerInput) -> None:
        every = json.loads(Path("texts.json").read_text(encoding="utf-8"))
        language = handler_input.request_envelope.request.locale[:2]
        handler_input.attributes_manager.request_attributes["texts"] = every[language]


class Anything(AbstractExceptionHandler):
    def can_handle(self, handler_input: HandlerInput, exception: Exception) -> bool:  # noqa: ARG002
        return True

    def handle(self, handler_input: HandlerInput, exception: Exception) -> Response:  # noqa: ARG002
        said = texts(handler_input)
        return handler_input.response_builder.speak(said["error"]).ask(said["help_again"]).response


builder = SkillBuilder()
for each in (Fact(), Help(), Leave(), Ended()):
    builder.add_request_handler(each)
builder.add_exception_handler(Anything())
builder.add_global_request_interceptor(Texts())
lambda_handler = builder.lambda_handler()
