"""What has been sent, what is held, what is missing: per pack, per carrier, and per file."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Literal

import msgspec

from gemba.carriers import troubles
from gemba.carriers.address import Sort, parse
from gemba.domain.assessments import Assessment, Custody
from gemba.store import deliveries, transit
from gemba.store.deliveries import Carrier, Delivery, DeliveryState
from gemba.store.reading import Reader
from gemba.wording import sentence
from gemba.work.desk import Desk
from gemba.work.kept_names import KeptSort, kept_names

FileState = Literal["sealed", "sent", "held", "missing"]


class Way(msgspec.Struct, frozen=True, kw_only=True):
    """How far something has come by one carrier."""

    carrier: str
    state: DeliveryState
    parts: int
    parts_there: int
    bytes_there: int
    tries: int
    next_try_at: datetime | None
    done_at: datetime | None
    trouble: str
    """A sentence; empty when nothing is wrong."""


class SentFile(msgspec.Struct, frozen=True):
    """A file that travels in a pack."""

    name: str
    sort: KeptSort
    sha256: str
    state: FileState
    """`missing`: no receipt names it, and it is not on this disk any more."""


class SentPack(msgspec.Struct, frozen=True, kw_only=True):
    """An own pack, with all that is known of its way."""

    sha256: str
    state: Custody
    sealed_at: datetime
    sent_at: datetime | None
    held_at: datetime | None
    size: int
    operations: int
    ways: tuple[Way, ...]
    files: tuple[SentFile, ...]


class SentAssessment(msgspec.Struct, frozen=True, kw_only=True):
    """An assessment that goes to OpenRosa servers."""

    uid: str
    number: str
    title: str
    ways: tuple[Way, ...]


class CarrierStatus(msgspec.Struct, frozen=True, kw_only=True):
    """A carrier and its queue."""

    name: str
    url: str
    sort: Sort
    automatic: bool
    tried_at: datetime | None
    trouble: str
    is_away: bool
    """True when all that is wrong is that it cannot be reached: no stick, no line."""
    waiting: int
    """Things that have not arrived by it yet."""


class Status(msgspec.Struct, frozen=True):
    """Everything that travels."""

    carriers: tuple[CarrierStatus, ...]
    packs: tuple[SentPack, ...]
    """The newest first."""
    assessments: tuple[SentAssessment, ...]
    """Those that go to OpenRosa servers."""


def status(desk: Desk) -> Status:
    """What has been sent, what is held, what is missing and why."""
    with desk.reader() as reader:
        queue = deliveries.deliveries(reader)
        ways: dict[str, list[Way]] = {}
        for one in queue:
            ways.setdefault(one.pack, []).append(_way(one))
        names = kept_names(reader)
        packs = [_pack(desk, reader, pack, ways, names) for pack in reversed(transit.packs(reader))]
        carriers = tuple(_carrier(one, queue) for one in deliveries.carriers(reader))
        return Status(carriers, tuple(packs), _assessments(reader, ways, {pack.sha256 for pack in packs}))


def carriers_status(desk: Desk) -> tuple[CarrierStatus, ...]:
    """The carriers alone, each with what waits for it."""
    with desk.reader() as reader:
        queue = deliveries.deliveries(reader)
        return tuple(_carrier(one, queue) for one in deliveries.carriers(reader))


def pack_status(desk: Desk, sha256: str) -> SentPack:
    """One own pack, with all that is known of its way and of each file in it.

    Raises:
        Refusal: `store.unknown_pack`.
    """
    with desk.reader() as reader:
        ways = [_way(one) for one in deliveries.deliveries(reader) if one.pack == sha256]
        return _pack(desk, reader, transit.pack_of(reader, sha256), {sha256: ways}, kept_names(reader))


def _way(one: Delivery) -> Way:
    error = deliveries.failure(one.trouble)
    return Way(
        carrier=one.carrier,
        state=one.state,
        parts=one.parts,
        parts_there=one.parts_there,
        bytes_there=one.bytes_there,
        tries=one.tries,
        next_try_at=one.next_try_at,
        done_at=one.done_at,
        trouble="" if error is None else sentence(error),
    )


def _pack(
    desk: Desk,
    reader: Reader,
    pack: transit.Pack,
    ways: Mapping[str, list[Way]],
    names: Mapping[str, tuple[str, KeptSort]],
) -> SentPack:
    files = []
    for sha256, held in deliveries.evidence_of(reader, pack.sha256):
        name, sort = names.get(sha256, ("", "document"))
        state: FileState = "sealed" if pack.state is Custody.SEALED else "sent"
        if held or not desk.store.evidence.has(sha256):
            state = "held" if held else "missing"
        files.append(SentFile(name or sha256[:12], sort, sha256, state))
    return SentPack(
        sha256=pack.sha256,
        state=pack.state,
        sealed_at=pack.sealed_at,
        sent_at=pack.sent_at,
        held_at=pack.held_at,
        size=pack.size,
        operations=pack.operations,
        ways=tuple(ways.get(pack.sha256, ())),
        files=tuple(files),
    )


def _carrier(carrier: Carrier, queue: list[Delivery]) -> CarrierStatus:
    error = deliveries.failure(carrier.trouble)
    return CarrierStatus(
        name=carrier.name,
        url=carrier.url,
        sort=parse(carrier.url).sort,
        automatic=carrier.automatic,
        tried_at=carrier.tried_at,
        trouble="" if error is None else sentence(error),
        is_away=error is not None and error.code in troubles.UNREACHABLE,
        waiting=sum(one.carrier == carrier.name and one.state is not DeliveryState.DONE for one in queue),
    )


def _assessments(reader: Reader, ways: Mapping[str, list[Way]], packs: set[str]) -> tuple[SentAssessment, ...]:
    found = []
    for uid, gone in ways.items():
        of = None if uid in packs else reader.get(Assessment, uid)
        if of is not None:
            found.append(SentAssessment(uid=uid, number=of.number, title=of.title, ways=tuple(gone)))
    return tuple(found)
