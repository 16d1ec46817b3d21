"""A room of virtual sound devices: a loudspeaker whose sound the microphone hears, and a person beside it."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from time import monotonic, sleep

import numpy as np

from simulator.speaker.moonshine import RATE

NEEDED = ("pulseaudio", "pacat", "parec")
OPTIONS = (
    "-n", "--daemonize=no", "--exit-idle-time=-1", "--use-pid-file=no", "--realtime=no", "--high-priority=no",
    "--log-level=error",
)  # fmt: skip
MODULES = Path(__file__).with_suffix(".pa")
CANCELLER = (
    "load-module module-echo-cancel aec_method=webrtc source_master=microphone sink_master=loudspeaker"
    ' aec_args="analog_gain_control=0 digital_gain_control=0 extended_filter=1"'
)
"""As docs/speaker.md says; by default its gain controls leave little of who talks into the voice."""
FULL = 32767
STARTS_WITHIN, ENDS_WITHIN = 20.0, 5.0
RAW = ("--raw", "--format=s16le", f"--rate={RATE}", "--latency-msec=20")


class NoServerError(Exception):
    """There is no sound server to start on this machine."""


class Devices:
    """The devices of a sound server that is running."""

    def __init__(self, env: dict[str, str]) -> None:
        self._env = env

    def say(self, sound: np.ndarray) -> None:
        """Say something beside the loudspeaker; returns when it has been said."""
        raw = (np.clip(sound, -1, 1) * FULL).astype(np.int16).tobytes()
        command = ["pacat", "--playback", "--device=person", *RAW, "--channels=1"]
        subprocess.run(command, input=raw, env=self._env, check=True)  # noqa: S603 - these words alone

    @contextmanager
    def recorded(self) -> Iterator[list[np.ndarray]]:
        """Listen in; once the context has ended there are two sounds: the loudspeaker's and the person's."""
        found: list[np.ndarray] = []
        command = ["parec", "--record", "--device=air.monitor", *RAW, "--channels=2"]
        with (
            tempfile.TemporaryFile() as file,
            subprocess.Popen(command, stdout=file, env=self._env) as recorder,  # noqa: S603 - these too
        ):
            try:
                yield found
            finally:
                recorder.terminate()
                recorder.wait()
                file.seek(0)
                both = np.frombuffer(file.read(), dtype=np.int16).reshape(-1, 2)
                found += [(side / FULL).astype(np.float32) for side in both.T]


@contextmanager
def devices(*, cancelling: bool) -> Iterator[Devices]:
    """A sound server of one's own, which ends with the context.

    Raises `NoServerError` where none is installed or it does not start. Meanwhile this process speaks through
    its loudspeaker and hears its microphone.
    """
    if missing := [name for name in NEEDED if not shutil.which(name)]:
        raise NoServerError(f"no {missing[0]} here: install pulseaudio and pulseaudio-utils")
    with tempfile.TemporaryDirectory(prefix="sound-") as folder:
        place = Path(folder)
        script, socket = place / "devices.pa", place / "native"
        modules = MODULES.read_text(encoding="utf-8")
        script.write_text(modules.format(canceller=CANCELLER if cancelling else "", socket=socket))
        own = dict.fromkeys(("HOME", "XDG_RUNTIME_DIR", "XDG_CONFIG_HOME", "TMPDIR"), folder)
        env = {**os.environ, **own, "PULSE_SERVER": f"unix:{socket}"}
        command = [NEEDED[0], *OPTIONS, "-F", str(script)]
        server = subprocess.Popen(command, env=env, stderr=subprocess.DEVNULL)  # noqa: S603 - and these
        try:
            _wait_for(socket, server)
            with _served_by(env["PULSE_SERVER"]):
                yield Devices(env)
        finally:
            server.terminate()
            with suppress(subprocess.TimeoutExpired):
                server.wait(ENDS_WITHIN)
            server.kill()
            server.wait()


@contextmanager
def _served_by(server: str) -> Iterator[None]:
    """Make this process use a sound server."""
    before = os.environ.get("PULSE_SERVER")
    os.environ["PULSE_SERVER"] = server
    try:
        yield
    finally:
        del os.environ["PULSE_SERVER"]
        if before is not None:
            os.environ["PULSE_SERVER"] = before


def _wait_for(socket: Path, server: subprocess.Popen[bytes]) -> None:
    """Return when all is loaded, which the socket comes last of."""
    latest = monotonic() + STARTS_WITHIN
    while not socket.exists():
        if server.poll() is not None or monotonic() > latest:
            raise NoServerError("the sound server does not start")
        sleep(0.05)
