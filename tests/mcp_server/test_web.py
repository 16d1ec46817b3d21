"""Who reaches the server over HTTP: this machine, pages that are named, and bearers of good tokens."""

from __future__ import annotations

import json
from collections.abc import Iterator
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlsplit

import httpx2
import pytest
from mcp import Client
from mcp.client.streamable_http import streamable_http_client

from mcp_server.limits import Limits
from mcp_server.web import Guarded
from tests.mcp_server.people import Model, Person, error_of, unhurried
from tests.mcp_server.serving import issuing, port, served, token

PAGE = "https://chat.example.org"
ASKING: dict[str, Any] = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}
ACCEPT = {"Content-Type": "application/json", "Accept": "application/json, text/event-stream"}


@pytest.fixture(scope="module")
def open_server() -> Iterator[str]:
    with served(origins=(PAGE,), relay=unhurried()) as address:
        yield address


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    with issuing() as address:
        yield address


@pytest.fixture(scope="module")
def guarded_server(issuer: str) -> Iterator[str]:
    listening = port()
    resource = f"http://127.0.0.1:{listening.getsockname()[1]}/mcp"
    with served(Guarded(issuer, resource, ("guide",)), relay=unhurried(), listening=listening) as address:
        assert address == resource
        yield address


def sent(
    address: str, body: bytes | None = None, method: str = "POST", **headers: str
) -> tuple[int, dict[str, str], str]:
    """The answer to one request as it is: status, headers in lower case, text."""
    at = urlsplit(address)
    connection = HTTPConnection(at.hostname or "", at.port)
    given = {**ACCEPT, **{name.replace("_", "-"): value for name, value in headers.items()}}
    connection.request(method, at.path, json.dumps(ASKING).encode() if body is None else body, given)
    answer = connection.getresponse()
    text = answer.read().decode()
    connection.close()
    return answer.status, {name.lower(): value for name, value in answer.getheaders()}, text


@pytest.mark.anyio
@pytest.mark.parametrize("mode", ["auto", "legacy"])
async def test_a_client_holds_a_conversation(open_server: str, mode: str) -> None:
    async with Client(open_server, mode=mode) as client:
        model = Model(client)
        await model.start("en-GB")
        await model.answer("yes")
        assert "999" in (await model.answer("yes"))["say"]


@pytest.mark.anyio
@pytest.mark.parametrize("mode", ["auto", "legacy"])
async def test_a_person_is_asked(open_server: str, mode: str) -> None:
    person = Person("yes", "yes")
    async with Client(open_server, mode=mode, elicitation_callback=person) as client:
        model = Model(client)
        await model.start()
        await model.answer("no")
        assert (await model.answer("no"))["level"] == "emergency"
    assert len(person.asked) == 2


@pytest.mark.parametrize(
    ("origin", "status"),
    [
        ("https://evil.example.org", 403),
        ("null", 403),
        (f"{PAGE}.evil.example", 403),
        ("http://127.0.0.1.evil.example", 403),
    ],
)
def test_a_page_of_another_origin_is_refused(open_server: str, origin: str, status: int) -> None:
    assert sent(open_server, Origin=origin)[0] == status


@pytest.mark.parametrize("origin", [PAGE, "http://localhost:3000", "http://127.0.0.1:6274"])
def test_a_page_that_is_named_or_of_this_machine_is_not(open_server: str, origin: str) -> None:
    assert sent(open_server, Origin=origin)[0] != 403


@pytest.mark.parametrize("host", ["guide.example.org", "guide.example.org:80", "127.0.0.1.evil.example:80"])
def test_a_name_that_was_bent_to_this_machine_is_refused(open_server: str, host: str) -> None:
    assert sent(open_server, Host=host)[0] == 421


def test_a_request_that_is_too_large_is_refused(open_server: str) -> None:
    assert sent(open_server, b"x" * (Limits().request_bytes + 1))[0] == 413
    assert sent(open_server, b"x" * Limits().request_bytes)[0] == 400


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b'{"jsonrpc": "2.0"}', b"\xff\xfe"])
def test_what_is_no_request_gets_a_clear_error(open_server: str, body: bytes) -> None:
    status, _, text = sent(open_server, body)
    assert status == 400
    assert "error" in json.loads(text)


def test_without_a_good_token_nobody_is_served(guarded_server: str, issuer: str) -> None:
    for given in (
        {},
        {"Authorization": "Bearer x.y.z"},
        {"Authorization": f"Bearer {token(issuer, 'https://other')}"},
    ):
        status, headers, text = sent(guarded_server, None, "POST", **given)
        assert status == 401
        assert "oauth-protected-resource/mcp" in headers["www-authenticate"]
        assert json.loads(text)["error"] == "invalid_token"


def test_a_token_without_the_scope_is_not_enough(guarded_server: str, issuer: str) -> None:
    given = token(issuer, guarded_server, scope="other")
    assert sent(guarded_server, Authorization=f"Bearer {given}")[0] == 403


def test_it_says_which_issuer_it_trusts(guarded_server: str, issuer: str) -> None:
    at = urlsplit(guarded_server)
    address = f"http://{at.netloc}/.well-known/oauth-protected-resource{at.path}"
    status, _, text = sent(address, method="GET")
    assert status == 200
    assert json.loads(text)["authorization_servers"] == [issuer]
    assert json.loads(text)["resource"] == guarded_server


def test_an_origin_is_checked_of_those_with_a_token_too(guarded_server: str, issuer: str) -> None:
    given = f"Bearer {token(issuer, guarded_server)}"
    assert sent(guarded_server, Authorization=given, Origin="https://evil.example.org")[0] == 403


@pytest.mark.anyio
@pytest.mark.parametrize("mode", ["auto", "legacy"])
async def test_a_conversation_belongs_to_the_bearer(guarded_server: str, issuer: str, mode: str) -> None:
    async def client_of(subject: str) -> httpx2.AsyncClient:
        bearer = {"Authorization": f"Bearer {token(issuer, guarded_server, subject)}"}
        return httpx2.AsyncClient(headers=bearer)

    async with (
        await client_of("one") as one,
        await client_of("two") as two,
        Client(streamable_http_client(guarded_server, http_client=one), mode=mode) as first,
        Client(streamable_http_client(guarded_server, http_client=two), mode=mode) as second,
    ):
        model = Model(first)
        begun = await model.start()
        theirs = {"conversation": begun["conversation"], "to": begun["open"]["to"], "answer": "no"}
        assert "No such conversation" in error_of(await second.call_tool("answer", theirs))
        assert (await model.answer("yes"))["open"]["kind"] == "question"
