"""The bytes of a zip file in the one spelling that a pack may have.

No comments, no extra fields, no data descriptors, no zip64, no encryption, one disk, every timestamp 1980-01-01, every
attribute zero, members one after the other without gaps. The writer and the reader share these functions: the reader
builds the headers again from what it has read and demands the same bytes, which leaves an attacker nothing to play
with.
Layout: APPNOTE.TXT 6.3, sections 4.3.7, 4.3.12 and 4.3.16.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass

STORED = 0
DEFLATED = 8
LOCAL = b"PK\x03\x04"
LOCAL_SIZE = 30
CENTRAL = b"PK\x01\x02"
END = b"PK\x05\x06"
END_SIZE = 22

_VERSION = 20  # "needs 2.0": deflate
_DOS_TIME, _DOS_DATE = 0, 0x21  # 1980-01-01 00:00, the first moment that zip knows
_FIELDS = struct.Struct("<HHHHHIIIHH")


@dataclass(frozen=True, slots=True)
class Member:
    """One file in a zip.

    Args:
        name: its path, ASCII.
        method: `STORED` or `DEFLATED`.
        crc: CRC-32 of its content.
        packed: bytes it takes in the zip.
        size: bytes of its content.
        at: where its local header begins.
    """

    name: str
    method: int
    crc: int
    packed: int
    size: int
    at: int

    @property
    def content_at(self) -> int:
        """Where its packed content begins."""
        return self.at + LOCAL_SIZE + len(self.name)

    @property
    def end(self) -> int:
        """Where the next header begins."""
        return self.content_at + self.packed


def local_header(member: Member) -> bytes:
    """The header that stands before a member's content."""
    return LOCAL + _fields(member) + member.name.encode("ascii")


def read_local_header(header: bytes, at: int) -> tuple[Member, int]:
    """A member without its name, and the length of the name, from the 30 bytes of a local header.

    What the header says besides is not looked at: the caller compares it with `local_header`.
    """
    _, _, method, _, _, crc, packed, size, name, _ = _FIELDS.unpack(header[4:LOCAL_SIZE])
    return Member("", method, crc, packed, size, at), name


def directory(members: Sequence[Member], at: int) -> bytes:
    """The central directory, which begins at `at`, with the end record behind it."""
    entries = b"".join(_entry(member) for member in members)
    counts = struct.pack("<HHHHIIH", 0, 0, len(members), len(members), len(entries), at, 0)
    return entries + END + counts


def directory_size(names: Sequence[str]) -> int:
    """Bytes that `directory` will take for members of these names."""
    return sum(46 + len(name) for name in names) + END_SIZE


def _entry(member: Member) -> bytes:
    made_by = struct.pack("<H", _VERSION)
    rest = struct.pack("<HHHII", 0, 0, 0, 0, member.at)  # comment, disk, attributes inside and outside, offset
    return CENTRAL + made_by + _fields(member) + rest + member.name.encode("ascii")


def _fields(member: Member) -> bytes:
    return _FIELDS.pack(
        _VERSION,
        0,
        member.method,
        _DOS_TIME,
        _DOS_DATE,
        member.crc,
        member.packed,
        member.size,
        len(member.name),
        0,
    )
