"""Tables on PostgreSQL: laid whole, brought up to date by the same migrations, alike however they came about."""

from __future__ import annotations

import pytest
from alembic import command
from sqlalchemy import inspect, text

from gemba.domain.change import Change
from gemba.errors import Trouble
from gemba.store import elsewhere, opening, postgres, schema
from gemba.store.checking import check
from gemba.store.opening import open_store
from gemba.store.postgres_columns import suit
from gemba.store.version import CURRENT

_COLUMNS = text(
    "SELECT table_name, column_name, data_type, collation_name, is_nullable, column_default "
    "FROM information_schema.columns WHERE table_schema = current_schema() ORDER BY table_name, column_name"
)
_INDEXES = text("SELECT indexdef FROM pg_indexes WHERE schemaname = current_schema() ORDER BY indexdef")


def _shape(engine):
    with engine.connect() as connection:
        return connection.execute(_COLUMNS).all(), connection.scalars(_INDEXES).all()


@pytest.fixture
def engine(folder, key):
    made = postgres.plain(elsewhere.database_url(elsewhere.read(folder), key), key)
    yield made
    made.dispose()


def test_every_text_is_in_the_order_of_its_code_points_and_every_number_has_64_bits(engine) -> None:
    columns, _ = _shape(engine)
    kinds = {(column.data_type, column.collation_name) for column in columns if column.table_name != "alembic_version"}
    assert ("text", "C") in kinds
    assert not kinds & {("text", None), ("character varying", None), ("integer", None)}


def test_a_store_of_an_older_program_is_brought_up_to_date(folder, key, time, engine, records) -> None:
    newest = _shape(engine)
    store = open_store(folder, key, clock=time, reserve=0)
    draft = records.begin(store)
    store.close()
    with engine.connect() as connection:
        command.downgrade(schema.configuration(connection), "0004")
    assert schema.revision_of(engine) == "0004"
    assert _shape(engine) != newest
    store = open_store(folder, key, clock=time, reserve=0)
    assert schema.revision_of(engine) == CURRENT
    assert _shape(engine) == newest
    records.answer(store, draft, "/data/a", "1")
    assert [one.code for one in check(store, files=False)] == []
    store.close()


def test_a_migration_that_fails_leaves_the_store_as_it_was(folder, key, time, engine, tmp_path, monkeypatch) -> None:
    home = tmp_path / "migrations"
    (home / "versions").mkdir(parents=True)
    (home / "env.py").write_text((schema.migrations() / "env.py").read_text())
    body = "from alembic import op\nrevision = '{0}'\ndown_revision = {1!r}\ndef upgrade():\n    {2}\n"
    (home / "versions" / "0000_first.py").write_text(body.format("0000", None, "pass"))
    broken = "op.execute('DROP TABLE setting'); op.execute('nonsense')"
    (home / "versions" / f"{CURRENT}_next.py").write_text(body.format(CURRENT, "0000", broken))
    monkeypatch.setattr(schema, "migrations", lambda: home)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0000'"))
    before = _shape(engine)
    with pytest.raises(Trouble, match=r"store\.upgrade_failed_there"):
        open_store(folder, key, clock=time, reserve=0)
    assert _shape(engine) == before
    assert schema.revision_of(engine) == "0000"


def test_a_store_of_a_newer_program_is_left_alone(folder, key, time, engine) -> None:
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(Trouble, match=r"store\.newer"):
        open_store(folder, key, clock=time, reserve=0)


def test_a_database_without_a_store_is_told_of(folder, key, time, server, database) -> None:
    elsewhere.write(folder, elsewhere.of(key, server.url(database)))
    with pytest.raises(Trouble, match=r"store\.no_store_there"):
        open_store(folder, key, clock=time, reserve=0)


def test_the_key_of_another_store_opens_nothing(folder, key, time, server) -> None:
    name = elsewhere.read(folder).database.rpartition("/")[2]
    elsewhere.write(folder, elsewhere.of(b"x" * 32, server.url(name)))
    with pytest.raises(Trouble, match=r"store\.wrong_seal"):
        open_store(folder, b"x" * 32, clock=time, reserve=0)


def test_two_that_found_a_store_in_one_database_do_not_mix(database, server, key, time, tmp_path) -> None:
    at = elsewhere.of(key, server.url(database))
    first = opening.create(tmp_path / "one", key, clock=time, device_name="one", reserve=0, at=at)
    with pytest.raises(Exception, match=r"store\.database_taken"):
        opening.create(tmp_path / "two", key, clock=time, device_name="two", reserve=0, at=at)
    assert not (tmp_path / "two" / elsewhere.FILE).exists()
    first.close()


def test_suiting_columns_twice_changes_nothing(engine) -> None:
    before = _shape(engine)
    with engine.begin() as connection:
        suit(connection)
    assert _shape(engine) == before


def test_a_store_may_live_in_a_schema_of_its_own(database, server, key, time, tmp_path, records) -> None:
    server.run("CREATE SCHEMA gemba", database=database)
    at = elsewhere.of(key, server.url(database) + "?options=-csearch_path%3Dgemba")
    store = opening.create(tmp_path / "one", key, clock=time, device_name="one", reserve=0, at=at)
    records.begin(store)
    with store.reader() as reader:
        assert "operation" in inspect(reader.connection).get_table_names("gemba")
    assert check(store, files=False) == []
    store.close()


def test_stores_in_schemas_of_one_database_do_not_hear_each_other(
    database, server, key, time, tmp_path, records
) -> None:
    made = []
    for name in ("north", "south"):
        server.run(f"CREATE SCHEMA {name}", database=database)
        at = elsewhere.of(key, server.url(database) + f"?options=-csearch_path%3D{name}")
        made.append(opening.create(tmp_path / name, key, clock=time, device_name=name, reserve=0, at=at))
    north, south = made
    beside = open_store(tmp_path / "north", key, clock=time, reserve=0)
    north.written_by_others()
    records.begin(south)
    assert north.written_by_others() == Change()
    with beside.unit("") as unit:
        unit.set_setting("held", 7)
    assert north.written_by_others().topics == {"pack"}
    for one in (*made, beside):
        one.close()
