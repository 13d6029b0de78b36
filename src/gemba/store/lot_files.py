"""Files that an import keeps before its transaction is over: noted, so that none stays that no record names."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from sqlalchemy import select

from gemba.errors import Trouble
from gemba.store.complaint_tables import complaint_lot
from gemba.store.evidence_files import EvidenceFiles
from gemba.store.troubles import world
from gemba.store.unit import Unit

NOTES = "importing"
"""File of the store that names what a running import has kept."""


class LotFiles:
    """Keeps files of lots within one transaction.

    Args:
        folder: of the store.
        evidence: its kept files.
    """

    def __init__(self, folder: Path, evidence: EvidenceFiles) -> None:
        self._notes, self._evidence = folder / NOTES, evidence
        self._kept: list[str] = []

    def keep(self, sha256: str, data: bytes) -> None:
        """Keep a file; one that was there before is no matter.

        Raises:
            Trouble: the disk is full.
        """
        if self._evidence.has(sha256):
            return
        with world(self._notes.parent), self._notes.open("a", encoding="ascii") as notes:
            notes.write(f"{sha256}\n")
            notes.flush()
            os.fsync(notes.fileno())
        self._kept.append(sha256)
        self._evidence.keep(data)

    def done(self) -> None:
        """The transaction is over: records name all of them."""
        self._notes.unlink(missing_ok=True)

    def undo(self) -> None:
        """The transaction was given up: nobody names any of them."""
        for sha256 in self._kept:
            with suppress(Trouble):
                self._evidence.forget(sha256)
        self._notes.unlink(missing_ok=True)


def is_cut_short(folder: Path) -> bool:
    """True when an import was cut short, or is going on in another program."""
    return (folder / NOTES).exists()


def sweep(folder: Path, evidence: EvidenceFiles, unit: Unit) -> None:
    """Take away what an import has kept that was cut short; in a transaction, for then no other is going on."""
    notes = folder / NOTES
    if not notes.exists():
        return
    for sha256 in notes.read_text("ascii", "replace").split():
        named = select(complaint_lot.c.id).where((complaint_lot.c.rows == sha256) | (complaint_lot.c.laid == sha256))
        if unit.connection.scalar(named) is None:
            evidence.forget(sha256)
    notes.unlink(missing_ok=True)
