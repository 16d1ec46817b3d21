"""`web`: serves the page on this machine until it is stopped."""

from __future__ import annotations

import logging
import os
import sys
from contextlib import suppress
from typing import Any

from waitress.server import create_server

from simulator.device.echo import Device, Handler, SkillError
from simulator.device.replies import InvalidResponseError
from simulator.device.requests import SKILL_ID
from simulator.device.skill import load_handler
from simulator.web.app import LOCALES, create_app
from simulator.web.devices import kinds
from simulator.web.diagram import diagram
from webservice.port import cannot_listen

HOST = "127.0.0.1"
THREADS = 4


def serve(port: int, locale: str, profile: str | None = None) -> int:
    """Serve on a port, 0 for any that is free; returns the exit code.

    Its address is printed once all is loaded: whoever follows it gets the page and the first reply at once.
    """
    if sys.stderr.isatty():
        print("Loading the skill and what it understands ...", file=sys.stderr)
    kinds(), diagram()  # a file that is broken is told here, before somebody opens the page
    handler, skill_id = load_handler(), os.environ.get("SKILL_ID") or SKILL_ID
    app = create_app(handler, skill_id, locale, profile=profile)
    rehearse(handler, skill_id)
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


def rehearse(handler: Handler, skill_id: str) -> None:
    """Hold the start of a conversation in each locale, which loads what the skill loads with its first words.

    It is held by nobody: without a user id there is nothing to remember. What fails here fails again on the
    page, which shows it.
    """
    display = next(kind for kind in kinds().values() if kind.width)
    for locale in LOCALES:
        device = Device(
            handler,
            locale,
            skill_id=skill_id,
            user_id="",
            interfaces=display.interfaces,
            context=display.context,
        )
        with suppress(SkillError, InvalidResponseError):
            device.launch()
            device.say("yes")
