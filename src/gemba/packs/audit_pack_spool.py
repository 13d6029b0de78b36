"""Where the files of an audit pack wait: hashed and counted as they come, in a file that has no name."""

from __future__ import annotations

import hashlib
import tempfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, BinaryIO, cast

from gemba.packs import limits
from gemba.packs.part_file import disk_trouble


@dataclass(frozen=True, slots=True)
class Waiting:
    """One file that waits.

    Args:
        at: where it begins in the spool.
        size: bytes.
        sha256: hash of its content.
        crc: CRC-32 of its content.
    """

    at: int
    size: int
    sha256: str
    crc: int


class Spool:
    """Files one after the other in a nameless file, which is gone when it is closed, even by a kill.

    Args:
        folder: on a disk with as much room as they are large.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        with disk_trouble(folder):
            self._file: IO[bytes] = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115 - closed by `close`
        self.size = 0
        self._scratches: list[BinaryIO] = []

    def add(self, pieces: Iterable[bytes]) -> Waiting:
        """Keep the content of one file.

        Raises:
            Trouble: `packs.no_room` and the like.
        """
        digest, crc, at = hashlib.sha256(), 0, self.size
        end = at
        with disk_trouble(self._folder, at):
            self._file.seek(at)
            for piece in pieces:
                digest.update(piece)
                crc = zlib.crc32(piece, crc)
                self._file.write(piece)
                end += len(piece)
        self.size = end
        return Waiting(at, end - at, digest.hexdigest(), crc)

    def add_file(self, file: BinaryIO) -> Waiting:
        """Keep what stands in an open file, from its beginning."""
        file.seek(0)
        return self.add(iter(lambda: file.read(limits.PIECE), b""))

    def drop(self, last: Waiting) -> None:
        """Forget the file that came last."""
        self.size = last.at

    def read(self, one: Waiting) -> Iterator[bytes]:
        """The content of a file that waits."""
        at, left = one.at, one.size
        while left:
            self._file.seek(at)
            piece = self._file.read(min(left, limits.PIECE))
            if not piece:
                raise EOFError("the spool is shorter than what was put into it")
            at, left = at + len(piece), left - len(piece)
            yield piece

    def scratch(self) -> BinaryIO:
        """A nameless file beside it, for something that is written in its own way first."""
        with disk_trouble(self._folder):
            file: IO[bytes] = tempfile.TemporaryFile(dir=self._folder)  # noqa: SIM115 - closed by `close`
        self._scratches.append(cast("BinaryIO", file))
        return self._scratches[-1]

    def close(self) -> None:
        """Let go of everything."""
        for scratch in self._scratches:
            scratch.close()
        self._file.close()
