"""Which requests come in: those that Alexa signed just now, for this skill.

What can be seen without a certificate is looked at first, so that hardly anything makes us fetch one.
"""

from __future__ import annotations

import binascii
from base64 import b64decode
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.hashes import SHA256

from webservice.address import chain_path
from webservice.keys import Clock, Keys, utc_now
from webservice.refusal import Reason, RefusedError

Json = dict[str, Any]
CHAIN_HEADER, SIGNATURE_HEADER = "SignatureCertChainUrl", "Signature-256"
TOLERANCE = timedelta(seconds=150)
# A skill event that was not acknowledged comes again for an hour, with its first timestamp.
EVENT_TOLERANCE = timedelta(hours=1)
_PADDING, _DIGEST = PKCS1v15(), SHA256()
_EVENT = "AlexaSkillEvent."


@dataclass(frozen=True)
class Gate:
    """Lets requests for one skill pass."""

    keys: Keys
    skill_id: str
    clock: Clock = utc_now

    def verify(
        self, headers: Mapping[str, str], serialized_request_env: str, deserialized_request_env: Json
    ) -> None:
        """Raise ``RefusedError`` unless the request is genuine; the names are the Alexa library's."""
        path, signature = read_headers(headers)
        check_time(deserialized_request_env["request"], self.clock())
        check_application(deserialized_request_env, self.skill_id)
        try:
            # Strict UTF-8 has one form, so these are the bytes that came in.
            self.keys.key(path).verify(signature, serialized_request_env.encode(), _PADDING, _DIGEST)
        except InvalidSignature:
            raise RefusedError(Reason.SIGNATURE) from None


def read_headers(headers: Mapping[str, str]) -> tuple[str, bytes]:
    """The path of the chain, and the signature."""
    url, signature = headers.get(CHAIN_HEADER), headers.get(SIGNATURE_HEADER)
    if not url or not signature:
        raise RefusedError(Reason.HEADERS)
    try:
        return chain_path(url), b64decode(signature, validate=True)
    except (binascii.Error, ValueError):
        raise RefusedError(Reason.HEADERS) from None


def check_time(request: Json, now: datetime) -> None:
    """Refuse what was not sent just now."""
    kind, written = request["type"], request.get("timestamp")
    try:
        age = now - datetime.fromisoformat(written) if isinstance(written, str) else None
    except (TypeError, ValueError, OverflowError):
        age = None
    oldest = EVENT_TOLERANCE if kind.startswith(_EVENT) else TOLERANCE
    if age is None or not -TOLERANCE <= age <= oldest:
        raise RefusedError(Reason.TIMESTAMP)


def check_application(event: Json, skill_id: str) -> None:
    """Refuse what is meant for another skill, wherever it says so, and what does not say for which."""
    named = _application(event.get("context"), "System"), _application(event, "session")
    said = [each for each in named if each is not None]
    if not said or any(each != skill_id for each in said):
        raise RefusedError(Reason.APPLICATION)


def _application(holder: object, key: str) -> object:
    for step in (key, "application", "applicationId"):
        holder = holder.get(step) if isinstance(holder, dict) else None
    return holder
