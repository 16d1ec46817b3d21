"""A skill's response, read as strictly as Alexa reads it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape

from simulator.device.ssml import SsmlError, plain

SPEECH_LIMIT = 8000  # characters of speech, and of all card text
RESPONSE_LIMIT = 24 * 1024  # bytes


class InvalidResponseError(Exception):
    """The response is one that Alexa would refuse."""


@dataclass(frozen=True)
class Reply:
    """The content of a response; speech and reprompt are SSML, and empty where there is none."""

    speech: str
    reprompt: str
    card: Mapping[str, Any] | None
    directives: tuple[Mapping[str, Any], ...]
    attributes: Mapping[str, Any]
    should_end: bool | None


def read_reply(response: Mapping[str, Any], *, ending: bool = False) -> Reply:
    """Read a response; `ending` says that it answers the end of a session, where nothing may be said.

    Raises `InvalidResponseError` with the reason for which Alexa would refuse it.
    """
    body = response.get("response") or {}
    if not ending:
        _require(response.get("version") == "1.0", 'version must be "1.0"')
        _require("response" in response, "response is missing")
    size = len(json.dumps(response, ensure_ascii=False).encode())
    _require(size <= RESPONSE_LIMIT, f"response has {size} bytes, more than {RESPONSE_LIMIT}")
    should_end = body.get("shouldEndSession")
    _require(should_end is None or isinstance(should_end, bool), "shouldEndSession is neither true nor false")
    speech = _speech(body.get("outputSpeech"), "outputSpeech")
    card = body.get("card")
    directives = tuple(body.get("directives") or ())
    _require(not (ending and (speech or card or directives)), "a session's end cannot be answered with words")
    if card:
        _check_card(card)
    reprompt = (body.get("reprompt") or {}).get("outputSpeech")
    return Reply(
        speech=speech,
        reprompt=_speech(reprompt, "reprompt"),
        card=card,
        directives=directives,
        attributes=response.get("sessionAttributes") or {},
        should_end=should_end,
    )


def _require(holds: bool, message: str) -> None:  # noqa: FBT001 - reads as a sentence
    if not holds:
        raise InvalidResponseError(message)


def _speech(output: Mapping[str, Any] | None, where: str) -> str:
    if not output:
        return ""
    if output.get("type") == "PlainText":
        ssml = f"<speak>{escape(output.get('text', ''))}</speak>"
    else:
        _require(output.get("type") == "SSML", f"{where}: type must be SSML or PlainText")
        ssml = output.get("ssml", "")
    _require(len(ssml) <= SPEECH_LIMIT, f"{where} has {len(ssml)} characters, more than {SPEECH_LIMIT}")
    try:
        plain(ssml)
    except SsmlError as error:
        raise InvalidResponseError(f"{where}: {error}") from error
    return ssml


def _check_card(card: Mapping[str, Any]) -> None:
    kinds = {"Simple", "Standard", "LinkAccount", "AskForPermissionsConsent"}
    _require(card.get("type") in kinds, f"card: type {card.get('type')!r} is unknown")
    text = "".join(card.get(part) or "" for part in ("title", "content", "text"))
    _require(len(text) <= SPEECH_LIMIT, f"card has {len(text)} characters, more than {SPEECH_LIMIT}")
    _require(
        "<speak" not in text and "<break" not in text, "card holds SSML, which would be read as it stands"
    )
