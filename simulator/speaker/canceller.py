"""The echo cancellation of the system's sound server, where somebody has turned it on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

import miniaudio

from simulator.speaker.book import speaking

SERVER = "PulseAudio"
"""The one backend whose devices tell that they cancel echoes; PipeWire is reached through it too."""


class Canceller(NamedTuple):
    """A microphone out of which the sound server takes what the loudspeaker plays.

    Both are ids as miniaudio has them. Without a loudspeaker the server listens to the usual one.
    """

    name: str
    microphone: object
    loudspeaker: object | None


def canceller() -> Canceller | None:
    """The canceller that is turned on; None where there is none.

    Raises `miniaudio.MiniaudioError` where there is no sound system.
    """
    devices = miniaudio.Devices()
    if devices.backend != SERVER:
        return None
    microphone = _cancelling(devices.get_captures())
    if microphone is None:
        return None
    loudspeaker = _cancelling(devices.get_playbacks())
    return Canceller(microphone["name"], microphone["id"], loudspeaker and loudspeaker["id"])


def _cancelling(devices: Iterable[Mapping[str, Any]]) -> Mapping[str, Any] | None:
    """The first device that a canceller made; what only listens in on what such a device plays is none."""
    named = speaking()["canceller"]
    made, listens_in = (re.compile(named[key], re.IGNORECASE) for key in ("made", "listens_in"))
    for device in devices:
        known_as = f"{device['name']} {_id(device)}"
        if made.search(known_as) and not listens_in.search(known_as):
            return device
    return None


def _id(device: Mapping[str, Any]) -> str:
    """The server's own name of a device."""
    raw = miniaudio.ffi.cast("char *", device["id"])
    return str(miniaudio.ffi.string(raw).decode())
