"""Thin handlers: which kind of request it is, and the move that it makes."""

from __future__ import annotations

from ask_sdk_core.dispatch_components import AbstractExceptionHandler, AbstractRequestHandler
from ask_sdk_core.handler_input import HandlerInput
from ask_sdk_model import Response

from crampguide.alexa.log import log_error
from crampguide.alexa.person import greeted
from crampguide.alexa.request import incoming
from crampguide.alexa.response import reply_from, reply_to, response_to
from crampguide.alexa.slots import reading_of, slots_of
from crampguide.dialogue import Reply, move, write_state
from crampguide.dialogue.check import come_back, launch
from crampguide.dialogue.help import forget_me, sorry, unsupported
from crampguide.dialogue.turn import Move

_TOUCH = "Alexa.Presentation.APL.UserEvent"
SILENT = frozenset(
    {"SessionEndedRequest", "System.ExceptionEncountered", "Alexa.Presentation.APL.RuntimeError"}
)
"""Reports of Alexa, which lets no reply to them be heard."""
_RETURNS = frozenset({"SessionResumedRequest", "Connections.Response"})


class LaunchHandler(AbstractRequestHandler):
    """Opens the skill: a welcome and the offer of the check."""

    def can_handle(self, handler_input: HandlerInput) -> bool:
        """Tells whether this is a launch."""
        return incoming(handler_input).type == "LaunchRequest"

    def handle(self, handler_input: HandlerInput) -> Response:
        """Welcomes, whatever session this may be."""
        sent = incoming(handler_input)
        return carry_on(handler_input, reply_from(sent, greeted(sent.person), launch))


class IntentHandler(AbstractRequestHandler):
    """Every intent; ``dialogue.intents`` has the table of their moves."""

    def can_handle(self, handler_input: HandlerInput) -> bool:
        """Tells whether this is an intent."""
        return incoming(handler_input).type == "IntentRequest"

    def handle(self, handler_input: HandlerInput) -> Response:
        """Makes the intent's move."""
        sent = incoming(handler_input)
        ids, reading = slots_of(sent.request, sent.guide), reading_of(sent.request, sent.locale)
        slots = ids._replace(reading=reading)
        return respond(handler_input, lambda here: move(here.guide, here.state, sent.intent, slots))


class ForgetHandler(AbstractRequestHandler):
    """Erases what is remembered, before saying so."""

    def can_handle(self, handler_input: HandlerInput) -> bool:
        """Tells whether the person wants to be forgotten."""
        sent = incoming(handler_input)
        return sent.intent == "ForgetMeIntent" and sent.type == "IntentRequest"

    def handle(self, handler_input: HandlerInput) -> Response:
        """Erases, and says what came of it."""
        erasure = incoming(handler_input).person.forget()
        return respond(
            handler_input, lambda here: forget_me(here.at(here.state._replace(misheard=0)), erasure)
        )


class SilentHandler(AbstractRequestHandler):
    """A report of Alexa, where a reply could not be heard: the voice goes on without, or is over."""

    def can_handle(self, handler_input: HandlerInput) -> bool:
        """Tells whether this is the end of a session, or something that could not be spoken or drawn."""
        return incoming(handler_input).type in SILENT

    def handle(self, handler_input: HandlerInput) -> Response:
        """Acknowledges."""
        return handler_input.response_builder.response


class ReturnHandler(AbstractRequestHandler):
    """Somebody comes back from another skill, or from granting a permission."""

    def can_handle(self, handler_input: HandlerInput) -> bool:
        """Tells whether the session goes on after something else."""
        return incoming(handler_input).type in _RETURNS

    def handle(self, handler_input: HandlerInput) -> Response:
        """Asks again what was open, without a word about it."""
        return respond(handler_input, come_back)


class QueryHandler(AbstractRequestHandler):
    """Alexa asks whether an intent could be served. Nobody hears the answer, and nothing may come of it."""

    def can_handle(self, handler_input: HandlerInput) -> bool:
        """Tells whether this is such a query."""
        return incoming(handler_input).type == "CanFulfillIntentRequest"

    def handle(self, handler_input: HandlerInput) -> Response:
        """Says what the intent would get."""
        from crampguide.alexa.fulfil import can_fulfil  # noqa: PLC0415 - no device sends this

        return Response(can_fulfill_intent=can_fulfil(incoming(handler_input)))


class TouchHandler(AbstractRequestHandler):
    """A touch on the screen."""

    def can_handle(self, handler_input: HandlerInput) -> bool:
        """Tells whether something was touched."""
        return incoming(handler_input).type == _TOUCH

    def handle(self, handler_input: HandlerInput) -> Response:
        """Makes the move of what was touched."""
        from crampguide.alexa.touch import touched  # noqa: PLC0415 - most devices have no display

        arguments = incoming(handler_input).request.get("arguments")
        return respond(handler_input, lambda here: touched(here, arguments))


class OtherHandler(AbstractRequestHandler):
    """Any other request inside a session gets a sentence and the open question again."""

    def can_handle(self, handler_input: HandlerInput) -> bool:  # noqa: ARG002 - the SDK's signature
        """Always: it is the last handler."""
        return True

    def handle(self, handler_input: HandlerInput) -> Response:
        """Says that this is not supported and carries on."""
        return respond(handler_input, unsupported)


class ErrorHandler(AbstractExceptionHandler):
    """Whatever went wrong, the safety line is said and the conversation can go on."""

    def can_handle(self, handler_input: HandlerInput, exception: Exception) -> bool:  # noqa: ARG002 - as above
        """Always."""
        return True

    def handle(self, handler_input: HandlerInput, exception: Exception) -> Response:
        """Apologizes, with the safety line."""
        log_error(incoming(handler_input).id, exception)
        return respond(handler_input, sorry)


def respond(handler_input: HandlerInput, move: Move) -> Response:
    """Makes a move from the session's state and answers with it."""
    attributes = handler_input.attributes_manager.session_attributes
    return carry_on(handler_input, reply_to(incoming(handler_input), attributes, move))


def carry_on(handler_input: HandlerInput, said: Reply) -> Response:
    """Keeps the state of a reply in the session, and answers with it."""
    handler_input.attributes_manager.session_attributes = write_state(said.turn.state)
    return response_to(incoming(handler_input), said)
