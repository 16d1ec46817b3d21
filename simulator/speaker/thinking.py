"""Hears somebody out, and has thought about what they said by the time it is sure that they have ended."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, NamedTuple, Self, TypeVar

import numpy as np

from simulator.speaker.endpoint import Endpoint
from simulator.speaker.settings import Timing

Meaning = TypeVar("Meaning")


class Thought(NamedTuple):
    """A recording, and what it will turn out to mean."""

    recording: np.ndarray
    meaning: Future[Any]


class Thinking:
    """Takes blocks of sound, and gives back what was meant once it is over.

    As a context it ends once its last thought is thought.
    """

    def __init__(self, turn: Timing) -> None:
        self._endpoint = Endpoint(turn)
        self._thinker = ThreadPoolExecutor(1)
        self._thought: Thought | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._thinker.shutdown(cancel_futures=True)

    @property
    def speaking(self) -> bool:
        """Tell whether somebody has begun and not ended."""
        return self._endpoint.speaking

    @property
    def power(self) -> float:
        """The power of the loudest moment of what was said last."""
        return self._endpoint.power

    def reset(self, *, whispers: bool = True, audible: float = 0.0) -> None:
        """Forget all that was heard. `whispers`: from now on they count as speech too.

        `audible`: the power that somebody who begins to speak must reach.
        """
        self._endpoint.reset(whispers=whispers, audible=audible)
        self._forget()

    def take(self, block: np.ndarray, understand: Callable[[np.ndarray], Meaning]) -> Meaning | None:
        """One block of 512 samples; returns what `understand` makes of the whole recording at its end.

        It is asked in a thread of its own as soon as the recording may be whole, and again if it was not.
        """
        recording = self._endpoint.take(block)
        if self._endpoint.paused is not None:
            self._think(self._endpoint.paused, understand)
        if recording is None:
            return None
        thought = self._thought
        if thought is None or len(thought.recording) != len(recording):
            thought = self._think(recording, understand)
        meaning: Meaning = thought.meaning.result()
        self._forget()
        return meaning

    def _think(self, recording: np.ndarray, understand: Callable[[np.ndarray], Meaning]) -> Thought:
        self._forget()
        self._thought = Thought(recording, self._thinker.submit(understand, recording))
        return self._thought

    def _forget(self) -> None:
        if self._thought:
            self._thought.meaning.cancel()
        self._thought = None
