"""Take packs in at headquarters and sign for what is held."""

from __future__ import annotations

from pathlib import Path

import msgspec

from gemba.domain.change import Change
from gemba.domain.devices import DeviceRole
from gemba.errors import Refusal, Trouble
from gemba.hq import senders
from gemba.hq.key_ring import identities
from gemba.hq.senders import Standing
from gemba.packs import cards
from gemba.packs.opening import OpenedPack, open_pack
from gemba.packs.receipts import Receipt, make_receipt
from gemba.store import quarantined, transit
from gemba.store.quarantined import Decision
from gemba.wording import plural, text
from gemba.work.cards import correspondent, fingerprint
from gemba.work.desk import Desk
from gemba.work.keep_file import write_file
from gemba.work.take_in_pack import Absorbed, merge_pack


class Enrolled(msgspec.Struct, frozen=True):
    """A laptop whose packs are taken in from now on."""

    device: str
    name: str
    fingerprint: str


class SignedFor(msgspec.Struct, frozen=True):
    """A pack that headquarters holds, and the receipt it gave."""

    pack: str
    device: str
    receipt: Path
    new: bool
    """False when this very pack was taken in before; the receipt is the same."""
    operations: int
    evidence: int
    missing: tuple[str, ...]
    conflicts: int
    forks: int
    foreign: int
    """Records in assessments that another device began."""
    senseless: int
    """Operations whose values no record may have; they are kept and take no part."""
    enrolled: str
    """Fingerprint of a laptop that was seen for the first time; else empty."""
    words: str
    change: Change = Change(topics=frozenset({"pack", "assessment", "finding", "action"}))


def enrol(desk: Desk, card_file: Path) -> Enrolled:
    """Enrol a laptop by its card, after two people have compared its fingerprint.

    Raises:
        Refusal: this is no headquarters, or the file is no laptop's card.
        Trouble: the file cannot be read.
    """
    _check_headquarters(desk)
    try:
        card = cards.read_card(card_file.read_bytes())
    except OSError as error:
        raise Trouble("work.unreadable", file=str(card_file), why=error.strerror or str(error)) from error
    if card.role != DeviceRole.LAPTOP:
        raise Refusal("hq.not_a_laptop_card", file=card_file.name)
    with desk.unit() as unit:
        transit.trust(unit, correspondent(desk, card))
    return Enrolled(card.id, card.name, fingerprint(card))


def take_in(desk: Desk, file: Path, out: Path) -> SignedFor:
    """Take a pack in and write the receipt into `out`; the same pack again changes nothing and gives the same receipt.

    Raises:
        Refusal: the pack is altered, cut short, of a newer format, for somebody else, or of an unknown sender (then it
            is kept in quarantine).
        Trouble: the disk is full, or a folder cannot be written.
    """
    _check_headquarters(desk)
    device = desk.store.device
    scratch = desk.store.folder / "inbox"
    with open_pack(file, identities(desk), scratch=scratch, headquarters=device.id) as pack:
        with desk.reader() as reader:
            before = transit.taken_in(reader, pack.facts.sha256)
        if before is not None and before.receipt is not None and not _lacks(desk, pack):
            return _taken(pack, _write(out, pack, before.receipt), None, enrolled="")
        admission = senders.admit(desk, pack.facts)
        if admission.standing is Standing.REFUSED:
            senders.refuse(desk, file, pack.facts, admission)
        absorbed = merge_pack(desk, pack, {pack.facts.device_id: pack.facts.public_key})
        receipt = _sign(desk, pack, absorbed)
        return _taken(pack, _write(out, pack, receipt), absorbed, enrolled=admission.enrolled)


def _check_headquarters(desk: Desk) -> None:
    if desk.store.device.role != DeviceRole.HEADQUARTERS:
        raise Refusal("hq.not_headquarters", folder=str(desk.store.folder))


def _lacks(desk: Desk, pack: OpenedPack) -> bool:
    """True when evidence of a pack that was taken in before is not here."""
    return any(not desk.store.evidence.verify(sha256) for sha256 in pack.blobs)


def _sign(desk: Desk, pack: OpenedPack, absorbed: Absorbed) -> bytes:
    """Note that the pack is held and sign for it, in one transaction."""
    facts, now = pack.facts, desk.clock().replace(microsecond=0)
    with desk.unit() as unit:
        ranges = transit.ranges_here(unit, facts.device_id)
        receipt = make_receipt(
            Receipt(
                pack=facts.sha256,
                device=facts.device_id,
                ranges={epoch: tuple((low, high) for low, high in one) for epoch, one in ranges.items()},
                blobs_held=absorbed.held,
                blobs_missing=absorbed.missing,
                taken_in_at=now,
                headquarters=desk.store.device.id,
            ),
            desk.store.device.sign,
        )
        quarantined.settle(unit, facts.sha256, Decision.TAKEN_IN)
        if transit.taken_in(unit, facts.sha256) is None:
            transit.add_taken_in(
                unit,
                transit.TakenIn(
                    sha256=facts.sha256,
                    device=facts.device_id,
                    epoch=facts.epoch,
                    first_seq=facts.first_seq,
                    last_seq=facts.last_seq,
                    taken_at=now,
                    receipt=receipt,
                ),
            )
    return receipt


def _write(out: Path, pack: OpenedPack, receipt: bytes) -> Path:
    target = out / f"{pack.facts.sha256}.receipt"
    write_file(target, receipt)
    return target


def _taken(pack: OpenedPack, receipt: Path, absorbed: Absorbed | None, *, enrolled: str) -> SignedFor:
    added = absorbed.merged.added if absorbed else 0
    if absorbed is None:
        words = text("This pack was taken in before; the receipt is {file}.", file=receipt)
    else:
        words = plural("Took in {n} change", "Took in {n} changes", added) + " "
        words += plural(
            "and {n} file; the receipt is {file}.",
            "and {n} files; the receipt is {file}.",
            len(pack.blobs),
            file=receipt,
        )
    if absorbed and absorbed.merged.foreign:
        words += "\n" + text(
            "Some of it stands in assessments that another laptop began; look at it before you rely on it."
        )
    if enrolled:
        words += "\n" + text(
            "This laptop is new here. Compare its fingerprint with its person: {fingerprint}", fingerprint=enrolled
        )
    return SignedFor(
        pack=pack.facts.sha256,
        device=pack.facts.device_id,
        receipt=receipt,
        new=absorbed is not None,
        operations=added,
        evidence=len(pack.blobs),
        missing=absorbed.missing if absorbed else (),
        conflicts=len(absorbed.merged.conflicts) if absorbed else 0,
        forks=len(absorbed.merged.forks) if absorbed else 0,
        foreign=sum(len(one.entities) for one in absorbed.merged.foreign) if absorbed else 0,
        senseless=len(absorbed.merged.senseless) if absorbed else 0,
        enrolled=enrolled,
        words=words,
    )
