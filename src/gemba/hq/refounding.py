"""Found headquarters anew after its store, or the key to it, is lost: in the place of the old one, by its root keys.

Two of the three root keys sign a new root that names the new device key; laptops that know the old root believe it.
The recovery key opens every pack that was ever sealed for the old one, so that those which still lie anywhere can be
taken in; all others the laptops send again. A recovery key that was used lay on a computer: a new one is made.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import msgspec

from gemba.domain.devices import DeviceRole
from gemba.domain.record import Uid
from gemba.errors import Refusal
from gemba.hq import kept_apart
from gemba.hq.founding import PREDECESSORS, SENDERS, Senders, begin_root, make_keys
from gemba.hq.kept_apart import KeptApart
from gemba.packs.cards import Card
from gemba.packs.identity import make_age_identity, recipient_of
from gemba.packs.publication_root import next_root, read_root
from gemba.store import key_ring, publications, transit
from gemba.store.key_ring import AgeKey, Use
from gemba.store.opening import exists
from gemba.store.unit import Unit
from gemba.work.cards import NAME, WrittenCard, correspondent, write_card
from gemba.work.enrolment import read_card_file
from gemba.work.open_desk import make_desk

_RECOVERY = 2
"""Place of the recovery key on a card."""


class Kept(msgspec.Struct, frozen=True):
    """What custodians bring: all that is left of a headquarters."""

    card: Path
    """Its newest card."""
    recovery_key: Path
    root_keys: Path
    """A folder with at least two of the three root keys."""


def refound(  # noqa: PLR0913 - everything about a headquarters is said once, here
    folder: Path,
    kept: Kept,
    *,
    clock: Callable[[], datetime],
    ids: Callable[[], Uid],
    passphrase: str | None = None,
    senders: Senders = Senders.FIRST_USE,
    demo: bool = False,
    database: str = "",
    evidence: str = "",
) -> WrittenCard:
    """Make a headquarters in `folder` that comes into the place of the one on the card.

    Args:
        folder: of the new store; its new recovery key is written there, to be taken away.
        kept: what custodians bring.
        clock: tells the time.
        ids: makes uids.
        passphrase: locks the store; `None` for the system's keyring.
        senders: whose packs are taken in.
        demo: nothing secret will be kept here.
        database: where the records go; into the folder when empty.
        evidence: where kept bytes go; into the folder when empty.

    Raises:
        Refusal: `hq.exists`, `hq.card_without_root`, `hq.other_recovery_key`, `packs.too_few_root_keys`.
        Trouble: a file cannot be read, or the folder cannot be written.
    """
    if exists(folder):
        raise Refusal("hq.exists", folder=str(folder))
    card, recovery = read_card_file(kept.card), kept_apart.read_recovery(kept.recovery_key)
    roots = kept_apart.read_roots(kept.root_keys)
    _check(card, kept, recovery)
    next_root(card.root, roots, card.public_key, clock())  # too few keys are told before anything is made
    desk = make_desk(
        folder,
        clock=clock,
        ids=ids,
        passphrase=passphrase,
        role=DeviceRole.HEADQUARTERS,
        demo=demo,
        database=database,
        evidence=evidence,
    )
    try:
        fresh, apart = make_age_identity(), KeptApart(folder / kept_apart.RECOVERY_FILE, kept.root_keys)
        kept_apart.write_recovery(apart, card.name, fresh)
        before = read_root(card.root).signed.version
        with desk.unit() as unit:
            unit.set_setting(SENDERS, senders.value)
            unit.set_setting(NAME, card.name)
            unit.set_setting(PREDECESSORS, [card.id])
            unit.set_setting(kept_apart.FILES, [str(apart.recovery_key.resolve())])
            make_keys(unit, fresh)
            _keep_old(unit, card, recovery)
            transit.trust(unit, correspondent(desk, card))  # what it wrote still counts
            own = unit.device.id
            publications.believe(unit, own, f"{publications.ROOT}.{before}", before, card.root)
            begin_root(unit, before + 1, next_root(card.root, roots, unit.device.public_key, clock()))
        return write_card(desk, folder, card.name)
    finally:
        desk.store.close()


def _check(card: Card, kept: Kept, recovery: str) -> None:
    if card.role != DeviceRole.HEADQUARTERS or not card.root or len(card.recipients) <= _RECOVERY:
        raise Refusal("hq.card_without_root", file=str(kept.card))
    if recipient_of(recovery) != card.recipients[_RECOVERY]:
        raise Refusal("hq.other_recovery_key", file=str(kept.recovery_key))


def _keep_old(unit: Unit, card: Card, recovery: str) -> None:
    """Keep the recovery key as one that opens old packs, and which other keys those were sealed to."""
    for recipient in card.recipients:
        secret = recovery if recipient == card.recipients[_RECOVERY] else ""
        now = unit.clock()
        key_ring.add(unit, AgeKey(recipient=recipient, secret=secret, use=Use.PAST, made_at=now, retired_at=now))
