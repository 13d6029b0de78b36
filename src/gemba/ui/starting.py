"""What the start of the window does on a job's thread: opening, making, restoring and changing stores."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from gemba.errors import Trouble

if TYPE_CHECKING:
    from gemba.ui.backup_facts import BackupFacts
    from gemba.work.desk import Desk
    from gemba.work.pack_copies import BroughtBack
    from gemba.work.recover_key import KeyBack


def open_own(folder: Path, clock: Any, ids: Any, passphrase: str | None) -> Desk:
    """Open the store, or make it; on a job's thread, with the heavy imports."""
    from gemba.store.opening import exists
    from gemba.store.restoring import finish
    from gemba.work import people_stores
    from gemba.work.open_desk import make_desk, open_desk

    finish(folder)  # a restore that was cut short; else a new store would be made in its place
    if exists(folder):
        desk = open_desk(folder, clock=clock, ids=ids, passphrase=passphrase)
    else:
        name = people_stores.whose(folder)
        desk = make_desk(folder, clock=clock, ids=ids, passphrase=passphrase, person_name=name)
    people_stores.lay_card(desk)
    return desk


def change_key(folder: Path, present: str | None, wished: str, clock: Any, ids: Any) -> str:
    """Give the store a new key; on a job's thread. Gives the passphrase that opens it now."""
    from gemba.work import change_key as changing

    changing.change_key(folder, passphrase=present, wished=wished, clock=clock, ids=ids)
    return wished


def open_demo(folder: Path, clock: Any, ids: Any) -> Desk:
    """Open the demonstration store, or make it; on a job's thread."""
    from gemba.store.opening import exists
    from gemba.work.demonstrate import make_demo_store
    from gemba.work.open_desk import open_desk

    if exists(folder):
        return open_desk(folder, clock=clock, ids=ids)
    return make_demo_store(folder, clock=clock, ids=ids)


def look_into(file: Path, folder: Path) -> BackupFacts:
    """Read a backup; on a job's thread."""
    from gemba.ui import backup_facts

    return backup_facts.look_into(file, folder)


def restore(file: Path, folder: Path) -> Path | None:
    """Restore a backup; on a job's thread. Gives where the store that was there is now."""
    from gemba.store import restoring

    try:
        return restoring.restore(file, folder, overwrite=True)
    except OSError as error:
        raise Trouble(
            "ui.not_restored", file=str(file), folder=str(folder), why=error.strerror or str(error)
        ) from error


def take_key_back(folder: Path, file: Path, words: str, passphrase: str | None, clock: Any) -> KeyBack:
    """Let a store open again with the key from headquarters; on a job's thread."""
    from gemba.work import recover_key

    return recover_key.take_key_back(folder, file, words, passphrase, clock)


def bring_back_from_second(desk: Any) -> BroughtBack:
    """After a restore: what was sealed later and lies on the second medium; on a job's thread."""
    from gemba.work import pack_copies

    return pack_copies.bring_back_from_second(desk)
