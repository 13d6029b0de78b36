"""A store made from a backup, in place of the one that is there.

The new store is made whole beside its place. Then the old one is moved aside, and the new one gets its name. A cut
between these two leaves no store under the name; the next opening or restore finds the new one and finishes.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

from gemba.durable import make_durable
from gemba.errors import Refusal
from gemba.store import backup_file, elsewhere, holding, key_wraps, keys, migrating_plain
from gemba.store.connecting import DATABASE
from gemba.store.holding import Holding
from gemba.store.troubles import world

RESTORED = "restored"
"""An empty file that a restore leaves: the next opening begins a new epoch of the journal."""


def restore(file: Path, folder: Path, *, overwrite: bool = False, passphrase: str | None = None) -> Path | None:
    """Make a store from a backup; it opens as before, and its journal goes on in a new epoch.

    Args:
        file: the backup.
        folder: where the store shall be.
        overwrite: move a store that is there aside first. It is never deleted.
        passphrase: for the new key, when `file` is the database of a store that was never encrypted; `None` for the
            keyring. Of any other it has to open what a passphrase opens, before anything is put in place.

    Returns:
        Where the store that was there is now; `None` when there was none.

    Raises:
        Refusal: `store.exists_already`, `store.not_a_folder`.
        Trouble: `store.not_a_backup`, `store.wrong_passphrase`, `store.in_use` when a program has the store open; then
            nothing was changed.
    """
    with world(folder):
        finish(folder)
        demand_folder(folder)
        there = folder.exists() and any(folder.iterdir())
        if there and not overwrite:
            raise Refusal("store.exists_already", folder=str(folder))
        if not (folder / DATABASE).exists():
            return _replace(file, folder, passphrase, there=there)
        with holding.take(folder) as old:
            return _replace(file, folder, passphrase, there=there, old=old)


def is_unfinished(folder: Path) -> bool:
    """True when a restore was cut short after the old store had been moved aside."""
    return not folder.exists() and (_ready(folder) / RESTORED).exists()


def finish(folder: Path) -> None:
    """Finish a restore that was cut short; otherwise do nothing.

    Raises:
        Trouble: `store.in_use` while it is being done at this moment.
    """
    if is_unfinished(folder):
        with holding.take(_ready(folder)) as new:
            _rename(_ready(folder), folder, new)


def demand_folder(folder: Path) -> None:
    """Demand that nothing but a folder is where a store shall be, or above it.

    Raises:
        Refusal: `store.not_a_folder`.
    """
    there = next((one for one in (folder, *folder.parents) if one.exists()), folder)
    if there.exists() and not there.is_dir():
        raise Refusal("store.not_a_folder", folder=str(folder), file=str(there))


def mark(folder: Path) -> None:
    """Have the next opening begin a new epoch: the records were brought back by other means than `restore`."""
    with world(folder):
        (folder / RESTORED).touch()
        make_durable(folder)


def clear(folder: Path) -> None:
    """Take away what a restore left that was cut short before it changed anything; call it holding the store."""
    if _ready(folder).exists():
        shutil.rmtree(_ready(folder), ignore_errors=True)


def _replace(
    file: Path, folder: Path, passphrase: str | None, *, there: bool, old: Holding | None = None
) -> Path | None:
    new, hold = _make(file, folder, passphrase)
    with hold:
        try:
            aside = _move_aside(folder, old) if there else None
            if folder.exists():
                folder.rmdir()
        except BaseException:
            hold.release()
            shutil.rmtree(new, ignore_errors=True)
            raise
        _rename(new, folder, hold)
    return aside


def _make(file: Path, folder: Path, passphrase: str | None) -> tuple[Path, Holding]:
    """The new store beside its place, whole and durable, held alone."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    part = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        if migrating_plain.is_plain(file):
            shutil.copyfile(file, part / DATABASE)
            migrating_plain.encrypt(part, passphrase=passphrase)
        else:
            backup_file.read(file, part)
            _demand_opens(part, passphrase)
            elsewhere.must_be_embedded(part)  # no backup sends a store to a server of somebody's choice
        (part / RESTORED).touch()
        (part / holding.FILE).touch()
        for made in [*(one for one in part.rglob("*") if one.is_dir()), part]:
            make_durable(made)
        clear(folder)
        part.rename(_ready(folder))
        make_durable(folder.parent)
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return _ready(folder), holding.take(_ready(folder))


def _demand_opens(made: Path, passphrase: str | None) -> None:
    """Refuse a passphrase that does not open what was read; a key that only a keyring has is asked for later."""
    known = keys.read(made)
    locked = known.wrap("argon2id")
    if passphrase and locked is not None and not known.demo:
        key_wraps.open_with(locked, passphrase, known.store)


def _ready(folder: Path) -> Path:
    return folder.with_name(f".{folder.name}.ready")


def _move_aside(folder: Path, hold: Holding | None) -> Path:
    number = 1
    while (aside := folder.with_name(f"{folder.name}-before-restore-{number}")).exists():
        number += 1
    _rename(folder, aside, hold)
    return aside


def _rename(source: Path, target: Path, hold: Holding | None) -> None:
    """Rename a folder, durably."""
    if os.name == "nt" and hold is not None:
        hold.release()  # no folder with an open file in it can be renamed there, by nobody
    source.rename(target)
    make_durable(target.parent)
