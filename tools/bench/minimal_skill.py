"""The smallest skill worth comparing with: three handlers on the SDK, a sentence each, no state."""

from __future__ import annotations

from ask_sdk_core.dispatch_components import AbstractRequestHandler
from ask_sdk_core.handler_input import HandlerInput
from ask_sdk_core.skill_builder import SkillBuilder
from ask_sdk_core.utils import is_request_type
from ask_sdk_model import Response


class Launch(AbstractRequestHandler):
    """Answers a launch with a question."""

    def can_handle(self, handler_input: HandlerInput) -> bool:
        return is_request_type("LaunchRequest")(handler_input)

    def handle(self, handler_input: HandlerInput) -> Response:
        return handler_input.response_builder.speak("Hello. Shall I go on?").ask("Shall I?").response


class AnyIntent(AbstractRequestHandler):
    """Answers every intent with the same question."""

    def can_handle(self, handler_input: HandlerInput) -> bool:
        return is_request_type("IntentRequest")(handler_input)

    def handle(self, handler_input: HandlerInput) -> Response:
        return handler_input.response_builder.speak("Thank you. And now?").ask("And now?").response


class SessionEnded(AbstractRequestHandler):
    """Says nothing when the session is over."""

    def can_handle(self, handler_input: HandlerInput) -> bool:
        return is_request_type("SessionEndedRequest")(handler_input)

    def handle(self, handler_input: HandlerInput) -> Response:
        return handler_input.response_builder.response


builder = SkillBuilder()
builder.add_request_handler(Launch())
builder.add_request_handler(AnyIntent())
builder.add_request_handler(SessionEnded())
lambda_handler = builder.lambda_handler()
