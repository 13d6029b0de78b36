"""Take in what came: headquarters' card, receipt or publication, or a pack that another laptop shares."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Literal

import msgspec

from gemba.domain.change import Change
from gemba.domain.devices import DeviceRole
from gemba.domain.nouns import NOUNS
from gemba.errors import Refusal, Trouble
from gemba.packs import cards, publication, receipts
from gemba.packs.cards import Card
from gemba.packs.publication_reading import looks_like_one
from gemba.packs.publication_root import follows, read_root
from gemba.store import publications, transit
from gemba.store.transit import Correspondent
from gemba.store.unit import Unit
from gemba.wording import text
from gemba.work import recovery, take_receipt
from gemba.work.cards import correspondent, fingerprint
from gemba.work.desk import Desk
from gemba.work.hand_over import is_hand_over, take_over
from gemba.work.published_words import change_headquarters
from gemba.work.share_records import SHARED
from gemba.work.take_in_publication import take_in_publication
from gemba.work.take_in_shared import take_in_shared

LARGEST = 50 * 1024 * 1024
"""Bytes that are read at most; no receipt or card comes near it."""


_PACK = Change(topics=frozenset({"pack"}))
_ALL = Change(topics=frozenset(NOUNS) | {"pack"})
"""A hand-over brings whatever the other person was doing."""


class TakenIn(msgspec.Struct, frozen=True):
    """What a file was, and what it said."""

    what: Literal["receipt", "card", "publication", "pack", "hand-over"]
    words: str
    """Sentences for the person."""
    missing: tuple[str, ...] = ()
    """SHA-256 of evidence that headquarters, or what was taken in, lacks still."""
    change: Change = _PACK


def take_in(desk: Desk, file: Path, progress: Callable[[int, int, str], object] | None = None) -> TakenIn:
    """Take in a receipt, card, publication, shared pack or hand-over (a folder); the same one twice changes nothing.

    Args:
        desk: that takes it in.
        file: what came.
        progress: told how far a hand-over is, which may be large; what it raises calls it off.

    Raises:
        Refusal: the file is none of these, is altered, or is not for this laptop.
        Trouble: it cannot be read.
    """
    if is_hand_over(file):
        taken = take_over(desk, file) if progress is None else take_over(desk, file, progress)
        return TakenIn("hand-over", taken.words, change=_ALL if taken.share else _PACK)
    if file.suffix == publication.SUFFIX or looks_like_one(file):
        published = take_in_publication(desk, file)
        return TakenIn("publication", published.words, change=published.change)
    data = _read(file)
    if file.suffix == receipts.SUFFIX or b'"blobs_held"' in data[:4096]:
        receipt = take_receipt.take_receipt(desk, data)
        return TakenIn("receipt", take_receipt.told(receipt), receipt.blobs_missing)
    if file.suffix == cards.SUFFIX or b'"recipients"' in data:
        return _take_card(desk, cards.read_card(data))
    if file.suffix == ".gemba" or data.startswith(b"age-encryption.org/"):
        shared = take_in_shared(desk, file)
        return TakenIn("pack", shared.words, shared.missing, shared.change)
    raise Refusal("work.unknown_file", file=file.name)


def is_own(desk: Desk, file: Path) -> bool:
    """True for this laptop's own card, and for packs that it has sealed itself: they came back on their stick.

    Packs are known by their names, which are their hashes.

    Raises:
        Trouble: a card cannot be read.
    """
    if file.suffix == cards.SUFFIX:
        try:
            return cards.read_card(_read(file)).id == desk.store.device.id
        except Refusal:  # whoever takes it in says what is wrong with it
            return False
    if file.suffix != ".gemba":
        return False
    with desk.reader() as reader:
        own = {pack.sha256 for pack in transit.packs(reader)} | {*(reader.setting(SHARED) or ())}
    return file.stem in own


def _take_card(desk: Desk, card: Card) -> TakenIn:
    if card.role != DeviceRole.HEADQUARTERS:
        raise Refusal("work.not_headquarters_card", name=card.name)
    with desk.unit() as unit:
        for known in transit.correspondents(unit, DeviceRole.HEADQUARTERS):
            if known.id != card.id and known.revoked is None:
                if not _is_successor(unit, card, known.id):
                    raise Refusal("work.other_headquarters", name=card.name, known=known.name)
                change_headquarters(unit, known.id)
        _take_root(unit, card)
        transit.trust(unit, _newest_keys(unit, card, correspondent(desk, card)))
    recovery.lay(desk)
    words = text(
        "This laptop now sends to {name}. Compare the fingerprint with them: {fingerprint}",
        name=card.name,
        fingerprint=fingerprint(card),
    )
    return TakenIn("card", words)


def _newest_keys(unit: Unit, card: Card, shown: Correspondent) -> Correspondent:
    """Whom a card shows; of an old card the keys to seal to are not taken, once a later publication told newer ones."""
    newest = publications.newest(unit, card.id)
    known = next((one for one in transit.correspondents(unit) if one.id == card.id), None)
    if known is None or newest is None or newest.made_at < card.created:
        return shown
    return msgspec.structs.replace(shown, recipients=known.recipients)


def _is_successor(unit: Unit, card: Card, before: str) -> bool:
    """True when the root keys of the known headquarters say that the one on the card has come into its place."""
    known = publications.trusted(unit, before, publications.ROOT)
    return known is not None and bool(card.root) and follows(known.body, card.root, card.public_key)


def _take_root(unit: Unit, card: Card) -> None:
    """Believe publications from the root on a card; where one is believed already, only a publication moves it on."""
    if not card.root or publications.trusted(unit, card.id, publications.ROOT) is not None:
        return
    root = read_root(card.root).signed
    publications.believe(unit, card.id, publications.ROOT, root.version, card.root)


def _read(file: Path) -> bytes:
    try:
        with file.open("rb") as opened:
            return opened.read(LARGEST)
    except OSError as error:
        raise Trouble("work.unreadable", file=str(file), why=error.strerror or str(error)) from error
