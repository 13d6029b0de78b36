"""Open a store for a person; make it, with the starter library, when there is none yet."""

from __future__ import annotations

import getpass
import platform
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from gemba.domain.people import Person, Role
from gemba.domain.record import Uid
from gemba.errors import Trouble
from gemba.shipped import resource
from gemba.store import keys, opening
from gemba.store.opening import Store
from gemba.work.desk import Desk
from gemba.work.import_template import import_template
from gemba.work.shelf import Shelf

HEADQUARTERS = "headquarters"
LAPTOP = "laptop"


def open_desk(
    folder: Path, *, clock: Callable[[], datetime], ids: Callable[[], Uid], passphrase: str | None = None
) -> Desk:
    """Open the store in `folder`.

    Raises:
        Trouble: there is none, its key is missing, it is of a newer program, or it cannot be read.
    """
    if not opening.exists(folder):
        raise Trouble("store.no_store", folder=str(folder))
    store = opening.open_store(folder, keys.find_key(folder, passphrase=passphrase), clock=clock)
    try:
        return Desk(store=store, person=_owner(store), clock=clock, ids=ids, shelf=Shelf())
    except BaseException:
        store.close()
        raise


def make_desk(
    folder: Path,
    *,
    clock: Callable[[], datetime],
    ids: Callable[[], Uid],
    passphrase: str | None = None,
    role: str = LAPTOP,
    demo: bool = False,
    person_name: str = "",
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

    Raises:
        Trouble: the folder cannot be written, or there is neither keyring nor passphrase.
    """
    key = keys.make_key(folder, passphrase=passphrase, demo=demo)
    store = opening.create(folder, key, clock=clock, device_name=platform.node() or "laptop", role=role)
    person = Person(
        uid=ids(), name=person_name or _login_name(), role=Role.HEADQUARTERS if role == HEADQUARTERS else Role.AUDITOR
    )
    with store.unit(person.uid) as unit:
        unit.put(person)
        unit.set_setting("person", person.uid)
    desk = Desk(store=store, person=person, clock=clock, ids=ids, shelf=Shelf())
    if role == LAPTOP:
        for file in starter_library():
            import_template(desk, file.read_bytes(), file.name)
    return desk


def starter_library() -> list[Path]:
    """The workbooks that a new store begins with."""
    return sorted(resource("templates").glob("*.xlsx"))


def _owner(store: Store) -> Person:
    with store.reader() as reader:
        person = reader.get(Person, reader.setting("person"))
    if person is None:
        raise Trouble("store.broken", folder=str(store.folder))
    return person


def _login_name() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "auditor"
