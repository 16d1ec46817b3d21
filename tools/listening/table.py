"""A speaker on a table of virtual devices, and a person who reads along on its screen and talks to it."""

from __future__ import annotations

import queue
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from io import StringIO
from typing import NamedTuple

import numpy as np

from simulator.speaker.doubt import Understood
from simulator.speaker.ears import Ears
from simulator.speaker.house import build, deaf
from simulator.speaker.settings import settings
from simulator.speaker.sound import SoundCard
from simulator.speaker.voices import Voice
from simulator.terminal.paper import Paper

LONGEST = 120.0


class Event(NamedTuple):
    """A line of the speaker's screen: whose it is, "skill", "you" or "note", and what it says."""

    who: str
    text: str


LISTENS = Event("note", "(listening)")


class Screen(Paper):
    """The speaker's screen; what appears on it can be waited for."""

    def __init__(self) -> None:
        super().__init__(StringIO(), {})
        self._events: queue.Queue[Event] = queue.Queue()
        self.seen: list[Event] = []

    def said(self, who: str, text: str) -> None:
        self._events.put(Event(who, text))

    def note(self, text: str) -> None:
        self._events.put(Event("note", text))

    def next(self, longest: float = LONGEST) -> Event:
        """The next line, waited for; raises `queue.Empty` where none comes for so many seconds."""
        self.seen.append(self._events.get(timeout=longest))
        return self.seen[-1]


class Lines:
    """The speaker's keyboard."""

    def __init__(self) -> None:
        self._typed: queue.Queue[str] = queue.Queue()
        self.closed = False

    def type(self, line: str) -> None:
        """Type a line."""
        self._typed.put(line)

    def line(self) -> str | None:
        return None if self._typed.empty() else self._typed.get()


class Overhearing(Ears):
    """Ears that remember what they have understood, also where it was not taken."""

    def __init__(self, ears: Ears) -> None:
        super().__init__(ears.model, ears.embedding, ears.single_words, ears.resolver, settings())
        self.heard: list[Understood] = []

    def understand(
        self, recording: np.ndarray, *, asked: bool, doubtful: Understood | None = None
    ) -> Understood:
        self.heard.append(super().understand(recording, asked=asked, doubtful=doubtful))
        return self.heard[-1]


class Table(NamedTuple):
    """A speaker that serves, and all around it."""

    screen: Screen
    keyboard: Lines
    ears: Overhearing

    def leave(self) -> None:
        """End the speaker, whatever it is doing."""
        self.keyboard.closed = True
        self.keyboard.type("")


@contextmanager
def table(ears: Ears, card: SoundCard, locale: str, voice: str | Voice) -> Iterator[Table]:
    """A speaker that serves until the context ends, on a card that is open."""
    screen, keyboard, overhearing = Screen(), Lines(), Overhearing(ears)
    speaker = build(
        card, locale, voice, ears=overhearing, keys=keyboard, paper=screen, clock=lambda: datetime.now(UTC),
        deaf=deaf(card, headset=False),
    )  # fmt: skip
    laid = Table(screen, keyboard, overhearing)
    with ThreadPoolExecutor(1) as thread:
        serving = thread.submit(speaker.run)
        serving.add_done_callback(lambda _: screen.said("end", ""))
        try:
            yield laid
        finally:
            laid.leave()
            serving.result()
