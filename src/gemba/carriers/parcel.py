"""Push a file into a place in parts that can be gone on with, whatever stops it.

Nothing but a listing of the place is needed to go on: what lies there under the right name with the right size is
not sent again. `COMPLETE.json` is the last, so a parcel without it is still on its way.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import msgspec

from gemba.carriers import spool
from gemba.carriers.gathering import Gathered, Gathering, Unfinished, gather, gather_all, tidy, unfinished
from gemba.carriers.place import TMP, Place
from gemba.carriers.spool import COMPLETE, Complete, Part
from gemba.errors import GembaError, Refusal, Trouble

__all__ = [
    "Advance",
    "Gathered",
    "Gathering",
    "Pushed",
    "Unfinished",
    "gather",
    "gather_all",
    "heal",
    "push",
    "tidy",
    "unfinished",
]


class Advance(msgspec.Struct, frozen=True):
    """How far a parcel has come."""

    sha256: str
    parts: int
    parts_there: int
    size: int
    bytes_there: int


class Pushed(msgspec.Struct, frozen=True):
    """A parcel that is complete in a place."""

    sha256: str
    size: int
    parts: int
    parts_sent: int
    """Parts that were sent this time; 0 when all of it lay there already."""
    bytes_sent: int


Progress = Callable[[Advance], object]
"""Told after each part; whatever it raises stops the push, which can be gone on with later."""


def push(
    file: Path,
    place: Place,
    progress: Progress | None = None,
    *,
    sha256: str | None = None,
    part_size: int | None = None,
    again: bool = False,
) -> Pushed:
    """Lay a file into a place as a parcel, or go on with that; twice is the same as once.

    Args:
        file: what is to travel.
        place: where to.
        progress: told how far it has come.
        sha256: what the file's hash must be.
        part_size: bytes of a part, for tests.
        again: read back what lies there already and replace what is damaged.

    Raises:
        Refusal: `carriers.other_content` when the file is not what it should be, `carriers.put_away` when somebody took
            the parcel away meanwhile, as headquarters does with one that it holds.
        Trouble: the place is gone, full or read-only, the line was cut, or the medium gives back other bytes.
    """
    plan = spool.plan(file, part_size)
    if sha256 is not None and plan.sha256 != sha256:
        raise Refusal("carriers.other_content", file=file.name)
    place.check()
    folder = spool.parcel_folder(plan.sha256)
    with suppress(GembaError):  # it may hold the room that the parcel needs
        _sweep(place, folder)
    there = _there(place, plan, again=again)
    _check_room(place, plan, there)
    try:
        sent = _send_parts(file, place, plan, there, progress)
        _finish(place, plan)
        _sweep(place, folder)
    except Trouble as trouble:
        if trouble.code != "carriers.gone":
            raise
        place.check()  # the place itself may be what is gone
        raise Refusal("carriers.put_away", folder=place.address.url) from trouble
    heal(place, plan.sha256)
    return Pushed(plan.sha256, plan.size, len(plan.parts), len(sent), sum(part.size for part in sent))


def heal(place: Place, sha256: str) -> None:
    """Take back headquarters' question for parts: all of them lie there again."""
    place.remove(f"{spool.DOWN}/{sha256}{spool.WANTED}")


def _sweep(place: Place, folder: str) -> None:
    """Take away what a push left that was cut short."""
    for entry in place.list(folder):
        if entry.name.endswith(TMP):
            place.remove(f"{folder}/{entry.name}")


def _there(place: Place, plan: Complete, *, again: bool) -> set[str]:
    """The names of the parts that lie there whole."""
    folder = spool.parcel_folder(plan.sha256)
    sizes = {entry.name: entry.size for entry in place.list(folder)}
    found = {name for name, part in zip(plan.names(), plan.parts, strict=True) if sizes.get(name) == part.size}
    return {name for name in found if _is_whole(place, f"{folder}/{name}")} if again else found


def _is_whole(place: Place, path: str) -> bool:
    data = place.read(path, spool.LARGEST_PART)
    return hashlib.sha256(data).hexdigest() == path.rpartition("-")[2]


def _check_room(place: Place, plan: Complete, there: set[str]) -> None:
    """Tell a lack of room before anything is sent."""
    lacking = sum(part.size for name, part in zip(plan.names(), plan.parts, strict=True) if name not in there)
    free = place.free_room() if lacking else None
    if free is not None and free < lacking:
        missing = max(1, -(-(lacking - free) // 1_000_000))
        raise Trouble("carriers.no_room", folder=place.address.url, missing_mb=missing)


def _send_parts(file: Path, place: Place, plan: Complete, there: set[str], progress: Progress | None) -> list[Part]:
    """Send the parts that are not there; gives them."""
    sent: list[Part] = []
    known = [part for name, part in zip(plan.names(), plan.parts, strict=True) if name in there]
    count, size, offset = len(known), sum(part.size for part in known), 0

    def tell() -> None:
        if progress is not None:
            progress(Advance(plan.sha256, len(plan.parts), count, plan.size, size))

    tell()
    for name, part in zip(plan.names(), plan.parts, strict=True):
        if name not in there:
            _send_part(file, place, plan, name, _piece(file, offset, part))
            sent.append(part)
            count, size = count + 1, size + part.size
            tell()
        offset += part.size
    return sent


def _piece(file: Path, offset: int, part: Part) -> bytes:
    try:
        with file.open("rb") as opened:
            opened.seek(offset)
            data = opened.read(part.size)
    except OSError as error:
        raise Trouble("carriers.no_file", file=str(file), reason=error.strerror or str(error)) from error
    if hashlib.sha256(data).hexdigest() != part.sha256:
        raise Refusal("carriers.other_content", file=file.name)
    return data


def _send_part(file: Path, place: Place, plan: Complete, name: str, data: bytes) -> None:
    path = f"{spool.parcel_folder(plan.sha256)}/{name}"
    place.put(path, data)
    if place.reads_back and not _is_whole(place, path):
        place.remove(path)
        raise Trouble("carriers.not_written", folder=place.address.url, file=file.name)


def _finish(place: Place, plan: Complete) -> None:
    """Say that the parcel is complete, once a look at the place says so, and read that back."""
    folder = spool.parcel_folder(plan.sha256)
    if len(_there(place, plan, again=False)) < len(set(plan.names())):
        raise Trouble("carriers.parts_lost", folder=place.address.url)
    path, data = f"{folder}/{COMPLETE}", spool.encode(plan)
    if place.size(path) == len(data) and place.read(path, spool.LARGEST_LIST) == data:
        return
    place.put(path, data)
    if place.read(path, spool.LARGEST_LIST) != data:
        raise Trouble("carriers.not_written", folder=place.address.url, file=COMPLETE)
