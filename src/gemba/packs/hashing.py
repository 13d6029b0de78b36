"""SHA-256 in a thread of its own: the standard library lets go of the interpreter while it hashes."""

from __future__ import annotations

import hashlib
import os
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cache
from threading import Semaphore

_AHEAD = 8
"""Pieces that may wait to be hashed."""
_WORTH_IT = 1 << 14
"""Bytes from which another thread is worth the change."""


class Hashing:
    """The SHA-256 of pieces that come one after the other.

    Small pieces are hashed at once, large ones by another thread while more is read; their order is kept.
    """

    def __init__(self) -> None:
        self._hash = hashlib.sha256()
        self._room = Semaphore(_AHEAD)
        self._last: Future[None] | None = None

    def update(self, data: bytes) -> None:
        """Add a piece."""
        if len(data) < _WORTH_IT and (self._last is None or self._last.done()):
            self._settle()
            self._hash.update(data)
            return
        self._room.acquire()
        self._last = _thread().submit(self._add, data)

    def sha256(self) -> str:
        """The hash of all that came."""
        self._settle()
        return self._hash.hexdigest()

    def _add(self, data: bytes) -> None:
        try:
            self._hash.update(data)
        finally:
            self._room.release()

    def _settle(self) -> None:
        if self._last is not None:
            self._last.result()
            self._last = None


@cache
def _thread() -> ThreadPoolExecutor:
    """One thread for all of them: what is handed to it is done in that order."""
    return ThreadPoolExecutor(1, "hash")


if hasattr(os, "register_at_fork"):  # threads do not come along into a forked process
    os.register_at_fork(after_in_child=_thread.cache_clear)
