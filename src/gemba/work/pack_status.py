"""What is sealed, sent, held or missing: pack by pack, and in each pack file by file."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

import msgspec

from gemba.domain.assessments import Custody
from gemba.store import publications, sent_blobs, transit
from gemba.store.reading import Reader
from gemba.work.desk import Desk
from gemba.work.kept_names import kept_names
from gemba.work.send_pack import OUTBOX


class FileStatus(msgspec.Struct, frozen=True):
    """One piece of evidence."""

    sha256: str
    name: str
    """What people call it; empty for what is no photo or file of an assessment."""
    state: Custody
    """`here` when no pack holds it yet."""
    on_disk: bool
    """False when it is missing on this laptop."""


class PackStatus(msgspec.Struct, frozen=True):
    """One pack."""

    sha256: str
    state: Custody
    operations: int
    size: int
    sealed_at: datetime
    sent_at: datetime | None
    held_at: datetime | None
    in_outbox: bool
    """False when its file is no longer in the outbox."""
    files: tuple[FileStatus, ...]
    """Of packs that headquarters has not signed for wholly; of all others everything is held."""


class Status(msgspec.Struct, frozen=True):
    """How far everything has come."""

    packs: tuple[PackStatus, ...]
    unsealed: int
    """Operations that are in no pack yet."""
    asked_again: int
    """Operations that headquarters asks for again and that no pack brings since."""
    unsealed_files: tuple[FileStatus, ...]
    missing: int
    """Pieces of evidence that headquarters lacks and that are not on this disk either."""


def status(desk: Desk) -> Status:
    """How far everything has come; the newest pack first."""
    with desk.reader() as reader:
        waiting = dict.fromkeys(transit.to_send_blobs(reader))
        names = {sha256: name for sha256, (name, _) in kept_names(reader).items()}
        told = tuple(_pack(desk, reader, pack, names) for pack in reversed(transit.packs(reader)))
        packed = {file.sha256 for pack in told for file in pack.files}
        rest = tuple(_file(desk, names, sha256, Custody.HERE) for sha256 in waiting if sha256 not in packed)
        unsealed = sum(max(0, last - transit.last_sealed(reader, epoch)) for epoch, last in transit.epochs(reader))
        asked = publications.asked_again(reader)
    missing = {file.sha256 for file in [*rest, *(file for pack in told for file in pack.files)] if _is_lost(file)}
    return Status(told, unsealed, asked, rest, len(missing))


def _pack(desk: Desk, reader: Reader, pack: transit.Pack, names: Mapping[str, str]) -> PackStatus:
    files: tuple[FileStatus, ...] = ()
    if pack.state is not Custody.HELD:
        inside = sent_blobs.blobs_in_pack(reader, pack.sha256)
        states = {sha256: Custody.HELD if held else pack.state for sha256, held in inside.items()}
        files = tuple(_file(desk, names, sha256, state) for sha256, state in states.items())
    return PackStatus(
        sha256=pack.sha256,
        state=pack.state,
        operations=pack.operations,
        size=pack.size,
        sealed_at=pack.sealed_at,
        sent_at=pack.sent_at,
        held_at=pack.held_at,
        in_outbox=(desk.store.folder / OUTBOX / pack.file).is_file(),
        files=files,
    )


def _file(desk: Desk, names: Mapping[str, str], sha256: str, state: Custody) -> FileStatus:
    return FileStatus(sha256, names.get(sha256, ""), state, desk.store.evidence.has(sha256))


def _is_lost(file: FileStatus) -> bool:
    return not file.on_disk and file.state is not Custody.HELD
