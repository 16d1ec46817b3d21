"""A limit to how long somebody is kept waiting, whatever it is that does not answer."""

from __future__ import annotations

from collections.abc import Callable
from queue import Empty, SimpleQueue
from threading import Thread
from time import perf_counter
from typing import TypeVar, cast

Result = TypeVar("Result")


class Deadline:
    """So many seconds of waiting, for all calls together."""

    def __init__(self, seconds: float) -> None:
        self._left = seconds

    def run(self, call: Callable[[], Result]) -> Result:
        """Return or raise as the call does; ``TimeoutError`` once the time is up.

        A call that takes longer goes on by itself, and nobody learns what came of it. With no time left
        none is begun.
        """
        if self._left <= 0:
            raise TimeoutError
        done: SimpleQueue[tuple[bool, object]] = SimpleQueue()

        def work() -> None:
            try:
                done.put((True, call()))
            except Exception as error:  # noqa: BLE001 - raised again below, where somebody waits
                done.put((False, error))

        started = perf_counter()
        Thread(target=work, daemon=True).start()
        try:
            fine, result = done.get(timeout=self._left)
        except Empty:
            self._left = 0
            raise TimeoutError from None
        self._left -= perf_counter() - started
        if not fine:
            raise cast("Exception", result)
        return cast("Result", result)
