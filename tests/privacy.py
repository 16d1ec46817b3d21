"""Looks at every byte that a test run logs, stores or puts on a card, for what may not be there.

Each test fails that leaves something behind about somebody's health or about who it was.
"""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Callable, Mapping
from typing import Any

from crampguide.alexa import skill as built
from crampguide.alexa.part import part
from crampguide.memory import dynamodb
from crampguide.triage import Level, load_protocol

LOGGED = {
    "request", "type", "intent", "asks", "ms", "reason", "complaint", "error", "refused", "line", "problems",
}  # fmt: skip
"""Fields of the skill's lines; none of them holds an answer, a level, words, or who it was.

``line`` is the key of one that has no words, ``problems`` what is wrong in the skill's own files.
"""
STORED = {"id", "version", "introduced", "pace", "brief", "expires"}
_PRIVATE = re.compile(
    r"\b("
    + "|".join((*load_protocol().questions, *(level.id for level in Level)))
    + r")\b|amzn1\.ask\.account"
)
_OURS = {"crampguide", "mcp", "mcp_server"}


class Witness(logging.Handler):
    """Sees all of it; ``take`` gives what it objects to, and forgets it."""

    def __init__(self) -> None:
        super().__init__(level=logging.NOTSET)
        self._objections: list[str] = []

    def take(self) -> list[str]:
        """What was left behind since the last time."""
        taken, self._objections = self._objections, []
        return taken

    def emit(self, record: logging.LogRecord) -> None:
        text = self._text(record)
        if record.name.partition(".")[0] not in _OURS:
            return
        if _PRIVATE.search(text):
            self._objections.append(f"logged by {record.name}: {text}")
        elif not self._is_line(text):
            self._objections.append(f"logged by {record.name}, no line of ids and timing: {text}")

    def stored(self, item: Mapping[str, Any]) -> None:
        """A row on its way to the table."""
        if not item.keys() <= STORED or _PRIVATE.search(json.dumps(item, default=str)):
            self._objections.append(f"stored: {item}")

    def answered(self, event: Mapping[str, Any], response: Mapping[str, Any]) -> None:
        """A reply: a card may be in it only if the request answers the offer to write one."""
        if part(response, "response", "card") and part(event, "session", "attributes", "offer") != "card":
            self._objections.append("a card that nobody agreed to")

    @staticmethod
    def _text(record: logging.LogRecord) -> str:
        trace = logging.Formatter().formatException(record.exc_info) if record.exc_info else ""
        return f"{record.getMessage()} {trace}".strip()

    @staticmethod
    def _is_line(text: str) -> bool:
        try:
            line = json.loads(text)
        except ValueError:
            return False
        return isinstance(line, dict) and line.keys() <= LOGGED


def listening(witness: Witness) -> Callable[[], None]:
    """Puts the witness where everything passes; what it returns takes it away again."""
    call, invoke = dynamodb.Table._call, built._invoke  # noqa: SLF001 - the one place that all rows pass

    def stored(self: dynamodb.Table, deadline: Any, operation: str, **what: Any) -> dict[str, Any]:  # noqa: ANN401
        witness.stored(what.get("Item", {}))
        return call(self, deadline, operation, **what)

    def answered(skill: Any, serializer: Any, event: dict[str, Any], sent: Any) -> dict[str, Any]:  # noqa: ANN401
        response = invoke(skill, serializer, event, sent)
        witness.answered(event, response)
        return response

    dynamodb.Table._call, built._invoke = stored, answered  # type: ignore[method-assign]  # noqa: SLF001
    logging.getLogger().addHandler(witness)

    def stop() -> None:
        dynamodb.Table._call, built._invoke = call, invoke  # type: ignore[method-assign]  # noqa: SLF001
        logging.getLogger().removeHandler(witness)

    return stop
