"""Says how to make something, in two languages, in the manner of Amazon's how-to sample."""

from __future__ import annotations

import random

from ask_sdk_core.dispatch_components import AbstractResponseInterceptor
from ask_sdk_core.handler_input import HandlerInput
from ask_sdk_core.skill_builder import SkillBuilder
from ask_sdk_core.utils import is_intent_name, is_request_type
from ask_sdk_model import Response
from ask_sdk_model.ui import SimpleCard
from recipes import words

builder = SkillBuilder()


def said(handler_input: HandlerInput) -> words.Words:
    return words.of(handler_input.request_envelope.request.locale)


def some_item(handler_input: HandlerInput) -> str:
    return random.choice(sorted(said(handler_input).recipes))  # noqa: S311 - any will do


@builder.request_handler(can_handle_func=is_request_type("LaunchRequest"))
def launch(handler_input: HandlerInput) -> Response:
    text = said(handler_input).welcome.format(some_item(handler_input))
    return handler_input.response_builder.speak(text).ask(said(handler_input).again).response


@builder.request_handler(can_handle_func=is_intent_name("RecipeIntent"))
def recipe(handler_input: HandlerInput) -> Response:
    name = (handler_input.request_envelope.request.intent.slots["Item"].value or "").lower()
    found = said(handler_input).recipes.get(name)
    if found:
        return handler_input.response_builder.speak(found).set_card(SimpleCard(name, found)).response
    text = said(handler_input).unknown.format(name)
    return handler_input.response_builder.speak(text).ask(said(handler_input).again).response


@builder.request_handler(can_handle_func=is_intent_name("AMAZON.HelpIntent"))
def explain(handler_input: HandlerInput) -> Response:
    text = said(handler_input).help.format(some_item(handler_input))
    return handler_input.response_builder.speak(text).ask(text).response


@builder.request_handler(can_handle_func=is_intent_name("AMAZON.RepeatIntent"))
def repeat(handler_input: HandlerInput) -> Response:
    kept = handler_input.attributes_manager.session_attributes
    return handler_input.response_builder.speak(kept["speech"]).ask(kept["reprompt"]).response


@builder.request_handler(
    can_handle_func=lambda handler_input: any(
        is_intent_name(f"AMAZON.{name}Intent")(handler_input) for name in ("Stop", "Cancel")
    )
)
def leave(handler_input: HandlerInput) -> Response:
    return handler_input.response_builder.speak(said(handler_input).bye).response


@builder.request_handler(can_handle_func=is_intent_name("AMAZON.FallbackIntent"))
def fallback(handler_input: HandlerInput) -> Response:
    text = said(handler_input).help.format(some_item(handler_input))
    return handler_input.response_builder.speak(text).ask(said(handler_input).again).response


@builder.request_handler(can_handle_func=is_request_type("SessionEndedRequest"))
def ended(handler_input: HandlerInput) -> Response:
    return handler_input.response_builder.response


@builder.exception_handler(can_handle_func=lambda handler_input, exception: True)  # noqa: ARG005 - as the SDK calls it
def anything(handler_input: HandlerInput, exception: Exception) -> Response:  # noqa: ARG001 - as above
    text = said(handler_input).error
    return handler_input.response_builder.speak(text).ask(text).response


class KeepForRepeat(AbstractResponseInterceptor):
    def process(self, handler_input: HandlerInput, response: Response) -> None:
        kept = handler_input.attributes_manager.session_attributes
        kept["speech"], kept["reprompt"] = response.output_speech, response.reprompt


builder.add_global_response_interceptor(KeepForRepeat())
lambda_handler = builder.lambda_handler()
