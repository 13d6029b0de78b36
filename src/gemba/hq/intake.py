"""Take packs in at headquarters and sign for what is held.

Evidence comes first, then everything else in one transaction: that the pack is held, its operations, and the receipt.
Whoever is killed in between leaves evidence that is kept again, and nothing else. Several processes may take in the
same pack: one of them does, and all give the receipt that it signed.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import msgspec

from gemba.domain.change import Change
from gemba.domain.devices import DeviceRole
from gemba.errors import Refusal, Trouble
from gemba.hq import intake_words, senders, told
from gemba.hq.believed import believed
from gemba.hq.key_ring import identities
from gemba.hq.patience import patiently
from gemba.hq.senders import Admission, Standing
from gemba.hq.stretch import is_stretch, whole_stretch
from gemba.packs.facts import PackFacts
from gemba.packs.opening import OpenedPack, open_pack
from gemba.packs.receipts import Receipt, make_receipt
from gemba.store import conflicts, journal, lacking, proofs, quarantined, transit
from gemba.store.journal import Merged
from gemba.store.quarantined import Decision, Why
from gemba.store.reading_ahead import ReadAhead
from gemba.store.unit import Unit
from gemba.work import enrolment
from gemba.work.desk import Desk
from gemba.work.keep_file import write_file
from gemba.work.settle_lots import settle_lots
from gemba.work.take_in_pack import erased_of, forget_erased, keep_evidence, noted

_AHEAD = timedelta(days=1)
"""How far a laptop's clock may be ahead before somebody is told."""


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
    unsigned: tuple[str, ...] = ()
    """Operations of it that do not bear their laptop's signature, as far as that was looked at already."""
    change: Change = Change(topics=frozenset({"pack", "assessment", "finding", "action"}))


class _Held(msgspec.Struct, frozen=True):
    """A pack that is held now."""

    receipt: bytes
    merged: Merged | None
    """`None` when it was held before."""
    missing: tuple[str, ...]


def enrol(desk: Desk, card_file: Path, words: str | None = None) -> Enrolled:
    """Enrol a laptop by its card, after two people have compared its fingerprint.

    Args:
        desk: at headquarters.
        card_file: the card.
        words: the eight words as its person read them; `None` when the card came straight from the laptop.

    Raises:
        Refusal: this is no headquarters, the file is no laptop's card, or the words are others.
        Trouble: the file cannot be read.
    """
    demand_headquarters(desk)
    made = enrolment.enrol(desk, card_file, words)
    return Enrolled(made.device, made.name, made.fingerprint)


def take_in(desk: Desk, file: Path, out: Path) -> SignedFor:
    """Take a pack in and write the receipt into `out`; the same pack again changes nothing and gives the same receipt.

    Raises:
        Refusal: the pack is altered, cut short, of a newer format, for somebody else, or of somebody who is not
            believed (then it is kept in quarantine).
        Trouble: the disk is full, or a folder cannot be written.
    """
    demand_headquarters(desk)
    scratch = desk.store.folder / "inbox"
    with open_pack(file, identities(desk), scratch=scratch) as pack:
        senders.check_addressee(desk, pack.facts)
        before = None if _lacks(desk, pack) else _receipt_given(desk, pack.facts.sha256)
        if before is not None:
            return _told(desk, pack, _Held(before, None, ()), _written(out, pack, before), None)
        admission = patiently(lambda: senders.admit(desk, pack.facts))
        if admission.standing is Standing.REFUSED:
            patiently(lambda: senders.refuse(desk, file, pack.facts, admission))
        held = _hold(desk, file, pack)
        forget_erased(desk, pack)
        return _told(desk, pack, held, _written(out, pack, held.receipt), admission)


def demand_headquarters(desk: Desk) -> None:
    """Demand that a store is headquarters'.

    Raises:
        Refusal: `hq.not_headquarters`.
    """
    if desk.store.device.role != DeviceRole.HEADQUARTERS:
        raise Refusal("hq.not_headquarters", folder=str(desk.store.folder))


def _receipt_given(desk: Desk, sha256: str) -> bytes | None:
    with desk.reader() as reader:
        before = transit.taken_in(reader, sha256)
    return before.receipt if before is not None else None


def _lacks(desk: Desk, pack: OpenedPack) -> bool:
    """True when evidence of a pack that was taken in before is not here."""
    return any(not desk.store.evidence.verify(sha256) for sha256 in pack.blobs.keys() - erased_of(desk))


def _hold(desk: Desk, file: Path, pack: OpenedPack) -> _Held:
    """Keep everything of an admitted pack; what somebody else made in it and is not believed puts it in quarantine."""
    held, missing = keep_evidence(desk, pack)
    try:
        return patiently(lambda: _merge(desk, pack, held, missing))
    except Refusal as refusal:
        if refusal.code not in {"store.unknown_signer", "hq.revoked_inside"}:
            raise
        why = Why.UNKNOWN if refusal.code == "store.unknown_signer" else Why.REVOKED
        kept = patiently(lambda: senders.keep_in_quarantine(desk, file, pack.facts, why, note_sender=True))
        device = str(refusal.facts.get("device", ""))
        if why is Why.UNKNOWN:
            raise Refusal("hq.unknown_inside", device=device, file=str(kept)) from refusal
        raise Refusal("hq.revoked_maker", device=device, file=str(kept)) from refusal


def _merge(desk: Desk, pack: OpenedPack, held: tuple[str, ...], missing: tuple[str, ...]) -> _Held:
    """Merge a pack and sign for it, in one transaction."""
    facts, now = pack.facts, desk.clock().replace(microsecond=0)
    vouched = facts.device_id if is_stretch(facts) else ""
    read = ReadAhead(pack.lines(), {} if vouched else {facts.device_id: facts.public_key})
    with desk.unit() as unit:
        before = None
        if not transit.claim(unit, noted(facts, now)):
            known = transit.taken_in(unit, facts.sha256)
            before = known.receipt if known is not None else None
        senders.note(desk, unit, facts)
        who = believed(unit, facts)
        merged = journal.merge(unit, who.checked(whole_stretch(read, facts)), trusted=who.trusted, vouched=vouched)
        if vouched and merged.added:
            proofs.note(unit, facts.sha256)
        who.demand_one_copy(merged.forks)
        settle_lots(desk, unit)
        merged = msgspec.structs.replace(merged, conflicts=tuple(conflicts.differing(unit, merged.conflicts)))
        lacking.arrived(unit, held)
        lacking.note(unit, missing, device=facts.device_id, pack=facts.sha256)
        quarantined.settle(unit, facts.sha256, Decision.TAKEN_IN)
        told.note(unit, pack)
        if before is not None:  # only what had been lost here was kept again
            return _Held(before, merged if merged.added else None, missing)
        receipt = _receipt(desk, unit, facts, held, missing, now)
        transit.give_receipt(unit, facts.sha256, receipt)
    return _Held(receipt, merged, missing)


def _receipt(
    desk: Desk, unit: Unit, facts: PackFacts, held: tuple[str, ...], missing: tuple[str, ...], now: datetime
) -> bytes:
    """The signed statement of what is held of a device, as this transaction sees it."""
    ranges = transit.ranges_here(unit, facts.device_id)
    said = Receipt(
        pack=facts.sha256,
        device=facts.device_id,
        ranges={epoch: tuple((low, high) for low, high in one) for epoch, one in ranges.items()},
        blobs_held=held,
        blobs_missing=missing,
        taken_in_at=now,
        headquarters=desk.store.device.id,
    )
    return make_receipt(said, desk.store.device.sign)


def _written(out: Path, pack: OpenedPack, receipt: bytes) -> Path:
    """The receipt's file; it is left alone when it says so already, for several may write it at once."""
    target = out / f"{pack.facts.sha256}.receipt"
    try:
        if target.read_bytes() == receipt:
            return target
    except OSError:
        pass
    try:
        write_file(target, receipt)
    except Trouble:
        if target.is_file() and target.read_bytes() == receipt:  # another process was quicker with the same
            return target
        raise
    return target


def _told(desk: Desk, pack: OpenedPack, held: _Held, receipt: Path, admission: Admission | None) -> SignedFor:
    merged = held.merged or Merged(0, 0)
    enrolled = admission.enrolled if admission else ""
    ahead = pack.facts.created > desk.clock() + _AHEAD
    words = intake_words.taken_before(receipt)
    if held.merged is not None:
        words = intake_words.taken_in(
            merged,
            evidence=len(pack.blobs),
            missing=len(held.missing),
            receipt=receipt,
            enrolled=enrolled,
            ahead=f"{pack.facts.created:%Y-%m-%d}" if ahead else "",
            fingerprint=admission.words if admission else "",
        )
    return SignedFor(
        pack=pack.facts.sha256,
        device=pack.facts.device_id,
        receipt=receipt,
        new=held.merged is not None,
        operations=merged.added,
        evidence=len(pack.blobs),
        missing=held.missing,
        conflicts=len(merged.conflicts),
        forks=len(merged.forks),
        foreign=sum(len(one.entities) for one in merged.foreign),
        senseless=len(merged.senseless),
        enrolled=enrolled,
        words=words,
    )
