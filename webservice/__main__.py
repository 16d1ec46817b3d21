"""Serve the skill over HTTP: python -m webservice [--port N] [--host ADDRESS] [--no-verify].

Behind something that speaks HTTPS; docs/hosting.md says how.
"""

from __future__ import annotations

import argparse
import logging
import os
import signal
import sys
from ipaddress import ip_address
from pathlib import Path

import certifi

from webservice.adapter import Handler
from webservice.app import create_app
from webservice.chain import Roots
from webservice.fetch import Fetcher
from webservice.gate import Gate
from webservice.keys import Keys
from webservice.port import cannot_listen
from webservice.server import make_server
from webservice.skill import load_handler


def main(argv: list[str]) -> int:
    """Serve until stopped; with options that will not do, say so and exit with 2."""
    parser = argparse.ArgumentParser(prog="python -m webservice", description="Serve the skill over HTTP.")
    parser.add_argument("--port", type=int, default=8080, help="0 takes any that is free (default: 8080)")
    parser.add_argument(
        "--host", default="127.0.0.1", help="the address to listen on (default: this machine only)"
    )
    parser.add_argument("--no-verify", action="store_true", help="answer anybody; on this machine only")
    args = parser.parse_args(argv)
    if args.port not in range(65536):
        parser.error("--port takes a number from 0 to 65535")
    host = "127.0.0.1" if args.host == "localhost" else args.host
    skill_id = os.environ.get("SKILL_ID", "")
    try:
        is_local = ip_address(host).is_loopback
    except ValueError:
        parser.error(f"--host takes an address in numbers, such as 0.0.0.0, not {host!r}")
    if args.no_verify and not is_local:
        parser.error("--no-verify answers anybody, so it listens on 127.0.0.1 or ::1 only")
    if not args.no_verify and not skill_id:
        parser.error("set SKILL_ID to the skill's id, or try it on this machine with --no-verify")
    serve(host, args.port, None if args.no_verify else gate_for(skill_id))
    return 0


def gate_for(skill_id: str) -> Gate:
    """The gate for a skill, with the roots that browsers trust."""
    roots = Roots(Path(certifi.where()).read_bytes())
    return Gate(Keys(Fetcher(), roots), skill_id)


def serve(host: str, port: int, gate: Gate | None) -> None:
    """Serve until interrupted or asked to end; where nobody can be served say why and exit with 1."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")
    app = create_app(_handler(), gate)
    try:
        server = make_server(app, host, port)
    except OSError as error:
        raise SystemExit(f"python -m webservice: {cannot_listen(error, host, port, 'serve')}") from error
    # The first process of a container does not end by itself when it is asked to.
    for asked in (signal.SIGTERM, signal.SIGINT):
        signal.signal(asked, lambda *_: sys.exit(0))
    server.print_listen("Serving on http://{}:{}")
    server.run()


def _handler() -> Handler:
    try:
        return load_handler()
    except Exception as error:
        if problems := getattr(error, "problems", ()):  # the skill refuses its own data
            raise SystemExit("\n".join(f"python -m webservice: {problem}" for problem in problems)) from error
        raise


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
