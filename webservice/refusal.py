"""Why a request is refused. Whoever sent it learns nothing of this; the log gets one word."""

from __future__ import annotations

import json
import logging
from enum import StrEnum

_LOGGER = logging.getLogger("crampguide.webservice")


class Reason(StrEnum):
    """Every reason there is; `docs/hosting.md` says what to look at for each."""

    SIZE = "size"
    BODY = "body"
    HEADERS = "headers"
    ADDRESS = "address"
    TIMESTAMP = "timestamp"
    APPLICATION = "application"
    BUSY = "busy"
    FETCH = "fetch"
    CHAIN = "chain"
    SIGNATURE = "signature"
    HTTP = "http"
    ERROR = "error"


class RefusedError(Exception):
    """A request that is not answered."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason


def log_refusal(reason: Reason, error: BaseException | None = None) -> None:
    """One line for one refusal. What was sent could be anything, so nothing of it is quoted."""
    kind = {} if error is None else {"error": type(error).__name__}
    _LOGGER.warning(json.dumps({"refused": reason, **kind}))
