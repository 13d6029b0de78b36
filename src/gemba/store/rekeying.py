"""A new key for a store: at every moment it opens with the old one or with the new one.

The databases are copied page by page into files with the new key and proved there; then `keys-coming.json` is laid,
and one rename puts the new database in the old one's place. `PRAGMA rekey` would write over the only database there
is. Kept files stay as they are: their own identity lies in the database.
"""

from __future__ import annotations

from pathlib import Path

import msgspec

from gemba.durable import give_name, make_durable
from gemba.errors import Refusal, Trouble
from gemba.store import connecting, copying, elsewhere, half_rekeyed, holding, key_wraps, keys
from gemba.store.connecting import DATABASE
from gemba.store.half_rekeyed import NEW
from gemba.store.troubles import world


def rekey(folder: Path, key: bytes, *, passphrase: str | None) -> bytes:
    """Give a store that nobody has open a new key, behind a new passphrase or in the keyring.

    Backups and copies that were made before still open with the old key and passphrase.

    Args:
        folder: of the store.
        key: that opens it now (`gemba.store.keys.find_key`).
        passphrase: the new one; `None` for the keyring.

    Returns:
        The new key.

    Raises:
        Refusal: `store.demo_has_no_key`; `store.passphrase_short`; `store.database_rekey` when records or evidence lie
            elsewhere.
        Trouble: `store.in_use`, `store.passphrase_needed`, `store.broken`, `store.disk_full`; then it opens as before.
    """
    if keys.read(folder).demo:
        raise Refusal("store.demo_has_no_key")
    if elsewhere.read(folder) is not None:
        raise Refusal("store.database_rekey", folder=str(folder))
    with world(folder), holding.take(folder):
        _draw_in_log(folder / DATABASE, key)
        half_rekeyed.undo(folder)
        new, wraps = keys.new_keys(passphrase)
        try:
            _make_copies(folder, key, new)
            both = (*wraps.wraps, *half_rekeyed.passing(key, new, wraps.store))
            key_wraps.write(folder / half_rekeyed.FILE, msgspec.structs.replace(wraps, wraps=both))
        except BaseException:
            half_rekeyed.undo(folder)
            raise
        give_name(folder / f"{DATABASE}{NEW}", folder / DATABASE)
        half_rekeyed.finish(folder, wraps)
    return new


def _make_copies(folder: Path, key: bytes, new: bytes) -> None:
    """The database and the copies in `safety/`, each proved, under passing names."""
    _copy(folder / DATABASE, key, new)
    for copy in sorted(folder.glob("safety/*.db")):
        if half_rekeyed.opens(copy, key):
            _copy(copy, key, new)
    if (folder / "safety").is_dir():
        make_durable(folder / "safety")
    make_durable(folder)


def _draw_in_log(database: Path, key: bytes) -> None:
    """Write the log into the database and do without it: a log beside a database of another key would be its end."""
    connection = connecting.connect(database, key)
    try:
        if connection.execute("PRAGMA journal_mode=DELETE").fetchone()[0] != "delete":
            raise Trouble("store.locked", folder=str(database.parent))
    finally:
        connection.close()


def _copy(database: Path, key: bytes, new: bytes) -> None:
    made = database.with_name(database.name + NEW)
    copying.copy_database(database, made, key, new_key=new)
    copying.demand_whole(made, new)
