"""Requests that Alexa did not sign, not for this skill or not just now, and what is no request at all."""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.padding import MGF1, PSS, PKCS1v15
from cryptography.hazmat.primitives.hashes import SHA1, SHA256

from simulator.device.requests import SKILL_ID
from tests.fakes.certificate_server import encoded, sign, written
from tests.fakes.certificates import rsa_key
from tests.fakes.hosting import Service, launch
from webservice.app import LARGEST_BODY
from webservice.refusal import Reason

Json = dict[str, Any]
Refuses = Callable[[Any, Reason], None]
OTHER = {"application": {"applicationId": SKILL_ID[:-1] + "1"}}


def ago(**units: float) -> str:
    return written(datetime.now(UTC) - timedelta(**units))


def without(event: Json, *path: str) -> Json:
    holder = event
    for key in path[:-1]:
        holder = holder[key]
    del holder[path[-1]]
    return event


def sessionless() -> Json:
    return without(launch(), "session")


def signed(event: Json) -> tuple[bytes, dict[str, str]]:
    body = encoded(event)
    return body, sign(body, rsa_key("signer"))


HEADERS: dict[str, dict[str, str | None]] = {
    "no address": {"SignatureCertChainUrl": None},
    "an empty address": {"SignatureCertChainUrl": ""},
    "no signature": {"Signature-256": None},
    "an empty signature": {"Signature-256": ""},
    "only the old signature": {"Signature-256": None, "Signature": "c2lnbmF0dXJl"},
    "a signature that is not base64": {"Signature-256": "not base64!"},
    "base64 cut short": {"Signature-256": "abcde"},
    "base64 of the other alphabet": {"Signature-256": "-_-_"},
    "a signature beyond ascii": {"Signature-256": "\u00fc\u00fc\u00fc\u00fc"},
    "neither": {"SignatureCertChainUrl": None, "Signature-256": None},
}


@pytest.mark.parametrize("changed", HEADERS.values(), ids=HEADERS)
def test_headers_that_prove_nothing(refuses: Refuses, changed: dict[str, str | None]) -> None:
    body, headers = signed(launch())
    whole = {name: value for name, value in {**headers, **changed}.items() if value is not None}
    refuses((body, whole), Reason.HEADERS)


def signature(body: bytes, of: bytes) -> dict[str, str]:
    return {**sign(body, rsa_key("signer")), "Signature-256": b64encode(of).decode()}


def signed_with(padding: Any, digest: Any, key: str = "signer") -> Callable[[bytes], tuple[bytes, Any]]:  # noqa: ANN401
    return lambda body: (body, signature(body, rsa_key(key).sign(body, padding, digest)))


def halved(body: bytes) -> tuple[bytes, Any]:
    whole = b64decode(sign(body, rsa_key("signer"))["Signature-256"])
    return body, signature(body, whole[:128])


SIGNATURES: dict[str, Callable[[bytes], tuple[bytes, Any]]] = {
    "another key": signed_with(PKCS1v15(), SHA256(), "stranger"),
    "the issuer's key": signed_with(PKCS1v15(), SHA256(), "between"),
    "the old digest": signed_with(PKCS1v15(), SHA1()),  # noqa: S303 - it is refused
    "another padding": signed_with(PSS(MGF1(SHA256()), 32), SHA256()),
    "half a signature": halved,
    "zeros": lambda body: (body, signature(body, bytes(256))),
    "one byte": lambda body: (body, signature(body, b"\1")),
    "longer than the key": lambda body: (body, signature(body, b"\1" * 4096)),
    "another body": lambda body: (body, sign(body.replace(b"en-US", b"en-GB"), rsa_key("signer"))),
    "one letter changed": lambda body: (
        body.replace(b"Launch", b"launch"),
        sign(body, rsa_key("signer")),
    ),
    "a space added": lambda body: (body + b" ", sign(body, rsa_key("signer"))),
    "written anew": lambda body: (
        json.dumps(json.loads(body)).encode(),
        sign(body, rsa_key("signer")),
    ),
    "a key said twice": lambda body: (
        body[:-1] + b',"version":"1.0"}',
        sign(body, rsa_key("signer")),
    ),
}


@pytest.mark.parametrize("forge", SIGNATURES.values(), ids=SIGNATURES)
def test_a_signature_that_does_not_fit(refuses: Refuses, forge: Callable[[bytes], Any]) -> None:
    refuses(forge(encoded(launch())), Reason.SIGNATURE)


TIMES: dict[str, Callable[[], Json]] = {
    "160 seconds old": lambda: launch(timestamp=ago(seconds=160)),
    "four minutes ahead": lambda: launch(timestamp=ago(minutes=-4)),
    "of last year": lambda: launch(timestamp=ago(days=365)),
    "of the year one": lambda: launch(timestamp="0001-01-01T00:00:00+23:59"),
    "of the last year": lambda: launch(timestamp="9999-12-31T23:59:59-23:59"),
    "no timestamp": lambda: without(launch(), "request", "timestamp"),
    "null": lambda: launch(timestamp=None),
    "a number": lambda: launch(timestamp=int(datetime.now(UTC).timestamp())),
    "an infinite number": lambda: launch(timestamp=float("inf")),
    "a list": lambda: launch(timestamp=[written()]),
    "empty": lambda: launch(timestamp=""),
    "words": lambda: launch(timestamp="just now"),
    "no zone": lambda: launch(timestamp=written().removesuffix("Z")),
    "an impossible day": lambda: launch(timestamp="2026-02-30T00:00:00Z"),
    "a skill event of 70 minutes ago": lambda: launch(
        type="AlexaSkillEvent.SkillDisabled", timestamp=ago(minutes=70)
    ),
    "a skill event ten minutes ahead": lambda: launch(
        type="AlexaSkillEvent.SkillDisabled", timestamp=ago(minutes=-10)
    ),
    "an old launch": lambda: launch(timestamp=ago(minutes=10)),
    "nearly a skill event": lambda: launch(type="AlexaSkillEventful", timestamp=ago(minutes=10)),
}


@pytest.mark.parametrize("forge", TIMES.values(), ids=TIMES)
def test_a_time_that_is_not_now(refuses: Refuses, forge: Callable[[], Json]) -> None:
    refuses(signed(forge()), Reason.TIMESTAMP)


APPLICATIONS: dict[str, Callable[[], Json]] = {
    "another skill": lambda: {**launch(), "context": {"System": OTHER}},
    "another skill in the session": lambda: {**launch(), "session": {**launch()["session"], **OTHER}},
    "the id in capitals": lambda: {
        **launch(),
        "context": {"System": {"application": {"applicationId": SKILL_ID.upper()}}},
    },
    "the id in a list": lambda: {
        **launch(),
        "context": {"System": {"application": {"applicationId": [SKILL_ID]}}},
    },
    "a list in the session": lambda: {
        **launch(),
        "session": {"application": {"applicationId": [SKILL_ID]}},
    },
    "no id": lambda: without(sessionless(), "context", "System", "application", "applicationId"),
    "no application": lambda: without(sessionless(), "context", "System", "application"),
    "no context": lambda: without(sessionless(), "context"),
    "a context that is none": lambda: {**sessionless(), "context": [SKILL_ID]},
    "null": lambda: {**sessionless(), "context": {"System": {"application": {"applicationId": None}}}},
    "a session with no id": lambda: without(
        without(launch(), "context"), "session", "application", "applicationId"
    ),
}


@pytest.mark.parametrize("forge", APPLICATIONS.values(), ids=APPLICATIONS)
def test_a_request_for_another_skill(refuses: Refuses, forge: Callable[[], Json]) -> None:
    refuses(signed(forge()), Reason.APPLICATION)


BODIES = {
    "empty": b"",
    "white space": b" \n",
    "no json": b"<html></html>",
    "cut short": encoded(launch())[:-20],
    "two in one": encoded(launch()) * 2,
    "a list": b"[]",
    "a word": b'"LaunchRequest"',
    "null": b"null",
    "a number": b"7",
    "a number longer than any": b'{"request": ' + b"9" * 50_000 + b"}",
    "deeper than any": b"[" * 100_000,
    "not utf-8": encoded(launch()).replace(b"en-US", b"en-\xff\xfe"),
    "another encoding": encoded(launch()).decode().encode("utf-16"),
    "half a letter": b'{"request": {"type": "\xf0\x9f"}}',
    "a surrogate as bytes": b'{"request": {"type": "\xed\xa0\x80"}}',
    "a mark of byte order": b"\xef\xbb\xbf" + encoded(launch()),
    "no request": encoded(without(launch(), "request")),
    "a request that is a list": encoded({**launch(), "request": [{"type": "LaunchRequest"}]}),
    "a request that is null": encoded({**launch(), "request": None}),
    "no type": encoded(without(launch(), "request", "type")),
    "a type that is a number": encoded(launch(type=1)),
}


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
def test_a_body_that_is_no_request(refuses: Refuses, body: bytes) -> None:
    refuses((body, sign(body, rsa_key("signer"))), Reason.BODY)


def test_a_form_is_no_request(refuses: Refuses) -> None:
    body, headers = signed(launch())
    refuses((body, {**headers, "Content-Type": "application/x-www-form-urlencoded"}), Reason.BODY)


def test_a_body_may_be_as_large_as_stated_and_no_larger(service: Service, refuses: Refuses) -> None:
    spare = LARGEST_BODY - len(encoded(launch(note="")))
    body, headers = signed(launch(note="x" * spare))
    assert len(body) == LARGEST_BODY
    assert service.send(body, headers)[0] == 200
    refuses(signed(launch(note="x" * (spare + 1))), Reason.SIZE)


def test_a_signature_of_one_request_does_not_let_in_another(service: Service, refuses: Refuses) -> None:
    body, headers = signed(launch())
    assert service.send(body, headers)[0] == 200
    refuses((encoded(launch(locale="en-GB")), headers), Reason.SIGNATURE)
