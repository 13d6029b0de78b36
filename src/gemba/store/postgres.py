"""Connections to headquarters' database on PostgreSQL: one writer at a time, readers with one consistent view each."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.exc import NoSuchModuleError

from gemba.errors import Trouble
from gemba.store import postgres_copy, postgres_hearing
from gemba.store.seal import Seal, attach

CONNECT_WITHIN = 10
"""Seconds to wait for a server that does not answer."""
LOCK_WITHIN = 300
"""Seconds to wait for other programs that are writing: the largest packs of a few of them."""

_SETTINGS = (
    "SET TIME ZONE 'UTC'",
    "SET client_encoding = 'UTF8'",
    f"SET lock_timeout = '{LOCK_WITHIN}s'",
    # A machine that vanished shall not hold the lock for hours.
    "SET tcp_keepalives_idle = 30",
    "SET tcp_keepalives_interval = 10",
    "SET tcp_keepalives_count = 3",
    # What was acknowledged is kept, whatever the server's default is; a stricter one stays.
    "SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'",
    # Lists are asked for a page; compiling a plan would take longer than the answer.
    "SET jit = off",
)

_BY_KEY = ("SET enable_seqscan = off", "SET enable_hashjoin = off", "SET enable_mergejoin = off")
"""Units ask for rows by their keys. The server guesses how many those are, and while it has not looked at new tables
(once a minute) guesses so high that it reads all of them for every pack; taking in would be slower with every pack."""

_ONE_WRITER = "SELECT {told} FROM (SELECT id FROM device FOR UPDATE) AS one_writer"
_ONE_BUILDER = "SELECT pg_advisory_xact_lock(7163265001)"


def plain(url: URL, key: bytes) -> Engine:
    """The engine for laying and migrating: it takes no lock on its own.

    Raises:
        Trouble: `store.no_postgres_library`.
    """
    return _engine(url, key, pool_size=1, max_overflow=0)


def writing(url: URL, key: bytes, program: str) -> Engine:
    """The engine for units: one connection, each transaction first waits until no other program is writing.

    Each statement sees what was committed before it (READ COMMITTED); as the lock comes first, that is all there is.
    Other programs hear of it when it is committed.

    Args:
        url: of the database.
        key: of the store.
        program: the name by which others hear of it (`gemba.store.postgres_hearing`).

    Raises:
        Trouble: `store.no_postgres_library`.
    """
    engine = _engine(url, key, pool_size=1, max_overflow=0)
    event.listen(engine, "connect", lambda connection, _: _set(connection, _BY_KEY))
    event.listen(engine, "begin", lambda connection: _wait_for_others(connection, program))
    postgres_copy.let_go_on(engine)
    return engine


def reading(url: URL, key: bytes) -> Engine:
    """The engine for readers: a few connections that cannot write, each transaction one consistent view.

    Raises:
        Trouble: `store.no_postgres_library`.
    """
    engine = _engine(url, key, pool_size=4, max_overflow=12, isolation_level="REPEATABLE READ")
    return engine.execution_options(postgresql_readonly=True)


def build_alone(connection: Connection) -> None:
    """Wait until no other program is making or migrating tables here, until the transaction ends."""
    connection.exec_driver_sql(_ONE_BUILDER)


def _engine(url: URL, key: bytes, **options: Any) -> Engine:
    try:
        engine = create_engine(
            url,
            connect_args={"connect_timeout": CONNECT_WITHIN, "application_name": "gemba"},
            pool_pre_ping=True,  # a server that was started anew is connected to again
            hide_parameters=True,  # what was written shall not stand in a report of a mistake
            **options,
        )
    except (ModuleNotFoundError, NoSuchModuleError) as error:
        raise Trouble("store.no_postgres_library") from error
    attach(engine.dialect, Seal(key))
    event.listen(engine, "connect", lambda connection, _: _set(connection, _SETTINGS))
    return engine


def _set(connection: Any, settings: Iterable[str]) -> None:
    """Let a connection go by these, outside of any transaction."""
    connection.autocommit = True
    try:
        with connection.cursor() as cursor:
            for setting in settings:
                cursor.execute(setting)
    finally:
        connection.autocommit = False


def _wait_for_others(connection: Connection, program: str) -> None:
    connection.exec_driver_sql(_ONE_WRITER.format(told=postgres_hearing.telling(program)))
