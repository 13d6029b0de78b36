"""A store whose key is being changed: which of its two keys opens it, and how the change is finished or undone.

`keys-coming.json` holds the wraps of the new key while the change goes on, and each of both keys sealed with the
other, so that the old passphrase and the new one open the store at every moment. The database gets its new key by one
rename; before it the change is undone, after it finished.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import msgspec
from sqlcipher3 import dbapi2

from gemba.durable import give_name, make_durable
from gemba.errors import Trouble
from gemba.store import connecting, holding
from gemba.store.connecting import DATABASE
from gemba.store.key_wraps import Keys, Wrap, open_under, write

FILE = "keys-coming.json"
NEW = ".rekeyed"
"""What a database with the new key is called until it takes its place."""
OVER, BEFORE = "new-under-old", "old-under-new"

_KEYS = "keys.json"
_PASSING = {OVER, BEFORE}


def coming(folder: Path) -> Keys | None:
    """The wraps of a new key whose laying was cut short, or is going on."""
    try:
        return msgspec.json.decode((folder / FILE).read_bytes(), type=Keys)
    except FileNotFoundError:
        return None
    except (OSError, msgspec.MsgspecError):
        return None  # it is written whole or not at all, and before it is there nothing has changed


def settle(folder: Path, keys: Keys, new_ones: Keys, key_in: Callable[[Keys], bytes]) -> bytes:
    """Finish or undo a change of keys; gives the key that opens the store.

    Args:
        folder: of the store.
        keys: the wraps of the old key.
        new_ones: `coming`.
        key_in: finds the key in wraps, with what the person gave.

    Raises:
        Trouble: as `key_in`; `store.in_use` while the change is going on.
    """
    old, new = _both(keys, new_ones, key_in)
    with holding.take(folder):
        if (folder / FILE).exists():
            if not opens(folder / DATABASE, new):
                undo(folder)
                return old
            finish(folder, new_ones)
    return new if opens(folder / DATABASE, new) else old


def finish(folder: Path, new_ones: Keys) -> None:
    """Let the new key be the key; the store is held."""
    for made in folder.glob(f"safety/*{NEW}"):
        give_name(made, made.with_name(made.name.removesuffix(NEW)))
    lasting = tuple(wrap for wrap in new_ones.wraps if wrap.kind not in _PASSING)
    write(folder / _KEYS, msgspec.structs.replace(new_ones, wraps=lasting))
    (folder / FILE).unlink(missing_ok=True)
    make_durable(folder)


def undo(folder: Path) -> None:
    """Take away what was laid of the new key; the store is held."""
    (folder / FILE).unlink(missing_ok=True)
    make_durable(folder)
    for made in [*folder.glob(f"*{NEW}*"), *folder.glob(f"safety/*{NEW}*"), folder / f"{FILE}.part"]:
        made.unlink(missing_ok=True)


def clear(folder: Path) -> None:
    """Take away what a change of keys left that was cut short before it changed anything.

    Raises:
        Trouble: `store.in_use` while it is going on.
    """
    if (folder / f"{DATABASE}{NEW}").exists() and not (folder / FILE).exists():
        with holding.take(folder):
            undo(folder)


def opens(database: Path, key: bytes) -> bool:
    """True when this key opens this database."""
    try:
        connecting.connect(database, key, cache=1024).close()
    except dbapi2.DatabaseError as error:
        if getattr(error, "sqlite_errorname", "") == "SQLITE_NOTADB":
            return False
        raise
    return True


def _both(keys: Keys, new_ones: Keys, key_in: Callable[[Keys], bytes]) -> tuple[bytes, bytes]:
    over, before = new_ones.wrap(OVER), new_ones.wrap(BEFORE)
    if over is None or before is None:
        raise Trouble("store.key_missing", folder=keys.store)
    with suppress(Trouble):
        old = key_in(keys)
        return old, open_under(over, old, new_ones.store)
    new = key_in(new_ones)
    return open_under(before, new, new_ones.store), new


def passing(old: bytes, new: bytes, name: str) -> tuple[Wrap, Wrap]:
    """Each of both keys sealed with the other."""
    from gemba.store.key_wraps import under

    return under(old, new, name, OVER), under(new, old, name, BEFORE)
