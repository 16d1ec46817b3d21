"""Lines typed while the speaker is busy with sound."""

from __future__ import annotations

import queue
import sys
import threading
from typing import TextIO

QUIT = (":quit", ".quit")


class Keyboard:
    """Reads a stream of lines in the background. `:quit` or its end closes it."""

    def __init__(self, lines: TextIO | None = None) -> None:
        self._typed: queue.Queue[str] = queue.Queue()
        self._ended = threading.Event()
        threading.Thread(target=self._read, args=(lines or sys.stdin,), daemon=True).start()

    def line(self) -> str | None:
        """A line that was typed since the last look; None where none was."""
        try:
            return self._typed.get_nowait()
        except queue.Empty:
            return None

    @property
    def closed(self) -> bool:
        """Tell whether the person wants to leave; what they typed before that comes first."""
        return self._ended.is_set() and self._typed.empty()

    def _read(self, lines: TextIO) -> None:
        for line in lines:
            if line.strip() in QUIT:
                break
            self._typed.put(line.strip())
        self._ended.set()
