"""Send what headquarters does not hold yet: seal it into a pack, hand the pack to a carrier.

*Sealed*, *sent* and *held by headquarters* are three states. Only a signed receipt makes the third.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import msgspec

from gemba import __version__
from gemba.carriers import folder as folder_carrier
from gemba.domain.assessments import Custody
from gemba.domain.devices import DeviceRole
from gemba.domain.nouns import blobs_of
from gemba.errors import Refusal
from gemba.packs.request import SealRequest
from gemba.packs.sealing import clear_unfinished
from gemba.packs.sealing import seal as seal_file
from gemba.store import journal, transit
from gemba.store.reading import Reader
from gemba.store.transit import Correspondent, Stretch
from gemba.work.desk import Desk

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


def seal(desk: Desk, progress: Callable[[int, int], None] | None = None) -> tuple[SentPack, ...]:
    """Seal everything that no receipt names yet into packs in the outbox: one pack, after a restore one for each epoch.

    A pack that was sealed of just this before, and that is whole still, is given again rather than a second one made.

    Args:
        desk: whose journal it is.
        progress: told how many of how many bytes are sealed.

    Raises:
        Refusal: headquarters is not known yet, or holds everything already.
        Trouble: the disk is full.
    """
    with desk.reader() as reader:
        headquarters = headquarters_of(reader)
        wanted = transit.to_send_blobs(reader)
        stretches = transit.unsent_ranges(reader) or ([_end_of_journal(reader)] if wanted else [])
    if not stretches:
        raise Refusal("work.nothing_to_send")
    clear_unfinished(desk.store.folder / OUTBOX)
    *older, newest = stretches
    before = [_seal_stretch(desk, headquarters, stretch, [], progress) for stretch in older]
    return (*before, _seal_stretch(desk, headquarters, newest, wanted, progress))


def _seal_stretch(
    desk: Desk,
    headquarters: Correspondent,
    stretch: Stretch,
    wanted: list[str],
    progress: Callable[[int, int], None] | None,
) -> SentPack:
    """Seal one stretch of the journal, with the evidence that headquarters lacks."""
    here = [sha256 for sha256 in wanted if desk.store.evidence.has(sha256)]
    with desk.reader() as reader:
        again = _same_pack(desk, reader, headquarters, stretch)
        if again is not None:
            return again
        request = _request(desk, reader, headquarters, stretch, here)
        sealed = seal_file(request, desk.store.folder / OUTBOX, progress)
    pack = transit.Pack(
        uid=sealed.pack_id,
        sha256=sealed.sha256,
        state=Custody.SEALED,
        epoch=stretch.epoch,
        first_seq=stretch.first_seq,
        last_seq=stretch.last_seq,
        prev=request.prev_pack,
        sealed_at=desk.clock(),
        to=headquarters.id,
        file=sealed.path.name,
        size=sealed.size,
        operations=sealed.operations,
        blobs=sealed.blobs,
    )
    with desk.unit() as unit:
        transit.add_pack(unit, pack, here)
    return msgspec.structs.replace(_sent_pack(desk, pack), missing=tuple(sorted(set(wanted) - set(here))))


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


def _end_of_journal(reader: Reader) -> Stretch:
    """An empty stretch at the journal's end, for a pack that brings missing evidence only."""
    own = transit.ranges_here(reader, reader.device.id).get(reader.device.epoch, [[1, 0]])
    last = own[-1][1]
    return Stretch(reader.device.epoch, last + 1, last)


def _same_pack(desk: Desk, reader: Reader, headquarters: Correspondent, stretch: Stretch) -> SentPack | None:
    """A pack that holds just what would be sealed now, if its file is still there and whole."""
    wanted = (stretch.epoch, stretch.first_seq, stretch.last_seq, headquarters.id)
    for pack in reversed(transit.packs(reader)):
        if pack.state is not Custody.HELD and (pack.epoch, pack.first_seq, pack.last_seq, pack.to) == wanted:
            found = _sent_pack(desk, pack)
            return found if _is_whole(found) else None
    return None


def _is_whole(pack: SentPack) -> bool:
    if not pack.file.is_file():
        return False
    with pack.file.open("rb") as sealed:
        return hashlib.file_digest(sealed, "sha256").hexdigest() == pack.sha256


def _request(
    desk: Desk, reader: Reader, headquarters: Correspondent, stretch: Stretch, wanted: list[str]
) -> SealRequest:
    device, evidence = desk.store.device, desk.store.evidence
    packs = transit.packs(reader)

    def lines() -> Iterator[bytes]:
        return journal.since(reader, stretch.epoch, stretch.first_seq, stretch.last_seq)

    named = _named_blobs(lines()) & transit.held_blobs(reader)
    return SealRequest(
        pack_id=desk.ids(),
        device_id=device.id,
        sign=device.sign,
        public_key=device.public_key,
        epoch=stretch.epoch,
        first_seq=stretch.first_seq,
        last_seq=stretch.last_seq,
        prev_pack=packs[-1].sha256 if packs else None,
        recipients=[*headquarters.recipients, device.recipient],
        to=headquarters.id,
        created=desk.clock(),
        operations=lines(),
        blobs=[(sha256, evidence.size(sha256), partial(evidence.open, sha256)) for sha256 in wanted],
        referenced=[(sha256, evidence.size(sha256)) for sha256 in sorted(named) if evidence.has(sha256)],
        program=f"Gemba {__version__}",
        identity=device.identity,
    )


def _named_blobs(lines: Iterator[bytes]) -> set[str]:
    """SHA-256 of the kept bytes that operations name."""
    found: set[str] = set()
    for line in lines:
        operation = json.loads(line)
        found |= blobs_of(operation["header"]["noun"], (operation["payload"] or {}).get("set", {}))
    return found


def _sent_pack(desk: Desk, pack: transit.Pack) -> SentPack:
    return SentPack(
        sha256=pack.sha256,
        state=pack.state,
        file=desk.store.folder / OUTBOX / pack.file,
        operations=pack.operations,
        blobs=pack.blobs,
        size=pack.size,
    )
