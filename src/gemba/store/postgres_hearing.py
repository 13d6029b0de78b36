"""PostgreSQL tells each program of a store when another has written: every unit notifies, and whoever wants listens."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from gemba.store.other_programs import Borrow

_CHANNEL = "gemba"


def telling(program: str) -> str:
    """What a statement asks for to tell of a unit, once it is committed: in which store, and by whom.

    One database may hold several stores, each in a schema of its own.

    Args:
        program: a name that no other program has; plain letters and figures.
    """
    return f"pg_notify('{_CHANNEL}', current_schema() || ' {program}')"


class HeardSigns:
    """Of a database on a server: a connection that listens.

    Args:
        make: makes the engine of that connection.
        program: the name by which we tell of what we write.
    """

    def __init__(self, make: Callable[[], Engine], program: str) -> None:
        self._make, self._program = make, program
        self._ear: Connection | None = None
        self._said: list[str] = []
        self._store = ""

    def seen(self, borrow: Borrow) -> bool | None:
        """Whether another program has written; the first time, and where the line was cut, it may have.

        Raises:
            DBAPIError: the server cannot be reached.
        """
        del borrow
        if self._ear is None:
            self._ear = self._listening()
            return True
        try:
            self._ear.exec_driver_sql("SELECT")  # what was said meanwhile comes with the answer
        except DBAPIError:
            self.close()  # the next time listens on a new line
            return True
        said, ours = self._said[:], f"{self._store} {self._program}"
        self._said.clear()
        return any(one.startswith(f"{self._store} ") and one != ours for one in said)

    def _listening(self) -> Connection:
        connection = self._make().connect().execution_options(isolation_level="AUTOCOMMIT")
        bare: Any = connection.connection.driver_connection
        bare.add_notify_handler(lambda one: self._said.append(one.payload))
        connection.exec_driver_sql(f"LISTEN {_CHANNEL}")
        self._store = str(connection.exec_driver_sql("SELECT current_schema()").scalar_one())
        return connection

    def close(self) -> None:
        """Hang up."""
        ear, self._ear = self._ear, None
        if ear is not None:
            ear.invalidate()
            ear.close()
            ear.engine.dispose()
