"""Evidence and large documents on their way into a pack: read, compared with their hash, handed on piece by piece."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO, Never

from gemba.errors import Trouble
from gemba.packs import limits

KEPT = 8 << 20
"""Evidence up to this many bytes is read once and kept in memory; larger is read twice."""


@dataclass(frozen=True, slots=True)
class Blob:
    """A piece of evidence that is to travel.

    Args:
        sha256: hash of its content, which is the name of evidence.
        size: bytes.
        open: opens it for reading.
    """

    sha256: str
    size: int
    open: Callable[[], BinaryIO]


def read_blob(blob: Blob) -> tuple[int, Iterator[bytes]]:
    """CRC-32 and content of a piece of evidence; the content is certain before its first byte is handed out.

    Raises:
        Trouble: `packs.evidence_changed` when its content is not what its name says, `packs.evidence_missing` when it
            cannot be read.
    """
    digest, crc, size = hashlib.sha256(), 0, 0
    kept: list[bytes] = []
    for piece in _pieces(blob):
        digest.update(piece)
        crc, size = zlib.crc32(piece, crc), size + len(piece)
        if blob.size <= KEPT and size <= blob.size:
            kept.append(piece)
    if size != blob.size or digest.hexdigest() != blob.sha256:
        _changed(blob)
    return crc, iter(kept) if blob.size <= KEPT else _again(blob, crc)


def _again(blob: Blob, crc: int) -> Iterator[bytes]:
    """The content a second time, which must be that of the first."""
    size = seen = 0
    for piece in _pieces(blob):
        size, seen = size + len(piece), zlib.crc32(piece, seen)
        if size > blob.size:
            _changed(blob)
        yield piece
    if (size, seen) != (blob.size, crc):
        _changed(blob)


def _pieces(blob: Blob) -> Iterator[bytes]:
    try:
        with blob.open() as file:
            while piece := file.read(limits.PIECE):
                yield piece
    except OSError as error:
        raise Trouble("packs.evidence_missing", sha256=blob.sha256) from error


def _changed(blob: Blob) -> Never:
    raise Trouble("packs.evidence_changed", sha256=blob.sha256)
