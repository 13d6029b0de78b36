"""Take in what headquarters sent: its card, or its signed receipt for a pack."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import msgspec

from gemba.domain.change import Change
from gemba.domain.devices import DeviceRole
from gemba.errors import Refusal, Trouble
from gemba.packs import cards, receipts
from gemba.packs.cards import Card
from gemba.store import transit
from gemba.wording import plural, text
from gemba.work.cards import correspondent, fingerprint
from gemba.work.desk import Desk

LARGEST = 50 * 1024 * 1024
"""Bytes that are read at most; no receipt or card comes near it."""


class TakenIn(msgspec.Struct, frozen=True):
    """What a file was, and what it said."""

    what: Literal["receipt", "card"]
    words: str
    """A sentence for the person."""
    missing: tuple[str, ...] = ()
    """SHA-256 of evidence that headquarters lacks still."""
    change: Change = Change(topics=frozenset({"pack"}))


def take_in(desk: Desk, file: Path) -> TakenIn:
    """Take in a receipt or a card; the same one twice changes nothing.

    Raises:
        Refusal: the file is neither, is altered, or is not for this laptop.
        Trouble: it cannot be read.
    """
    data = _read(file)
    if file.suffix == receipts.SUFFIX or b'"blobs_held"' in data[:4096]:
        return _take_receipt(desk, data)
    if file.suffix == cards.SUFFIX or b'"recipients"' in data:
        return _take_card(desk, cards.read_card(data))
    if file.suffix == ".gemba" or data.startswith(b"age-encryption.org/"):
        raise Refusal("work.pack_on_laptop", file=file.name)
    raise Refusal("work.unknown_file", file=file.name)


def _take_receipt(desk: Desk, data: bytes) -> TakenIn:
    with desk.reader() as reader:
        known = transit.correspondents(reader, DeviceRole.HEADQUARTERS)
    if not known:
        raise Refusal("work.receipt_without_headquarters")
    receipt = receipts.read_receipt(data, {one.id: one.public_key for one in known})
    if receipt.device != desk.store.device.id:
        raise Refusal("work.receipt_for_other", device=receipt.device)
    with desk.unit() as unit:
        if all(pack.sha256 != receipt.pack for pack in transit.packs(unit)):
            raise Refusal("work.receipt_for_unknown_pack")
        transit.mark_held(unit, receipt.ranges, receipt.blobs_held, receipt.blobs_missing)
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
    return TakenIn("receipt", words, receipt.blobs_missing)


def _take_card(desk: Desk, card: Card) -> TakenIn:
    if card.role != DeviceRole.HEADQUARTERS:
        raise Refusal("work.not_headquarters_card", name=card.name)
    with desk.reader() as reader:
        for known in transit.correspondents(reader, DeviceRole.HEADQUARTERS):
            if known.id != card.id and known.revoked is None:
                raise Refusal("work.other_headquarters", name=card.name, known=known.name)
    with desk.unit() as unit:
        transit.trust(unit, correspondent(desk, card))
    words = text(
        "This laptop now sends to {name}. Compare the fingerprint with them: {fingerprint}",
        name=card.name,
        fingerprint=fingerprint(card),
    )
    return TakenIn("card", words)


def _read(file: Path) -> bytes:
    try:
        with file.open("rb") as opened:
            return opened.read(LARGEST)
    except OSError as error:
        raise Trouble("work.unreadable", file=str(file), why=error.strerror or str(error)) from error
