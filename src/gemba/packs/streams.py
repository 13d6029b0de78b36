"""Streams through which a pack passes on its way to the disk and back; they hash what passes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from gemba.errors import Refusal, Trouble


class Drawn:
    """Bytes drawn from a generator as they are asked for: a pack is never in memory as a whole.

    Args:
        pieces: the bytes, in pieces of any length.
    """

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        self._rest = memoryview(b"")
        self.error: Refusal | None = None
        """Why no more comes, when that was a refusal."""

    def read(self, size: int) -> bytes:
        """At most `size` bytes; none at the end."""
        while not self._rest:
            piece = self._next()
            if piece is None:
                return b""
            self._rest = memoryview(piece)
        taken, self._rest = self._rest[:size], self._rest[size:]
        return bytes(taken)

    def _next(self) -> bytes | None:
        try:
            return next(self._pieces, None)
        except Refusal as error:
            self.error = error
            raise


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

    def read(self, size: int) -> bytes:
        """At most `size` bytes; none at the end."""
        try:
            data = self._file.read(size)
        except OSError as error:
            reason = error.strerror or str(error)
            raise Trouble("packs.cannot_read", file=str(self._path), reason=reason) from error
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

    def write(self, data: bytes) -> None:
        """Write all of `data`."""
        self._file.write(data)
        self._hash.update(data)
        self.size += len(data)

    def sha256(self) -> str:
        """The hash of what has been written."""
        return self._hash.hexdigest()
