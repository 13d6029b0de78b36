"""Found a headquarters: its store, its keys and the public card that every laptop takes in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from gemba.domain.devices import DeviceRole
from gemba.domain.record import Uid
from gemba.errors import Refusal
from gemba.store.opening import exists
from gemba.work.cards import WrittenCard, write_card
from gemba.work.open_desk import make_desk

SENDERS = "senders"
"""Setting: whose packs are taken in."""


class Senders(StrEnum):
    """Whose packs headquarters takes in."""

    FIRST_USE = "first-use"
    """A laptop that was never seen is enrolled by its first pack, and its fingerprint is shown to be compared."""
    ENROLLED = "enrolled"
    """Only laptops whose card was enrolled; packs of others go into quarantine."""


def found(
    folder: Path,
    *,
    clock: Callable[[], datetime],
    ids: Callable[[], Uid],
    passphrase: str | None = None,
    name: str = "Headquarters",
    senders: Senders = Senders.FIRST_USE,
    demo: bool = False,
) -> WrittenCard:
    """Make headquarters' store in `folder` and its card beside the database.

    Raises:
        Refusal: there is a store already.
        Trouble: the folder cannot be written, or there is neither keyring nor passphrase.
    """
    if exists(folder):
        raise Refusal("hq.exists", folder=str(folder))
    desk = make_desk(folder, clock=clock, ids=ids, passphrase=passphrase, role=DeviceRole.HEADQUARTERS, demo=demo)
    try:
        with desk.unit() as unit:
            unit.set_setting(SENDERS, senders.value)
        return write_card(desk, folder, name)
    finally:
        desk.store.close()
