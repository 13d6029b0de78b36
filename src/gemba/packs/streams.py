"""Streams between us and the age library, which calls back for every few kilobytes and flattens our errors into text.

So each of them remembers the true error, for the caller to raise again. Bytes change threads in large pieces, because
whoever asks for the interpreter a million times waits for it a million times.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from queue import SimpleQueue
from threading import Semaphore
from typing import BinaryIO

from gemba.errors import Trouble
from gemba.packs.hashing import Hashing

AT_ONCE = 1 << 18
"""Bytes that are read, written, hashed or handed over together; with more, the processor's caches no longer help."""
_AHEAD = 4
"""Pieces that one thread may be ahead of the other."""


class Drawn:
    """Bytes drawn from a generator as they are asked for: a pack is never in memory as a whole.

    Args:
        pieces: the bytes, in pieces of any length.
    """

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        self._rest = memoryview(b"")
        self.error: BaseException | None = None

    def read(self, size: int) -> bytes:
        """At most `size` bytes; none at the end."""
        try:
            while not self._rest:
                self._rest = memoryview(next(self._pieces))
        except StopIteration:
            return b""
        except BaseException as error:
            self.error = error
            raise
        taken, self._rest = self._rest[:size], self._rest[size:]
        return bytes(taken)


class Handed:
    """Bytes that one thread writes and another draws, a few pieces later."""

    def __init__(self) -> None:
        self._pieces: SimpleQueue[bytes | None] = SimpleQueue()
        self._room = Semaphore(_AHEAD)
        self._open = bytearray()
        self._left = False

    def write(self, data: bytes) -> int:
        """Hand over `data`, together with what comes before and behind it.

        Raises:
            BrokenPipeError: nobody draws any more, however often it is tried: whoever writes may flush once more.
        """
        if self._left:
            raise BrokenPipeError
        self._open += data
        if len(self._open) >= AT_ONCE:
            self._room.acquire()
            if self._left:
                raise BrokenPipeError
            self._pieces.put(bytes(self._open))
            self._open.clear()
        return len(data)

    def flush(self) -> None:
        """Nothing is written to anything."""

    def end(self) -> None:
        """Nothing more will come."""
        self._pieces.put(bytes(self._open))
        self._pieces.put(None)

    def leave(self) -> None:
        """Nothing more will be drawn: whoever writes is told so."""
        self._left = True
        self._room.release()

    def __iter__(self) -> Iterator[bytes]:
        """The pieces as they come."""
        while (piece := self._pieces.get()) is not None:
            self._room.release()
            yield piece


class HashedReader:
    """A file that is hashed as it is read.

    Args:
        file: the file, at its beginning.
        path: where it lies, for the sentence when it cannot be read.
    """

    def __init__(self, file: BinaryIO, path: Path) -> None:
        self._file = file
        self._path = path
        self._rest = memoryview(b"")
        self._hashing = Hashing()
        self.size = self.given = 0
        self.error: Trouble | None = None

    def read(self, size: int) -> bytes:
        """At most `size` bytes; none at the end."""
        if not self._rest:
            self._rest = memoryview(self._next())
        taken, self._rest = self._rest[:size], self._rest[size:]
        self.given += len(taken)
        return bytes(taken)

    def sha256(self) -> str:
        """The hash of the whole file; what has not been read yet is read now."""
        while self._next():
            pass
        return self._hashing.sha256()

    def _next(self) -> bytes:
        try:
            data = self._file.read(AT_ONCE)
        except OSError as error:
            self.error = Trouble("packs.cannot_read", file=str(self._path), reason=error.strerror or str(error))
            raise self.error from error
        self._hashing.update(data)
        self.size += len(data)
        return data


class HashedWriter:
    """A file whose hash is known when it has been written; it is written in large pieces.

    Args:
        file: the file, open for writing.
        written: told the file, where a piece begins and its bytes, once that is written.
    """

    def __init__(self, file: BinaryIO, written: Callable[[BinaryIO, int, int], None] | None = None) -> None:
        self._file = file
        self._written = written
        self._open: list[bytes] = []
        self._waiting = 0
        self._hashing = Hashing()
        self.size = 0
        self.error: BaseException | None = None

    def write(self, data: bytes) -> int:
        """Write all of `data`, together with what comes before and behind it."""
        self._open.append(data)
        self._waiting += len(data)
        if self._waiting >= AT_ONCE:
            self._hand_on()
        return len(data)

    def flush(self) -> None:
        """Hand on what is buffered."""
        self._hand_on()
        try:
            self._file.flush()
        except BaseException as error:
            self.error = error
            raise

    def sha256(self) -> str:
        """The hash of what has been written."""
        if self._open:
            self._hand_on()
        return self._hashing.sha256()

    def _hand_on(self) -> None:
        data = b"".join(self._open)
        self._open.clear()
        self._waiting = 0
        try:
            self._file.write(data)
            if self._written:
                self._written(self._file, self.size, len(data))
        except BaseException as error:
            self.error = error
            raise
        self._hashing.update(data)
        self.size += len(data)
