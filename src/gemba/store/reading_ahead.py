"""Lines of a pack, read as operations by another process: while a transaction waits, for its turn or its server.

Whoever needs operations that the other process has not come to yet does not stand by: he reads the last of what it has
not begun, so that both read until all is read.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Future, wait
from itertools import islice
from threading import Lock
from weakref import WeakMethod

from gemba.errors import Refusal
from gemba.store.meaning import meaning_of
from gemba.store.operation_lines import read
from gemba.store.operations import Operation
from gemba.store.second_process import operations_in, read_proven, second_process
from gemba.store.spare_time import spare_time

_AT_ONCE = 100
"""Lines that are handed over together: milliseconds of work, so that nobody waits long for what the other has begun."""
_AHEAD = 130
"""Batches that may lie ready, for a little more than is taken in together; memory stays the same however large the pack
is."""
_HEAVY = 2**20
"""Bytes from which on fewer lines than that are a batch."""
_AT_MOST = 32 * 2**20
"""Bytes of lines that may lie ready; one line may have half of that."""
_FEW = 50
"""Lines of a pack that are read at once by ourselves."""


class ReadAhead:
    """Operations that are being read from now on, as far as another process has time for it.

    Args:
        lines: the very bytes of lines of a pack. Nobody else draws from them any more.
        keys: public keys by device id. What they sign is checked on the way; whom one believes is asked later.
    """

    def __init__(self, lines: Iterable[bytes], keys: Mapping[str, bytes] | None = None) -> None:
        self._lines = iter(lines)
        self._keys = keys or {}
        self._begun: deque[_Batch] = deque()
        self._ahead = 0
        self._begin()

    def __iter__(self) -> Iterator[Operation]:
        """The operations, once.

        Raises:
            Refusal: `store.bad_operation`, at the line that is none.
        """
        while self._begun:
            first = self._begun[0]
            while not first.is_read() and self._read_one_here():
                pass
            self._begun.popleft()
            self._ahead -= first.size
            found = first.operations()
            self._begin()
            yield from found

    def _read_one_here(self) -> bool:
        """Read the last batch that nobody has begun; `False` when there is none."""
        return any(batch.read_here(self._keys) for batch in reversed(self._begun))

    def _begin(self) -> None:
        """Hand batches over until enough lies ready."""
        while len(self._begun) < _AHEAD and self._ahead < _AT_MOST and (some := self._some()):
            other = second_process(0) if len(some) > _FEW or self._begun else None
            batch = _Batch(some, None if other is None else other.begin_to_read(some, self._keys))
            self._begun.append(batch)
            self._ahead += batch.size

    def _some(self) -> list[bytes]:
        """The lines of one batch; none at the end."""
        some, size = list[bytes](), 0
        for line in islice(self._lines, _AT_ONCE):
            some.append(line)
            size += len(line)
            if size >= _HEAVY:
                break
        return some


class _Batch:
    """Some lines, and what is known of them.

    Args:
        lines: of a pack.
        asked: what the other process says; `None` when it was not asked.
    """

    def __init__(self, lines: list[bytes], asked: Future[bytes | None] | None) -> None:
        self.size = sum(map(len, lines))
        """Bytes of the lines."""
        self._lines = lines
        self._asked = asked
        self._found: Iterable[Operation] | None = map(read, lines) if asked is None else None
        self._one_at_a_time = Lock()
        self._is_given = False
        if asked is not None:
            prepare = WeakMethod(self._prepare)
            asked.add_done_callback(lambda _: spare_time.offer(prepare))

    def is_read(self) -> bool:
        """True when there is nothing to wait for."""
        return self._asked is None or self._asked.done()

    def read_here(self, keys: Mapping[str, bytes]) -> bool:
        """Take the lines over from the other process and read them, unless it has begun already.

        Args:
            keys: public keys by device id.

        Returns:
            True when they are read now, or are no lines.
        """
        if self._asked is None or not self._asked.cancel():
            return False
        self._asked = None
        try:
            self._found = read_proven(self._lines, keys)
        except Refusal:
            self._found = map(read, self._lines)  # raised when it is this line's turn
        return True

    def operations(self) -> Iterable[Operation]:
        """The operations; waits until they are read.

        Raises:
            Refusal: `store.bad_operation` while they are walked over, at the line that is none.
        """
        asked = self._asked
        if asked is not None:
            wait([asked])
        with self._one_at_a_time:
            self._is_given = True
            if self._found is None and asked is not None:
                self._found = operations_in(asked.result())
            self._asked = None
            return map(read, self._lines) if self._found is None else self._found

    def _prepare(self) -> None:
        """See what the operations mean, before anybody asks for them."""
        with self._one_at_a_time:
            asked = self._asked
            if self._is_given or asked is None or self._found is not None:
                return
            found = self._found = operations_in(asked.result())
            for operation in found or ():
                meaning_of(operation)
