"""Say anew where headquarters' records lie, or that they were brought back from a copy."""

from __future__ import annotations

from pathlib import Path

import msgspec

from gemba.errors import Trouble
from gemba.store import holding, keys, opening, relocating, restoring


class Named(msgspec.Struct, frozen=True):
    """Where the records lie from now on."""

    database: str
    """Without a password."""
    evidence: str
    """Empty for the folder."""


def name_database(
    folder: Path, database: str, evidence: str = "", *, passphrase: str | None = None, restored: bool = False
) -> Named:
    """Point the folder at another address of the same store; nothing is copied.

    Args:
        folder: of the store.
        database: its address, with a password or without.
        evidence: address of the kept bytes; where they were when empty.
        passphrase: of the store, where no keyring has its key.
        restored: the database was brought back from a copy: what headquarters recorded after that copy may be on
            laptops already, so its journal goes on in a new epoch and gives no number twice.

    Raises:
        Refusal: `store.unknown_database`.
        Trouble: the database cannot be reached, or holds no store that this folder's key opens.
    """
    kept = relocating.relocate(folder, keys.find_key(folder, passphrase=passphrase), database, evidence)
    if restored:
        restoring.mark(folder)
    return Named(kept.database, kept.evidence)


def go_on_restored(folder: Path, *, passphrase: str | None = None) -> None:
    """Let a store go on in a new epoch whose folder or database was put back by hand from an older copy.

    What it recorded after that copy may be on laptops already: no number of its journal and of its publications is
    given twice.

    Args:
        folder: of the store, which no program has open.
        passphrase: of the store, where no keyring has its key.

    Raises:
        Trouble: `store.no_store`, `store.in_use`, `store.wrong_passphrase`.
    """
    if not opening.exists(folder):
        raise Trouble("store.no_store", folder=str(folder))
    keys.find_key(folder, passphrase=passphrase)
    with holding.take(folder):
        restoring.mark(folder)
