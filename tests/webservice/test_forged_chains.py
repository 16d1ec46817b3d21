"""Chains that do not speak for Alexa, and files that are no chain."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from http.server import BaseHTTPRequestHandler
from ipaddress import IPv4Address
from threading import Event
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID, ObjectIdentifier

from tests.fakes.certificate_server import GOOD, HOST, Amazon, answer, encoded, sign
from tests.fakes.certificates import ALEXA, new_root, rsa_key
from tests.fakes.hosting import PATIENCE, Service, keys_for, launch
from webservice.fetch import LARGEST_CHAIN, Fetcher
from webservice.refusal import Reason, RefusedError

Refuses = Callable[..., None]
KEY = rsa_key("signer")


def issued(**options: Any) -> Callable[[Amazon], bytes]:  # noqa: ANN401 - whatever a certificate can have wrong
    """A chain whose signer differs in these points; what they are is the table's to say."""
    return lambda amazon: amazon.between.issue(options.get("key", KEY), **rest(options)).chain


def rest(options: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in options.items() if name != "key"}


def below(**options: Any) -> Callable[[Amazon], bytes]:  # noqa: ANN401 - as above
    """A chain whose intermediate differs."""

    def make(amazon: Amazon) -> bytes:
        between = amazon.root.issue(rsa_key("other"), **{"common": "Other", "is_ca": True, **options})
        return between.issue(KEY).chain

    return make


def below_a_signer(amazon: Amazon) -> bytes:
    """Someone with a genuine certificate of their own issues one for Alexa."""
    host = amazon.between.issue(rsa_key("stranger"), [x509.DNSName("example.com")])
    return host.issue(KEY).chain


def self_signed(_: Amazon) -> bytes:
    return new_root(ALEXA, KEY).issue(KEY).pem


def impostor(_: Amazon) -> bytes:
    """The same names all along, other keys."""
    root = new_root(key=rsa_key("impostor"))
    between = root.issue(rsa_key("impostor 2"), common="Test Intermediate", is_ca=True)
    return between.issue(KEY).chain + root.pem


def last_byte_changed(amazon: Amazon) -> bytes:
    der = bytearray(amazon.signer.certificate.public_bytes(Encoding.DER))
    der[-1] ^= 1
    return pem(bytes(der)) + amazon.between.pem


def pem(der: bytes) -> bytes:
    from base64 import encodebytes  # noqa: PLC0415 - for this alone

    return b"-----BEGIN CERTIFICATE-----\n" + encodebytes(der) + b"-----END CERTIFICATE-----\n"


def excluded() -> x509.NameConstraints:
    return x509.NameConstraints(permitted_subtrees=None, excluded_subtrees=[x509.DNSName("amazon.com")])


UNKNOWN = x509.UnrecognizedExtension(ObjectIdentifier("1.3.6.1.4.1.55555.1"), b"\x05\x00")
CHAINS: dict[str, Callable[[Amazon], bytes]] = {
    "an empty file": lambda _: b"",
    "a page of html": lambda _: b"<html><body>503 Slow Down</body></html>",
    "only the frame": lambda _: b"-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n",
    "noise in the frame": lambda _: pem(b"noise" * 100),
    "no frame": lambda amazon: amazon.signer.certificate.public_bytes(Encoding.DER),
    "cut short": lambda amazon: amazon.signer.pem[:-300],
    "a private key": lambda amazon: amazon.signer.key_pem,
    "a byte of the signature changed": last_byte_changed,
    "the intermediate left out": lambda amazon: amazon.signer.pem,
    "the signer not first": lambda amazon: amazon.between.pem + amazon.signer.pem,
    "the intermediate alone": lambda amazon: amazon.between.pem,
    "the root alone": lambda amazon: amazon.root.pem,
    "more certificates than any chain has": lambda amazon: amazon.signer.chain + amazon.between.pem * 10,
    "a root of its own": lambda _: new_root("Nobody").issue(KEY).chain,
    "a root that brings itself": lambda _: new_root("Nobody").issue(KEY).chain + new_root("Nobody").pem,
    "a root of the same name": impostor,
    "signed by itself": self_signed,
    "expired": issued(days=(-30, -1)),
    "expired a minute ago": issued(days=(-30, -1 / 1440)),
    "not valid yet": issued(days=(1, 30)),
    "an intermediate that expired": below(days=(-30, -1)),
    "an intermediate that is not valid yet": below(days=(1, 30)),
    "an intermediate that may not issue": below(is_ca=False),
    "an intermediate that may not issue for amazon": below(extra=[(excluded(), True)]),
    "issued with the certificate of another": below_a_signer,
    "an issuer as the signer": issued(is_ca=True),
    "no names": issued(names=()),
    "another name": issued(names=[x509.DNSName("example.com")]),
    "a name that ends like it": issued(names=[x509.DNSName("x.echo-api.amazon.com")]),
    "a name that begins like it": issued(names=[x509.DNSName("echo-api.amazon.com.example.com")]),
    "any name of amazon": issued(names=[x509.DNSName("*.amazon.com")]),
    "the name as an address of mail": issued(names=[x509.RFC822Name("me@echo-api.amazon.com")]),
    "the name as a link": issued(names=[x509.UniformResourceIdentifier("https://echo-api.amazon.com")]),
    "a number for a name": issued(names=[x509.IPAddress(IPv4Address("192.0.2.1"))]),
    "a key of another kind": issued(key=ec.generate_private_key(ec.SECP256R1())),
    "a short key": issued(key=rsa_key("short", 1024)),
    "for clients only": issued(usage=ExtendedKeyUsageOID.CLIENT_AUTH),
    "for code only": issued(usage=ExtendedKeyUsageOID.CODE_SIGNING),
    "a condition that nobody knows": issued(extra=[(UNKNOWN, True)]),
}


@pytest.mark.parametrize("name", CHAINS)
def test_a_chain_that_does_not_speak_for_alexa(service: Service, refuses: Refuses, name: str) -> None:
    url = service.amazon.serve(f"{name.replace(' ', '-')}.pem", CHAINS[name](service.amazon))
    body = encoded(launch())
    refuses((body, sign(body, KEY, url)), Reason.CHAIN)


def test_the_chain_these_forgeries_start_from_is_good(service: Service) -> None:
    url = service.amazon.serve("untouched.pem", issued()(service.amazon))
    body = encoded(launch())
    assert service.send(body, sign(body, KEY, url))[0] == 200


def redirect(to: BaseHTTPRequestHandler) -> None:
    answer(to, 302, b"", Location=GOOD)


def error_with_a_chain(to: BaseHTTPRequestHandler) -> None:
    answer(to, 500, good_chain(to))


def too_large(to: BaseHTTPRequestHandler) -> None:
    answer(to, 200, good_chain(to) + b"\n" * LARGEST_CHAIN)


def no_http(to: BaseHTTPRequestHandler) -> None:
    to.wfile.write(b"hello\r\n\r\n")


def hang_up(to: BaseHTTPRequestHandler) -> None:
    to.connection.close()


OVER = Event()
"""Set when nobody waits any more for a server that takes its time."""


@pytest.fixture
def waits() -> Iterator[None]:
    OVER.clear()
    yield
    OVER.set()


def silence(to: BaseHTTPRequestHandler) -> None:
    if not OVER.wait(PATIENCE):
        answer(to, 200, good_chain(to))


def drip(to: BaseHTTPRequestHandler) -> None:
    to.send_response(200)
    to.end_headers()
    for line in good_chain(to).splitlines(keepends=True):
        to.wfile.write(line)
        OVER.wait(0.1)


def good_chain(to: BaseHTTPRequestHandler) -> bytes:
    amazon: Amazon = to.server.amazon  # type: ignore[attr-defined]
    return amazon.signer.chain


FILES = {
    "a way to a good one": redirect,
    "an error with a good one": error_with_a_chain,
    "a good one, too large": too_large,
    "no http": no_http,
    "the line goes dead": hang_up,
}


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_does_not_come(service: Service, refuses: Refuses, name: str) -> None:
    url = service.amazon.serve(f"{name.replace(' ', '-').replace(',', '')}.pem", FILES[name])
    body = encoded(launch())
    good = service.amazon.asked[GOOD]
    refuses((body, sign(body, KEY, url)), Reason.FETCH)
    assert service.amazon.asked[GOOD] == good, "redirects are not followed"


def test_a_file_that_is_not_there(refuses: Refuses) -> None:
    body = encoded(launch())
    refuses((body, sign(body, KEY, f"{HOST}/echo.api/nothing-here.pem")), Reason.FETCH)


@pytest.mark.usefixtures("waits")
@pytest.mark.parametrize("serve", [silence, drip])
def test_a_server_that_takes_its_time(amazon: Amazon, refuses: Refuses, serve: Any) -> None:  # noqa: ANN401
    url = amazon.serve(f"{serve.__name__}.pem", serve)
    body = encoded(launch())
    with closing(Service(amazon, keys_for(amazon, 0.4))) as slow:
        refuses((body, sign(body, KEY, url)), Reason.FETCH, slow)


@pytest.mark.usefixtures("waits")
@pytest.mark.parametrize("serve", [silence, drip])
def test_a_fetch_ends_by_its_own_deadline(amazon: Amazon, serve: Any) -> None:  # noqa: ANN401
    url = amazon.serve(f"{serve.__name__}-too.pem", serve)
    fetch = Fetcher("localhost", amazon.port, amazon.trust(), 0.4)
    with pytest.raises(RefusedError, match="fetch"):
        fetch(url.removeprefix(HOST))


def test_a_server_that_is_not_amazon(amazon: Amazon, refuses: Refuses) -> None:
    """The right port, but a certificate that leads to no root we trust."""
    stranger = Amazon.__new__(Amazon)
    stranger.__dict__.update(vars(amazon), root=new_root("Nobody"))
    body = encoded(launch())
    with closing(Service(amazon, keys_for(stranger))) as fooled:
        refuses((body, sign(body, KEY)), Reason.FETCH, fooled)
