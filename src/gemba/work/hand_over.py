"""A person leaves a laptop: what headquarters does not hold yet goes to somebody who sends it on.

The folder that is handed over holds the packs that are sealed for headquarters, which the other store sends on as they
are; a pack for the other person, who can go on with the drafts; and the card of the store that they come from.
"""

from __future__ import annotations

import hashlib
from datetime import datetime
from pathlib import Path
from shutil import copyfileobj

import msgspec

from gemba.domain.assessments import Custody
from gemba.domain.record import Uid
from gemba.durable import written
from gemba.errors import Refusal, Trouble
from gemba.packs.cards import Card, read_card
from gemba.store import journal, passing_on, selections, transit
from gemba.store.heads import Subject
from gemba.store.reading import Reader
from gemba.store.transit import Pack
from gemba.wording import plural, text
from gemba.work.blind_parts import withheld
from gemba.work.calibration_blind import ratings_withheld
from gemba.work.cards import fingerprint, write_card
from gemba.work.desk import Desk
from gemba.work.keep_file import write_file
from gemba.work.seal_selection import Selection, seal_selection
from gemba.work.send_pack import OUTBOX, headquarters_of, seal
from gemba.work.take_in_shared import TakenShare, take_in_shared

MANIFEST = "hand-over.json"
_SEALED = b"age-encryption.org/"
_LARGEST = 1 << 20


class _Packed(msgspec.Struct, frozen=True):
    """A pack for headquarters in the folder."""

    sha256: str
    uid: str
    epoch: str
    first_seq: int
    last_seq: int
    sealed_at: datetime
    size: int
    operations: int
    blobs: int


class _Manifest(msgspec.Struct, frozen=True):
    v: int
    device: str
    """Who hands over."""
    to: str
    """Id of the store that takes over."""
    headquarters: str
    packs: tuple[_Packed, ...]
    shared: str = ""
    """SHA-256 of the pack for the other person; empty when there is none."""


class HandedOver(msgspec.Struct, frozen=True):
    """What was handed over."""

    folder: Path
    packs: int
    """For headquarters."""
    operations: int
    to: str
    """What the other store is called."""
    fingerprint: str
    """Of its key: eight words for two people to compare."""
    words: str


class TakenOver(msgspec.Struct, frozen=True):
    """What was taken over."""

    packs: int
    """That are sent on from here."""
    share: TakenShare | None
    """What the other person's drafts brought; `None` while their store is not known here."""
    words: str


def hand_over(desk: Desk, card_file: Path, out: Path) -> HandedOver:
    """Seal everything that headquarters does not hold, for headquarters and for the person who takes over.

    Nothing goes away here, and what is handed over is still sent from here, too: headquarters takes it once.

    Args:
        desk: of the person who leaves.
        card_file: the card of the store that takes over.
        out: a folder; made, with a folder of the hand-over's own in it.

    Raises:
        Refusal: `work.no_headquarters`, `work.nothing_to_hand_over`, `work.hand_over_to_itself`.
        Trouble: the folder cannot be written.
    """
    card = read_card(_read(card_file))
    if card.id == desk.store.device.id:
        raise Refusal("work.hand_over_to_itself")
    with desk.reader() as reader:
        headquarters = headquarters_of(reader)
        subjects = _unsent(reader, desk.person.uid)
    sealed = _sealed(desk)
    if not (sealed or subjects):
        raise Refusal("work.nothing_to_hand_over")
    folder = _make(out / f"hand-over-{desk.store.device.code}-{desk.clock():%Y%m%d-%H%M%S}")
    for pack in sealed:
        _copy(desk.store.folder / OUTBOX / pack.file, folder / f"{pack.sha256}.gemba")
    shared = _share(desk, card, subjects, folder)
    write_card(desk, folder)
    packed = tuple(msgspec.convert(msgspec.structs.asdict(pack), _Packed) for pack in sealed)
    manifest = _Manifest(1, desk.store.device.id, card.id, headquarters.id, packed, shared)
    write_file(folder / MANIFEST, msgspec.json.format(msgspec.json.encode(manifest)))
    operations = sum(pack.operations for pack in sealed)
    words = plural("Handed {n} change over", "Handed {n} changes over", operations) + " "
    words += text("to {name} in {folder}.", name=card.name, folder=folder)
    words += " " + text("Compare the fingerprint with them: {fingerprint}", fingerprint=fingerprint(card))
    return HandedOver(folder, len(sealed), operations, card.name, fingerprint(card), words)


def is_hand_over(folder: Path) -> bool:
    """True for a folder that was handed over."""
    return (folder / MANIFEST).is_file()


def take_over(desk: Desk, folder: Path) -> TakenOver:
    """Keep the packs for headquarters to send them on, and take in what the other person was doing; twice is no harm.

    Raises:
        Refusal: it is for another store, or for another headquarters.
        Trouble: a file is missing or damaged; then nothing was taken.
    """
    manifest = _manifest(folder)
    with desk.reader() as reader:
        headquarters = headquarters_of(reader)
    if manifest.to != desk.store.device.id:
        raise Refusal("work.hand_over_for_other", folder=str(folder))
    if manifest.headquarters != headquarters.id:
        raise Refusal("work.hand_over_other_headquarters", name=headquarters.name)
    for pack in manifest.packs:
        _demand_whole(folder / f"{pack.sha256}.gemba", pack)
    for pack in manifest.packs:
        _copy(folder / f"{pack.sha256}.gemba", desk.store.folder / OUTBOX / f"{pack.sha256}.gemba")
    with desk.unit() as unit:
        for pack in manifest.packs:
            passing_on.add(unit, _row(pack, headquarters.id))
    share, words = _take_share(desk, folder, manifest)
    kept = plural("Took {n} pack over to send it on.", "Took {n} packs over to send them on.", len(manifest.packs))
    return TakenOver(len(manifest.packs), share, f"{kept} {words}".strip())


def _unsent(reader: Reader, person: Uid) -> frozenset[Subject]:
    """The records that were changed here since headquarters last signed, their assessments whole, and all they name.

    Not what two auditors judge apart: whoever takes over may be one of them.
    """
    touched: set[Subject] = set()
    for stretch in transit.unsent_ranges(reader):
        for line in journal.since(reader, stretch.epoch, stretch.first_seq, stretch.last_seq):
            header = msgspec.json.decode(line)["header"]
            touched.add((header["noun"], header["entity"]))
    named = selections.with_named(reader, touched)
    assessments = selections.with_belonging(reader, {one for one in named if one[0] == "assessment"})
    apart = withheld(reader) | ratings_withheld(reader, person)
    return frozenset(selections.with_named(reader, (named | assessments) - apart))


def _sealed(desk: Desk) -> list[Pack]:
    """The packs of everything that headquarters does not hold."""
    try:
        named = {pack.sha256 for pack in seal(desk)}
    except Refusal as refusal:
        if refusal.code != "work.nothing_to_send":
            raise
        named = set()
    with desk.reader() as reader:
        open_ones = {*named, *passing_on.waiting(reader)}
        return [pack for pack in transit.packs(reader) if pack.sha256 in open_ones]


def _share(desk: Desk, card: Card, subjects: frozenset[Subject], folder: Path) -> str:
    with desk.reader() as reader:
        selection = Selection(subjects=subjects, shown=subjects)
        made = seal_selection(desk, reader, selection, to=card.id, recipients=card.recipients, out_dir=folder)
    return made.sha256 if made is not None else ""


def _take_share(desk: Desk, folder: Path, manifest: _Manifest) -> tuple[TakenShare | None, str]:
    if not manifest.shared:
        return None, ""
    try:
        share = take_in_shared(desk, folder / f"{manifest.shared}.gemba")
    except Refusal as refusal:
        if refusal.code not in {"work.unknown_sharer", "work.unknown_maker"}:
            raise
        card = next(iter(sorted(folder.glob("*.card"))), folder)
        return None, text(
            "To go on with the drafts, enrol {card} (gemba key enrol) and take this folder in again.", card=card
        )
    return share, share.words


def _row(pack: _Packed, headquarters: str) -> Pack:
    facts = msgspec.structs.asdict(pack)
    return Pack(**facts, state=Custody.SEALED, prev=None, to=headquarters, file=f"{pack.sha256}.gemba")


def _demand_whole(file: Path, pack: _Packed) -> None:
    try:
        with file.open("rb") as sealed:
            begins = sealed.read(len(_SEALED)) == _SEALED
            sealed.seek(0)
            whole = hashlib.file_digest(sealed, "sha256").hexdigest() == pack.sha256
    except OSError as error:
        raise Trouble("work.unreadable", file=str(file), why=error.strerror or str(error)) from error
    if not (begins and whole):
        raise Trouble("work.hand_over_damaged", file=file.name)


def _manifest(folder: Path) -> _Manifest:
    try:
        found = msgspec.json.decode(_read(folder / MANIFEST), type=_Manifest)
    except msgspec.MsgspecError as error:
        raise Trouble("work.hand_over_damaged", file=MANIFEST) from error
    if any(len(one.sha256) != 64 or not one.sha256.isalnum() for one in found.packs) or "/" in found.shared:
        raise Trouble("work.hand_over_damaged", file=MANIFEST)
    return found


def _read(file: Path) -> bytes:
    try:
        with file.open("rb") as opened:
            return opened.read(_LARGEST)
    except OSError as error:
        raise Trouble("work.unreadable", file=str(file), why=error.strerror or str(error)) from error


def _make(folder: Path) -> Path:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Trouble("work.cannot_write", file=str(folder)) from error
    return folder


def _copy(source: Path, target: Path) -> None:
    """Copy a pack durably; one that is there stays."""
    if target.exists():
        return
    try:
        with source.open("rb") as sealed, written(target) as out:
            copyfileobj(sealed, out)
    except OSError as error:
        raise Trouble("work.cannot_write", file=str(target)) from error
