"""Send what headquarters does not hold yet: seal it into a pack, hand the pack to a carrier.

*Sealed*, *sent* and *held by headquarters* are three states. Only a signed receipt makes the third.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec

from gemba import __version__
from gemba.carriers import folder as folder_carrier
from gemba.domain.assessments import Custody
from gemba.domain.nouns import BLOB_FIELDS
from gemba.errors import Refusal
from gemba.packs.request import Opener, SealRequest
from gemba.packs.sealing import seal as seal_file
from gemba.store import journal, transit
from gemba.store.reading import Reader
from gemba.store.transit import Correspondent, Stretch
from gemba.work.desk import Desk

OUTBOX = "outbox"
HEADQUARTERS = "headquarters"


class SentPack(msgspec.Struct, frozen=True):
    """A pack, how far it has come, and where its file is."""

    sha256: str
    state: Custody
    file: Path
    operations: int
    blobs: int
    size: int


def headquarters_of(reader: Reader) -> Correspondent:
    """The headquarters that this laptop sends to.

    Raises:
        Refusal: it knows none yet.
    """
    known = [one for one in transit.correspondents(reader, HEADQUARTERS) if one.revoked is None]
    if not known:
        raise Refusal("work.no_headquarters")
    return known[-1]


def seal(desk: Desk, progress: Callable[[int, int], None] | None = None) -> SentPack:
    """Seal everything that no receipt names yet into a pack in the outbox.

    When nothing was recorded since the last pack was sealed, that pack is given again rather than a second one made.

    Args:
        desk: whose journal it is.
        progress: told how many of how many bytes are sealed.

    Raises:
        Refusal: headquarters is not known yet, or holds everything already.
        Trouble: the disk is full, or evidence is missing.
    """
    with desk.reader() as reader:
        headquarters = headquarters_of(reader)
        stretch = _stretch(reader)
        wanted = transit.to_send_blobs(reader)
        if stretch.last_seq < stretch.first_seq and not wanted:
            raise Refusal("work.nothing_to_send")
        again = _same_pack(desk, reader, stretch)
        if again is not None:
            return again
        request = _request(desk, reader, headquarters, stretch, wanted)
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
        transit.add_pack(unit, pack, wanted)
    return _sent_pack(desk, pack)


def send(desk: Desk, sha256: str, folder: Path) -> SentPack:
    """Hand a sealed pack to a folder or stick; it is read back before it counts as sent.

    Raises:
        Refusal: there is no such pack, or its file is gone from the outbox.
        Trouble: the folder is gone, full or read-only.
    """
    with desk.reader() as reader:
        pack = transit.pack_of(reader, sha256)
    source = desk.store.folder / OUTBOX / pack.file
    if not source.is_file():
        raise Refusal("work.pack_gone")
    target = folder_carrier.send(source, folder)
    with desk.unit() as unit:
        transit.mark_sent(unit, sha256)
        pack = transit.pack_of(unit, sha256)
    return msgspec.structs.replace(_sent_pack(desk, pack), file=target)


def _stretch(reader: Reader) -> Stretch:
    """What is to be sealed; an empty stretch at the journal's end when only evidence is missing."""
    open_one = transit.unsent_range(reader)
    if open_one is not None:
        return open_one
    own = transit.ranges_here(reader, reader.device.id).get(reader.device.epoch, [[1, 0]])
    last = own[-1][1]
    return Stretch(reader.device.epoch, last + 1, last)


def _same_pack(desk: Desk, reader: Reader, stretch: Stretch) -> SentPack | None:
    """The last pack, when it holds just what would be sealed now and its file is still there."""
    last = next(iter(reversed(transit.packs(reader))), None)
    if last is None or last.state is Custody.HELD:
        return None
    same = (last.epoch, last.first_seq, last.last_seq) == (stretch.epoch, stretch.first_seq, stretch.last_seq)
    found = _sent_pack(desk, last)
    return found if same and found.file.is_file() else None


def _request(
    desk: Desk, reader: Reader, headquarters: Correspondent, stretch: Stretch, wanted: list[str]
) -> SealRequest:
    device = desk.store.device
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
        recipients=[headquarters.recipient, device.recipient],
        to=headquarters.id,
        created=desk.clock(),
        operations=lines(),
        blobs=[(sha256, *_blob(desk, sha256)) for sha256 in wanted],
        referenced=[(sha256, _blob(desk, sha256)[0]) for sha256 in sorted(named)],
        program=f"Gemba {__version__}",
        identity=device.identity,
    )


def _blob(desk: Desk, sha256: str) -> tuple[int, Opener]:
    evidence = desk.store.evidence
    return len(evidence.read(sha256)), lambda: evidence.open(sha256)


def _named_blobs(lines: Iterator[bytes]) -> set[str]:
    """SHA-256 of the kept bytes that operations name."""
    found: set[str] = set()
    for line in lines:
        operation = json.loads(line)
        fields = BLOB_FIELDS.get(operation["header"]["noun"], ())
        values = (operation["payload"] or {}).get("set", {})
        found |= {values[field] for field in fields if values.get(field)}
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
