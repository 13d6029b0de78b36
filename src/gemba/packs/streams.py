"""Streams between us and the age library, which calls back and flattens our errors into text.

So each of them remembers the true error, for the caller to raise again, and hashes what passes through.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from gemba.errors import Trouble


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


class HashedReader:
    """A file that is hashed as it is read.

    Args:
        file: the file, at its beginning.
        path: where it lies, for the sentence when it cannot be read.
    """

    def __init__(self, file: BinaryIO, path: Path) -> None:
        self._file = file
        self._path = path
        self._hash = hashlib.sha256()
        self.size = 0
        self.error: Trouble | None = None

    def read(self, size: int) -> bytes:
        """At most `size` bytes; none at the end."""
        try:
            data = self._file.read(size)
        except OSError as error:
            self.error = Trouble("packs.cannot_read", file=str(self._path), reason=error.strerror or str(error))
            raise self.error from error
        self._hash.update(data)
        self.size += len(data)
        return data

    def sha256(self) -> str:
        """The hash of the whole file; what has not been read yet is read now."""
        while self.read(1 << 20):
            pass
        return self._hash.hexdigest()


class HashedWriter:
    """A file whose hash is known when it has been written.

    Args:
        file: the file, open for writing.
    """

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._hash = hashlib.sha256()
        self.size = 0
        self.error: BaseException | None = None

    def write(self, data: bytes) -> int:
        """Write all of `data`."""
        try:
            self._file.write(data)
        except BaseException as error:
            self.error = error
            raise
        self._hash.update(data)
        self.size += len(data)
        return len(data)

    def flush(self) -> None:
        """Hand on what is buffered."""
        try:
            self._file.flush()
        except BaseException as error:
            self.error = error
            raise

    def sha256(self) -> str:
        """The hash of what has been written."""
        return self._hash.hexdigest()
