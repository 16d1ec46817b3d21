"""Answers a request: from the session's attributes to a turn, its reply, and the response that carries it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from ask_sdk_model import Response
from ask_sdk_model.ui import Reprompt, SimpleCard, SsmlOutputSpeech

from crampguide.alexa.log import log_error, log_missing
from crampguide.alexa.person import kept
from crampguide.alexa.request import Incoming
from crampguide.dialogue import BrokenStateError, Reply, Situation, State, Turn, read_state, reply
from crampguide.dialogue.check import lost
from crampguide.dialogue.help import sorry
from crampguide.dialogue.intents import MEANINGLESS_ALONE
from crampguide.dialogue.summary import card_of, stamped
from crampguide.dialogue.turn import Move
from crampguide.speech import Catalogue, Line, catalogue_for


def reply_to(sent: Incoming, attributes: Mapping[str, Any] | None, move: Move) -> Reply:
    """The reply that a move makes of a request, in a session with these attributes."""
    try:
        state = read_state(attributes, sent.guide)
    except BrokenStateError:
        return worded(sent, _recovered(sent, move))
    return reply_from(sent, state, move)


def reply_from(sent: Incoming, state: State, move: Move) -> Reply:
    """The reply that a move makes of a request from a state. A changed way of talking is remembered."""
    turn = stamped(state, move(Situation(sent.guide, state)), sent.at)
    return worded(sent, turn._replace(state=kept(sent.person, state, turn.state)))


def worded(sent: Incoming, turn: Turn) -> Reply:
    """The turn in the words of the request's locale. A line that has none is logged."""
    said = reply(sent.guide, _catalogue(sent), turn, sent.session_id)
    for key in said.missing:
        log_missing(key)
    return said


def response_to(sent: Incoming, said: Reply) -> Response:
    """The response that speaks a reply, with its card and, on a device with a display, its screen."""
    card = SimpleCard(*card_of(_catalogue(sent), sent.guide, said.turn.state)) if said.turn.card else None
    return Response(
        output_speech=_ssml(said.speech),
        reprompt=None if said.reprompt is None else Reprompt(output_speech=_ssml(said.reprompt)),
        card=card,
        directives=cast("Any", _shown(sent, said) if sent.has_display else None),
        should_end_session=said.reprompt is None,
    )


def apology(sent: Incoming, attributes: Mapping[str, Any] | None) -> Reply:
    """The reply to a request that could not even be read."""
    try:
        state = read_state(attributes, sent.guide)
    except BrokenStateError:
        state = State()
    return worded(sent, sorry(Situation(sent.guide, state)))


def _recovered(sent: Incoming, move: Move) -> Turn:
    """Starts the check again from broken attributes. Nothing is guessed, but a sign just said counts."""
    if sent.intent in MEANINGLESS_ALONE:
        return lost(Situation(sent.guide, State()))
    turn = move(Situation(sent.guide, State(turn=1)))
    return turn._replace(lines=(Line("lost.line"), *turn.lines))


def _catalogue(sent: Incoming) -> Catalogue:
    return catalogue_for(sent.locale)


def _ssml(speech: str) -> SsmlOutputSpeech:
    return SsmlOutputSpeech(ssml=f"<speak>{speech}</speak>")


def _shown(sent: Incoming, said: Reply) -> list[dict[str, Any]] | None:
    """The directives of a screen. Whatever goes wrong with it, the spoken answer goes out."""
    from crampguide.alexa.screen import screen_of  # noqa: PLC0415 - most devices have no display

    try:
        return [screen_of(sent.guide, _catalogue(sent), said)]
    except Exception as error:  # noqa: BLE001 - a screen is an extra; help is what is said
        log_error(sent.id, error)
        return None
