"""Open a pack: everything in it is checked before anything in it can be seen.

The plaintext lies in a file without a name (on Windows: one that goes with its handle) as long as the pack is open, so
that it is gone even when the program is killed.
"""

from __future__ import annotations

import io
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, BinaryIO, cast

from gemba.errors import Refusal
from gemba.packs import operations, paths, reading, zipping
from gemba.packs.bag import Reference
from gemba.packs.facts import Contents, PackFacts, facts_of
from gemba.packs.part_file import disk_trouble
from gemba.packs.source import check_name, pack_file, unseal_named
from gemba.packs.streams import HashedReader


@dataclass(frozen=True, slots=True)
class OpenedPack:
    """A pack whose every byte has been checked. Its openers work as long as it is open, one reader at a time.

    Args:
        facts: what is known of it.
        blobs: opener of each piece of evidence in it, by hash.
        referenced: evidence that travelled in an earlier pack.
        documents: opener of each report in it, by name.
    """

    facts: PackFacts
    blobs: Mapping[str, Callable[[], BinaryIO]]
    referenced: tuple[Reference, ...]
    documents: Mapping[str, Callable[[], BinaryIO]]
    _packed_operations: Callable[[], BinaryIO]
    _operations_size: int

    def operations(self) -> Iterator[dict[str, Any]]:
        """The operations of the journal, in the order in which they were sealed."""
        return operations.parse(self._inflated())

    def lines(self) -> Iterator[bytes]:
        """The same, each as its canonical line without an end; they were read strictly when the pack was opened."""
        return operations.lines(self._inflated())

    def _inflated(self) -> Iterator[bytes]:
        packed = self._packed_operations()
        return operations.inflate(iter(lambda: packed.read(1 << 16), b""), self._operations_size)


@contextmanager
def open_pack(file: Path, identities: Sequence[str], *, scratch: Path, headquarters: str = "") -> Iterator[OpenedPack]:
    """Open a sealed pack with one of our age identities; what is unpacked is gone when the context ends.

    Args:
        file: the sealed pack.
        identities: age identities (`AGE-SECRET-KEY-1...`), of which one must fit.
        scratch: a folder with as much room as the pack is large.
        headquarters: our own id, when the pack must be meant for us and not only readable by us.

    Raises:
        Refusal: `packs.*`: the pack is not whole, not genuine, not for us, or of a newer format.
        Trouble: `packs.no_room`, `packs.read_only`, `packs.folder_gone`, `packs.no_file`.
    """
    with pack_file(file) as (sealed_file, framing), _nameless(scratch, framing.size) as plain:
        sealed = HashedReader(sealed_file, file)
        with disk_trouble(scratch, framing.size), closing(unseal_named(sealed, identities, framing)) as pieces:
            plain.writelines(pieces)
            plain.flush()  # here, so that a disk that is full at the very last bytes is told as one
        plain.seek(0)
        contents = reading.read_pack(plain)
        if headquarters and contents.info.to != headquarters:
            raise Refusal("packs.meant_for_other", to=contents.info.to)
        yield _opened(contents, facts_of(contents, sealed, named=check_name(file.name, sealed.sha256())), plain)


def _opened(contents: Contents, facts: PackFacts, plain: BinaryIO) -> OpenedPack:
    def opener(member: zipping.Member) -> Callable[[], BinaryIO]:
        return lambda: cast("BinaryIO", io.BufferedReader(_Window(plain, member.content_at, member.packed)))

    openers = {path: opener(member) for path, member in contents.members.items()}
    return OpenedPack(
        facts=facts,
        blobs={sha256: openers[path] for path in openers if (sha256 := paths.blob_of(path))},
        referenced=contents.referenced,
        documents={name: openers[path] for path in openers if (name := paths.document_of(path))},
        _packed_operations=openers[paths.OPERATIONS],
        _operations_size=contents.members[paths.OPERATIONS].size,
    )


@contextmanager
def _nameless(scratch: Path, size: int) -> Iterator[BinaryIO]:
    """A file in `scratch` that nobody else can see and that is gone when it is closed."""
    with disk_trouble(scratch, size):
        file: IO[bytes] = tempfile.TemporaryFile(dir=scratch)  # noqa: SIM115 - closed below, whatever the body raises
    try:
        yield cast("BinaryIO", file)
    finally:
        with suppress(OSError):  # a full disk refuses the last bytes once more; nobody needs them
            file.close()


class _Window(io.RawIOBase):
    """A stretch of an open file as a file of its own."""

    def __init__(self, file: BinaryIO, start: int, size: int) -> None:
        super().__init__()
        self._file, self._start, self._size, self._at = file, start, size, 0

    def readable(self) -> bool:
        """Always."""
        return True

    def seekable(self) -> bool:
        """Always: photos are read back and forth."""
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go to `offset`, counted as `whence` says."""
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence]
        self._at = max(0, base + offset)
        return self._at

    def readinto(self, buffer: Any) -> int:
        """Fill `buffer` as far as the stretch goes."""
        self._file.seek(self._start + min(self._at, self._size))
        data = self._file.read(max(0, min(len(buffer), self._size - self._at)))
        buffer[: len(data)] = data
        self._at += len(data)
        return len(data)
