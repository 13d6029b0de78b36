"""Writing into PostgreSQL that goes on while the program does other work: the server takes rows in meanwhile.

New rows are spelled at once, and a thread of the connection sends them, one COPY after the other; changes of rows take
their turn among them. Nobody waits for it until the connection is used for anything else. Then we wait, and hear
whether all of it was taken.
"""

from __future__ import annotations

import sys
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from functools import cache, partial
from typing import Any

from sqlalchemy import Connection, Engine, event
from sqlalchemy.exc import DBAPIError

from gemba.store import postgres_troubles
from gemba.store.spare_time import spare_time

_SENDER = "gemba_sender"
"""In what is known of a connection: its sender."""
_AT_MOST = 32 * 2**20
"""Bytes that may wait to be sent."""
_CHANGE = 500
"""Bytes of a row's change, more or less."""
_TURN = 0.0005
"""Seconds until the program's own work makes way for the thread, which needs microseconds, and few of them."""

Row = Sequence[Any]


def let_go_on(engine: Engine) -> None:
    """Let the COPYs of each connection go on until something else is asked of the connection."""
    event.listen(engine, "connect", lambda bare, record: record.info.update({_SENDER: _Sender(bare)}))
    event.listen(engine, "connect", lambda bare, _: _spell_bytes_quickly(bare))
    event.listen(engine, "before_cursor_execute", _before_asking)
    event.listen(engine, "after_cursor_execute", lambda *_: spare_time.ends())
    event.listen(engine, "handle_error", lambda _: spare_time.ends())
    event.listen(engine, "commit", finish)
    event.listen(engine, "rollback", _abandon)
    sys.setswitchinterval(min(_TURN, sys.getswitchinterval()))


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
        rows: values in the order of the columns. They are read before this returns.

    Raises:
        DBAPIError: the server refuses; or whoever asks next of the connection hears that.
    """
    form = " (FORMAT BINARY)" if all(kinds) else ""
    columns = ", ".join(f'"{name}"' for name in names)
    statement = f'COPY "{table}" ({columns}) FROM STDIN{form}'
    sender: _Sender | None = connection.info.get(_SENDER)
    bare: Any = connection.connection.dbapi_connection
    with _told(table):
        blocks = _spelled(bare, kinds, rows)
    if sender is not None:
        sender.send(table, sum(map(len, blocks)), partial(sender.copy, statement, blocks))
        return
    with _told(table), bare.cursor() as cursor, cursor.copy(statement) as into:
        for block in blocks:
            into.write(block)


def change(connection: Connection, table: str, statement: str, values: Sequence[Row]) -> None:
    """Have a statement executed with each of these values, when the rows are there that are on their way.

    Args:
        connection: in a transaction that writes.
        table: what it changes.
        statement: as the driver takes it, with a `%s` for each value; what it finds is not told.
        values: for each execution.

    Raises:
        DBAPIError: the server refuses; or whoever asks next of the connection hears that.
    """
    if not values:
        return
    sender: _Sender | None = connection.info.get(_SENDER)
    if sender is not None:
        sender.send(table, _CHANGE * len(values), partial(sender.change, statement, values))
        return
    bare: Any = connection.connection.dbapi_connection
    with _told(table), bare.cursor() as cursor:
        cursor.executemany(statement, values)


def finish(connection: Connection) -> None:
    """Wait until the server has taken what is on its way.

    Raises:
        DBAPIError: it has not.
    """
    sender: _Sender | None = connection.info.get(_SENDER)
    if sender is not None:
        sender.finish()


def _before_asking(connection: Connection, *_: object) -> None:
    finish(connection)
    spare_time.begins()


def _abandon(connection: Connection) -> None:
    """Hear the server out, whatever it says; the transaction is undone."""
    if connection.invalidated:  # the server is gone, and with it what it was doing
        return
    try:
        finish(connection)
    except DBAPIError:
        pass
    except Exception as error:
        if not postgres_troubles.is_of_postgres(error):
            raise


def _spelled(bare: Any, kinds: Sequence[str | None], rows: Iterator[Row]) -> list[Any]:
    """Rows as a COPY takes them, in blocks of bytes."""
    from psycopg import Copy

    found = _collecting()()
    with bare.cursor() as cursor, Copy(cursor, binary=all(kinds), writer=found) as into:
        if all(kinds):
            into.set_types(kinds)  # type: ignore[arg-type]  # none of them is lacking
        for row in rows:
            into.write_row(row)
    blocks: list[Any] = found.blocks
    return blocks


class _Sender:
    """Sends what is to be written on one connection, in order, in a thread that ends with the connection.

    Args:
        bare: psycopg's connection.
    """

    def __init__(self, bare: Any) -> None:
        self.bare = bare
        self._thread = ThreadPoolExecutor(1, "copy")
        self._begun: deque[tuple[str, int, Future[None]]] = deque()
        self._waiting = 0
        self._is_unheard = False

    def send(self, table: str, size: int, work: Callable[[], None]) -> None:
        """Have something written, after what waits already.

        Args:
            table: into which.
            size: bytes that wait with it.
            work: `copy` or `change`; done in the thread.
        """
        while self._begun and self._waiting + size > _AT_MOST:
            self._hear_first()
        self._waiting += size
        self._begun.append((table, size, self._thread.submit(work)))

    def finish(self) -> None:
        """Wait until everything is sent, and the server has taken it."""
        last = self._begun[-1][0] if self._begun else ""
        while self._begun:
            self._hear_first()
        if last:
            with _told(last), spare_time.waiting():
                self._hear()

    def _hear_first(self) -> None:
        """Wait for what waits longest; when it fails, nothing after it is worth waiting for."""
        table, size, sent = self._begun.popleft()
        self._waiting -= size
        try:
            with _told(table), spare_time.waiting():
                sent.result()
        except Exception:
            for _, _, other in self._begun:
                other.exception()
            self._begun.clear()
            self._waiting = 0
            self._is_unheard = False
            raise

    def change(self, statement: str, values: Sequence[Row]) -> None:
        """Execute a statement with each of these values."""
        self._hear()
        with self.bare.cursor() as cursor:
            cursor.executemany(statement, values)

    def copy(self, statement: str, blocks: list[Any]) -> None:
        """Send rows; what the server says of them is heard before anything else is done."""
        self._hear()
        with self.bare.cursor() as cursor, cursor.copy(statement, writer=_hasty()(cursor)) as into:
            self._is_unheard = True
            for block in blocks:
                into.write(block)

    def _hear(self) -> None:
        """Wait for the server's word on the COPY before."""
        from psycopg import errors, generators, pq

        if not self._is_unheard:
            return
        self._is_unheard = False
        with self.bare.lock:
            results = self.bare.wait(generators.fetch_many(self.bare.pgconn))
        for result in results:
            if result.status != pq.ExecStatus.COMMAND_OK:
                raise errors.error_from_result(result, encoding=self.bare.info.encoding)


@cache
def _collecting() -> Any:
    """The kind of writer that keeps what is to be sent."""
    from psycopg.copy import Writer

    class Collecting(Writer):
        def __init__(self) -> None:
            self.blocks: list[Any] = []

        def write(self, data: Any) -> None:
            self.blocks.append(data)

    return Collecting


@cache
def _hasty() -> Any:
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
    """Failures of the server's, on what was written into a table, as SQLAlchemy tells them."""
    try:
        yield
    except Exception as error:
        if postgres_troubles.is_of_postgres(error):
            raise DBAPIError(f"writing {table}", None, error) from error
        raise
