"""The sound card: each block that is played brings one that was recorded."""

from __future__ import annotations

import os
import queue
import sys
from collections.abc import Generator
from contextlib import ExitStack, closing, contextmanager
from types import TracebackType
from typing import Protocol, Self

import numpy as np

from simulator.speaker.endpoint import BLOCK
from simulator.speaker.moonshine import RATE

SILENCE = np.zeros(BLOCK, dtype=np.float32)
FULL = 32767
AHEAD, LATE = 4, 8
"""Blocks that wait to be played; blocks recorded while it speaks, beyond which the oldest are dropped."""
PERIOD, PERIODS = 32, 2
"""Milliseconds that the card is given at once, and how many of those its own buffer holds.

Shorter ones bring a reply sooner, and leave an echo canceller with so much of the speaker's voice that it
falls silent for itself.
"""
TIMEOUT = 3.0


class NoSoundError(Exception):
    """There is no microphone or loudspeaker, or they have gone."""


class Sound(Protocol):
    """A microphone and a loudspeaker."""

    def exchange(self, block: np.ndarray) -> np.ndarray:
        """Play a block of 512 samples, and return the next one recorded; takes as long as the block does."""
        ...

    def rest(self) -> None:
        """Drop what was recorded meanwhile."""
        ...


@contextmanager
def _without_chatter() -> Generator[None, None, None]:
    """Sound systems write pages about every device they do not find, straight to the terminal."""
    sys.stderr.flush()
    kept, nowhere = os.dup(2), os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    try:
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nowhere)


class SoundCard:
    """The machine's usual microphone and loudspeaker, as a context."""

    def __init__(self, *, pretend: bool = False, cancelling: bool = True) -> None:
        """`cancelling` takes the sound server's echo canceller where one is turned on.

        `pretend` takes a card that records silence and plays nothing, for machines that have none.
        """
        import miniaudio  # noqa: PLC0415 - only a real card needs it

        from simulator.speaker.canceller import canceller  # noqa: PLC0415 - so does this

        self._recorded: queue.Queue[np.ndarray] = queue.Queue()
        self._to_play: queue.Queue[np.ndarray] = queue.Queue(AHEAD)
        shared = {
            "nchannels": 1, "sample_rate": RATE, "buffersize_msec": PERIOD, "callback_periods": PERIODS,
            "backends": [miniaudio.Backend.NULL] if pretend else [], "app_name": "Skill simulator",
        }  # fmt: skip
        with _without_chatter(), ExitStack() as opened:
            try:
                found = self.canceller = canceller() if cancelling and not pretend else None
                microphone = miniaudio.CaptureDevice(device_id=found and found.microphone, **shared)
                opened.enter_context(closing(microphone))
                loudspeaker = miniaudio.PlaybackDevice(device_id=found and found.loudspeaker, **shared)
                opened.enter_context(closing(loudspeaker))
            except miniaudio.MiniaudioError as error:
                raise NoSoundError("no microphone and loudspeaker were found") from error
            if loudspeaker.backend.lower() == "null" and not pretend:
                raise NoSoundError("no sound system was found")
            self._microphone, self._loudspeaker = microphone, loudspeaker
            self._opened = opened.pop_all()

    def __enter__(self) -> Self:
        for device, passes_on in (
            (self._microphone, self._keep_recorded()),
            (self._loudspeaker, self._give_to_play()),
        ):
            next(passes_on)
            device.start(passes_on)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._opened.close()

    def exchange(self, block: np.ndarray) -> np.ndarray:
        """Sound is played up to `AHEAD` blocks later, so that it has no gaps where somebody calls this late.

        `SILENCE` itself is what is heard anyhow: it takes no time where something was recorded already.
        """
        try:
            if block is not SILENCE:
                self._to_play.put((np.clip(block, -1, 1) * FULL).astype(np.int16), timeout=TIMEOUT)
                while self._recorded.qsize() > LATE:
                    self._recorded.get_nowait()
                if self._recorded.empty() and not self._to_play.full():
                    return SILENCE
            return self._recorded.get(timeout=TIMEOUT).astype(np.float32) / FULL
        except (queue.Full, queue.Empty) as error:
            raise NoSoundError("the sound card stopped") from error

    def rest(self) -> None:
        while not self._recorded.empty():
            self._recorded.get_nowait()

    def _keep_recorded(self) -> Generator[None, bytearray, None]:
        """Runs in the microphone's own thread: takes what was recorded."""
        waiting = np.zeros(0, dtype=np.int16)
        while True:
            waiting = np.concatenate([waiting, np.frombuffer((yield), dtype=np.int16)])
            while len(waiting) >= BLOCK:
                self._recorded.put(waiting[:BLOCK])
                waiting = waiting[BLOCK:]

    def _give_to_play(self) -> Generator[bytes, int, None]:
        """Runs in the loudspeaker's own thread: gives as many samples as it asks for."""
        playing = np.zeros(0, dtype=np.int16)
        played = b""
        while True:
            wanted = yield played
            while len(playing) < wanted and not self._to_play.empty():
                playing = np.concatenate([playing, self._to_play.get_nowait()])
            given, playing = playing[:wanted], playing[wanted:]
            played = np.pad(given, (0, wanted - len(given))).tobytes()
