"""Processes that take packs in, several at once: unsealing and checking take the time, and each core can do its share.

A worker has the store open for itself. It ends with the process that began it, however that one ended.
"""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor
from datetime import UTC, datetime
from enum import StrEnum
from multiprocessing import connection
from pathlib import Path

import msgspec

from gemba import wording
from gemba.errors import GembaError, Refusal
from gemba.hq import intake
from gemba.hq.intake import SignedFor
from gemba.work.desk import Desk
from gemba.work.open_desk import open_desk

QUARANTINED = frozenset({"hq.unknown_sender", "hq.revoked_sender", "hq.unknown_inside", "hq.revoked_maker"})
"""Refusals that have put the pack into quarantine."""

NOT_FOR_GOOD = frozenset({"packs.newer_format", "hq.not_headquarters"})
"""Refusals of a whole pack that a newer program, or another store, would not make."""


class Result(StrEnum):
    """What came of trying to take a file in."""

    TAKEN = "taken-in"
    KNOWN = "known"
    QUARANTINED = "quarantined"
    REFUSED = "refused"
    TROUBLE = "trouble"


class Outcome(msgspec.Struct, frozen=True):
    """What a worker says of a file; it travels between processes."""

    result: Result
    words: str
    code: str = ""
    for_good: bool = False
    """True when trying again cannot end otherwise."""
    signed: SignedFor | None = None


class Recipe(msgspec.Struct, frozen=True):
    """How a worker opens the store."""

    folder: Path
    passphrase: str | None
    language: str = "en"

    def open(self) -> Desk:
        """Open the store, as another start of the program would."""
        from uuid_utils import uuid7

        wording.use(self.language)
        return open_desk(
            self.folder, clock=lambda: datetime.now(UTC), ids=lambda: str(uuid7()), passphrase=self.passphrase
        )


class Crew:
    """A few workers. A worker that dies is replaced; what it was doing is told as trouble, and tried again.

    Args:
        recipe: how each opens the store.
        count: how many at once; with 1 the store is opened in a process of its own, too.
    """

    def __init__(self, recipe: Recipe, count: int) -> None:
        self._recipe = recipe
        self.count = count
        self._pool: ProcessPoolExecutor | None = None

    def begin(self, file: Path, out: Path) -> Future[Outcome]:
        """Have a file taken in."""
        if self._pool is None:
            self._pool = ProcessPoolExecutor(
                self.count,
                mp_context=multiprocessing.get_context("spawn"),
                initializer=_begin,
                initargs=(self._recipe,),
            )
        return self._pool.submit(_take_in, file, out)

    def lost(self) -> None:
        """Let go of workers of which one has died; the next file gets new ones."""
        if self._pool is not None:
            self._pool.shutdown(wait=False, cancel_futures=True)
        self._pool = None

    def close(self) -> None:
        """Let the workers finish what they are doing, and end them."""
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)
        self._pool = None


def outcome_of(take: Callable[[], SignedFor]) -> Outcome:
    """Take in, and put whatever comes of it into words."""
    try:
        signed = take()
    except GembaError as error:
        words = wording.sentence(error)
        if error.code in QUARANTINED:
            return Outcome(Result.QUARANTINED, words, error.code)
        if isinstance(error, Refusal):
            return Outcome(Result.REFUSED, words, error.code, for_good=error.code not in NOT_FOR_GOOD)
        return Outcome(Result.TROUBLE, words, error.code)
    return Outcome(Result.TAKEN if signed.new else Result.KNOWN, signed.words, signed=signed)


class _Open:
    """The store that this worker has open."""

    recipe: Recipe | None = None
    desk: Desk | None = None


def _begin(recipe: Recipe) -> None:
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever presses Ctrl+C means the one that waits for us
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _Open.recipe = recipe


def _end_with_parent() -> None:
    """End this process when the one that began it has ended; a transaction that is cut off leaves nothing behind."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(1)


def _take_in(file: Path, out: Path) -> Outcome:
    def take() -> SignedFor:
        if _Open.recipe is None:
            raise RuntimeError("the worker was not begun")
        if _Open.desk is None:
            _Open.desk = _Open.recipe.open()
        return intake.take_in(_Open.desk, file, out)

    return outcome_of(take)
