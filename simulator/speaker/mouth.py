"""Speech, block by block: while one sentence is heard the next is made."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor

import numpy as np

from simulator.speaker.endpoint import BLOCK
from simulator.speaker.moonshine import RATE
from simulator.speaker.spoken import Words, parts
from simulator.speaker.voices import Voice


class Mouth:
    """A voice at work. `waited` is called where a sentence had to be waited for.

    `chores` are done one at a time while it is idle, by a maker of their own: who is called meanwhile need
    not wait for the one that is being done.
    """

    def __init__(
        self,
        voice: Voice,
        waited: Callable[[], None],
        chores: Iterator[object] | None = None,
        makers: tuple[Executor, Executor] | None = None,
    ) -> None:
        self._voice, self._waited = voice, waited
        self._chores = chores if chores is not None else iter(())
        self._maker, self._idle_maker = makers or (ThreadPoolExecutor(1), ThreadPoolExecutor(1))
        self._chore: Future[object] | None = None

    def blocks(self, ssml: str) -> Iterator[np.ndarray]:
        """The sound of a speech; its pauses are real. What nobody waits for any more is not made."""
        said = list(parts(ssml))
        made = self._one_ahead([part for part in said if isinstance(part, Words)])
        left = np.zeros(0, dtype=np.float32)
        for part in said:
            sound = (
                np.zeros(round(part * RATE), dtype=np.float32)
                if isinstance(part, float)
                else self._waited_for(next(made))
            )
            left = np.concatenate([left, sound])
            while len(left) >= BLOCK:
                yield left[:BLOCK]
                left = left[BLOCK:]
        if len(left):
            yield np.pad(left, (0, BLOCK - len(left)))

    def idle(self) -> None:
        """Begin the next chore, unless one is being done."""
        if self._chore is None or self._chore.done():
            if self._chore is not None:
                self._chore.result()
            self._chore = self._idle_maker.submit(next, self._chores, None)

    def close(self) -> None:
        """End once the sentence that is being made is made."""
        for maker in (self._maker, self._idle_maker):
            maker.shutdown(cancel_futures=True)

    def _one_ahead(self, said: Sequence[Words]) -> Iterator[Future[np.ndarray]]:
        """Each sentence while it is made, the one after it begun already."""
        begun: deque[Future[np.ndarray]] = deque()
        try:
            for words in said:
                begun.append(self._maker.submit(self._voice.say, words.text, words.rate))
                if len(begun) > 1:
                    yield begun.popleft()
            yield from begun
        finally:
            for future in begun:
                future.cancel()

    def _waited_for(self, sentence: Future[np.ndarray]) -> np.ndarray:
        if sentence.done():
            return sentence.result()
        sound = sentence.result()
        self._waited()
        return sound
