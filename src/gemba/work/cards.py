"""Public cards: how a laptop and its headquarters get to know each other's keys."""

from __future__ import annotations

from pathlib import Path

import msgspec

from gemba.domain.devices import DeviceRole
from gemba.errors import GembaError, Refusal
from gemba.packs.cards import LONGEST_NAME, Card, is_card_name, make_card, read_card
from gemba.store import key_ring, publications
from gemba.store.transit import Correspondent
from gemba.work.desk import Desk
from gemba.work.keep_file import write_file
from gemba.work.whole_files import read_whole

NAME = "headquarters.name"
"""Setting: what headquarters is called."""

LARGEST_CARD = 1_000_000
"""Bytes of a card that are read at most; none comes near it."""


class WrittenCard(msgspec.Struct, frozen=True):
    """A card that was written, and the words that two people compare by telephone."""

    file: Path
    name: str
    fingerprint: str


def write_card(desk: Desk, folder: Path, name: str = "") -> WrittenCard:
    """Write the card of this store's device into a folder; another laptop's that lies there is left alone.

    Raises:
        Refusal: `work.name_for_card`.
        Trouble: the folder cannot be written.
    """
    device = desk.store.device
    with desk.reader() as reader:
        recipients = key_ring.recipients(reader)
        root = publications.trusted(reader, device.id, publications.ROOT)
        name = name_for_card(name or reader.setting(NAME) or device.name)
    card = Card(
        role=device.role,
        name=name,
        public_key=device.public_key,
        recipients=recipients,
        created=desk.clock().replace(microsecond=0),
        root=root.body if root is not None else b"",
    )
    target = folder / card.file_name
    if card.role == DeviceRole.LAPTOP and _is_of_another(target, card):
        target = target.with_stem(f"{target.stem}-{card.id[:8]}")
    write_file(target, make_card(card, device.sign))
    return WrittenCard(target, card.name, fingerprint(card))


def name_for_card(name: str) -> str:
    """A name as it stands on a card: blanks once each.

    Raises:
        Refusal: `work.name_for_card`.
    """
    wanted = " ".join(name.split())
    if not is_card_name(wanted):
        raise Refusal("work.name_for_card", begins=wanted[:40], longest=LONGEST_NAME)
    return wanted


def _is_of_another(file: Path, card: Card) -> bool:
    try:
        return read_card(read_whole(file, LARGEST_CARD)).id != card.id
    except (OSError, GembaError):
        return False


def fingerprint(card: Card) -> str:
    """The eight words of a card's key."""
    return " ".join(card.words)


def correspondent(desk: Desk, card: Card) -> Correspondent:
    """Whom a card shows, trusted from now on."""
    return Correspondent(
        id=card.id,
        role=card.role,
        name=card.name,
        public_key=card.public_key,
        recipients=card.recipients,
        trusted_since=desk.clock(),
    )
