from __future__ import annotations

import shutil

import pytest
from sqlalchemy import text

from gemba.errors import Trouble
from gemba.store import connecting, journal, operations, schema
from gemba.store.checking import check
from gemba.store.opening import open_store
from gemba.store.version import CURRENT


@pytest.fixture
def place_of_old_revision(folder, key):
    """A store that says it is of an older revision, with an Alembic folder that knows the way."""
    connection = connecting.connect(folder / "gemba.db", key)
    connection.execute("UPDATE alembic_version SET version_num = '0000'")
    connection.close()
    return folder


def _migrations(tmp_path, monkeypatch, body):
    """The real migrations behind an older revision, and a newest one that does `body`."""
    from gemba import shipped

    home = shutil.copytree(shipped.migrations(), tmp_path / "migrations")
    first = next((home / "versions").glob("0001_*.py"))
    first.write_text(first.read_text().replace('revision = "0001"', 'revision = "0000"'))
    for later in set((home / "versions").glob("0*.py")) - {first}:
        later.unlink()
    first.rename(home / "versions" / "0000_first.py")
    (home / "versions" / f"{CURRENT}_next.py").write_text(
        f"from alembic import op\nrevision = '{CURRENT}'\ndown_revision = '0000'\ndef upgrade():\n    {body}\n"
    )
    monkeypatch.setattr(schema, "migrations", lambda: home)


def test_an_older_store_is_copied_and_brought_up_to_date(
    place_of_old_revision, tmp_path, monkeypatch, key, time
) -> None:
    _migrations(tmp_path, monkeypatch, "op.execute('CREATE TABLE extra (x)')")
    store = open_store(place_of_old_revision, key, clock=time, reserve=0)
    with store.reader() as reader:
        assert reader.connection.scalar(text("SELECT count(*) FROM extra")) == 0
    (copy,) = (place_of_old_revision / "safety").iterdir()
    old = connecting.connect(copy, key)
    assert old.execute("SELECT version_num FROM alembic_version").fetchone() == ("0000",)
    old.close()
    store.close()


def test_a_migration_that_fails_leaves_the_store_as_it_was(
    place_of_old_revision, tmp_path, monkeypatch, key, time
) -> None:
    _migrations(tmp_path, monkeypatch, "op.execute('DROP TABLE answer'); op.execute('nonsense')")
    with pytest.raises(Trouble) as trouble:
        open_store(place_of_old_revision, key, clock=time, reserve=0)
    assert trouble.value.code == "store.upgrade_failed"
    connection = connecting.connect(place_of_old_revision / "gemba.db", key)
    assert connection.execute("SELECT version_num FROM alembic_version").fetchone() == ("0000",)
    assert connection.execute("SELECT count(*) FROM answer").fetchone() == (0,)
    connection.close()


def test_a_migration_that_leaves_orphans_is_undone(
    place_of_old_revision, tmp_path, monkeypatch, key, time, records
) -> None:
    connection = connecting.connect(place_of_old_revision / "gemba.db", key)
    connection.execute("INSERT INTO place(uid, name, level, zone) VALUES('p', 'P', 'site', 'UTC')")
    connection.execute("INSERT INTO place(uid, name, level, parent, zone) VALUES('q', 'Q', 'area', 'p', 'UTC')")
    connection.close()
    _migrations(tmp_path, monkeypatch, "op.execute(\"DELETE FROM place WHERE uid = 'p'\")")
    with pytest.raises(Trouble, match=r"store\.upgrade_failed"):
        open_store(place_of_old_revision, key, clock=time, reserve=0)
    connection = connecting.connect(place_of_old_revision / "gemba.db", key)
    assert connection.execute("SELECT count(*) FROM place").fetchone() == (2,)
    connection.close()


def test_a_store_of_the_first_version_comes_up_whole(store, folder, key, time, records, monkeypatch) -> None:
    from alembic import command

    monkeypatch.setattr(operations, "PERSONAL_FIELDS", {})  # its operations were all of v 1
    draft = records.begin(store)
    records.answer(store, draft, "/data/a", "1")
    records.answer(store, draft, "/data/a", "2")
    store.close()
    engine = connecting.writing(folder / "gemba.db", key)
    with engine.connect() as connection:
        command.downgrade(schema.configuration(connection), "0001")
    assert schema.revision_of(engine) == "0001"
    engine.dispose()
    again = open_store(folder, key, clock=time, reserve=0)
    assert check(again, files=False) == []
    records.answer(again, draft, "/data/a", "3")
    with again.reader() as reader:
        assert list(journal.conflicts(reader)) == []
    assert [copy.name for copy in (folder / "safety").iterdir()] == ["gemba-0001-1.db"]
    again.close()
