"""Conversations in the memory of this process: 30 minutes at most, and gone with their end."""

from __future__ import annotations

import asyncio
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from mcp.server.mcpserver.exceptions import ToolError

from crampguide.dialogue import State
from mcp_server.limits import Limits, Rate
from mcp_server.results import Result
from mcp_server.words import WORDS

_ID_BYTES = 24
_ERRORS: dict[str, str] = WORDS["error"]


class RefusedError(ToolError):
    """A call that cannot be served; the message says why, and what to do instead."""

    def __init__(self, reason: str, **values: object) -> None:
        super().__init__(_ERRORS[reason].format(**values))


@dataclass(slots=True)
class Conversation:
    """One conversation of one person. Never printed: it holds their answers."""

    id: str
    owner: str
    locale: str
    ends_at: float
    rate: Rate
    state: State = field(default_factory=State, repr=False)
    last: Result | None = field(default=None, repr=False)
    """The last result, which a call out of turn gets again."""
    asked_back: str = field(default="", repr=False)
    """The words in which the person was asked again about an answer that is to be taken back."""
    replies: int = 0


def later(seconds: float, do: Callable[[], object]) -> None:
    """Does something after a while, as long as this process serves."""
    asyncio.get_running_loop().call_later(seconds, do)


class Conversations:
    """All conversations, by ids that cannot be guessed. Each belongs to whoever began it."""

    def __init__(
        self,
        limits: Limits | None = None,
        clock: Callable[[], float] = time.monotonic,
        later: Callable[[float, Callable[[], object]], object] = later,
    ) -> None:
        self.limits = limits or Limits()
        self._clock = clock
        self._later = later
        self._open: dict[str, Conversation] = {}
        self._starts = Rate(self.limits.starts_a_minute, clock)

    def __len__(self) -> int:
        return len(self._open)

    def begin(self, owner: str, locale: str) -> Conversation:
        """A new conversation, which is forgotten when its time is over.

        Raises ``RefusedError`` where there are too many.
        """
        self._forget_old()
        if len(self._open) >= self.limits.conversations or not self._starts.allows():
            raise RefusedError("busy")
        id_ = secrets.token_urlsafe(_ID_BYTES)
        rate = Rate(self.limits.calls_a_minute, self._clock)
        self._open[id_] = Conversation(id_, owner, locale, self._clock() + self.limits.seconds, rate)
        self._later(self.limits.seconds, lambda: self.end(id_))
        return self._open[id_]

    def find(self, id_: str, owner: str) -> Conversation:
        """The conversation of this id, for whoever began it; to anybody else there is none.

        Raises ``RefusedError`` where there is none.
        """
        self._forget_old()
        found = self._open.get(id_)
        if found is None or found.owner != owner:
            raise RefusedError("gone", minutes=round(self.limits.seconds / 60))
        return found

    def take(self, id_: str, owner: str) -> Conversation:
        """The conversation for one more call.

        Raises ``RefusedError`` as ``find`` does, and where no call is left.
        """
        found = self.find(id_, owner)
        if not found.rate.allows():
            raise RefusedError("fast")
        if found.replies >= self.limits.replies:
            raise RefusedError("long")
        return found

    def end(self, id_: str) -> None:
        """Forgets a conversation and all that was answered in it."""
        self._open.pop(id_, None)

    def _forget_old(self) -> None:
        now = self._clock()
        for id_ in [each.id for each in self._open.values() if each.ends_at <= now]:
            self.end(id_)
