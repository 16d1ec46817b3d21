"""The keys that requests are signed with: fetched once, verified, kept for a while.

A certificate server that is slow or dead costs little: fetching has its own few threads, a chain is fetched
once however many requests wait for it, they wait for a bounded time, and only some of them may wait at all,
so that the others are served meanwhile.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import BoundedSemaphore, Lock

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

from webservice.chain import Roots, Signer
from webservice.refusal import Reason, RefusedError

Clock = Callable[[], datetime]
MOST_KEPT = 16
LONGEST_KEPT = timedelta(hours=1)
MOST_FETCHES = 4
MOST_WAITING = 6


def utc_now() -> datetime:
    """The time of day."""
    return datetime.now(UTC)


class Keys:
    """The keys of verified chains, by the path of the chain. For any number of threads."""

    def __init__(
        self,
        fetch: Callable[[str], bytes],
        roots: Roots,
        *,
        clock: Clock = utc_now,
        patience: float = 3.0,
        waiting: int = MOST_WAITING,
    ) -> None:
        self._fetch, self._roots, self._clock, self._patience = fetch, roots, clock, patience
        self._kept: OrderedDict[str, Signer] = OrderedDict()
        self._coming: dict[str, Future[Signer]] = {}
        self._lock = Lock()
        self._places = BoundedSemaphore(waiting)
        self._fetchers = ThreadPoolExecutor(MOST_FETCHES, "certificates")

    def key(self, path: str) -> RSAPublicKey:
        """The key of the chain at ``path``.

        Raises ``RefusedError`` if the chain is no good, did not come in time, or too much is being fetched.
        """
        with self._lock:
            signer = self._kept.get(path)
            if signer is not None and self._clock() < signer.until:
                self._kept.move_to_end(path)
                return signer.key
            coming = self._coming.get(path) or self._start(path)
        if not self._places.acquire(blocking=False):
            raise RefusedError(Reason.BUSY)
        try:
            return coming.result(self._patience).key
        except TimeoutError:
            raise RefusedError(Reason.FETCH) from None
        finally:
            self._places.release()

    def close(self) -> None:
        """Fetch no more. What is being fetched ends by its own deadline."""
        self._fetchers.shutdown(wait=False, cancel_futures=True)

    def _start(self, path: str) -> Future[Signer]:
        if len(self._coming) >= MOST_FETCHES:
            raise RefusedError(Reason.BUSY)
        self._coming[path] = self._fetchers.submit(self._get, path)
        return self._coming[path]

    def _get(self, path: str) -> Signer:
        try:
            signer = self._signer(path)
            with self._lock:
                self._kept[path] = signer
                self._kept.move_to_end(path)
                if len(self._kept) > MOST_KEPT:
                    self._kept.popitem(last=False)
            return signer
        finally:
            with self._lock:
                del self._coming[path]

    def _signer(self, path: str) -> Signer:
        pem, now = self._fetch(path), self._clock()
        found = self._roots.signer(pem, now)
        return found._replace(until=min(found.until, now + LONGEST_KEPT))
