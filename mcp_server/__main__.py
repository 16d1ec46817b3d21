"""Serve the guide to other assistants: python -m mcp_server [stdio | http].

Over standard input and output for an assistant on this machine, or over HTTP; docs/mcp.md says how.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

from mcp_server.addresses import is_here, is_secure

SOURCE = Path(__file__).resolve().parents[1] / "lambda"
PORT = 8200
_LAST_PORT = 65535


def main(argv: list[str]) -> int:
    """Serve until stopped; with options that will not do, say so and exit with 2."""
    parser = argparse.ArgumentParser(
        prog="python -m mcp_server", description="Serve the guide to assistants."
    )
    ways = parser.add_subparsers(dest="way", required=True)
    ways.add_parser("stdio", help="over standard input and output, to the program that started it")
    http = ways.add_parser("http", help="over Streamable HTTP")
    http.add_argument("--port", type=int, default=PORT, help=f"0 takes any that is free (default: {PORT})")
    http.add_argument(
        "--host", default="127.0.0.1", help="the address to listen on (default: this machine only)"
    )
    http.add_argument("--issuer", help="the OAuth issuer whose tokens are taken: https://...")
    http.add_argument(
        "--resource", help="the public address of this server, which tokens must be for: https://.../mcp"
    )
    http.add_argument("--scope", action="append", default=[], help="a scope that every token must have")
    http.add_argument(
        "--origin", action="append", default=[], help="a web page's origin that may call: https://..."
    )
    args = parser.parse_args(argv)
    if args.way == "stdio":
        return _run(_stdio)
    _check(http, args)
    return _run(lambda: _http(args))


def _check(parser: argparse.ArgumentParser, args: argparse.Namespace) -> None:
    """Refuse what would serve strangers, or nobody."""
    if args.port not in range(_LAST_PORT + 1):
        parser.error(f"--port takes a number from 0 to {_LAST_PORT}")
    try:
        here = is_here(args.host)
    except ValueError:
        parser.error(f"--host takes an address in numbers, such as 0.0.0.0, not {args.host!r}")
    if bool(args.issuer) != bool(args.resource):
        parser.error("--issuer and --resource go together: tokens of that issuer, for that address")
    for name in ("issuer", "resource"):
        given = getattr(args, name)
        if given and not is_secure(given):
            parser.error(f"--{name} takes an https:// address, not {given!r}")
    if args.scope and not args.issuer:
        parser.error("--scope is of tokens: give --issuer and --resource too")
    if not here and not args.issuer:
        parser.error("other machines need a token: give --issuer and --resource, or leave --host out")
    for origin in args.origin:
        parts = urlsplit(origin)
        if not is_secure(origin) or origin != f"{parts.scheme}://{parts.netloc}":
            parser.error(
                f"--origin takes a scheme and a host, such as https://chat.example.org, not {origin!r}"
            )


def _stdio() -> None:
    from mcp_server.server import build  # noqa: PLC0415 - data that is broken is said in one line

    build().run("stdio")


def _http(args: argparse.Namespace) -> None:
    from mcp_server.web import Guarded, serve  # noqa: PLC0415 - as above

    guarded = Guarded(args.issuer, args.resource, tuple(args.scope)) if args.issuer else None
    serve(args.host, args.port, guarded, tuple(args.origin))


def _run(way: Callable[[], None]) -> int:
    if str(SOURCE) not in sys.path:
        sys.path.insert(0, str(SOURCE))
    try:
        way()
    except KeyboardInterrupt:
        return 0
    except Exception as error:
        # The guide refuses its own data, or a file of words cannot be used.
        problems = getattr(error, "problems", ()) or ([str(error)] if _is_broken_file(error) else ())
        if not problems:
            raise
        raise SystemExit("\n".join(f"python -m mcp_server: {problem}" for problem in problems)) from error
    return 0


def _is_broken_file(error: Exception) -> bool:
    from simulator.files import BrokenFileError  # noqa: PLC0415 - only where something went wrong

    return isinstance(error, BrokenFileError)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
