"""`data/ops.ndjson`: one operation of the journal a line, canonical JSON, deflated.

What an operation says is the journal's business; here it is an object on a line.
"""

from __future__ import annotations

import hashlib
import io
import zlib
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
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
    packer, count, size = _Packer(), 0, 0
    with ThreadPoolExecutor(1, "pack") as other:  # packs while the next lines are looked at
        packed: Future[None] | None = None
        for some, so_far in _checked(lines):
            count, size = so_far, size + len(some)
            if packed is not None:
                packed.result()
            packed = other.submit(packer.add, some)
    made = packer.end(count, size)
    if limits.is_bomb(made.packed_size, size):
        raise Refusal("packs.too_large", limit=limits.LARGEST_OPERATIONS >> 20)
    return made


class _Packer:
    """Deflates, hashes and sums up what it is given."""

    def __init__(self) -> None:
        self._packer = zlib.compressobj(4, zlib.DEFLATED, -15)
        self._packed: list[bytes] = []
        self._digest, self._crc = hashlib.sha256(), 0

    def add(self, raw: bytes) -> None:
        """Put `raw` behind what came before."""
        self._packed.append(self._packer.compress(raw))
        self._digest.update(raw)
        self._crc = zlib.crc32(raw, self._crc)

    def end(self, count: int, size: int) -> Operations:
        """All of it, of so many lines and bytes."""
        packed = (*self._packed, self._packer.flush())
        return Operations(tuple(filter(None, packed)), count, size, self._crc, self._digest.hexdigest())


def _checked(lines: Iterable[bytes]) -> Iterator[tuple[bytes, int]]:
    """The lines with their ends, each checked, many at once; and how many there have been."""
    some, size, count = list[bytes](), 0, 0
    for count, line in enumerate(lines, 1):
        _parse(line, count)
        some.append(line)
        size += len(line)
        if size > limits.PIECE:
            yield b"\n".join([*some, b""]), count
            some, size = [], 0
    yield b"\n".join([*some, b""]) if some else b"", count


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


def lines(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The lines without their ends in unpacked bytes that `parse` has read to the end before.

    Raises:
        Refusal: `packs.bad_operation` when the last has no end.
    """
    for number, line in enumerate(_lines(pieces), 1):
        if not line.endswith(b"\n"):
            raise Refusal("packs.bad_operation", line=number, reason=text("it has no end"))
        yield line[:-1]


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
