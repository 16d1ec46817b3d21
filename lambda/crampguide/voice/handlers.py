"""Thin handlers: read the state, make the move, put it into words, write the state."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from ask_sdk_core.dispatch_components import AbstractExceptionHandler, AbstractRequestHandler
from ask_sdk_core.handler_input import HandlerInput
from ask_sdk_core.utils import is_intent_name, is_request_type
from ask_sdk_model import IntentRequest, Response
from ask_sdk_model.ui import SimpleCard

from crampguide.speech import catalogue_for
from crampguide.triage import load_protocol
from crampguide.voice.asides import forget_me, resume, unsupported
from crampguide.voice.heard import heard_in
from crampguide.voice.log import log_error
from crampguide.voice.moves import move
from crampguide.voice.remember import greeted, kept, person_of
from crampguide.voice.reply import reply
from crampguide.voice.start import launch, lost
from crampguide.voice.state import BrokenStateError, Line, State, read_state
from crampguide.voice.summary import card_of, stamped
from crampguide.voice.turn import Heard, Turn

_NOTHING_HEARD = Heard()
_TOUCH = "Alexa.Presentation.APL.UserEvent"
_BROKEN_SCREEN = "Alexa.Presentation.APL.RuntimeError"
_NO_TRUST = frozenset((
    "AMAZON.YesIntent", "AMAZON.NoIntent", "HedgedYesIntent", "HedgedNoIntent", "WorseIntent", "UnsureIntent",
    "AMAZON.NextIntent", "DoneIntent",
))  # fmt: skip


class LaunchHandler(AbstractRequestHandler):
    """Opens the skill: a welcome and the offer of the check."""

    def can_handle(self, handler_input: HandlerInput) -> bool:
        """Whether this is a launch."""
        return bool(is_request_type("LaunchRequest")(handler_input))

    def handle(self, handler_input: HandlerInput) -> Response:
        """Welcomes."""
        handler_input.attributes_manager.session_attributes = greeted(person_of(handler_input)).write()
        return respond(handler_input, lambda state: launch(load_protocol(), state, _NOTHING_HEARD))


class IntentHandler(AbstractRequestHandler):
    """Every intent; which move it makes is a table in ``moves``."""

    def can_handle(self, handler_input: HandlerInput) -> bool:
        """Whether this is an intent."""
        return bool(is_request_type("IntentRequest")(handler_input))

    def handle(self, handler_input: HandlerInput) -> Response:
        """Makes the intent's move."""
        request, protocol = cast("IntentRequest", handler_input.request_envelope.request), load_protocol()
        intent = (request.intent.name if request.intent else None) or ""
        heard = heard_in(request, protocol)
        return respond(handler_input, lambda state: move(protocol, state, intent, heard))


class ForgetHandler(AbstractRequestHandler):
    """Erases what is remembered, before saying so."""

    def can_handle(self, handler_input: HandlerInput) -> bool:
        """Whether the person wants to be forgotten."""
        return bool(is_intent_name("ForgetMeIntent")(handler_input))

    def handle(self, handler_input: HandlerInput) -> Response:
        """Erases, and says what came of it."""
        erasure, protocol = person_of(handler_input).forget(), load_protocol()
        return respond(
            handler_input,
            lambda state: forget_me(protocol, state._replace(misheard=0), _NOTHING_HEARD, erasure),
        )


class SilentHandler(AbstractRequestHandler):
    """The end of a session: nothing may be said, nothing is kept."""

    def can_handle(self, handler_input: HandlerInput) -> bool:
        """Whether a reply could not be heard."""
        return bool(is_request_type("SessionEndedRequest")(handler_input))

    def handle(self, handler_input: HandlerInput) -> Response:
        """Acknowledges."""
        return handler_input.response_builder.response


class ScreenHandler(AbstractRequestHandler):
    """A touch; and a screen that could not be drawn, where nothing is said: the voice goes on without it."""

    def can_handle(self, handler_input: HandlerInput) -> bool:
        """Whether a screen reports something."""
        return any(is_request_type(kind)(handler_input) for kind in (_TOUCH, _BROKEN_SCREEN))

    def handle(self, handler_input: HandlerInput) -> Response:
        """Makes the move of what was touched."""
        from crampguide.voice.touch import touched  # noqa: PLC0415 - most devices have no display

        request = handler_input.request_envelope.request
        if request is None or request.object_type == _BROKEN_SCREEN:
            return handler_input.response_builder.response
        arguments = cast("list[object]", getattr(request, "arguments", None) or [])
        return respond(handler_input, lambda state: touched(state, arguments))


class OtherHandler(AbstractRequestHandler):
    """Any other request inside a session gets a sentence and the open question again."""

    def can_handle(self, handler_input: HandlerInput) -> bool:
        """Always: it is the last handler."""
        return True

    def handle(self, handler_input: HandlerInput) -> Response:
        """Says that this is not supported and carries on."""
        return respond(handler_input, lambda state: unsupported(load_protocol(), state, _NOTHING_HEARD))


class ErrorHandler(AbstractExceptionHandler):
    """Whatever went wrong, the safety line is said and the conversation can go on."""

    def can_handle(self, handler_input: HandlerInput, exception: Exception) -> bool:
        """Always."""
        return True

    def handle(self, handler_input: HandlerInput, exception: Exception) -> Response:
        """Apologizes, with the safety line."""
        request = handler_input.request_envelope.request
        log_error(request.request_id if request else None, exception)
        return respond(handler_input, sorry)


def sorry(state: State) -> Turn:
    """An apology with the safety line, then whatever was open."""
    return resume(load_protocol(), state, Line("error.line"), Line("net.line"))


def respond(handler_input: HandlerInput, make: Callable[[State], Turn]) -> Response:
    """Makes the move from the session's state and answers with it."""
    session_id = getattr(handler_input.request_envelope.session, "session_id", None) or ""
    catalogue = catalogue_for(locale_of(handler_input))
    said = reply(catalogue, _made(handler_input, make), session_id)
    handler_input.attributes_manager.session_attributes = said.turn.state.write()
    builder = handler_input.response_builder.speak(said.speech)
    if said.turn.card:
        builder.set_card(SimpleCard(*card_of(catalogue, load_protocol(), said.turn.state)))
    if said.reprompt is None:
        return builder.set_should_end_session(True).response
    return builder.ask(said.reprompt).response


def locale_of(handler_input: HandlerInput) -> str:
    """The request's locale; empty when it has none."""
    return getattr(handler_input.request_envelope.request, "locale", None) or ""


def _made(handler_input: HandlerInput, make: Callable[[State], Turn]) -> Turn:
    protocol = load_protocol()
    try:
        state = read_state(handler_input.attributes_manager.session_attributes, protocol)
    except BrokenStateError:
        return _recovered(handler_input, make)
    turn = stamped(state, make(state), _time(handler_input))
    after = kept(person_of(handler_input), state, turn.state)
    return turn if after is turn.state else turn._replace(state=after)


def _time(handler_input: HandlerInput) -> str:
    """When the request was made, as it was written in it."""
    return str(getattr(handler_input.request_envelope.request, "timestamp", None))


def _recovered(handler_input: HandlerInput, make: Callable[[State], Turn]) -> Turn:
    """Nothing is guessed from broken attributes: the check starts again, but a sign just said counts."""
    intent = getattr(handler_input.request_envelope.request, "intent", None)
    if intent is None or intent.name in _NO_TRUST:
        return lost(load_protocol(), State(), _NOTHING_HEARD)
    turn = make(State(turn=1))
    return turn._replace(lines=(Line("lost.line"), *turn.lines))
