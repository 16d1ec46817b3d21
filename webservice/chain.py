"""Whom a certificate chain speaks for: verified up to a trusted root, as of a moment."""

from __future__ import annotations

import re
import warnings
from datetime import datetime
from typing import NamedTuple

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.utils import CryptographyDeprecationWarning
from cryptography.x509 import (
    Certificate,
    DNSName,
    DuplicateExtension,
    ExtensionNotFound,
    SubjectAlternativeName,
    UnsupportedGeneralNameType,
    load_pem_x509_certificate,
    load_pem_x509_certificates,
)
from cryptography.x509.verification import PolicyBuilder, Store, VerificationError

from webservice.refusal import Reason, RefusedError

SIGNER = "echo-api.amazon.com"
LONGEST_CHAIN = 8
SHORTEST_KEY = 2048
_BLOCK = re.compile(rb"-----BEGIN CERTIFICATE-----.+?-----END CERTIFICATE-----", re.DOTALL)
_UNUSABLE = (
    ValueError,
    TypeError,
    UnsupportedAlgorithm,
    VerificationError,
    ExtensionNotFound,
    DuplicateExtension,
    UnsupportedGeneralNameType,
)


class Signer(NamedTuple):
    """A key that requests may be signed with, and the moment at which its chain expires."""

    key: RSAPublicKey
    until: datetime


class Roots:
    """The certificates that a chain must lead to."""

    def __init__(self, pem: bytes) -> None:
        self._store = Store(_well_formed(pem))

    def signer(self, pem: bytes, now: datetime) -> Signer:
        """The key of a chain, the signer's certificate first.

        Raises ``RefusedError`` unless every certificate up to a root is valid at ``now`` and the first one
        is made out to Alexa by that very name, for an RSA key.
        """
        try:
            return self._verified(load_pem_x509_certificates(pem), now)
        except _UNUSABLE:
            raise RefusedError(Reason.CHAIN) from None

    def _verified(self, chain: list[Certificate], now: datetime) -> Signer:
        if len(chain) > LONGEST_CHAIN:
            raise RefusedError(Reason.CHAIN)
        signer, *between = chain
        policy = PolicyBuilder().store(self._store).time(now)
        path = policy.build_server_verifier(DNSName(SIGNER)).verify(signer, between)
        names = signer.extensions.get_extension_for_class(SubjectAlternativeName).value
        # The verifier is content with *.amazon.com; Alexa is to be named.
        if SIGNER not in names.get_values_for_type(DNSName):
            raise RefusedError(Reason.CHAIN)
        # Nor does it look at what the signer's own key is like.
        key = signer.public_key()
        if not isinstance(key, RSAPublicKey) or key.key_size < SHORTEST_KEY:
            raise RefusedError(Reason.CHAIN)
        return Signer(key, min(certificate.not_valid_after_utc for certificate in path))


def _well_formed(pem: bytes) -> list[Certificate]:
    """The roots of a bundle, except any that breaks the rules: it would make the whole bundle unreadable."""
    roots = []
    with warnings.catch_warnings():
        warnings.simplefilter("error", CryptographyDeprecationWarning)
        for block in _BLOCK.findall(pem):
            try:
                roots.append(load_pem_x509_certificate(block))
            except (ValueError, CryptographyDeprecationWarning):
                continue
    return roots
