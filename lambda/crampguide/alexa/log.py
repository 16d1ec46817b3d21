"""One structured line per request: ids and timing, never answers, levels, words or who it was."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from crampguide.alexa.part import part
from crampguide.reviewed import DataError

if TYPE_CHECKING:
    from logging import Logger


Note = Callable[[str], object]

_REASONS = ("USER_INITIATED", "ERROR", "EXCEEDED_MAX_REPROMPTS")
_COMPLAINTS = (
    "INVALID_RESPONSE", "DEVICE_COMMUNICATION_ERROR", "ENDPOINT_TIMEOUT",
    "INTERNAL_SERVICE_ERROR", "INTERNAL_ERROR",
)  # fmt: skip
"""The words that Alexa documents. Anything else could hold words, and is logged as ``other``."""
_TELLING = frozenset({"CrisisIntent"})
_WANTS_REQUESTS = frozenset({"DEBUG", "INFO"})
_ON_LAMBDA = "AWS_LAMBDA_FUNCTION_NAME"


@cache
def logger(level: str = "INFO") -> Logger:
    """The skill's logger, loaded with the first line: Lambda has it already, elsewhere it can wait."""
    import logging  # noqa: PLC0415

    found = logging.getLogger("crampguide")
    found.setLevel(level.upper())
    return found


def noter(env: Mapping[str, str]) -> Note | None:
    """The place for the lines about requests; None where ``LOG_LEVEL`` wants none.

    On Lambda that is standard output: CloudWatch finds the fields in a line that is JSON and nothing else.
    """
    level = env.get("LOG_LEVEL", "INFO").upper()
    if level not in _WANTS_REQUESTS:
        return None
    return _to_cloudwatch if _ON_LAMBDA in env else lambda line: logger(level).info(line)


def _to_cloudwatch(line: str) -> None:
    # Not `print`, which would write twice, and each time waits until the line is out.
    sys.stdout.write(f"{line}\n")


def log_request(note: Note, event: Mapping[str, Any], response: Mapping[str, Any], seconds: float) -> None:
    """One line for a request that was answered."""
    attributes = response.get("sessionAttributes") or {}
    asks = "question" if attributes.get("asking") else "offer" if attributes.get("offer") else "nothing"
    line = {
        "request": part(event, "request", "requestId"),
        "type": part(event, "request", "type"),
        "intent": _kind(part(event, "request", "intent", "name")),
        "asks": asks,
        "ms": round(seconds * 1000, 1),
        **_complaint(event),
    }
    note(json.dumps(line))


def _kind(intent: object) -> object:
    """The intent, but for one whose name alone would tell how somebody is."""
    return "other" if intent in _TELLING else intent


def _complaint(event: Mapping[str, Any]) -> dict[str, str]:
    """The reason why Alexa ended the session, and what it found wrong with a response; mostly nothing.

    The message of an error is left out: it may quote the response, and with it what somebody was told.
    """
    reason, error = part(event, "request", "reason"), part(event, "request", "error")
    told = {} if reason is None else {"reason": reason if reason in _REASONS else "other"}
    if error is None:
        return told
    kind = part(error, "type")
    return {**told, "complaint": kind if kind in _COMPLAINTS else "other"}


def log_error(request_id: str | None, error: Exception) -> None:
    """Logs the kind of an error. Its message could quote what the person said, so it is left out.

    Only what is wrong in our own files is said: they are the same for everybody.
    """
    line = {"request": request_id, "error": type(error).__name__}
    problems = {"problems": error.problems} if isinstance(error, DataError) else {}
    logger().error(json.dumps({**line, **problems}))


def log_missing(key: str | None) -> None:
    """A line that has no words. ``key`` is None where it would tell of somebody's health."""
    logger().error(json.dumps({"error": "missing line"} | ({"line": key} if key else {})))
