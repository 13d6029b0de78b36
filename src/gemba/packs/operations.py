"""`data/ops.ndjson`: one operation of the journal a line, canonical JSON, deflated.

What an operation says is the journal's business; here it is an object on a line.
"""

from __future__ import annotations

import hashlib
import io
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from gemba.errors import Refusal
from gemba.packs import canonical, limits
from gemba.wording import text


@dataclass(frozen=True, slots=True)
class Operations:
    """The operations of a pack, deflated.

    Args:
        packed: the deflated bytes; 10,000 operations take about a megabyte.
        count: how many there are.
        size: bytes unpacked.
        crc: CRC-32 of the unpacked bytes.
        sha256: their hash.
    """

    packed: tuple[bytes, ...]
    count: int
    size: int
    crc: int
    sha256: str

    @property
    def packed_size(self) -> int:
        """Bytes they take in the zip."""
        return sum(map(len, self.packed))


def deflate(lines: Iterable[bytes]) -> Operations:
    """The operations in `lines` (canonical JSON without line ends), ready for the zip.

    They stay in memory deflated, because the zip names their size before their content, and a temporary file would
    lie on the disk in clear.

    Raises:
        Refusal: `packs.bad_operation` for a line that no reader would take, `packs.too_large`.
    """
    packer = zlib.compressobj(6, zlib.DEFLATED, -15)
    packed: list[bytes] = []
    count = size = crc = 0
    digest = hashlib.sha256()
    for count, line in enumerate(lines, 1):
        _parse(line, count)
        raw = line + b"\n"
        digest.update(raw)
        crc, size = zlib.crc32(raw, crc), size + len(raw)
        packed.append(packer.compress(raw))
    packed.append(packer.flush())
    made = Operations(tuple(filter(None, packed)), count, size, crc, digest.hexdigest())
    if limits.is_bomb(made.packed_size, size):
        raise Refusal("packs.too_large", limit=limits.LARGEST_OPERATIONS >> 20)
    return made


def inflate(packed: Iterable[bytes], size: int) -> Iterator[bytes]:
    """The unpacked bytes, in pieces, of a deflate stream that must give exactly `size` bytes.

    Raises:
        Refusal: `packs.bomb` as soon as more comes out, `packs.altered` when the stream is broken or ends elsewhere.
    """
    unpacker = zlib.decompressobj(-15)
    left = size
    for piece in packed:
        for raw in _unpack(unpacker, piece):
            left -= len(raw)
            if left < 0:
                raise Refusal("packs.bomb")
            yield raw
    if left or not unpacker.eof:
        raise Refusal("packs.altered", where=text("the journal"))


def parse(pieces: Iterable[bytes]) -> Iterator[dict[str, Any]]:
    """The operations in the unpacked bytes `pieces`, each read strictly.

    Raises:
        Refusal: `packs.bad_operation` with the number of the line and the reason.
    """
    for number, line in enumerate(_lines(pieces), 1):
        if not line.endswith(b"\n"):
            raise Refusal("packs.bad_operation", line=number, reason=text("it has no end"))
        yield _parse(line[:-1], number)


def _lines(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The lines with their ends; the last may have none, and one that grows without end is cut."""
    open_line = bytearray()
    for piece in pieces:
        for line in io.BytesIO(piece):
            open_line += line
            if line.endswith(b"\n") or len(open_line) > limits.LARGEST_LINE:
                yield bytes(open_line)
                open_line.clear()
    if open_line:
        yield bytes(open_line)


def _unpack(unpacker: zlib._Decompress, packed: bytes) -> Iterator[bytes]:
    """What comes out for `packed`, never more than `limits.PIECE` at once."""
    full = True
    while packed or full:
        try:
            raw = unpacker.decompress(packed, limits.PIECE)
        except zlib.error as error:
            raise Refusal("packs.altered", where=text("the journal")) from error
        if unpacker.unused_data:
            raise Refusal("packs.altered", where=text("the journal"))
        packed, full = unpacker.unconsumed_tail, len(raw) == limits.PIECE
        yield raw


def _parse(line: bytes, number: int) -> dict[str, Any]:
    if len(line) > limits.LARGEST_LINE:
        raise Refusal("packs.bad_operation", line=number, reason=text("it is too long"))
    try:
        operation = canonical.loads_canonical(line)
    except Refusal as error:
        raise Refusal("packs.bad_operation", line=number, reason=error.facts["reason"]) from error
    if not isinstance(operation, dict):
        raise Refusal("packs.bad_operation", line=number, reason=text("it is not an object"))
    return operation
