"""Every revision goes up and down, keeps rows, and the newest equals the program's tables."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, inspect, text

import gemba.store.journal_tables  # noqa: F401 - its tables join the metadata
from gemba.shipped import migrations
from gemba.store import connecting, laying, schema
from gemba.store.search_index import SEARCHED
from gemba.store.tables import metadata
from gemba.store.version import CURRENT

KEY = bytes(32)


def _revisions() -> list[str]:
    scripts = ScriptDirectory(str(migrations()))
    return [script.revision for script in reversed(list(scripts.walk_revisions()))]


REVISIONS = _revisions()


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    engine = connecting.writing(tmp_path / "gemba.db", KEY)
    yield engine
    engine.dispose()


def go(engine: Engine, revision: str, *, down: bool = False) -> None:
    with engine.connect() as connection:
        (command.downgrade if down else command.upgrade)(schema.configuration(connection), revision)


def shape(engine: Engine) -> dict[str, object]:
    """Tables, columns, indexes and references, however their statements were written."""
    inspector = inspect(engine)
    tables = [name for name in inspector.get_table_names() if "_search" not in name and name != "alembic_version"]
    return {
        name: (
            [(c["name"], str(c["type"]), c["nullable"], c["default"]) for c in inspector.get_columns(name)],
            sorted((i["name"], tuple(i["column_names"]), i["unique"]) for i in inspector.get_indexes(name)),
            sorted((u["name"], tuple(u["column_names"])) for u in inspector.get_unique_constraints(name)),
            sorted(
                (f["name"], tuple(f["constrained_columns"]), f["referred_table"])
                for f in inspector.get_foreign_keys(name)
            ),
            inspector.get_pk_constraint(name)["constrained_columns"],
        )
        for name in tables
    }


def search_tables(engine: Engine) -> list[str]:
    with engine.connect() as connection:
        asked = "SELECT sql FROM sqlite_master WHERE sql LIKE 'CREATE VIRTUAL TABLE%' ORDER BY name"
        return list(connection.scalars(text(asked)))


def fill(connection: Connection) -> dict[str, int]:
    """One row in every table, whatever its columns are; returns the number of rows by table."""
    inspector = inspect(connection)
    connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
    for name in inspector.get_table_names():
        if "_search" in name or name == "alembic_version":
            continue
        values = {c["name"]: _value(c) for c in inspector.get_columns(name)}
        columns = ", ".join(f'"{column}"' for column in values)
        marks = ", ".join("?" * len(values))
        connection.exec_driver_sql(f'INSERT INTO "{name}"({columns}) VALUES({marks})', tuple(values.values()))
    return count(connection)


def _value(column: dict[str, object]) -> object:
    kind = str(column["type"])
    if column["name"] == "id" and "CHAR" not in kind:
        return 1
    for word, value in (
        ("DATETIME", "2026-01-01 00:00:00.000000"),
        ("DATE", "2026-01-01"),
        ("BLOB", b"x"),
        ("CHAR", "u"),
        ("TEXT", "t"),
    ):
        if kind.startswith(word) or word in kind:
            return value
    return 1


def count(connection: Connection) -> dict[str, int]:
    names = [
        name for name in inspect(connection).get_table_names() if "_search" not in name and name != "alembic_version"
    ]
    return {name: connection.exec_driver_sql(f'SELECT count(*) FROM "{name}"').scalar() or 0 for name in names}


def test_there_is_one_line_of_revisions_and_the_program_knows_its_end() -> None:
    assert ScriptDirectory(str(migrations())).get_heads() == [CURRENT]


@pytest.mark.parametrize("revision", REVISIONS)
def test_each_goes_up(engine: Engine, revision: str) -> None:
    go(engine, revision)
    assert schema.revision_of(engine) == revision
    with engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
        assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"


@pytest.mark.parametrize("position", range(len(REVISIONS)), ids=REVISIONS)
def test_each_goes_down_to_what_was_before(engine: Engine, position: int) -> None:
    before = REVISIONS[position - 1] if position else "base"
    go(engine, before) if position else None
    shape_before, search_before = shape(engine), search_tables(engine)
    go(engine, REVISIONS[position])
    go(engine, before, down=True)
    assert shape(engine) == shape_before
    assert search_tables(engine) == search_before


@pytest.mark.parametrize("position", range(len(REVISIONS)), ids=REVISIONS)
def test_up_then_down_then_up_is_the_same(engine: Engine, position: int) -> None:
    go(engine, REVISIONS[position])
    once = shape(engine)
    go(engine, REVISIONS[position - 1] if position else "base", down=True)
    go(engine, REVISIONS[position])
    assert shape(engine) == once


SAID_BY_OTHERS = {"0011": {"head"}}
"""By revision: tables of which rows go whose words stand elsewhere, too; a test of its own brings them back."""


@pytest.mark.parametrize("position", range(1, len(REVISIONS) + 1), ids=[*REVISIONS[1:], "head"])
def test_no_revision_loses_a_row(engine: Engine, position: int) -> None:
    """From each revision on to the next (the last: to itself), with a row in every table that refers to another."""
    go(engine, REVISIONS[position - 1])
    with engine.begin() as connection:
        before = fill(connection)
    assert set(before.values()) == {1}
    go(engine, REVISIONS[min(position, len(REVISIONS) - 1)])
    with engine.connect() as connection:
        after = count(connection)
    said = SAID_BY_OTHERS.get(REVISIONS[position], set()) if position < len(REVISIONS) else set()
    assert {name: after[name] for name in before if name in after and name not in said} == {
        name: count for name, count in before.items() if name not in said
    }


def test_the_newest_equals_the_tables_of_the_program(engine: Engine, tmp_path: Path) -> None:
    go(engine, "head")
    made = connecting.writing(tmp_path / "made.db", KEY)
    with made.begin() as connection:
        laying.lay(connection)
    assert shape(engine) == shape(made)
    assert search_tables(engine) == search_tables(made)
    assert schema.revision_of(engine) == schema.revision_of(made)
    made.dispose()


def test_alembic_itself_finds_no_difference(engine: Engine) -> None:
    go(engine, "head")

    def ours(thing: object, name: str | None, kind: str, *_: object) -> bool:
        return not (kind == "table" and any((name or "").startswith(f"{noun}_search") for noun in SEARCHED))

    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"include_object": ours, "compare_type": True})
        assert compare_metadata(context, metadata) == []


def test_migrations_import_nothing_of_the_program() -> None:
    for file in (migrations() / "versions").glob("*.py"):
        assert "gemba." not in file.read_text("utf-8")
        assert "import gemba" not in file.read_text("utf-8")
