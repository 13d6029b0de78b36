"""The rows of a complaint lot as kept bytes: what an imported batch says, readable with `gunzip` and a JSON reader.

The file is gzip (no name, no time, operating system unknown) over UTF-8 lines that each end with a line feed:

    {"all":{"person":"…","recorded_at":"…","source":"CRM"},"fields":["key","received_at","words"],"v":1}
    ["4711","2026-03-01T08:00:00Z","The queue was long"]

`all` holds what is the same in every row, `fields` names the cells of the rows; together they say each field of a
complaint at most once: `key` among the fields, `source` and `person` for all, nothing personal for all. A field that is
not named has the value that `gemba.domain.complaints.Complaint` gives it; the number is the key. Values are those of
operations: texts, numbers, true and false, moments in UTC, days, objects of texts. No key occurs twice. There are at
most 64 MiB of lines.
"""

from __future__ import annotations

import hashlib
import struct
import zlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

from gemba.domain.complaints import COMPLAINTS, Complaint
from gemba.domain.nouns import PERSONAL_FIELDS
from gemba.domain.record import Uid
from gemba.errors import Trouble
from gemba.store import projection

MOST = 64 * 2**20
"""Bytes of a lot's lines together."""
ROWS = 10_000
"""Rows that an import puts into one lot."""
FULL = 8 * 2**20
"""Bytes of lines with which an import closes a lot, however few they are."""

_NOUN = "complaint"
_HEAD = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"
_NOT_IN_LOTS = frozenset({"duplicate_of", "number"})
"""What no lot says: a link between complaints is a person's word, and the number is the key."""
_FIELDS = frozenset(Complaint.__struct_fields__) - {"uid"} - _NOT_IN_LOTS


class LotHead(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The first line."""

    all: dict[str, Any]
    fields: tuple[str, ...]
    v: Literal[1] = 1


class Lot(msgspec.Struct, frozen=True):
    """The rows of a lot, read and checked."""

    head: LotHead
    rows: list[tuple[Any, ...]]
    same: dict[str, Any]
    """What is the same in every row, with each field that neither the head nor the rows name, as columns keep it."""
    uids: list[Uid]
    """The uid of each row's complaint, in order."""

    def values(self, row: tuple[Any, ...]) -> dict[str, Any]:
        """Every field of a row's complaint but the uid, as columns keep it."""
        said = dict(zip(self.head.fields, row, strict=True))
        return {**self.same, "number": said["key"], **said}


def pack(lines: Iterable[bytes]) -> bytes:
    """Kept bytes of lines, the first of which is a head: the same lines give the same bytes."""
    packer, check, size = zlib.compressobj(2, zlib.DEFLATED, -zlib.MAX_WBITS), 0, 0
    packed = [_HEAD]
    for line in lines:
        check, size = zlib.crc32(line, check), size + len(line)
        packed.append(packer.compress(line))
    return b"".join([*packed, packer.flush(), struct.pack("<II", check, size & 0xFFFFFFFF)])


def head_line(fields: Sequence[str], same: Mapping[str, Any]) -> bytes:
    """The first line of a lot."""
    return encode({"all": dict(same), "fields": list(fields), "v": 1}) + b"\n"


encode = msgspec.json.Encoder(order="sorted").encode
"""A row, or a head, as the bytes of its line without the line's end."""


def unpack(kept: bytes) -> bytes:
    """The lines in kept bytes.

    Raises:
        Trouble: `store.lot_unreadable`.
    """
    try:
        opener = zlib.decompressobj(wbits=31)
        lines = opener.decompress(kept, MOST)
    except zlib.error as error:
        raise Trouble("store.lot_unreadable", why="not gzip") from error
    if not opener.eof or opener.unused_data:
        raise Trouble("store.lot_unreadable", why="too large, or cut short")
    return lines


def read(lines: bytes) -> Lot:
    """What the lines of a lot say; everything is checked.

    Raises:
        Trouble: `store.lot_unreadable`.
    """
    first, _, rest = lines.partition(b"\n")
    try:
        head = msgspec.json.decode(first, type=LotHead)
        same = _same(head)
        rows = _decoder(head.fields).decode_lines(rest)
    except (msgspec.MsgspecError, ValueError) as error:
        raise Trouble("store.lot_unreadable", why=str(error)[:100]) from error
    if b"\\u0000" in lines and any("\0" in cell for row in [*rows, [*same.values()]] for cell in _texts(row)):
        raise Trouble("store.lot_unreadable", why="NUL")
    at, seed = head.fields.index("key"), seed_of(same["source"])
    uids = _uids_of(seed, [row[at] for row in rows])
    if len(set(uids)) != len(rows):
        raise Trouble("store.lot_unreadable", why="a key twice")
    return Lot(head, rows, same, uids)


def write(lot: Lot, rows: Iterable[Sequence[Any]]) -> bytes:
    """Kept bytes of a lot with other rows."""
    return pack([head_line(lot.head.fields, lot.head.all), *(encode(row) + b"\n" for row in rows)])


def tells(lot: Lot, row: Sequence[Any]) -> bool:
    """True when a row says anything of a person."""
    personal = PERSONAL_FIELDS[_NOUN]
    said = (cell for name, cell in zip(lot.head.fields, row, strict=True) if name in personal)
    return any(said)


def without_words(lot: Lot, row: Sequence[Any]) -> tuple[Any, ...]:
    """A row without what it says of a person."""
    blank, personal = _defaults(), PERSONAL_FIELDS[_NOUN]
    return tuple(blank[name] if name in personal else cell for name, cell in zip(lot.head.fields, row, strict=True))


def uid_of(seed: Any, key: str) -> Uid:
    """What `gemba.domain.complaints.complaint_uid` says, many times quicker."""
    return _uids_of(seed, [key])[0]


def _uids_of(seed: Any, keys: Iterable[str]) -> list[Uid]:
    copy, found = seed.copy, list[Uid]()
    for key in keys:
        made = copy()
        made.update(key.encode())
        said = made.hexdigest()
        found.append(f"{said[:8]}-{said[8:12]}-5{said[13:16]}-{_VARIANT[said[16]]}{said[17:20]}-{said[20:32]}")
    return found


_VARIANT = {f"{digit:x}": "89ab"[digit & 3] for digit in range(16)}


def seed_of(source: str) -> Any:
    """SHA-1 over what all uids of a source begin with (RFC 4122, version 5)."""
    return hashlib.sha1(COMPLAINTS.bytes + f"{source}\0".encode(), usedforsecurity=False)


def _same(head: LotHead) -> dict[str, Any]:
    """What holds for every row."""
    named = [*head.all, *head.fields]
    if len(set(named)) != len(named) or not _FIELDS.issuperset(named):
        raise ValueError("fields")
    if not PERSONAL_FIELDS[_NOUN].isdisjoint(head.all):
        raise ValueError("words of a person for all rows")
    if "key" not in head.fields or not {"source", "person"} <= head.all.keys():
        raise ValueError("no key, source or person")
    said = {name: msgspec.convert(value, _type(name)) for name, value in head.all.items()}
    lacking = {name for name, info in projection.fields_of(_NOUN).items() if info.required} - {*named, "number"}
    if lacking:
        raise ValueError(f"no {min(lacking)}")
    return {**_defaults(), **said}


@cache
def _defaults() -> dict[str, Any]:
    """What a field says that no lot names."""
    found: dict[str, Any] = {}
    for name, info in projection.fields_of(_NOUN).items():
        if info.default_factory is not msgspec.NODEFAULT:
            found[name] = info.default_factory()
        elif info.default is not msgspec.NODEFAULT:
            found[name] = msgspec.to_builtins(info.default)
    return found


@cache
def _decoder(fields: tuple[str, ...]) -> msgspec.json.Decoder[Any]:
    return msgspec.json.Decoder(tuple[tuple(_type(name) for name in fields)])  # type: ignore[misc]


@cache
def _type(field: str) -> Any:
    """What a cell of a field must be: moments with their zone, codes of the program as plain texts."""
    kind: Any = projection.fields_of(_NOUN)[field].type
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return Literal[tuple(one.value for one in kind)]
    if kind is datetime:
        return _MOMENT
    if kind == datetime | None:
        return _MOMENT | None
    return Annotated[int, Meta(ge=0, lt=2**31)] if kind is int else kind


_MOMENT = Annotated[datetime, Meta(tz=True)]


def _texts(row: Iterable[Any]) -> Iterable[str]:
    for cell in row:
        if isinstance(cell, str):
            yield cell
        elif isinstance(cell, dict):
            yield from (text for pair in cell.items() for text in pair)


def moments_and_days() -> dict[str, type]:
    """The fields that hold moments or days."""
    found: dict[str, type] = {}
    for name, info in projection.fields_of(_NOUN).items():
        for kind in (datetime, date):
            if info.type in (kind, kind | None):
                found[name] = kind
    return found
