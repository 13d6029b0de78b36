"""How what is to be sent is divided into packs: each of one stretch with the evidence that it names, none too large.

What goes into which pack is decided from sizes alone, before anything is read. Lines of the journal count as they are,
though they are packed; so a pack comes out smaller than planned, never larger.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Never

import msgspec

from gemba.domain.evidence import Evidence
from gemba.errors import Refusal
from gemba.packs import limits
from gemba.store import stretches, transit
from gemba.store.reading import Reader
from gemba.store.stretches import Stretch
from gemba.work.desk import Desk

SMALLEST = 1_000_000
"""Bytes that a volume must have: less is used up by what surrounds the content."""
MOST_OPERATIONS = 100_000
"""Operations in one pack: while it is sealed, they lie packed in memory."""
BESIDE = 500
"""Bytes that a file takes in a pack beside its content: two zip headers, its lines in manifest and fetch list."""

_AROUND = 64 << 10
"""Bytes for what surrounds all of it: seal, tag files, the documents that are always there."""


class Load(msgspec.Struct, frozen=True):
    """What goes into one pack."""

    stretch: Stretch
    blobs: tuple[str, ...]
    """SHA-256 of the evidence that travels."""
    missing: tuple[str, ...]
    """SHA-256 of evidence that would, if it were on this disk."""
    room: int
    """Bytes that are left for documents."""


def room_for(volume: int | None) -> int:
    """Bytes of content that fit into a sealed file of `volume` bytes, or into the largest pack there is.

    Raises:
        Refusal: `work.volume_too_small`.
    """
    if volume is None:
        return limits.LARGEST_ZIP - _AROUND
    if volume < SMALLEST:
        raise Refusal("work.volume_too_small", smallest_mb=SMALLEST // 1_000_000)
    return min(limits.LARGEST_ZIP, volume * 65536 // 65552) - _AROUND


def plan(desk: Desk, reader: Reader, volume: int | None) -> list[Load]:
    """The packs that hold all that no receipt names yet, in the order of the journal; none when there is nothing.

    Raises:
        Refusal: `work.volume_too_small`, or `work.evidence_too_large` when one piece of evidence alone is larger.
    """
    room, loads = room_for(volume), list[Load]()
    wanted = set(transit.to_send_blobs(reader))
    for stretch in transit.unsent_ranges(reader):
        named = stretches.named_blobs(reader, stretch)
        loads += _Division(desk, reader, room, stretch, {one: seq for one, seq in named.items() if one in wanted}).loads
        wanted -= named.keys()
    if wanted:
        loads = _with_rest(desk, reader, room, loads, sorted(wanted))
    return loads


def nothing_but_documents(reader: Reader, volume: int | None) -> Load:
    """A pack that brings neither operations nor evidence.

    Raises:
        Refusal: `work.volume_too_small`.
    """
    return Load(end_of_journal(reader), (), (), room_for(volume))


class _Division:
    """One stretch, divided."""

    def __init__(self, desk: Desk, reader: Reader, room: int, stretch: Stretch, named: dict[str, int]) -> None:
        self._desk, self._reader, self._room, self._epoch = desk, reader, room, stretch.epoch
        self._by_seq: dict[int, list[str]] = {}
        for sha256, seq in named.items():
            self._by_seq.setdefault(seq, []).append(sha256)
        self._first, self._last = stretch.first_seq, stretch.first_seq - 1
        self._blobs, self._missing, self._left = list[str](), list[str](), room
        self.loads: list[Load] = []
        for one in stretches.written(reader, stretch):
            self._put(one)
        self._end()

    def _put(self, one: stretches.Written) -> None:
        """Put an operation, with the evidence that it is the first to name, into the load, or begin another."""
        # A number that was given twice (a copied disk) is not divided, and its evidence counted once.
        blobs = self._by_seq.pop(one.seq, [])
        here, missing = _there(self._desk, blobs)
        size = 2 * one.size + sum(here.values())  # once in the journal, once in a table
        full = size > self._left or self._last - self._first + 1 >= MOST_OPERATIONS
        if full and one.seq != self._last and self._last >= self._first:
            self._end()
            self._first, self._blobs, self._missing, self._left = one.seq, [], [], self._room
        if size > self._left:
            _refuse_large(self._reader, here, self._room)
        self._blobs += here
        self._missing += missing
        self._left -= size
        self._last = one.seq

    def _end(self) -> None:
        stretch = Stretch(self._epoch, self._first, self._last)
        self.loads.append(Load(stretch, tuple(self._blobs), tuple(self._missing), self._left))


def _with_rest(desk: Desk, reader: Reader, room: int, loads: list[Load], rest: Iterable[str]) -> list[Load]:
    """The loads, and in the last one or behind it evidence whose operations headquarters has already."""
    *before, last = loads or [Load(end_of_journal(reader), (), (), room)]
    here, missing = _there(desk, rest)
    last = msgspec.structs.replace(last, missing=(*last.missing, *missing))
    for sha256, size in here.items():
        if size > last.room and (last.blobs or not last.stretch.is_empty):
            before.append(last)
            last = Load(end_of_journal(reader), (), (), room)
        if size > last.room:
            _refuse_large(reader, {sha256: size}, room)
        last = msgspec.structs.replace(last, blobs=(*last.blobs, sha256), room=last.room - size)
    return [*before, last]


def end_of_journal(reader: Reader) -> Stretch:
    """An empty stretch at the journal's end, for a pack that brings evidence only."""
    own = list(transit.epochs(reader))
    last = own[-1][1] if own and own[-1][0] == reader.device.epoch else 0
    return Stretch(reader.device.epoch, last + 1, last)


def _there(desk: Desk, blobs: Iterable[str]) -> tuple[dict[str, int], list[str]]:
    """Of kept bytes those that are on this disk, with what they take in a pack; and the others."""
    evidence = desk.store.evidence
    all_of_them = list(blobs)
    here = {sha256: evidence.size(sha256) + BESIDE for sha256 in all_of_them if evidence.has(sha256)}
    return here, [sha256 for sha256 in all_of_them if sha256 not in here]


def _refuse_large(reader: Reader, blobs: dict[str, int], room: int) -> Never:
    """Say which piece of evidence is too large for a volume; without one, it is the volume that is too small."""
    if not blobs:
        raise Refusal("work.volume_too_small", smallest_mb=10 * SMALLEST // 1_000_000)
    sha256, size = max(blobs.items(), key=lambda item: item[1])
    named: Iterator[str] = (item.name for item in reader.find(Evidence, sha256=sha256) if item.name)
    name = next(named, sha256[:12])
    megabytes = -(-size // 1_000_000)
    raise Refusal("work.evidence_too_large", name=name, size_mb=megabytes, volume_mb=(room + _AROUND) // 1_000_000)
