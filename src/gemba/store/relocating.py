"""Pointing a store's folder at another address of its records."""

from __future__ import annotations

from pathlib import Path

import msgspec

from gemba.errors import Trouble
from gemba.store import device, elsewhere, schema
from gemba.store.database import Served
from gemba.store.elsewhere import Elsewhere
from gemba.store.troubles import world


def relocate(folder: Path, key: bytes, database: str, evidence: str = "") -> Elsewhere:
    """Keep another address, once the store of this folder has been seen there.

    Args:
        folder: of the store.
        key: of the store.
        database: URL of its database.
        evidence: URL of its kept bytes; the one of before when empty.

    Raises:
        Refusal: `store.unknown_database`, `store.unknown_evidence_place`.
        Trouble: `store.no_store_there`, `store.wrong_seal`, or the database cannot be reached.
    """
    new = elsewhere.of(key, database, evidence)
    if not evidence:
        before = _before(folder)
        new = msgspec.structs.replace(new, evidence=before.evidence, evidence_password=before.evidence_password)
    with world(folder):
        _must_be_ours(Served(folder, key, new), new)
        elsewhere.write(folder, new)
    return new


def _before(folder: Path) -> Elsewhere:
    """What is kept; nothing when it cannot be read, for it is about to be written anew."""
    try:
        return elsewhere.read(folder) or Elsewhere()
    except Trouble:
        return Elsewhere()


def _must_be_ours(there: Served, new: Elsewhere) -> None:
    engine = there.building()
    try:
        if not schema.is_laid(engine):
            raise Trouble("store.no_store_there", database=new.database)
        with engine.connect() as connection:
            device.load(connection)  # fails when it was sealed with another key
    finally:
        engine.dispose()
