"""Which bearer tokens are good: the issuer's own, for this server, in time, signed with its key."""

from __future__ import annotations

import logging
import time
from functools import partial
from typing import Any

import anyio
import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from mcp_server.addresses import is_secure
from mcp_server.tokens import IssuerError, IssuerTokens, fetched

ISSUER, RESOURCE = "https://login.example.org/tenant", "https://guide.example.org/mcp"
KEYS_AT = "https://login.example.org/keys"
OAUTH = "https://login.example.org/.well-known/oauth-authorization-server/tenant"
OPENID = "https://login.example.org/tenant/.well-known/openid-configuration"
KEY = ec.generate_private_key(ec.SECP256R1())
STRANGER = ec.generate_private_key(ec.SECP256R1())
Json = dict[str, Any]


def published(key: ec.EllipticCurvePrivateKey, name: str = "one") -> Json:
    return {**jwt.algorithms.ECAlgorithm.to_jwk(key.public_key(), as_dict=True), "kid": name}


class Issuer:
    """Everything that it publishes, and how often it was asked."""

    def __init__(self, at: str = OAUTH, issuer: str = ISSUER) -> None:
        self.pages: Json = {
            at: {"issuer": issuer, "jwks_uri": KEYS_AT},
            KEYS_AT: {"keys": [published(KEY), {"kid": "odd", "kty": "none"}, "odd"]},
        }
        self.asked: list[str] = []

    def __call__(self, url: str) -> Json:
        self.asked.append(url)
        if url not in self.pages:
            raise IssuerError
        return dict(self.pages[url])


def claims(**changed: object) -> Json:
    whole = {
        "iss": ISSUER, "aud": RESOURCE, "sub": "somebody", "client_id": "assistant",
        "scope": "guide:use other", "exp": int(time.time()) + 600, **changed,
    }  # fmt: skip
    return {name: value for name, value in whole.items() if value is not None}


def token(key: Any = KEY, algorithm: str = "ES256", kid: str | None = "one", **changed: object) -> str:  # noqa: ANN401
    return jwt.encode(claims(**changed), key, algorithm, headers={} if kid is None else {"kid": kid})


def verified(given: str, issuer: Issuer | None = None) -> Any:  # noqa: ANN401
    tokens = IssuerTokens(ISSUER, RESOURCE, issuer or Issuer())
    return anyio.run(partial(tokens.verify_token, given))


def test_a_good_token_says_who_it_is_for() -> None:
    access = verified(token())
    assert (access.client_id, access.subject, access.scopes) == (
        "assistant",
        "somebody",
        ["guide:use", "other"],
    )
    assert access.resource == RESOURCE
    assert access.claims == {"iss": ISSUER}


def test_one_of_several_audiences_is_enough() -> None:
    assert verified(token(aud=[RESOURCE, "https://other.example.org"]))


@pytest.mark.parametrize(
    "changed",
    [
        {"iss": "https://login.example.net"}, {"aud": "https://other.example.org/mcp"},
        {"exp": 1_000_000_000}, {"nbf": 9_000_000_000},
        {"exp": None}, {"aud": None}, {"iss": None}, {"sub": None},
    ],
    ids=str,
)  # fmt: skip
def test_a_token_of_another_is_none(changed: Json) -> None:
    assert verified(token(**changed)) is None


def test_a_signature_of_another_is_none() -> None:
    assert verified(token(STRANGER)) is None


def test_a_key_that_is_not_published_is_none() -> None:
    assert verified(token(kid="two")) is None
    assert verified(token(kid=None)) is None


def test_no_signature_and_a_shared_secret_are_none() -> None:
    assert verified(jwt.encode(claims(), "", "none", headers={"kid": "one"})) is None
    assert verified(token("x" * 64, "HS256")) is None


def test_a_key_of_another_kind_is_none() -> None:
    weak = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    assert verified(token(weak, "RS256")) is None


@pytest.mark.parametrize("given", ["", ".", "a.b.c", "x" * 20_000, "\N{BULLET}" * 10])
def test_no_token_is_none(given: str) -> None:
    assert verified(given) is None


def test_a_huge_token_is_not_even_read() -> None:
    issuer = Issuer()
    assert verified(token(padding="x" * 20_000), issuer) is None
    assert issuer.asked == []


def test_an_issuer_that_describes_itself_as_openid_does() -> None:
    issuer = Issuer(OPENID)
    assert verified(token(), issuer)
    assert issuer.asked == [OAUTH, OPENID, KEYS_AT]


def test_a_description_of_another_issuer_is_not_followed() -> None:
    issuer = Issuer(issuer="https://login.example.net")
    assert verified(token(), issuer) is None
    assert KEYS_AT not in issuer.asked


def test_keys_are_asked_for_once_and_again_for_a_new_one() -> None:
    issuer = Issuer()
    tokens = IssuerTokens(ISSUER, RESOURCE, issuer)
    for _ in range(3):
        assert anyio.run(tokens.verify_token, token())
    assert issuer.asked.count(KEYS_AT) == 1
    issuer.pages[KEYS_AT] = {"keys": [published(STRANGER, "two")]}
    assert anyio.run(tokens.verify_token, token(STRANGER, kid="two"))
    assert anyio.run(tokens.verify_token, token()) is None


def test_an_issuer_that_cannot_be_reached_gives_nobody_access_and_is_logged(
    caplog: pytest.LogCaptureFixture,
) -> None:
    issuer = Issuer()
    issuer.pages = {}
    given = token()
    with caplog.at_level(logging.ERROR):
        assert verified(given, issuer) is None
    assert caplog.messages == ['{"error": "IssuerError"}']


@pytest.mark.parametrize(
    "url", ["http://login.example.org/keys", "file:///etc/hosts", "ftp://127.0.0.1/keys", "keys", ""]
)
def test_only_secure_addresses_are_fetched(url: str) -> None:
    assert not is_secure(url)
    with pytest.raises(IssuerError):
        fetched(url)
