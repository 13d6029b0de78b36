"""A person leaves a laptop: what headquarters does not hold yet goes to somebody who sends it on.

The folder that is handed over holds the packs that are sealed for headquarters, which the other store sends on as they
are; a pack for the other person, who can go on with the drafts; and the card of the store that they come from.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path

import msgspec

from gemba.domain.assessments import Custody
from gemba.domain.record import Uid
from gemba.durable import make_durable, written
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
_PART = ".part"
"""How the name of a folder ends while it is being written: what was cut short is never taken for a hand-over."""
_CHUNK = 1 << 20
Told = Callable[[int, int, str], object]
"""Told how much of how much is done, and what; what it raises calls the whole off."""
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


def _silent(_done: int, _total: int, _words: str) -> None:
    """Nobody listens."""


def _saying(progress: Told, words: str) -> Callable[[int, int], None]:
    """Tells how far something is with the same words all the time."""

    def told(done: int, total: int) -> None:
        progress(done, total, words)

    return told


def card_to_hand_over_to(desk: Desk, card_file: Path) -> Card:
    """The card of the store that takes over, once it is sure that it is another store's.

    Raises:
        Refusal: `work.hand_over_to_itself`; it is no card.
        Trouble: it cannot be read.
    """
    card = read_card(_read(card_file))
    if card.id == desk.store.device.id:
        raise Refusal("work.hand_over_to_itself")
    return card


def unsent_changes(desk: Desk) -> int:
    """How many changes of this store no receipt of headquarters names yet.

    Raises:
        Refusal: `work.no_headquarters`.
    """
    with desk.reader() as reader:
        headquarters_of(reader)
        return sum(one.last_seq - one.first_seq + 1 for one in transit.unsent_ranges(reader))


def hand_over(desk: Desk, card_file: Path, out: Path, progress: Told = _silent) -> HandedOver:
    """Seal everything that headquarters does not hold, for headquarters and for the person who takes over.

    Nothing goes away here, and what is handed over is still sent from here, too: headquarters takes it once. The folder
    has its name only when all is in it; one that was called off is taken away.

    Args:
        desk: of the person who leaves.
        card_file: the card of the store that takes over.
        out: a folder; made, with a folder of the hand-over's own in it.
        progress: told what is being done, and how far it is.

    Raises:
        Refusal: `work.no_headquarters`, `work.nothing_to_hand_over`, `work.hand_over_to_itself`.
        Trouble: the folder cannot be written.
    """
    card = card_to_hand_over_to(desk, card_file)
    with desk.reader() as reader:
        headquarters = headquarters_of(reader)
        subjects = _unsent(reader, desk.person.uid)
    sealed = _sealed(desk, progress)
    if not (sealed or subjects):
        raise Refusal("work.nothing_to_hand_over")
    name = f"hand-over-{desk.store.device.code}-{desk.clock():%Y%m%d-%H%M%S}"
    part = _make(out, f"{name}{_PART}")
    try:
        for pack in sealed:
            source, target = desk.store.folder / OUTBOX / pack.file, part / f"{pack.sha256}.gemba"
            _copy(source, target, _saying(progress, text("Copying what is sealed for headquarters …")))
        shared = _share(desk, card, subjects, part, progress)
        write_card(desk, part)
        packed = tuple(msgspec.convert(msgspec.structs.asdict(pack), _Packed) for pack in sealed)
        manifest = _Manifest(1, desk.store.device.id, card.id, headquarters.id, packed, shared)
        write_file(part / MANIFEST, msgspec.json.format(msgspec.json.encode(manifest)))
        folder = _named(part, out / name)
    except BaseException:
        shutil.rmtree(part, ignore_errors=True)
        raise
    operations = sum(pack.operations for pack in sealed)
    words = plural("Handed {n} change over", "Handed {n} changes over", operations) + " "
    words += text("to {name} in {folder}.", name=card.name, folder=folder)
    words += " " + text("Compare the fingerprint with them: {fingerprint}", fingerprint=fingerprint(card))
    return HandedOver(folder, len(sealed), operations, card.name, fingerprint(card), words)


def is_hand_over(file: Path) -> bool:
    """True for a folder that was handed over, and for the `hand-over.json` in it, which stands for the folder."""
    return (file / MANIFEST).is_file() or (file.name == MANIFEST and file.is_file())


def take_over(desk: Desk, folder: Path, progress: Told = _silent) -> TakenOver:
    """Keep the packs for headquarters to send them on, and take in what the other person was doing; twice is no harm.

    Args:
        desk: of the person who takes over.
        folder: the folder, or the `hand-over.json` in it.
        progress: told what is being done, and how far it is.

    Raises:
        Refusal: it is for another store, or for another headquarters.
        Trouble: a file is missing or damaged; then nothing was taken.
    """
    folder = folder.parent if folder.name == MANIFEST else folder
    manifest = _manifest(folder)
    with desk.reader() as reader:
        headquarters = headquarters_of(reader)
    if manifest.to != desk.store.device.id:
        raise Refusal("work.hand_over_for_other", folder=str(folder))
    if manifest.headquarters != headquarters.id:
        raise Refusal("work.hand_over_other_headquarters", name=headquarters.name)
    for place, pack in enumerate(manifest.packs):
        progress(place, len(manifest.packs), text("Reading what was handed over …"))
        _demand_whole(folder / f"{pack.sha256}.gemba", pack)
    for pack in manifest.packs:
        target = desk.store.folder / OUTBOX / f"{pack.sha256}.gemba"
        _copy(folder / target.name, target, _saying(progress, text("Copying what is sealed for headquarters …")))
    progress(0, 0, text("Taking in what the other person was doing …"))
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


def _sealed(desk: Desk, progress: Told) -> list[Pack]:
    """The packs of everything that headquarters does not hold."""
    try:
        named = {pack.sha256 for pack in seal(desk, _saying(progress, text("Sealing for headquarters …")))}
    except Refusal as refusal:
        if refusal.code != "work.nothing_to_send":
            raise
        named = set()
    with desk.reader() as reader:
        open_ones = {*named, *passing_on.waiting(reader)}
        return [pack for pack in transit.packs(reader) if pack.sha256 in open_ones]


def _share(desk: Desk, card: Card, subjects: frozenset[Subject], folder: Path, progress: Told) -> str:
    told = _saying(progress, text("Sealing for {name} …", name=card.name))
    with desk.reader() as reader:
        made = seal_selection(
            desk,
            reader,
            Selection(subjects=subjects, shown=subjects),
            to=card.id,
            recipients=card.recipients,
            out_dir=folder,
            progress=told,
        )
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


def _make(out: Path, name: str) -> Path:
    """A folder to write in; what an earlier hand-over of this store left there that was cut short is taken away."""
    try:
        out.mkdir(parents=True, exist_ok=True)
        for cut_short in out.glob(f"{name.rsplit('-', 2)[0]}-*{_PART}"):
            shutil.rmtree(cut_short, ignore_errors=True)
        (out / name).mkdir()
    except OSError as error:
        raise Trouble("work.cannot_write", file=str(out)) from error
    return out / name


def _named(part: Path, folder: Path) -> Path:
    """The folder under its name, durably; with a number when that is taken."""
    name, number = folder.name, 1
    while folder.exists():
        number += 1
        folder = folder.with_name(f"{name}-{number}")
    try:
        part.rename(folder)
        with suppress(OSError):  # some sticks cannot, and what is on them is synced file by file
            make_durable(folder.parent)
    except OSError as error:
        raise Trouble("work.cannot_write", file=str(folder)) from error
    return folder


def _copy(source: Path, target: Path, told: Callable[[int, int], object]) -> None:
    """Copy a pack durably; one that is there stays."""
    if target.exists():
        return
    try:
        size, done = source.stat().st_size, 0
        with source.open("rb") as sealed, written(target) as out:
            while chunk := sealed.read(_CHUNK):
                out.write(chunk)
                done += len(chunk)
                told(done, size)
    except OSError as error:
        raise Trouble("work.cannot_write", file=str(target)) from error
