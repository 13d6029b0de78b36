"""What becomes of photos that no assessment stands behind when a store goes back, and of the others."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from sqlalchemy import Connection

from gemba.store import connecting, schema

_ROW = (
    "INSERT INTO evidence(uid, assessment, path, sha256, name, media_type, size, width, height, added_at, person, "
    "removed, beside) VALUES(?, ?, '', 'a', 'a.jpg', 'image/jpeg', 1, 1, 1, '2026-01-01 00:00:00.000000', 'p', 0, ?)"
)


def test_going_back_takes_away_what_stands_alone_and_nothing_else(tmp_path: Path) -> None:
    engine = connecting.writing(tmp_path / "gemba.db", bytes(32))

    def go(revision: str, *, down: bool = False) -> None:
        with engine.connect() as connection:
            (command.downgrade if down else command.upgrade)(schema.configuration(connection), revision)

    go("0010")
    with engine.begin() as connection:
        _lay(connection)
    go("0009", down=True)
    with engine.connect() as connection:
        rows = connection.exec_driver_sql("SELECT uid, assessment, beside FROM evidence ORDER BY uid").all()
        assert connection.exec_driver_sql("PRAGMA foreign_key_check(evidence)").all() == []
    assert [tuple(row) for row in rows] == [("before", "w", None), ("beside", "w", None), ("pair", "w", "before")]
    go("0010")
    with engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM evidence").scalar() == 3
    engine.dispose()


def _lay(connection: Connection) -> None:
    """Photos of before and after with an assessment, one alone, and one that stands beside that."""
    connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
    _any_row(connection, "person", "p")
    _any_row(connection, "place", "at")
    _any_row(connection, "template", "t")
    _any_row(connection, "assessment", "w", template="t", place="at", person="p")
    for uid, assessment, beside in (
        ("before", "w", None),
        ("alone", None, None),
        ("pair", "w", "before"),
        ("beside", "w", "alone"),
    ):
        connection.exec_driver_sql(_ROW, (uid, assessment, beside))


def _any_row(connection: Connection, table: str, uid: str, **named: str) -> None:
    """A row with something in each column that must not be empty."""
    columns = connection.exec_driver_sql(f"PRAGMA table_info({table})").all()
    needed = [row[1] for row in columns if row[3] and row[1] != "id"]
    values = {name: named.get(name, uid if name == "uid" else "1") for name in needed}
    marks = ", ".join("?" * len(values))
    statement = f"INSERT INTO {table}({', '.join(values)}) VALUES({marks})"
    connection.exec_driver_sql(statement, tuple(values.values()))
