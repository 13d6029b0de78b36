"""Lines of a pack, read as operations by another process: while a transaction waits, for its turn or its server."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Future
from itertools import islice

from gemba.store.operation_lines import read
from gemba.store.operations import Operation
from gemba.store.second_process import operations_in, second_process

_AT_ONCE = 1000
_AHEAD = 2
"""Batches that may lie ready: memory stays the same however large the pack is."""
_FEW = 50
"""Lines that are read at once by ourselves."""


class ReadAhead:
    """Operations that are being read from now on, as far as another process has time for it.

    Args:
        lines: the very bytes of lines of a pack. Nobody else draws from them any more.
        keys: public keys by device id. What they sign is checked on the way; whom one believes is asked later.
    """

    def __init__(self, lines: Iterable[bytes], keys: Mapping[str, bytes] | None = None) -> None:
        self._lines = iter(lines)
        self._keys = keys or {}
        self._begun: deque[tuple[list[bytes], Future[bytes | None] | None]] = deque()
        for _ in range(_AHEAD):
            self._begin()

    def __iter__(self) -> Iterator[Operation]:
        """The operations, once.

        Raises:
            Refusal: `store.bad_operation`, at the line that is none.
        """
        while self._begun:
            some, asked = self._begun.popleft()
            found = None if asked is None else operations_in(asked.result())
            self._begin()
            yield from map(read, some) if found is None else found

    def _begin(self) -> None:
        some = list(islice(self._lines, _AT_ONCE))
        if some:
            other = second_process(0) if len(some) > _FEW else None
            self._begun.append((some, None if other is None else other.begin_to_read(some, self._keys)))
