"""The records that a pack touches as tables for people: one CSV file a noun, described by a `datapackage.json`.

Tables grow compressed in memory, a few records at a time: in a file beside the pack they would lie there in clear.
Source: Frictionless Data Package 1.0 (https://specs.frictionlessdata.io/data-package/), RFC 4180.
"""

from __future__ import annotations

import csv
import hashlib
import io
import types
import typing
import zlib
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from enum import Enum
from typing import Any, BinaryIO, cast

import msgspec

from gemba.domain.nouns import NOUNS
from gemba.domain.record import Record, Uid
from gemba.packs.evidence import Blob
from gemba.store.reading import Reader
from gemba.work.export_records import cell_of
from gemba.work.table_files import csv_text

DESCRIPTION = "datapackage.json"
"""Name of the document that describes all others."""

_AT_ONCE = 1 << 16
"""Bytes of a table that are packed together."""


class Grown(io.RawIOBase):
    """A text file that is kept compressed while it grows, and whose hash is known then."""

    def __init__(self) -> None:
        super().__init__()
        self._packer = zlib.compressobj(1)
        self._packed: list[bytes] = []
        self._hash = hashlib.sha256()
        self.size = 0

    def writable(self) -> bool:
        """Always."""
        return True

    def write(self, data: Any) -> int:
        """Put `data` at the end."""
        self._packed.append(self._packer.compress(data))
        self._hash.update(data)
        self.size += len(data)
        return len(data)

    def blob(self) -> Blob:
        """The file as it goes into a pack; nothing more can be put into it."""
        packed = b"".join([*self._packed, self._packer.flush()])
        return Blob(self._hash.hexdigest(), self.size, lambda: cast("BinaryIO", io.BufferedReader(_Unpacked(packed))))


class _Unpacked(io.RawIOBase):
    """A file that is unpacked as it is read."""

    def __init__(self, packed: bytes) -> None:
        super().__init__()
        self._unpacker = zlib.decompressobj()
        self._left = packed

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data = self._unpacker.decompress(self._left, len(buffer))
        self._left = self._unpacker.unconsumed_tail
        buffer[: len(data)] = data
        return len(data)


def tables(reader: Reader, touched: dict[str, list[Uid]]) -> dict[str, Blob]:
    """One CSV file for each noun of which records are touched, by the file's name."""
    made: dict[str, Blob] = {}
    for noun in sorted(touched.keys() & NOUNS.keys()):
        made[f"{noun}.csv"] = _table(NOUNS[noun], reader.many(NOUNS[noun], touched[noun]))
    return made


def describe(name: str, created: datetime, documents: dict[str, bytes | Blob]) -> bytes:
    """The Data Package descriptor of the documents in a pack: bytes and hash of each, and the columns of tables.

    Args:
        name: of the package, lower-case letters, digits and hyphens.
        created: when, UTC.
        documents: all others, by file name.
    """
    said = {
        "profile": "data-package",
        "name": name,
        "created": created.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "resources": [_resource(file, documents[file]) for file in sorted(documents)],
    }
    return msgspec.json.format(msgspec.json.encode(said), indent=1) + b"\n"


def _table(noun: type[Record], records: Iterable[Record]) -> Blob:
    grown = Grown()
    fields = noun.__struct_fields__
    with io.TextIOWrapper(io.BufferedWriter(grown, _AT_ONCE), "utf-8", newline="", write_through=False) as text:
        rows = csv.writer(text)
        rows.writerow(fields)
        for record in records:
            rows.writerow([csv_text(cell_of(getattr(record, field)), guard=True) for field in fields])
        text.flush()
        return grown.blob()


def _resource(file: str, content: bytes | Blob) -> dict[str, Any]:
    stem, _, ending = file.rpartition(".")
    sha256 = hashlib.sha256(content).hexdigest() if isinstance(content, bytes) else content.sha256
    said: dict[str, Any] = {
        "name": file.lower().replace("_", "-").replace(".", "-"),
        "path": file,
        "bytes": len(content) if isinstance(content, bytes) else content.size,
        "hash": f"sha256:{sha256}",
    }
    if ending != "csv":
        return said
    fields = [{"name": name, **_type_of(kind)} for name, kind in _kinds(NOUNS[stem])]
    schema = {"fields": fields, "primaryKey": "uid", "missingValues": [""]}
    return said | {"profile": "tabular-data-resource", "format": "csv", "encoding": "utf-8", "schema": schema}


def _kinds(noun: type[Record]) -> Sequence[tuple[str, Any]]:
    hints = typing.get_type_hints(noun)
    return [(name, hints[name]) for name in noun.__struct_fields__]


def _type_of(kind: Any) -> dict[str, str]:
    """The Table Schema type of a field's values as a table spells them."""
    some = [each for each in typing.get_args(kind) if each is not types.NoneType]
    plain = some[0] if isinstance(kind, types.UnionType) and len(some) == 1 else kind
    if isinstance(plain, type) and issubclass(plain, Enum):
        return {"type": "string"}
    known = next((said for one, said in _TYPES.items() if plain is one), None)
    if known is not None:
        return known
    origin = typing.get_origin(plain)
    return {"type": "object" if isinstance(origin, type) and issubclass(origin, dict) else "array"}


_TYPES: dict[type, dict[str, str]] = {
    str: {"type": "string"},
    bool: {"type": "boolean"},
    int: {"type": "integer"},
    float: {"type": "number"},
    datetime: {"type": "datetime", "format": "any"},
    date: {"type": "date"},
}
