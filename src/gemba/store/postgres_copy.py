"""COPY into PostgreSQL that goes on while the program does other work: the server takes rows in meanwhile.

All rows are sent, and nobody waits for the server's word on the last COPY of a connection until the connection is used
for anything else. Then we wait, and hear whether all rows were taken.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from typing import Any

from sqlalchemy import Connection, Engine, event
from sqlalchemy.exc import DBAPIError

from gemba.store import postgres_troubles

_GOES_ON = "gemba_copy_goes_on"
_UNHEARD = "gemba_copy_unheard"
"""In what is known of a connection: the table whose COPY the server has not answered yet."""

Row = Sequence[Any]


def let_go_on(engine: Engine) -> None:
    """Let the last COPY of each connection go on until something else is asked of the connection."""
    event.listen(engine, "connect", lambda _, record: record.info.update({_GOES_ON: True}))
    event.listen(engine, "connect", lambda connection, _: _spell_bytes_quickly(connection))
    event.listen(engine, "before_cursor_execute", lambda connection, *_: finish(connection))
    event.listen(engine, "commit", finish)
    event.listen(engine, "rollback", _abandon)


def _spell_bytes_quickly(connection: Any) -> None:
    """Let bytes that a COPY sends be spelled by psycopg's own code, not by what takes DB-API's `Binary` beside them."""
    from psycopg.types.string import BytesBinaryDumper

    connection.adapters.register_dumper(bytes, BytesBinaryDumper)


def copy(
    connection: Connection, table: str, names: Sequence[str], kinds: Sequence[str | None], rows: Iterator[Row]
) -> None:
    """Send rows into a table.

    Args:
        connection: in a transaction that writes.
        table: its name.
        names: of the columns.
        kinds: what PostgreSQL calls the columns; all are sent as text when one is not known.
        rows: values in the order of the columns.

    Raises:
        DBAPIError: the server refuses; or whoever asks next of the connection hears that.
    """
    finish(connection)
    form = " (FORMAT BINARY)" if all(kinds) else ""
    columns = ", ".join(f'"{name}"' for name in names)
    bare: Any = connection.connection.dbapi_connection
    goes_on = _GOES_ON in connection.info
    with _told(table), bare.cursor() as cursor:
        writer = _writer()(cursor) if goes_on else None
        with cursor.copy(f'COPY "{table}" ({columns}) FROM STDIN{form}', writer=writer) as into:
            if form:
                into.set_types(kinds)
            for row in rows:
                into.write_row(row)
        if goes_on:
            connection.info[_UNHEARD] = table


def finish(connection: Connection) -> None:
    """Wait until the server has taken what is on its way.

    Raises:
        DBAPIError: it has not.
    """
    table = connection.info.pop(_UNHEARD, None)
    if table is not None:
        with _told(table):
            _hear(connection.connection.dbapi_connection)


def _abandon(connection: Connection) -> None:
    """Hear the server out, whatever it says; the transaction is undone."""
    if connection.invalidated:  # the server is gone, and with it what it was doing
        return
    if connection.info.pop(_UNHEARD, None) is not None:
        try:
            _hear(connection.connection.dbapi_connection)
        except Exception as error:
            if not postgres_troubles.is_of_postgres(error):
                raise


def _hear(bare: Any) -> None:
    from psycopg import errors, generators, pq

    with bare.lock:
        results = bare.wait(generators.fetch_many(bare.pgconn))
    for result in results:
        if result.status != pq.ExecStatus.COMMAND_OK:
            raise errors.error_from_result(result, encoding=bare.info.encoding)


@cache
def _writer() -> Any:
    """The kind of writer that does not wait for an answer."""
    from psycopg.copy import LibpqWriter

    class Hasty(LibpqWriter):
        def finish(self, exc: BaseException | None = None) -> None:
            if exc is not None:
                super().finish(exc)
            else:
                self.connection.wait(_end(self.connection.pgconn))

    return Hasty


def _end(pgconn: Any) -> Generator[Any, Any, None]:
    """Send the end of a COPY, as psycopg does, but without waiting for what is answered."""
    from psycopg.waiting import Wait

    while pgconn.put_copy_end(None) == 0:
        while not (yield Wait.W):
            continue
    while pgconn.flush() != 0:
        while not (yield Wait.W):
            continue


@contextmanager
def _told(table: str) -> Iterator[None]:
    """Failures of the server's as SQLAlchemy tells them."""
    try:
        yield
    except Exception as error:
        if postgres_troubles.is_of_postgres(error):
            raise DBAPIError(f"COPY {table}", None, error) from error
        raise
