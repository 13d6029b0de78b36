"""Open a store for a person; make it, with the starter library, when there is none yet."""

from __future__ import annotations

import getpass
import platform
import secrets
import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec

from gemba.domain.devices import DeviceRole
from gemba.domain.people import Person, Role
from gemba.domain.record import Uid
from gemba.errors import Refusal, Trouble
from gemba.store import elsewhere, keys, migrating_plain, opening, restoring
from gemba.store.connecting import DATABASE, PRIVATE
from gemba.store.opening import Store
from gemba.store.troubles import world
from gemba.work import recovery
from gemba.work.desk import Desk
from gemba.work.shelf import Shelf
from gemba.work.starters import furnish


def open_desk(
    folder: Path, *, clock: Callable[[], datetime], ids: Callable[[], Uid], passphrase: str | None = None
) -> Desk:
    """Open the store in `folder`.

    Raises:
        Trouble: there is none, its key is missing, it is of a newer program, or it cannot be read.

    One whose database was never encrypted is encrypted first.
    """
    if not opening.exists(folder):
        raise Trouble("store.database_lost" if _has_lost_database(folder) else "store.no_store", folder=str(folder))
    if migrating_plain.is_plain(folder / DATABASE):
        migrating_plain.encrypt(folder, passphrase=passphrase)
    store = opening.open_store(folder, keys.find_key(folder, passphrase=passphrase), clock=clock)
    try:
        desk = Desk(store=store, person=_owner(store), clock=clock, ids=ids, shelf=Shelf(), zone=_local_zone())
        recovery.lay(desk)
    except BaseException:
        store.close()
        raise
    return desk


def make_desk(  # noqa: PLR0913 - everything about a new store is said once, here
    folder: Path,
    *,
    clock: Callable[[], datetime],
    ids: Callable[[], Uid],
    passphrase: str | None = None,
    role: DeviceRole = DeviceRole.LAPTOP,
    demo: bool = False,
    person_name: str = "",
    database: str = "",
    evidence: str = "",
) -> Desk:
    """Make a new encrypted store in `folder` with the starter library in it, and open it.

    Args:
        folder: made when missing.
        clock: aware, UTC.
        ids: makes UUIDs version 7.
        passphrase: locks the key where the system has no keyring.
        role: `laptop` or `headquarters`.
        demo: a store to try things in; it opens without a question and must hold no real records.
        person_name: who works here; the login name when empty.
        database: where the records go (`postgresql+psycopg://…`); into the folder when empty.
        evidence: where kept bytes go (an address that fsspec knows); into the folder when empty.

    Raises:
        Refusal: there is something in the folder or database already, it is a file, or an address is none.
        Trouble: the folder cannot be written or has lost its database, the database not be reached, or
            there is neither keyring nor passphrase.
    """
    with world(folder):
        restoring.demand_folder(folder)
        taken = folder.exists() and any(folder.iterdir())
    if taken and _has_lost_database(folder):
        raise Trouble("store.database_lost", folder=str(folder))
    if taken:
        raise Refusal("work.folder_not_empty", folder=str(folder))
    new = _sibling(folder)
    try:
        _make_folder(new, folder)
        key = keys.make_key(new, passphrase=passphrase, demo=demo)
        at = elsewhere.of(key, database, evidence) if database or evidence else None
        name = platform.node() or "laptop"
        store = opening.create(new, key, clock=clock, device_name=name, role=role, at=at)
        desk = Desk(
            store=store,
            person=_person(ids(), person_name, role),
            clock=clock,
            ids=ids,
            shelf=Shelf(),
            zone=_local_zone(),
        )
        try:
            _furnish(desk, with_library=role == DeviceRole.LAPTOP)
        finally:
            store.close()
        if folder.exists():
            folder.rmdir()
        new.rename(folder)
    finally:
        shutil.rmtree(new, ignore_errors=True)
    return msgspec.structs.replace(desk, store=opening.open_store(folder, key, clock=clock))


def _sibling(folder: Path) -> Path:
    """Where a store is made before it gets its place: it is there whole or not at all, however the making ends."""
    return folder.with_name(f".{folder.name}.new-{secrets.token_hex(4)}")


def _has_lost_database(folder: Path) -> bool:
    """Whether this is what is left of a store whose database is gone."""
    return (folder / keys.FILE).is_file() and not (folder / DATABASE).exists()


def _make_folder(new: Path, folder: Path) -> None:
    try:
        with world(folder):
            new.mkdir(PRIVATE, parents=True)
    except OSError as error:
        raise Trouble("work.store_not_made", folder=str(folder), why=error.strerror or str(error)) from error


def _furnish(desk: Desk, *, with_library: bool) -> None:
    """Put into a new store what every store has."""
    with desk.unit() as unit:
        unit.put(desk.person)
        unit.set_setting("person", desk.person.uid)
    if with_library:
        furnish(desk)


def _person(uid: Uid, name: str, role: DeviceRole) -> Person:
    at_headquarters = role is DeviceRole.HEADQUARTERS
    return Person(uid=uid, name=name or _login_name(), role=Role.HEADQUARTERS if at_headquarters else Role.AUDITOR)


def _owner(store: Store) -> Person:
    with store.reader() as reader:
        person = reader.get(Person, reader.setting("person"))
    if person is None:
        raise Trouble("store.broken", folder=str(store.folder))
    return person


def _local_zone() -> str:
    """The time zone of this laptop; UTC when the system does not tell."""
    from tzlocal import get_localzone_name

    try:
        return ZoneInfo(get_localzone_name()).key
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return "UTC"


def _login_name() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "auditor"
