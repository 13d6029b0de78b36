"""Making, opening and closing a store."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from gemba.domain.change import Change
from gemba.domain.record import Uid
from gemba.durable import give_name
from gemba.errors import GembaError, Refusal, Trouble
from gemba.store import connecting, database, device, elsewhere, forgetting, holding, lots_resuming, restoring
from gemba.store.connecting import DATABASE, PRIVATE
from gemba.store.database import Served
from gemba.store.device import Device
from gemba.store.elsewhere import Elsewhere
from gemba.store.evidence_files import EvidenceFiles
from gemba.store.evidence_places import FarPlace
from gemba.store.holding import Holding
from gemba.store.laying import lay
from gemba.store.other_programs import FileSigns, OtherPrograms
from gemba.store.reading import Clock, Reader
from gemba.store.reserve import SIZE, Reserve
from gemba.store.troubles import reading_only, world
from gemba.store.unit import Unit
from gemba.store.whose_file import nameless, whose

FOLDERS = ("evidence", "previews", "outbox", "inbox", "quarantine", "reports", "safety")


class Store:
    """An open store: what is recorded on this laptop, or what headquarters has taken in.

    Any thread may read; units of several threads wait for one another.
    """

    def __init__(self, folder: Path, key: bytes, own: Device, clock: Clock, reserve: Reserve, hold: Holding) -> None:
        self.folder = folder
        self.key = key
        self.device = own
        self.clock = clock
        self.evidence = EvidenceFiles(folder, own, _place_of_evidence(folder, key), self._whose)
        kept = database.at(folder, key)
        self._writing: Engine | Forgotten = kept.writing()
        self._reading: Engine | Forgotten = kept.reading()
        self._others = OtherPrograms(kept.signs())
        self._reserve = reserve
        self._hold = hold
        self._one_at_a_time = threading.Lock()
        self._writer: int | None = None

    @contextmanager
    def unit(self, person: Uid) -> Iterator[Unit]:
        """One transaction that writes in a person's name: kept whole when the block ends, not at all when it fails.

        Raises:
            Trouble: `store.disk_full`, `store.reserve_freed`, `store.locked`, `store.read_only` ...
        """
        self._reserve.free_in_need()
        try:
            with self._alone(), world(self.folder), self._writing.begin() as connection:
                self.device = device.current(connection, self.device)
                unit = Unit(connection, self.device, self.clock, person)
                yield unit
                unit.finish()
            if unit.has_erased:
                forgetting.finish(self, person)
        except Trouble as trouble:
            if trouble.code == "store.disk_full" and self._reserve.free():
                self._reserve.given_up = False  # this failure tells of it
                raise Trouble("store.reserve_freed", **trouble.facts) from trouble
            raise

    @property
    def reserve_given_up(self) -> Trouble | None:
        """What a person has to be told when the room that was kept for a full disk has just been given up."""
        return Trouble("store.reserve_used", folder=str(self.folder)) if self._reserve.given_up else None

    @contextmanager
    def reader(self) -> Iterator[Reader]:
        """One consistent view of what is kept, unmoved by what is written meanwhile.

        Raises:
            Trouble: `store.disk_full_reading` when there is not even room for what the database keeps beside it.
        """
        with reading_only(self.folder), self._reading.connect() as connection, connection.begin():
            yield Reader(connection, self.device, self.clock)

    def _whose(self, sha256: str) -> str:
        """What a kept file is and which record it belongs to, for a failure; a store in trouble knows the hash only."""
        with suppress(GembaError, DBAPIError), self.reader() as reader:
            return whose(reader, sha256)
        return nameless(sha256)

    @contextmanager
    def exclusive(self) -> Iterator[Connection]:
        """The writing connection while nobody else writes; whatever is done on it is undone at the end."""
        with self._alone(), world(self.folder), self._writing.connect() as connection:
            yield connection

    def empty_log(self) -> bool:
        """Write the log of the embedded database into its file and empty it; `False` while a reader needs it still."""
        with self._alone(), world(self.folder), self._writing.connect() as connection:
            if connection.dialect.name != "sqlite":
                return True
            bare: Any = connection.connection.driver_connection  # no transaction may be open
            return not bare.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]

    def written_by_others(self) -> Change:
        """What other programs have written since this was last asked, so that screens know what to draw again.

        Raises:
            Trouble: the database cannot be read.
        """
        with world(self.folder):
            return self._others.look(self._lend, self.reader)

    @contextmanager
    def _lend(self) -> Iterator[Connection | None]:
        """The writing connection for a moment, unless somebody is using it."""
        if not self._one_at_a_time.acquire(blocking=False):
            yield None
            return
        try:
            with self._writing.connect() as connection:
                yield connection
        finally:
            self._one_at_a_time.release()

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """One writer at a time; a unit within a unit of the same thread would wait for itself for ever."""
        if self._writer == threading.get_ident():
            raise RuntimeError("a unit was opened within another")
        with self._one_at_a_time:
            self._writer = threading.get_ident()
            try:
                yield
            finally:
                self._writer = None

    def close(self) -> None:
        """Let go of the database; an open store that is dropped without it loses nothing."""
        self._others.close()
        self._reading.dispose()
        self._writing.dispose()
        self._hold.release()

    def forget(self) -> None:
        """Close, and keep nothing that opens the database, its journal or its files; `take_up` brings all back."""
        self.close()
        self.key = b""
        self._writing = self._reading = Forgotten(self.folder)
        self._others = OtherPrograms(FileSigns())  # that of a server knows the way there
        self.device = self.device.without_secrets()
        self.evidence = EvidenceFiles(self.folder, self.device, None)

    def take_up(self, opened: Store) -> None:
        """Go on with what was opened anew; whoever holds this store sees it open again.

        Args:
            opened: the same store; from now on it must not be used or closed any more.
        """
        if (opened.folder, opened.device.id) != (self.folder, self.device.id):
            raise RuntimeError("a store can go on only as itself")
        self.key, self.device, self.evidence = opened.key, opened.device, opened.evidence
        self._writing, self._reading, self._others = opened._writing, opened._reading, opened._others
        self._reserve, self._hold = opened._reserve, opened._hold


class Forgotten:
    """Stands where the engines of a store were that has forgotten its key."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def connect(self) -> Connection:
        """There is nothing to connect to.

        Raises:
            Trouble: `store.forgotten`.
        """
        raise Trouble("store.forgotten", folder=str(self._folder))

    begin = connect

    def dispose(self) -> None:
        """Nothing is left to let go of."""


def _place_of_evidence(folder: Path, key: bytes) -> FarPlace | None:
    """Where kept bytes lie, if not in the folder."""
    return _far_place(elsewhere.read(folder), key)


def _far_place(at: Elsewhere | None, key: bytes) -> FarPlace | None:
    return FarPlace(elsewhere.evidence_url(at, key)) if at is not None and at.evidence else None


def exists(folder: Path) -> bool:
    """True when there is a store in this folder; a restore that was cut short is finished first."""
    with world(folder):
        restoring.finish(folder)
    return (folder / DATABASE).is_file() or (folder / elsewhere.FILE).is_file()


def create(
    folder: Path,
    key: bytes,
    *,
    clock: Clock,
    device_name: str,
    role: str = "laptop",
    reserve: int = SIZE,
    at: Elsewhere | None = None,
) -> Store:
    """Make a new store and open it.

    Args:
        folder: made when it is not there.
        key: from `gemba.store.keys.make_key`.
        clock: tells the time, aware and in UTC.
        device_name: what people call this laptop.
        role: `laptop` or `headquarters`.
        reserve: bytes kept free for a full disk; 0 keeps none.
        at: where the records or the kept bytes go, if not into the folder (`gemba.store.elsewhere.of`).

    Raises:
        Refusal: `store.exists_already`, `store.database_taken`, `store.unknown_evidence_place`.
        Trouble: the folder cannot be written, or one of the other places cannot be reached.
    """
    connecting.refuse_old_sqlite()
    if exists(folder):
        raise Refusal("store.exists_already", folder=str(folder))
    place = _far_place(at, key)
    if place is not None:
        place.demand_reachable()  # a wrong address is told now, not with the first photo
    with world(folder):
        folder.mkdir(PRIVATE, parents=True, exist_ok=True)
        if at is not None and at.database:
            _lay_there(Served(folder, key, at), clock, device_name, role)
        else:
            _lay(folder / f"{DATABASE}.new", key, clock, device_name, role)
            give_name(folder / f"{DATABASE}.new", folder / DATABASE)
        if at is not None:
            elsewhere.write(folder, at)
    return open_store(folder, key, clock=clock, reserve=reserve)


def open_store(folder: Path, key: bytes, *, clock: Clock, reserve: int = SIZE) -> Store:
    """Open an existing store; one of an older program is copied to `safety/` and brought up to date first.

    Raises:
        Trouble: `store.no_store`, `store.newer`, `store.read_only`, `store.locked`, `store.wrong_key`,
            `store.broken`, `store.old_sqlite`, `store.disk_full_reading`, `store.in_use` (a restore is going on).
    """
    connecting.refuse_old_sqlite()
    if not exists(folder):
        raise Trouble("store.no_store", folder=str(folder))
    if (folder / DATABASE).is_file():
        _must_be_sound(folder / DATABASE)
    if not os.access(folder, os.W_OK):
        raise Trouble("store.read_only", folder=str(folder))
    with reading_only(folder):
        kept = Reserve(folder, reserve)
        kept.free_in_need()
        hold = holding.share(folder)
        try:
            restoring.clear(folder)
            own = _bring_up(folder, key)
            for name in FOLDERS:
                (folder / name).mkdir(exist_ok=True)
            kept.fill()
            return lots_resuming.resumed(forgetting.resumed(Store(folder, key, own, clock, kept, hold)))
        except BaseException:
            hold.release()
            raise


def _must_be_sound(file: Path) -> None:
    """Refuse a database that is empty, which SQLite would take for a new one, or that cannot be written."""
    if file.stat().st_size == 0:
        raise Trouble("store.broken", folder=str(file.parent))
    if not os.access(file, os.W_OK):
        raise Trouble("store.read_only", folder=str(file.parent))


def _lay(file: Path, key: bytes, clock: Clock, device_name: str, role: str) -> None:
    file.unlink(missing_ok=True)
    engine = connecting.writing(file, key)
    try:
        with engine.begin() as connection:
            lay(connection)
            device.make(connection, name=device_name, role=role, now=clock())
    finally:
        engine.dispose()


def _lay_there(there: Served, clock: Clock, device_name: str, role: str) -> None:
    """Make the tables on the server, all or none."""
    engine = there.building()
    try:
        with engine.begin() as connection:
            there.must_be_empty(connection)
            lay(connection)
            device.make(connection, name=device_name, role=role, now=clock())
    finally:
        engine.dispose()


def _bring_up(folder: Path, key: bytes) -> Device:
    """Migrate a store of an older program, begin a new epoch after a restore, and say who this store is."""
    kept = database.at(folder, key)
    engine = kept.building()
    try:
        kept.bring_up(engine)
        restored = folder / restoring.RESTORED
        with engine.begin() as connection:
            if restored.exists():
                device.begin_epoch(connection)
            own = device.load(connection)
        restored.unlink(missing_ok=True)
        return own
    finally:
        engine.dispose()
