"""The server over Streamable HTTP: who may reach it, and with what."""

from __future__ import annotations

import socket
import sys
from typing import NamedTuple
from urllib.parse import urlsplit

import anyio
import uvicorn
from mcp.server.auth.settings import AuthSettings
from mcp.server.mcpserver import MCPServer
from mcp.server.transport_security import TransportSecuritySettings
from starlette.applications import Starlette

from mcp_server.limits import Limits
from mcp_server.relay import Relay
from mcp_server.server import build
from mcp_server.tokens import IssuerTokens
from webservice.port import cannot_listen

PATH = "/mcp"
_HERE = ("127.0.0.1", "localhost", "[::1]")
_WAITING = 64
_CONNECTIONS = 2 * Limits().conversations
"""A client may hold a second one, to be told things."""
_LAST_SECONDS = 3
"""The time that whoever is connected has when it is stopped."""


class Guarded(NamedTuple):
    """The issuer whose tokens are taken, for this public address, and the scopes that they must have."""

    issuer: str
    resource: str
    scopes: tuple[str, ...] = ()


def built(guarded: Guarded | None, relay: Relay | None = None) -> MCPServer:
    """The server, which takes bearer tokens where it is guarded."""
    if guarded is None:
        return build(relay)
    # From text, which keeps an issuer without a path as it is written: clients compare it letter by letter.
    auth = AuthSettings.model_validate(
        {
            "issuer_url": guarded.issuer,
            "resource_server_url": guarded.resource,
            "required_scopes": list(guarded.scopes),
            "validate_token_resource": True,
        }
    )
    return build(relay, IssuerTokens(guarded.issuer, guarded.resource), auth)


def security(guarded: Guarded | None, origins: tuple[str, ...]) -> TransportSecuritySettings:
    """The hosts that a request may name, and the web pages that it may come from.

    A page of another origin is refused even on this machine: it would speak for whoever looks at it.
    """
    hosts = [f"{host}:*" for host in _HERE]
    if guarded is not None:
        netloc = urlsplit(guarded.resource).netloc
        hosts += [netloc, f"{netloc}:*"]
    pages = [f"http://{host}:*" for host in _HERE]
    return TransportSecuritySettings(allowed_hosts=hosts, allowed_origins=[*pages, *origins])


def application(guarded: Guarded | None, origins: tuple[str, ...], relay: Relay | None = None) -> Starlette:
    """The web application, with its limits on the size of requests and the number of sessions."""
    limits = Limits()
    return built(guarded, relay).streamable_http_app(
        streamable_http_path=PATH,
        max_request_body_size=limits.request_bytes,
        session_idle_timeout=limits.seconds,
        max_sessions=limits.conversations,
        transport_security=security(guarded, origins),
    )


def serve(host: str, port: int, guarded: Guarded | None = None, origins: tuple[str, ...] = ()) -> None:
    """Serves until it is interrupted; where it cannot listen it says why and exits with 1. Port 0 is any."""
    app = application(guarded, origins)
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as listening:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind((host, port))
            listening.listen(_WAITING)
        except OSError as error:
            why = cannot_listen(error, host, port, "mcp-http")
            raise SystemExit(f"python -m mcp_server: {why}") from error
        shown = f"[{host}]" if ":" in host else host
        print(f"Serving on http://{shown}:{listening.getsockname()[1]}{PATH}", file=sys.stderr, flush=True)
        config = uvicorn.Config(
            app,
            log_config=None,
            access_log=False,
            server_header=False,
            limit_concurrency=_CONNECTIONS,
            timeout_graceful_shutdown=_LAST_SECONDS,
        )
        anyio.run(uvicorn.Server(config).serve, [listening])
