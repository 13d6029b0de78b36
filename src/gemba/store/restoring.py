"""A store made from a backup, in place of the one that is there."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from gemba.errors import Refusal
from gemba.store import backup_file
from gemba.store.durable import make_durable
from gemba.store.troubles import world

RESTORED = "restored"
"""An empty file that a restore leaves: the next opening begins a new epoch of the journal."""


def restore(file: Path, folder: Path, *, overwrite: bool = False) -> Path | None:
    """Make a store from a backup; it opens as before, and its journal goes on in a new epoch.

    Args:
        file: the backup.
        folder: where the store shall be.
        overwrite: move a store that is there aside first. It is never deleted.

    Returns:
        Where the store that was there is now; `None` when there was none.

    Raises:
        Refusal: `store.exists_already`.
        Trouble: `store.not_a_backup`, and then nothing was changed.
    """
    there = folder.exists() and any(folder.iterdir())
    if there and not overwrite:
        raise Refusal("store.exists_already", folder=str(folder))
    with world(folder):
        folder.parent.mkdir(parents=True, exist_ok=True)
        new = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
        try:
            backup_file.read(file, new)
            (new / RESTORED).touch()
            aside = _move_aside(folder) if there else None
            if folder.exists():
                folder.rmdir()
            new.rename(folder)
            make_durable(folder.parent)
        finally:
            shutil.rmtree(new, ignore_errors=True)
    return aside


def _move_aside(folder: Path) -> Path:
    number = 1
    while (aside := folder.with_name(f"{folder.name}-before-restore-{number}")).exists():
        number += 1
    return folder.rename(aside)
