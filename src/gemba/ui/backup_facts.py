"""What can be told of a backup before it is restored: all but its records, which only its key opens."""

from __future__ import annotations

import tempfile
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from gemba.errors import Trouble
from gemba.store import backup_file, keys
from gemba.store.opening import exists


class BackupFacts(msgspec.Struct, frozen=True):
    """A backup that reads back whole."""

    file: Path
    written_at: datetime
    """When the file was last written, in UTC."""
    size: int
    """Bytes."""
    evidence: int
    """Number of photos and files."""
    packs: int
    """Number of sealed packs."""
    opens: str
    """`unasked`, `passphrase`, or `nothing` when this account's keyring does not know its key."""
    folder: Path
    """Where it would be restored."""
    replaces: str
    """What is in that folder: `nothing`, `same` (an earlier or later state of this store), or `other` (another one)."""


def look_into(file: Path, folder: Path) -> BackupFacts:
    """Read a backup whole, hash by hash, and say what it is; on a job's thread.

    Args:
        file: the backup.
        folder: where it would be restored.

    Raises:
        Trouble: `store.not_a_backup`, `ui.file_not_read`.
    """
    try:
        names = backup_file.read(file).files
        with zipfile.ZipFile(file) as archive:
            wraps = archive.read(keys.FILE)
        written = file.stat()
    except OSError as error:
        raise Trouble("ui.file_not_read", file=str(file), why=error.strerror or str(error)) from error
    with tempfile.TemporaryDirectory() as scratch:
        (Path(scratch) / keys.FILE).write_bytes(wraps)
        opens, name = _opens(Path(scratch)), keys.read(Path(scratch)).store
    return BackupFacts(
        file=file,
        written_at=datetime.fromtimestamp(written.st_mtime, UTC),
        size=written.st_size,
        evidence=sum(one.startswith("evidence/") for one in names),
        packs=sum(one.startswith("outbox/") for one in names),
        opens=opens,
        folder=folder,
        replaces=_replaces(folder, name),
    )


def _opens(folder: Path) -> str:
    """Whether the key is found here without asking anybody."""
    try:
        keys.find_key(folder, passphrase=None)
    except Trouble as trouble:
        return "passphrase" if trouble.code == "store.passphrase_needed" else "nothing"
    return "unasked"


def _replaces(folder: Path, name: str) -> str:
    if not exists(folder):
        return "nothing"
    try:
        return "same" if keys.read(folder).store == name else "other"
    except Trouble:
        return "other"
