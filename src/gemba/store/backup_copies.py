"""The table of backups that were made by the clock."""

from __future__ import annotations

from datetime import datetime

import msgspec
from sqlalchemy import delete, insert, select

from gemba.store.journal_tables import backup_copy
from gemba.store.reading import Reader
from gemba.store.unit import Unit


class BackupCopy(msgspec.Struct, frozen=True):
    """A backup that was made by the clock."""

    file: str
    made_at: datetime
    verified_at: datetime | None
    size: int
    """Bytes of the file itself, without what lies in `kept`."""


def copies(reader: Reader) -> list[BackupCopy]:
    """All that are noted, the newest first."""
    rows = reader.connection.execute(select(backup_copy).order_by(backup_copy.c.made_at.desc(), backup_copy.c.file))
    return [BackupCopy(**row) for row in rows.mappings()]


def note(unit: Unit, copy: BackupCopy) -> None:
    """Note a backup in place of one of the same name."""
    forget(unit, copy.file)
    unit.connection.execute(insert(backup_copy).values(msgspec.structs.asdict(copy)))


def forget(unit: Unit, file: str) -> None:
    """Note that a backup is no more."""
    unit.connection.execute(delete(backup_copy).where(backup_copy.c.file == file))
