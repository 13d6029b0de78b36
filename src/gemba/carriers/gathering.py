"""Gather parcels at headquarters: only complete ones, every part and the whole checked by hash.

A parcel may be spread over several places (two sticks): parts are told by their hash, wherever they lie. Damaged parts
are taken away and asked for again, and nothing else is taken away before headquarters' receipt lies in `down/`.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec

from gemba.carriers import spool
from gemba.carriers.place import Place
from gemba.carriers.spool import COMPLETE, Complete, Wanted
from gemba.errors import GembaError, Trouble

PART = ".part"
"""How the name of a file ends that is not put together yet."""

Lying = dict[str, list[tuple[Place, int]]]
"""Parts by name: where each lies, and its size there."""

Progress = Callable[[int, int], object]
"""Told how many of how many bytes are gathered."""


class Gathered(msgspec.Struct, frozen=True):
    """A parcel that is whole here."""

    sha256: str
    file: Path
    """`<sha256>.gemba`."""
    size: int


class Unfinished(msgspec.Struct, frozen=True):
    """A parcel that is not whole."""

    sha256: str
    place: str
    """URL of the place where it was looked for."""
    missing: tuple[str, ...]
    """Names of the parts that are not there or damaged, or of the list; empty while the parcel is on its way."""


class Gathering(msgspec.Struct, frozen=True):
    """What a look into places gave."""

    gathered: tuple[Gathered, ...]
    unfinished: tuple[Unfinished, ...]


def gather(place: Place | Sequence[Place], into: Path, progress: Progress | None = None) -> list[Gathered]:
    """Put the complete parcels of a place together in a folder.

    Raises:
        Trouble: a place cannot be reached, or the folder cannot be written.
    """
    return list(gather_all(place, into, progress).gathered)


def gather_all(place: Place | Sequence[Place], into: Path, progress: Progress | None = None) -> Gathering:
    """As `gather`, with what is not whole: its missing parts by name. Damaged parts are asked for in `down/`."""
    places = [place] if isinstance(place, Place) else list(place)
    done: list[Gathered] = []
    open_ones: list[Unfinished] = []
    for sha256 in _open_parcels(places):
        plan = _plan(places, sha256)
        if plan is None:
            missing = _damaged_list(places, sha256)
            open_ones.append(Unfinished(sha256, places[0].address.url, missing))
            if missing:
                _ask(places[0], Wanted(sha256, missing))
            continue
        file, missing = _put_together(places, plan, into, progress)
        if file is not None:
            done.append(Gathered(sha256, file, plan.size))
        else:
            open_ones.append(Unfinished(sha256, places[0].address.url, missing))
            _ask(places[0], Wanted(sha256, missing))
    return Gathering(tuple(done), tuple(open_ones))


def unfinished(place: Place | Sequence[Place]) -> list[Unfinished]:
    """The parcels that lack parts, by a listing only."""
    places = [place] if isinstance(place, Place) else list(place)
    found = []
    for sha256 in _open_parcels(places):
        plan = _plan(places, sha256)
        missing = _missing(_lying(places, sha256), plan) if plan else _damaged_list(places, sha256)
        if plan is None or missing:
            found.append(Unfinished(sha256, places[0].address.url, missing))
    return found


def tidy(place: Place, sha256: str) -> bool:
    """Take a parcel away that headquarters has answered; true when it is gone.

    Nothing is taken away before the receipt lies in `down/`: whoever is interrupted finds the parcel again.
    """
    if place.size(f"{spool.DOWN}/{sha256}{spool.RECEIPT}") is None:
        return False
    clear(place, sha256)
    return True


def clear(place: Place, sha256: str) -> None:
    """Take a parcel away, whatever is left of it."""
    folder = spool.parcel_folder(sha256)
    for entry in sorted(place.list(folder), key=lambda entry: entry.name == COMPLETE):
        if not entry.is_folder:
            place.remove(f"{folder}/{entry.name}")
    place.remove_folder(folder)
    place.remove(f"{spool.DOWN}/{sha256}{spool.WANTED}")


def _open_parcels(places: Sequence[Place]) -> list[str]:
    """The parcels that headquarters has not signed for; what is left of the others is taken away by `tidy`."""
    for place in places:
        place.check()
    found = {entry.name for place in places for entry in place.list(spool.OUTBOX) if entry.is_folder}
    answered = {entry.name for place in places for entry in place.list(spool.DOWN)}
    return sorted(name for name in found if spool.is_parcel(name) and f"{name}{spool.RECEIPT}" not in answered)


def _plan(places: Sequence[Place], sha256: str) -> Complete | None:
    """What the parcel is made of, from the first place that says so in a way that can be believed."""
    path = f"{spool.parcel_folder(sha256)}/{COMPLETE}"
    for place in places:
        size = place.size(path)
        if size is not None and size <= spool.LARGEST_LIST:
            told = spool.read_complete(place.read(path, spool.LARGEST_LIST), sha256)
            if told is not None:
                return told
    return None


def _damaged_list(places: Sequence[Place], sha256: str) -> tuple[str, ...]:
    """The list's own name when it lies there and cannot be believed; nothing while the parcel is on its way."""
    path = f"{spool.parcel_folder(sha256)}/{COMPLETE}"
    return (COMPLETE,) if any(place.size(path) is not None for place in places) else ()


def _lying(places: Sequence[Place], sha256: str) -> Lying:
    """What lies of a parcel, and where."""
    found: Lying = {}
    for place in places:
        for entry in place.list(spool.parcel_folder(sha256)):
            if spool.is_part(entry.name) and entry.size <= spool.LARGEST_PART:
                found.setdefault(entry.name, []).append((place, entry.size))
    return found


def _missing(lying: Lying, plan: Complete) -> tuple[str, ...]:
    named = zip(plan.names(), plan.parts, strict=True)
    return tuple(name for name, part in named if part.size not in {size for _, size in lying.get(name, ())})


def _put_together(
    places: Sequence[Place], plan: Complete, into: Path, progress: Progress | None
) -> tuple[Path | None, tuple[str, ...]]:
    """The file when all its parts are whole, and the names of those that are not."""
    file = into / f"{plan.sha256}.gemba"
    if _is_here(file, plan):
        return file, ()
    lying = _lying(places, plan.sha256)
    missing = _missing(lying, plan)
    if missing:
        return None, missing
    part = into / f"{plan.sha256}.{os.getpid()}{PART}"
    try:
        bad = _write(lying, plan, part, progress)
        if bad:
            return None, bad
        part.replace(file)
    except OSError as error:
        raise Trouble("carriers.failed", folder=str(into), reason=error.strerror or str(error)) from error
    finally:
        part.unlink(missing_ok=True)
    return file, ()


def _is_here(file: Path, plan: Complete) -> bool:
    """True when an earlier gathering has put it together already."""
    if not file.is_file() or file.stat().st_size != plan.size:
        return False
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest() == plan.sha256


def _write(lying: Lying, plan: Complete, part: Path, progress: Progress | None) -> tuple[str, ...]:
    """Write all parts one after the other; gives the names of those that are damaged wherever they lie."""
    whole, bad, size = hashlib.sha256(), [], 0
    with part.open("wb") as out:
        for name, piece in zip(plan.names(), plan.parts, strict=True):
            path = f"{spool.parcel_folder(plan.sha256)}/{name}"
            data = _whole_part([place for place, _ in lying[name]], path, piece.sha256)
            if data is None:
                bad.append(name)
                continue
            out.write(data)
            whole.update(data)
            size += len(data)
            if progress is not None:
                progress(size, plan.size)
        out.flush()
        os.fsync(out.fileno())
    if not bad and whole.hexdigest() != plan.sha256:  # parts that are whole and make something else: a made-up list
        return tuple(plan.names())
    return tuple(bad)


def _whole_part(places: Sequence[Place], path: str, sha256: str) -> bytes | None:
    """A part that is whole, from the first place that has it; damaged ones are taken away."""
    for place in places:
        data = place.read(path, spool.LARGEST_PART)
        if hashlib.sha256(data).hexdigest() == sha256:
            return data
        _take_away(place, path)
    return None


def _take_away(place: Place, path: str) -> None:
    """Take a damaged part away, so that the next push sends it again; a place that cannot be written stays as it is."""
    try:
        place.remove(path)
    except GembaError as error:
        if error.code != "carriers.read_only":
            raise


def _ask(place: Place, wanted: Wanted) -> None:
    """Ask the sender for parts."""
    try:
        place.put(f"{spool.DOWN}/{wanted.sha256}{spool.WANTED}", spool.encode(wanted))
    except GembaError as error:
        if error.code not in {"carriers.read_only", "carriers.place_full"}:
            raise
