"""Send what headquarters does not hold yet: seal it into a pack, hand the pack to a carrier.

*Sealed*, *sent* and *held by headquarters* are three states. Only a signed receipt makes the third.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import partial
from pathlib import Path

import msgspec

from gemba import __version__
from gemba.carriers import folder as folder_carrier
from gemba.domain.assessments import Custody
from gemba.domain.devices import DeviceRole
from gemba.errors import Refusal, Trouble
from gemba.packs.request import SealRequest
from gemba.packs.sealing import clear_unfinished
from gemba.packs.sealing import seal as seal_file
from gemba.store import holding, journal, sent_blobs, transit
from gemba.store.reading import Reader
from gemba.store.stretches import named_blobs
from gemba.store.transit import Correspondent
from gemba.work import laptop_told, pack_plan
from gemba.work.desk import Desk
from gemba.work.pack_contents import Contents
from gemba.work.pack_plan import Load

OUTBOX = "outbox"


class SentPack(msgspec.Struct, frozen=True):
    """A pack, how far it has come, and where its file is."""

    sha256: str
    state: Custody
    file: Path
    operations: int
    blobs: int
    size: int
    missing: tuple[str, ...] = ()
    """SHA-256 of evidence that records name and that is no longer on this disk."""


def headquarters_of(reader: Reader) -> Correspondent:
    """The headquarters that this laptop sends to.

    Raises:
        Refusal: it knows none yet.
    """
    known = [one for one in transit.correspondents(reader, DeviceRole.HEADQUARTERS) if one.revoked is None]
    if not known:
        raise Refusal("work.no_headquarters")
    return known[-1]


def seal(
    desk: Desk, progress: Callable[[int, int], None] | None = None, *, volume: int | None = None
) -> tuple[SentPack, ...]:
    """Seal everything that no receipt names yet into packs in the outbox.

    That is one pack; several when there is more than a pack or a volume may hold, or after a restore. Each can be taken
    in alone, in any order. A pack that was sealed of just this before, and that is whole still, is given again rather
    than a second one made. Erasures that were carried out are told, too, be it by a pack with nothing else in it.

    Args:
        desk: whose journal it is.
        progress: told how many of how many bytes of a pack are sealed.
        volume: bytes that no pack may exceed, for small sticks.

    Raises:
        Refusal: headquarters is not known yet, or holds everything already; a volume is too small.
        Trouble: the disk is full.
    """
    with desk.reader() as reader:
        headquarters = headquarters_of(reader)
        loads = pack_plan.plan(desk, reader, volume)
        if not loads and laptop_told.is_untold(reader):
            loads = [pack_plan.nothing_but_documents(reader, volume)]
    if not loads:
        raise Refusal("work.nothing_to_send")
    outbox = desk.store.folder / OUTBOX
    with _alone(outbox):
        clear_unfinished(outbox)
        return tuple(_seal_load(desk, headquarters, load, volume, progress) for load in loads)


def _alone(outbox: Path) -> holding.Holding:
    """The outbox for this program alone: what another has begun there must not be cleared away."""
    try:
        return holding.take(outbox)
    except Trouble as error:
        raise Trouble("work.sealing_already", folder=str(outbox)) from error


def _seal_load(
    desk: Desk,
    headquarters: Correspondent,
    load: Load,
    volume: int | None,
    progress: Callable[[int, int], None] | None,
) -> SentPack:
    """Seal one stretch of the journal, with the evidence that headquarters lacks."""
    with desk.reader() as reader:
        again = _same_pack(desk, reader, headquarters, load, volume)
        if again is not None:
            return again
        told = laptop_told.digest(reader)
        request = _request(desk, reader, headquarters, load)
        sealed = seal_file(request, desk.store.folder / OUTBOX, progress)
    pack = transit.Pack(
        uid=sealed.pack_id,
        sha256=sealed.sha256,
        state=Custody.SEALED,
        epoch=load.stretch.epoch,
        first_seq=load.stretch.first_seq,
        last_seq=load.stretch.last_seq,
        prev=request.prev_pack,
        sealed_at=desk.clock(),
        to=headquarters.id,
        file=sealed.path.name,
        size=sealed.size,
        operations=sealed.operations,
        blobs=sealed.blobs,
    )
    with desk.unit() as unit:
        transit.add_pack(unit, pack, load.blobs, load.missing)
        laptop_told.note(unit, pack.sha256, told)
    return msgspec.structs.replace(_sent_pack(desk, pack), missing=tuple(sorted(load.missing)))


def send(desk: Desk, sha256: str, folder: Path) -> SentPack:
    """Hand a sealed pack to a folder or stick; it is read back before it counts as sent.

    Raises:
        Refusal: there is no such pack, or its file is gone from the outbox.
        Trouble: the folder is gone, full or read-only.
    """
    with desk.reader() as reader:
        pack = transit.pack_of(reader, sha256)
    source = desk.store.folder / OUTBOX / pack.file
    if not _is_whole(_sent_pack(desk, pack)):
        raise Refusal("work.pack_gone")
    target = folder_carrier.send(source, folder)
    with desk.unit() as unit:
        transit.mark_sent(unit, sha256)
        pack = transit.pack_of(unit, sha256)
    return msgspec.structs.replace(_sent_pack(desk, pack), file=target)


def _same_pack(
    desk: Desk, reader: Reader, headquarters: Correspondent, load: Load, volume: int | None
) -> SentPack | None:
    """A pack that holds just what would be sealed now, if its file is still there and whole."""
    of = load.stretch
    wanted = (of.epoch, of.first_seq, of.last_seq, headquarters.id)
    for pack in reversed(transit.open_packs(reader)):
        fits = volume is None or pack.size <= volume
        if fits and (pack.epoch, pack.first_seq, pack.last_seq, pack.to) == wanted:
            found = _sent_pack(desk, pack)
            same = set(load.blobs) <= set(sent_blobs.open_blobs(reader, pack.sha256))
            same = same and laptop_told.is_told_by(reader, pack.sha256)
            return msgspec.structs.replace(found, missing=load.missing) if same and _is_whole(found) else None
    return None


def _is_whole(pack: SentPack) -> bool:
    if not pack.file.is_file():
        return False
    with pack.file.open("rb") as sealed:
        return hashlib.file_digest(sealed, "sha256").hexdigest() == pack.sha256


def _request(desk: Desk, reader: Reader, headquarters: Correspondent, load: Load) -> SealRequest:
    device, evidence, stretch = desk.store.device, desk.store.evidence, load.stretch
    named = sent_blobs.held_of(reader, named_blobs(reader, stretch)) - set(load.blobs)
    return SealRequest(
        pack_id=desk.ids(),
        device_id=device.id,
        sign=device.sign,
        public_key=device.public_key,
        epoch=stretch.epoch,
        first_seq=stretch.first_seq,
        last_seq=stretch.last_seq,
        prev_pack=transit.last_pack(reader),
        recipients=[*headquarters.recipients, device.recipient],
        to=headquarters.id,
        created=desk.clock(),
        operations=journal.since(reader, stretch.epoch, stretch.first_seq, stretch.last_seq),
        blobs=[(sha256, evidence.size(sha256), partial(evidence.open, sha256)) for sha256 in load.blobs],
        referenced=[(sha256, evidence.size(sha256)) for sha256 in sorted(named) if evidence.has(sha256)],
        documents=Contents(desk, reader, stretch, load.room).gather(headquarters),
        program=f"Gemba {__version__}",
        identity=device.identity,
    )


def _sent_pack(desk: Desk, pack: transit.Pack) -> SentPack:
    return SentPack(
        sha256=pack.sha256,
        state=pack.state,
        file=desk.store.folder / OUTBOX / pack.file,
        operations=pack.operations,
        blobs=pack.blobs,
        size=pack.size,
    )
