"""A store gets a new passphrase and a new key; whoever holds headquarters' recovery key can give the new one back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from gemba.domain.record import Uid
from gemba.store import keys, rekeying
from gemba.work.open_desk import open_desk


def change_key(
    folder: Path,
    *,
    passphrase: str | None,
    wished: str | None,
    clock: Callable[[], datetime],
    ids: Callable[[], Uid],
) -> None:
    """Give a store that nobody has open a new key, then lay what opens it again at headquarters.

    Args:
        folder: of the store.
        passphrase: that opens it now; `None` for the keyring.
        wished: the new passphrase; `None` for the keyring.
        clock: aware, UTC.
        ids: makes UUIDs version 7.

    Raises:
        Refusal: `store.passphrase_short`, `store.demo_has_no_key`, `store.database_rekey`; nothing was changed then.
        Trouble: it does not open, is in use, or the disk is full; then it opens as before.
    """
    rekeying.rekey(folder, keys.find_key(folder, passphrase=passphrase), passphrase=wished)
    open_desk(folder, clock=clock, ids=ids, passphrase=wished).store.close()  # opening it lays the recovery document
