"""`web`: serves the page on this machine until it is stopped."""

from __future__ import annotations

import logging
import os
import sys
from typing import Any

from waitress.server import create_server

from simulator.requests import SKILL_ID
from simulator.skill import load_handler
from simulator.web.app import create_app
from simulator.web.devices import kinds
from simulator.web.diagram import diagram
from webservice.port import cannot_listen

HOST = "127.0.0.1"
THREADS = 4


def serve(port: int, locale: str) -> int:
    """Serve on a port, 0 for any that is free; returns the exit code."""
    kinds(), diagram()  # a file that is broken is told here, before somebody opens the page
    app = create_app(load_handler(), os.environ.get("SKILL_ID") or SKILL_ID, locale)
    try:
        server: Any = create_server(app, host=HOST, port=port, threads=THREADS, ident="")
    except OSError as error:
        print(f"python -m simulator: {cannot_listen(error, HOST, port, 'web')}", file=sys.stderr)
        return 1
    # A browser opens connections by the handful; that one waits for a thread is no news to whoever talks.
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    print(f"Leg Cramp Guide is on http://{HOST}:{server.effective_port}/ (Ctrl-C stops it)", flush=True)
    server.run()
    return 0
