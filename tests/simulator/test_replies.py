from __future__ import annotations

from typing import Any

import pytest

from simulator.device.replies import InvalidResponseError, read_reply


def response(**body: object) -> dict[str, Any]:
    return {"version": "1.0", "response": body}


SSML = {"type": "SSML", "ssml": "<speak>Hello.</speak>"}


def test_reads_what_there_is() -> None:
    given = response(
        outputSpeech=SSML,
        reprompt={"outputSpeech": {"type": "PlainText", "text": "Left & right?"}},
        card={"type": "Simple", "title": "Leg", "content": "Call now."},
        directives=[{"type": "Hint"}],
        shouldEndSession=False,
    )
    reply = read_reply({**given, "sessionAttributes": {"a": 1}})
    assert reply.speech == "<speak>Hello.</speak>"
    assert reply.reprompt == "<speak>Left &amp; right?</speak>"
    assert reply.card == {"type": "Simple", "title": "Leg", "content": "Call now."}
    assert (reply.directives, reply.attributes, reply.should_end) == (({"type": "Hint"},), {"a": 1}, False)


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        pytest.param({}, "version must be", id="nothing"),
        pytest.param({"version": "1.0"}, "response is missing", id="no response"),
        pytest.param(response(shouldEndSession="no"), "neither true nor false", id="text for a truth value"),
        pytest.param(response(outputSpeech={"type": "Text"}), "type must be SSML", id="unknown speech"),
        pytest.param(
            response(outputSpeech={"type": "SSML", "ssml": "<speak>a & b</speak>"}), "no XML", id="unescaped"
        ),
        pytest.param(
            response(outputSpeech={"type": "SSML", "ssml": f"<speak>{'a' * 8000}</speak>"}),
            "8015 characters",
            id="too long to say",
        ),
        pytest.param(
            response(reprompt={"outputSpeech": {"type": "SSML", "ssml": "hello"}}),
            "reprompt: ",
            id="bare words",
        ),
        pytest.param(response(card={"type": "Postcard"}), "'Postcard' is unknown", id="unknown card"),
        pytest.param(
            response(card={"type": "Simple", "content": "<speak>x</speak>"}),
            "card holds SSML",
            id="card with SSML",
        ),
        pytest.param(
            {**response(), "sessionAttributes": {"a": "x" * 25000}}, "bytes, more than 24576", id="too big"
        ),
    ],
)
def test_refuses_what_alexa_would_refuse(given: dict[str, Any], reason: str) -> None:
    with pytest.raises(InvalidResponseError, match=reason):
        read_reply(given)


def test_end_of_a_session_is_answered_with_nothing() -> None:
    assert read_reply(response(), ending=True).speech == ""
    with pytest.raises(InvalidResponseError, match="end cannot be answered"):
        read_reply(response(outputSpeech=SSML), ending=True)
