"""How a parcel lies in a place: parts named by number and hash, and `COMPLETE.json` as the last.

    outbox/<SHA-256 of the file>/000000-<SHA-256 of the part>
    outbox/<SHA-256 of the file>/COMPLETE.json
    down/<SHA-256 of the file>.receipt      headquarters holds it
    down/<SHA-256 of the file>.wanted       headquarters could not read these parts; push them again

Any storage that can list, write and rename will do. The place is not trusted: names and hashes are checked.
"""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import Annotated

import msgspec

from gemba.errors import Trouble

OUTBOX = "outbox"
"""Where parcels go up."""
DOWN = "down"
"""Where headquarters' answers lie."""
COMPLETE = "COMPLETE.json"
RECEIPT = ".receipt"
WANTED = ".wanted"

PART_SIZE = 4 << 20
"""Bytes of a part: what a line that is cut costs at most."""
LARGE_PART_SIZE = 8 << 20
"""Bytes of a part of a file above `LARGE`."""
LARGE = 1 << 30
LARGEST_PART = 64 << 20
"""Bytes of a part that is read at most."""
LARGEST_LIST = 32 << 20
"""Bytes of a `COMPLETE.json` that is read at most."""

_PARCEL = re.compile(r"[0-9a-f]{64}")
_PART = re.compile(r"[0-9]{6}-[0-9a-f]{64}")

Hash = Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{64}$")]


class Part(msgspec.Struct, frozen=True):
    """A part of a parcel."""

    sha256: Hash
    size: Annotated[int, msgspec.Meta(ge=0, le=LARGEST_PART)]


class Complete(msgspec.Struct, frozen=True, kw_only=True):
    """What stands in `COMPLETE.json`: all that the file is made of."""

    v: int = 1
    sha256: Hash
    """Of the whole file."""
    size: Annotated[int, msgspec.Meta(ge=0)]
    parts: Annotated[tuple[Part, ...], msgspec.Meta(max_length=999_999)]

    def names(self) -> list[str]:
        """The names of the parts, in order."""
        return [part_name(number, part) for number, part in enumerate(self.parts)]


class Wanted(msgspec.Struct, frozen=True):
    """What stands in a `.wanted`: parts that headquarters could not read."""

    sha256: Hash
    parts: tuple[str, ...]
    """Their names."""


def part_name(number: int, part: Part) -> str:
    """`000017-<SHA-256>`."""
    return f"{number:06d}-{part.sha256}"


def parcel_folder(sha256: str) -> str:
    """Where the parcel of a file lies."""
    return f"{OUTBOX}/{sha256}"


def is_parcel(name: str) -> bool:
    """True for a name that a parcel's folder has."""
    return _PARCEL.fullmatch(name) is not None


def is_part(name: str) -> bool:
    """True for a name that a part has."""
    return _PART.fullmatch(name) is not None


def plan(file: Path, part_size: int | None = None) -> Complete:
    """Read a file once and say what it is made of.

    Raises:
        Trouble: `carriers.no_file`.
    """
    whole, parts = hashlib.sha256(), []
    try:
        with file.open("rb") as opened:
            size = file.stat().st_size
            step = part_size or (LARGE_PART_SIZE if size > LARGE else PART_SIZE)
            while data := opened.read(step):
                whole.update(data)
                parts.append(Part(hashlib.sha256(data).hexdigest(), len(data)))
    except OSError as error:
        raise Trouble("carriers.no_file", file=str(file), reason=error.strerror or str(error)) from error
    return Complete(sha256=whole.hexdigest(), size=sum(part.size for part in parts), parts=tuple(parts))


def read_complete(data: bytes, sha256: str) -> Complete | None:
    """What a `COMPLETE.json` says; `None` when it is damaged or speaks of something else."""
    try:
        told = msgspec.json.decode(data, type=Complete)
    except msgspec.DecodeError:
        return None
    agrees = told.v == 1 and told.sha256 == sha256 and sum(part.size for part in told.parts) == told.size
    return told if agrees else None


def encode(value: Complete | Wanted) -> bytes:
    """The bytes of a `COMPLETE.json` or a `.wanted`; the same value gives the same bytes."""
    return msgspec.json.encode(value, order="deterministic") + b"\n"
