"""Thin handlers: read the state, make the move, put it into words, write the state."""

from __future__ import annotations

from collections.abc import Callable

from ask_sdk_core.dispatch_components import AbstractExceptionHandler, AbstractRequestHandler
from ask_sdk_core.handler_input import HandlerInput
from ask_sdk_model import Response
from ask_sdk_model.ui import SimpleCard

from crampguide.speech import catalogue_for
from crampguide.triage import load_protocol
from crampguide.voice.asides import forget_me, resume, unsupported
from crampguide.voice.heard import heard_in
from crampguide.voice.incoming import incoming, type_of
from crampguide.voice.log import log_error
from crampguide.voice.moves import move
from crampguide.voice.remember import greeted, kept
from crampguide.voice.reply import reply
from crampguide.voice.start import come_back, launch, lost
from crampguide.voice.state import BrokenStateError, Line, State, read_state
from crampguide.voice.summary import card_of, stamped
from crampguide.voice.turn import Heard, Turn

_NOTHING_HEARD = Heard()
_TOUCH = "Alexa.Presentation.APL.UserEvent"
SILENT = frozenset(
    {"SessionEndedRequest", "System.ExceptionEncountered", "Alexa.Presentation.APL.RuntimeError"}
)
"""What Alexa reports, and does not let a reply to it be heard."""
_RETURNS = frozenset({"SessionResumedRequest", "Connections.Response"})
_NO_TRUST = frozenset({
    "AMAZON.YesIntent", "AMAZON.NoIntent", "HedgedYesIntent", "HedgedNoIntent", "WorseIntent", "UnsureIntent",
    "AMAZON.NextIntent", "AMAZON.ResumeIntent", "DoneIntent", "",
})  # fmt: skip
"""Intents that mean something only together with what was asked, and requests with none at all."""


class LaunchHandler(AbstractRequestHandler):
    """Opens the skill: a welcome and the offer of the check."""

    def can_handle(self, handler_input: HandlerInput) -> bool:
        """Whether this is a launch."""
        return type_of(handler_input) == "LaunchRequest"

    def handle(self, handler_input: HandlerInput) -> Response:
        """Welcomes."""
        handler_input.attributes_manager.session_attributes = greeted(incoming(handler_input).person).write()
        return respond(handler_input, lambda state: launch(load_protocol(), state, _NOTHING_HEARD))


class IntentHandler(AbstractRequestHandler):
    """Every intent; which move it makes is a table in ``moves``."""

    def can_handle(self, handler_input: HandlerInput) -> bool:
        """Whether this is an intent."""
        return type_of(handler_input) == "IntentRequest"

    def handle(self, handler_input: HandlerInput) -> Response:
        """Makes the intent's move."""
        sent, protocol = incoming(handler_input), load_protocol()
        intent, heard = sent.text("intent", "name"), heard_in(sent.request, protocol)
        return respond(handler_input, lambda state: move(protocol, state, intent, heard))


class ForgetHandler(AbstractRequestHandler):
    """Erases what is remembered, before saying so."""

    def can_handle(self, handler_input: HandlerInput) -> bool:
        """Whether the person wants to be forgotten."""
        named = incoming(handler_input).text("intent", "name") == "ForgetMeIntent"
        return named and type_of(handler_input) == "IntentRequest"

    def handle(self, handler_input: HandlerInput) -> Response:
        """Erases, and says what came of it."""
        erasure, protocol = incoming(handler_input).person.forget(), load_protocol()
        return respond(
            handler_input,
            lambda state: forget_me(protocol, state._replace(misheard=0), _NOTHING_HEARD, erasure),
        )


class SilentHandler(AbstractRequestHandler):
    """What Alexa reports, where a reply could not be heard: the voice goes on without, or is over."""

    def can_handle(self, handler_input: HandlerInput) -> bool:
        """Whether this is the end of a session, or something that could not be spoken or drawn."""
        return type_of(handler_input) in SILENT

    def handle(self, handler_input: HandlerInput) -> Response:
        """Acknowledges."""
        return handler_input.response_builder.response


class ReturnHandler(AbstractRequestHandler):
    """Somebody comes back from another skill, or from granting a permission."""

    def can_handle(self, handler_input: HandlerInput) -> bool:
        """Whether the session goes on after something else."""
        return type_of(handler_input) in _RETURNS

    def handle(self, handler_input: HandlerInput) -> Response:
        """Asks again what was open, without a word about it."""
        return respond(handler_input, lambda state: come_back(load_protocol(), state, _NOTHING_HEARD))


class QueryHandler(AbstractRequestHandler):
    """Alexa asks whether an intent could be served. Nobody hears the answer, and nothing may come of it."""

    def can_handle(self, handler_input: HandlerInput) -> bool:
        """Whether this is such a query."""
        return type_of(handler_input) == "CanFulfillIntentRequest"

    def handle(self, handler_input: HandlerInput) -> Response:
        """Says what the intent would get."""
        from crampguide.voice.fulfil import can_fulfil  # noqa: PLC0415 - no device sends this

        return Response(can_fulfill_intent=can_fulfil(incoming(handler_input), load_protocol()))


class TouchHandler(AbstractRequestHandler):
    """A touch on the screen."""

    def can_handle(self, handler_input: HandlerInput) -> bool:
        """Whether something was touched."""
        return type_of(handler_input) == _TOUCH

    def handle(self, handler_input: HandlerInput) -> Response:
        """Makes the move of what was touched."""
        from crampguide.voice.touch import touched  # noqa: PLC0415 - most devices have no display

        arguments = incoming(handler_input).request.get("arguments")
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
        log_error(incoming(handler_input).text("requestId"), exception)
        return respond(handler_input, sorry)


def sorry(state: State) -> Turn:
    """An apology with the safety line, then whatever was open."""
    return resume(load_protocol(), state, Line("error.line"), Line("net.line"))


def respond(handler_input: HandlerInput, make: Callable[[State], Turn]) -> Response:
    """Makes the move from the session's state and answers with it."""
    catalogue = catalogue_for(incoming(handler_input).text("locale"))
    session = handler_input.request_envelope.session
    said = reply(catalogue, _made(handler_input, make), (session and session.session_id) or "")
    handler_input.attributes_manager.session_attributes = said.turn.state.write()
    builder = handler_input.response_builder.speak(said.speech)
    if said.turn.card:
        builder.set_card(SimpleCard(*card_of(catalogue, load_protocol(), said.turn.state)))
    if said.reprompt is None:
        return builder.set_should_end_session(True).response
    return builder.ask(said.reprompt).response


def _made(handler_input: HandlerInput, make: Callable[[State], Turn]) -> Turn:
    protocol = load_protocol()
    try:
        state = read_state(handler_input.attributes_manager.session_attributes, protocol)
    except BrokenStateError:
        return _recovered(handler_input, make)
    sent = incoming(handler_input)
    turn = stamped(state, make(state), sent.text("timestamp"))
    after = kept(sent.person, state, turn.state)
    return turn if after is turn.state else turn._replace(state=after)


def _recovered(handler_input: HandlerInput, make: Callable[[State], Turn]) -> Turn:
    """Nothing is guessed from broken attributes: the check starts again, but a sign just said counts."""
    if incoming(handler_input).text("intent", "name") in _NO_TRUST:
        return lost(load_protocol(), State(), _NOTHING_HEARD)
    turn = make(State(turn=1))
    return turn._replace(lines=(Line("lost.line"), *turn.lines))
