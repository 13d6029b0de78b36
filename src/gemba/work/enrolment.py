"""Enrol a device: two people have compared the eight words of its card, and what it signs is believed from now on."""

from __future__ import annotations

from pathlib import Path

import msgspec

from gemba.domain.change import Change
from gemba.domain.devices import DeviceRole
from gemba.errors import Refusal, Trouble
from gemba.packs import cards
from gemba.packs.cards import Card
from gemba.store import transit
from gemba.store.unit import Unit
from gemba.work.cards import LARGEST_CARD, correspondent, fingerprint
from gemba.work.desk import Desk
from gemba.work.whole_files import read_whole


class EnrolledDevice(msgspec.Struct, frozen=True):
    """A device that is known from now on."""

    device: str
    name: str
    role: str
    fingerprint: str
    certified: bool
    """Headquarters vouches for it in its next publication."""
    change: Change = Change(topics=frozenset({"device"}))


def enrol(desk: Desk, card_file: Path, words: str | None = None) -> EnrolledDevice:
    """Enrol a laptop by its card: at headquarters, or on another laptop that shares records with it.

    Args:
        desk: who enrols.
        card_file: the card.
        words: the eight words as its person read them; when given they must be those of the card.

    Raises:
        Refusal: it is no laptop's card, or one's own, the words are others, or the device was revoked.
        Trouble: the file cannot be read.
    """
    card = read_card_file(card_file)
    if card.role != DeviceRole.LAPTOP:
        at_headquarters = desk.store.device.role == DeviceRole.HEADQUARTERS
        raise Refusal("hq.not_a_laptop_card" if at_headquarters else "work.card_to_take_in", file=card_file.name)
    if card.id == desk.store.device.id:
        raise Refusal("work.own_card", file=card_file.name)
    if words is not None:
        compare(card, words)
    vouches = desk.store.device.role == DeviceRole.HEADQUARTERS
    with desk.unit() as unit:
        _trust(desk, unit, card, vouches=vouches)
    return EnrolledDevice(card.id, card.name, card.role, fingerprint(card), vouches)


def read_card_file(file: Path) -> Card:
    """The card in a file.

    Raises:
        Refusal: `packs.not_a_card`, `packs.forged_card`, `packs.newer_format`; a device, or larger than any card.
        Trouble: `work.unreadable`.
    """
    try:
        return cards.read_card(read_whole(file, LARGEST_CARD))
    except OSError as error:
        raise Trouble("work.unreadable", file=str(file), why=error.strerror or str(error)) from error


def compare(card: Card, words: str) -> None:
    """Demand that somebody read the words of this very card; case and signs between the words do not matter.

    The true words are not told: whoever sees them types them, and nobody has compared anything.

    Raises:
        Refusal: `work.other_words`.
    """
    said = "".join(letter if letter.isalpha() else " " for letter in words).casefold().split()
    if said != [word.casefold() for word in card.words]:
        raise Refusal("work.other_words", name=card.name)


def _trust(desk: Desk, unit: Unit, card: Card, *, vouches: bool) -> None:
    known = next((one for one in transit.correspondents(unit) if one.id == card.id), None)
    if known is not None and known.revoked is not None:
        raise Refusal("work.enrol_revoked", name=known.name)
    new = correspondent(desk, card)
    since = known.trusted_since if known is not None else new.trusted_since
    before = known.certified_at if known is not None else None
    certified = before or (unit.clock().replace(microsecond=0) if vouches else None)
    transit.trust(unit, msgspec.structs.replace(new, trusted_since=since, certified_at=certified))
