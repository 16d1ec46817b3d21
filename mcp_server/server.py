"""The server: instructions, tools, pages and prompts around one relay."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from mcp.server.auth.provider import TokenVerifier
from mcp.server.auth.settings import AuthSettings
from mcp.server.mcpserver import MCPServer

from mcp_server.calls import add_tools
from mcp_server.pages import add_pages
from mcp_server.relay import Relay
from mcp_server.words import WORDS
from tools.version import NAME as TITLE
from tools.version import version

NAME = "leg-cramp-guide"


def build(
    relay: Relay | None = None, verifier: TokenVerifier | None = None, auth: AuthSettings | None = None
) -> MCPServer:
    """A server for either transport. With ``auth`` the ``verifier`` decides which tokens are good.

    Nothing that the SDK would log is logged: it may hold what somebody said.
    """
    serves = relay or Relay()

    @asynccontextmanager
    async def lifespan(_server: MCPServer) -> AsyncIterator[Relay]:
        yield serves

    logging.getLogger("mcp").setLevel(logging.CRITICAL)
    logging.getLogger("mcp_server").setLevel(logging.ERROR)
    server: MCPServer = MCPServer(
        NAME,
        title=TITLE,
        instructions=WORDS["instructions"].strip(),
        version=version(),
        lifespan=lifespan,
        log_level="CRITICAL",
        subscriptions=False,
        token_verifier=verifier,
        auth=auth,
    )
    add_tools(server)
    add_pages(server, serves.locales)
    return server
