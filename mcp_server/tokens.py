"""Bearer tokens of the configured issuer: signed JWTs, verified with the keys that it publishes."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterator
from typing import Any
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

import anyio.to_thread
import jwt
from mcp.server.auth.provider import AccessToken

from mcp_server.addresses import is_secure

_LOG = logging.getLogger(__name__)
_ALGORITHMS = ["RS256", "PS256", "ES256", "EdDSA"]
"""Signatures by a key pair alone: with a shared secret anybody who verifies could sign."""
_WELL_KNOWN = (".well-known/oauth-authorization-server", ".well-known/openid-configuration")
_SECONDS = 5
_LARGEST = 256 * 1024
_LONGEST_TOKEN = 16 * 1024

Fetch = Callable[[str], dict[str, Any]]


class IssuerError(Exception):
    """The issuer's description or keys cannot be had."""


class IssuerTokens:
    """The SDK's token verifier for one issuer and one resource, which is this server's public address."""

    def __init__(self, issuer: str, resource: str, fetch: Fetch | None = None) -> None:
        self._issuer = issuer
        self._resource = resource
        self._fetch = fetch or fetched
        self._keys: dict[str, jwt.PyJWK] = {}

    async def verify_token(self, token: str) -> AccessToken | None:
        """The access that a token gives; None for one that is not good, or while the keys cannot be had."""
        if len(token) > _LONGEST_TOKEN:
            return None
        try:
            return await anyio.to_thread.run_sync(self._access, token)
        except jwt.InvalidTokenError:
            return None
        except IssuerError as error:
            _LOG.error(json.dumps({"error": type(error).__name__}))
            return None

    def _access(self, token: str) -> AccessToken:
        claims = jwt.decode(
            token,
            self._key(jwt.get_unverified_header(token)),
            algorithms=_ALGORITHMS,
            issuer=self._issuer,
            audience=self._resource,
            options={"require": ["exp", "iss", "aud", "sub"]},
        )
        subject = str(claims["sub"])
        return AccessToken(
            token=token,
            client_id=str(claims.get("client_id") or claims.get("azp") or subject),
            scopes=str(claims.get("scope", "")).split(),
            expires_at=int(claims["exp"]),
            resource=self._resource,
            subject=subject,
            claims={"iss": self._issuer},
        )

    def _key(self, header: dict[str, Any]) -> jwt.PyJWK:
        """The issuer's key of this id; one that is not known yet is looked for once more."""
        name = str(header.get("kid", ""))
        if name not in self._keys:
            self._keys = dict(self._published())
        if name not in self._keys:
            raise jwt.InvalidTokenError
        return self._keys[name]

    def _published(self) -> Iterator[tuple[str, jwt.PyJWK]]:
        at = self._description().get("jwks_uri")
        if not isinstance(at, str):
            raise IssuerError
        for each in self._fetch(at).get("keys", ()):
            try:
                yield str(each.get("kid", "")), jwt.PyJWK.from_dict(each)
            except (AttributeError, jwt.PyJWTError):
                continue

    def _description(self) -> dict[str, Any]:
        """The issuer's metadata, which must be about this very issuer."""
        for place in _places(self._issuer):
            try:
                found = self._fetch(place)
            except IssuerError:
                continue
            if found.get("issuer") == self._issuer:
                return found
        raise IssuerError


def _places(issuer: str) -> Iterator[str]:
    """The addresses of an issuer's metadata: before its path as in OAuth, and after it as in OpenID."""
    parts = urlsplit(issuer)
    path = parts.path.rstrip("/")
    yield f"{parts.scheme}://{parts.netloc}/{_WELL_KNOWN[0]}{path}"
    yield f"{parts.scheme}://{parts.netloc}{path}/{_WELL_KNOWN[1]}"


class _NoRedirect(HTTPRedirectHandler):
    def redirect_request(self, *_args: Any, **_kwargs: Any) -> None:  # noqa: ANN401 - the library's signature
        return None


def fetched(url: str) -> dict[str, Any]:
    """The JSON object at an address, by HTTPS or on this machine; else raises ``IssuerError``."""
    if not is_secure(url):
        raise IssuerError
    try:
        with build_opener(_NoRedirect).open(Request(url), timeout=_SECONDS) as answer:  # noqa: S310 - checked
            found = json.loads(answer.read(_LARGEST))
    except (URLError, OSError, ValueError) as error:
        raise IssuerError from error
    if not isinstance(found, dict):
        raise IssuerError
    return found
