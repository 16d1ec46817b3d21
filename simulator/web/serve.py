"""`web`: serves the page on this machine until it is stopped."""

from __future__ import annotations

import errno
import logging
import os
import sys
from contextlib import suppress
from typing import Any

from waitress.server import create_server

from simulator.device.echo import Device, SkillError
from simulator.device.replies import InvalidResponseError
from simulator.device.requests import SKILL_ID
from simulator.skill import Skill
from simulator.web.app import create_app
from simulator.web.devices import kinds

HOST = "127.0.0.1"
THREADS = 4
FIRST_FOR_ANYBODY, LAST, FREE_AS_A_RULE = 1024, 65535, 8090


def serve(skill: Skill, port: int, locale: str, profile: str | None = None) -> int:
    """Serve the page of a skill on a port, 0 for any that is free; returns the exit code.

    Its address is printed once all is loaded: whoever follows it gets the page and the first reply at once.
    """
    if sys.stderr.isatty():
        print("Loading the skill and what it understands ...", file=sys.stderr)
    skill_id = os.environ.get("SKILL_ID") or SKILL_ID
    app = create_app(skill, skill_id, locale, profile=profile)
    rehearse(skill, skill_id)
    try:
        server: Any = create_server(app, host=HOST, port=port, threads=THREADS, ident="")
    except OSError as error:
        print(f"python -m simulator: {_cannot_listen(error, port, skill.hooks.other_port)}", file=sys.stderr)
        return 1
    # A browser opens connections by the handful; that one waits for a thread is no news to whoever talks.
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    print(f"{skill.title} is on http://{HOST}:{server.effective_port}/ (Ctrl-C stops it)", flush=True)
    server.run()
    return 0


def rehearse(skill: Skill, skill_id: str) -> None:
    """Hold the start of a conversation in each locale, which loads what the skill loads with its first words.

    It is held by nobody: without a user id there is nothing to remember. What fails here fails again on the
    page, which shows it.
    """
    display = next(kind for kind in kinds().values() if kind.width)
    for locale in skill.locales:
        device = Device(
            skill.handler,
            locale,
            resolver=skill.resolver(locale),
            skill_id=skill_id,
            user_id="",
            interfaces=display.interfaces,
            context=display.context,
        )
        with suppress(SkillError, InvalidResponseError):
            device.launch()
            device.say("yes")


def _cannot_listen(error: OSError, port: int, advice: str) -> str:
    """Say what stands in the way of listening on a port, and what to do."""
    another = port + 1 if FIRST_FOR_ANYBODY <= port < LAST else FREE_AS_A_RULE
    take = f"take another port: {advice.format(port=another)}"
    if error.errno == errno.EADDRINUSE:
        return f"port {port} is in use; stop what listens there, or {take}"
    if error.errno in {errno.EACCES, errno.EPERM}:
        return f"port {port} needs an administrator; {take}"
    return f"port {port} cannot be had ({error.strerror or error}); {take}"
