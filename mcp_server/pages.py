"""Everything to read: the protocol's pages, the safety-net, what it must never be used for; and prompts."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from pathlib import Path

from mcp.server.mcpserver import MCPServer

from crampguide.speech import catalogue_for, to_plain
from mcp_server.words import WORDS
from simulator.files import read_text

_ROOT = Path(__file__).parents[1]
_MARKDOWN = "text/markdown"
_NEVER = re.compile(r"^## What it must never be used for\n+(.*?)(?=^## )", re.MULTILINE | re.DOTALL)
_NET = ("net.line", "net.cauda_equina", "net.calf", "net.come_back", "net.time_limit")
"""All that is said of when to get help, the most dangerous first."""


def never() -> str:
    """The README's own words on what it must never be used for."""
    found = _NEVER.search(read_text(_ROOT / "README.md"))
    if found is None:
        raise LookupError("README.md no longer says what it must never be used for")
    return found[1].strip()


def safety_net(locale: str) -> str:
    """When to get help, in the words of a locale."""
    words = catalogue_for(locale)
    return "\n\n".join(to_plain(words.say(key)) for key in _NET)


def protocol_pages() -> dict[str, Path]:
    """The protocol's pages by their short name."""
    return {path.stem: path for path in sorted((_ROOT / "docs").glob("protocol*.md"))}


def add_pages(server: MCPServer, locales: tuple[str, ...]) -> None:
    """Offers every page as a resource, and the prompts."""
    says = WORDS["page"]
    for name, path in protocol_pages().items():
        _add(server, f"guide://{name}", name, says["protocol"], partial(read_text, path))
    for locale in locales:
        read = partial(safety_net, locale)
        _add(server, f"guide://safety-net/{locale}", f"safety-net-{locale}", says["safety_net"], read)
    _add(server, "guide://never-use-for", "never-use-for", says["never"], never)
    for name in WORDS["prompt"]:
        _add_prompt(server, name, locales)


def _add(server: MCPServer, uri: str, name: str, description: str, read: Callable[[], str]) -> None:
    server.resource(uri, name=name, description=description, mime_type=_MARKDOWN)(read)


def _add_prompt(server: MCPServer, name: str, locales: tuple[str, ...]) -> None:
    words = WORDS["prompt"][name]

    def prompt(locale: str = locales[-1]) -> str:
        text: str = words["text"]
        return text.format(locale=locale if locale in locales else locales[-1])

    server.prompt(name=name, title=words["title"], description=words["description"])(prompt)
