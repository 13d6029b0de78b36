"""Found a headquarters: its store, its keys and the public card that every laptop takes in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from gemba.domain.devices import DeviceRole
from gemba.domain.record import Uid
from gemba.errors import Refusal
from gemba.hq import kept_apart
from gemba.hq.kept_apart import KeptApart
from gemba.packs.identity import make_age_identity, recipient_of
from gemba.packs.publication_root import ROOT_KEYS, first_root, make_root_key
from gemba.store import key_ring, publications
from gemba.store.key_ring import AgeKey, Use
from gemba.store.opening import exists
from gemba.store.unit import Unit
from gemba.work.cards import NAME, WrittenCard, name_for_card, write_card
from gemba.work.desk import Desk
from gemba.work.open_desk import make_desk

PREDECESSORS = "headquarters.before"
"""Setting: ids of the headquarters in whose place this one has come; packs for them are for this one."""
SENDERS = "senders"
"""Setting: whose packs are taken in."""


class Senders(StrEnum):
    """Whose packs headquarters takes in."""

    FIRST_USE = "first-use"
    """A laptop that was never seen is enrolled by its first pack, and its fingerprint is shown to be compared."""
    ENROLLED = "enrolled"
    """Only laptops whose card was enrolled; packs of others go into quarantine."""


def found(  # noqa: PLR0913 - everything about a headquarters is said once, here
    folder: Path,
    *,
    clock: Callable[[], datetime],
    ids: Callable[[], Uid],
    passphrase: str | None = None,
    name: str = "Headquarters",
    senders: Senders = Senders.FIRST_USE,
    demo: bool = False,
    apart: KeptApart | None = None,
    database: str = "",
    evidence: str = "",
) -> WrittenCard:
    """Make headquarters' store in `folder` and its card beside the database.

    The recovery key and the three root keys are written to files of their own, and are not kept in the store.

    Args:
        folder: of the store.
        clock: tells the time.
        ids: makes uids.
        passphrase: locks the store; `None` for the system's keyring.
        name: what the organisation is called.
        senders: whose packs are taken in.
        demo: nothing secret will be kept here.
        apart: where the keys are written that two custodians take away; into `folder` if that is not said.
        database: where the records go (`postgresql+psycopg://…`); into the folder when empty.
        evidence: where kept bytes go (an address that fsspec knows); into the folder when empty.

    Raises:
        Refusal: the name fits on no card, there is a store already, or files of such keys.
        Trouble: a folder cannot be written, or there is neither keyring nor passphrase.
    """
    if exists(folder):
        raise Refusal("hq.exists", folder=str(folder))
    name = name_for_card(name)
    apart = apart or kept_apart.beside(folder)
    kept_apart.demand_free(apart)
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
        recovery, roots = make_age_identity(), [make_root_key() for _ in range(ROOT_KEYS)]
        kept_apart.write(apart, name, recovery, roots)
        with desk.unit() as unit:
            unit.set_setting(SENDERS, senders.value)
            unit.set_setting(NAME, name)
            unit.set_setting(kept_apart.FILES, [str(file.resolve()) for file in apart.files])
            make_keys(unit, recovery)
            begin_root(unit, 1, first_root(roots, desk.store.device.public_key, clock()))
        return write_card(desk, folder, name)
    finally:
        desk.store.close()


def make_keys(unit: Unit, recovery: str) -> None:
    """Make the keys that packs are sealed to; of the recovery key only the public half is kept."""
    for use in (Use.CURRENT, Use.NEXT):
        add_key(unit, use)
    key_ring.add(unit, AgeKey(recipient=recipient_of(recovery), secret="", use=Use.RECOVERY, made_at=unit.clock()))


def add_key(unit: Unit, use: Use) -> AgeKey:
    """Make a new age key for a use."""
    secret = make_age_identity()
    made = AgeKey(recipient=recipient_of(secret), secret=secret, use=use, made_at=unit.clock())
    key_ring.add(unit, made)
    return made


def begin_root(unit: Unit, version: int, root: bytes) -> None:
    """Let a root be the newest one; it is kept by its number, too, so that laptops can follow from one to the next."""
    publications.believe(unit, unit.device.id, publications.ROOT, version, root)
    publications.believe(unit, unit.device.id, f"{publications.ROOT}.{version}", version, root)


def name_of(desk: Desk) -> str:
    """What this headquarters is called."""
    with desk.reader() as reader:
        return str(reader.setting(NAME) or desk.store.device.name)
