"""A receipt of headquarters: what it signed for is held from now on."""

from __future__ import annotations

from contextlib import suppress

from gemba.domain.devices import DeviceRole
from gemba.errors import Refusal
from gemba.packs import receipts
from gemba.packs.receipts import Receipt
from gemba.store import passing_on, transit
from gemba.store.reading import Reader
from gemba.store.unit import Unit
from gemba.wording import plural
from gemba.work import laptop_told
from gemba.work.desk import Desk
from gemba.work.send_pack import OUTBOX
from gemba.work.share_records import SHARED


def take_receipt(desk: Desk, data: bytes) -> Receipt:
    """Note what a receipt says; the same one twice changes nothing.

    Raises:
        Refusal: it is not for this laptop, not for a pack of it, or not signed by its headquarters.
    """
    with desk.reader() as reader:
        receipt = read(reader, data)
    if receipt.device != desk.store.device.id:
        _take_for_other(desk, receipt)
        return receipt
    with desk.unit() as unit:
        if not note(unit, receipt):
            raise Refusal("work.receipt_for_unknown_pack")
    return receipt


def _take_for_other(desk: Desk, receipt: Receipt) -> None:
    """Let go of a pack that was sent on for somebody who handed work over, once headquarters holds all of it.

    Raises:
        Refusal: `work.receipt_for_other` when no such pack was taken over here.
    """
    with desk.unit() as unit:
        if receipt.pack not in passing_on.waiting(unit):
            raise Refusal("work.receipt_for_other", device=receipt.device)
        files = [] if receipt.blobs_missing else passing_on.arrived(unit, receipt.pack, receipt.device)
    for name in files:
        with suppress(OSError):
            (desk.store.folder / OUTBOX / name).unlink()


def read(reader: Reader, data: bytes) -> Receipt:
    """What a receipt says that a headquarters of this laptop signed.

    Raises:
        Refusal: `work.receipt_without_headquarters`, `packs.forged_receipt` ...
    """
    known = [one for one in transit.correspondents(reader, DeviceRole.HEADQUARTERS) if one.revoked is None]
    if not known:
        raise Refusal("work.receipt_without_headquarters")
    return receipts.read_receipt(data, {one.id: one.public_key for one in known})


def note(unit: Unit, receipt: Receipt) -> bool:
    """Note what a receipt says; false when it is for a pack that this store did not seal."""
    if receipt.pack not in (unit.setting(SHARED) or ()) and all(
        pack.sha256 != receipt.pack for pack in transit.packs(unit)
    ):
        return False
    transit.mark_held(unit, receipt.ranges, receipt.blobs_held, receipt.blobs_missing)
    laptop_told.note_heard(unit, receipt.pack)
    return True


def told(receipt: Receipt) -> str:
    """A receipt in words."""
    held = sum(last - first + 1 for stretches in receipt.ranges.values() for first, last in stretches)
    words = plural("Headquarters holds {n} change", "Headquarters holds {n} changes", held) + " "
    words += plural(
        "and signed for {n} file of this pack.", "and signed for {n} files of this pack.", len(receipt.blobs_held)
    )
    if receipt.blobs_missing:
        words += " " + plural(
            "{n} file has not arrived; seal and send again.",
            "{n} files have not arrived; seal and send again.",
            len(receipt.blobs_missing),
        )
    return words
