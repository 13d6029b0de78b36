"""Where a store's records lie: in the encrypted database of its folder, or on a PostgreSQL server."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from secrets import token_hex
from typing import Protocol

from sqlalchemy import Connection, Engine, inspect

from gemba.errors import Refusal, Trouble
from gemba.store import connecting, elsewhere, postgres, schema
from gemba.store.connecting import DATABASE
from gemba.store.elsewhere import Elsewhere
from gemba.store.other_programs import FileSigns, Signs
from gemba.store.postgres_hearing import HeardSigns


class Database(Protocol):
    """What opening a store asks of its database."""

    def building(self) -> Engine:
        """The engine for laying and migrating."""

    def writing(self) -> Engine:
        """The engine for units: each transaction waits until nobody else writes."""

    def reading(self) -> Engine:
        """The engine for readers: each transaction is one consistent view and cannot write."""

    def signs(self) -> Signs:
        """What shows that another program has written."""

    def bring_up(self, engine: Engine) -> None:
        """Bring the tables to today's revision."""


class Embedded:
    """The encrypted database in the folder.

    Args:
        folder: of the store.
        key: 32 bytes.
    """

    def __init__(self, folder: Path, key: bytes) -> None:
        self._folder = folder
        self._key = key

    def building(self) -> Engine:
        """The engine for migrating."""
        return self.writing()

    def writing(self) -> Engine:
        """The engine for units."""
        return connecting.writing(self._folder / DATABASE, self._key)

    def reading(self) -> Engine:
        """The engine for readers."""
        return connecting.reading(self._folder / DATABASE, self._key)

    def signs(self) -> Signs:
        """What shows that another program has written."""
        return FileSigns()

    def bring_up(self, engine: Engine) -> None:
        """Bring the tables to today's revision; the database is copied first.

        Raises:
            Trouble: `store.newer`, `store.upgrade_failed`.
        """
        schema.bring_up(self._folder, self._key, engine)


class Served:
    """A database on a PostgreSQL server.

    Args:
        folder: of the store.
        key: of the store; seals what is secret in the database.
        at: where it is.
    """

    def __init__(self, folder: Path, key: bytes, at: Elsewhere) -> None:
        self._folder = folder
        self._key = key
        self._at = at
        self._url = elsewhere.database_url(at, key)
        self._program = token_hex(8)

    def building(self) -> Engine:
        """The engine for laying and migrating."""
        return postgres.plain(self._url, self._key)

    def writing(self) -> Engine:
        """The engine for units."""
        return postgres.writing(self._url, self._key, self._program)

    def reading(self) -> Engine:
        """The engine for readers."""
        return postgres.reading(self._url, self._key)

    def signs(self) -> Signs:
        """What shows that another program has written."""
        return HeardSigns(partial(postgres.plain, self._url, self._key), self._program)

    def bring_up(self, engine: Engine) -> None:
        """Bring the tables to today's revision, all of it or nothing.

        Raises:
            Trouble: `store.no_store_there`, `store.newer`, `store.upgrade_failed_there`.
        """
        if not schema.is_laid(engine):
            raise Trouble("store.no_store_there", database=self._at.database)
        schema.bring_up_there(self._folder, self._at.database, engine)

    def must_be_empty(self, connection: Connection) -> None:
        """Demand that there is no store in this database yet, while nobody else makes one.

        Raises:
            Refusal: `store.database_taken`.
        """
        postgres.build_alone(connection)
        if inspect(connection).get_table_names():
            raise Refusal("store.database_taken", database=self._at.database)


def at(folder: Path, key: bytes) -> Database:
    """The database of the store in a folder.

    Raises:
        Trouble: `store.bad_elsewhere`, `store.wrong_seal`.
    """
    found = elsewhere.read(folder)
    return Served(folder, key, found) if found is not None and found.database else Embedded(folder, key)
