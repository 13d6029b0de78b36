from __future__ import annotations

import shutil
import zipfile

import pytest
from sqlalchemy import text

from gemba.domain.assessments import Answer
from gemba.errors import Refusal, Trouble
from gemba.store import connecting, journal, keys, schema, transit
from gemba.store.checking import check
from gemba.store.opening import create, open_store
from gemba.store.schema import CURRENT


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


@pytest.fixture
def real(tmp_path, time, records):
    """A store with keys, records, evidence and a preview."""
    folder = tmp_path / "real"
    key = keys.make_key(folder, passphrase=None, demo=True)
    store = create(folder, key, clock=time, device_name="Laptop", reserve=0)
    draft = records.begin(store)
    records.answer(store, draft, "/data/a", "1")
    sha256, _ = store.evidence.keep(b"photo")
    store.evidence.keep_preview(sha256, 320, b"small")
    (folder / "outbox" / ("d" * 64 + ".gemba")).write_bytes(b"sealed")
    yield store, draft, sha256
    store.close()


def test_a_backup_restores_everything_while_the_store_is_in_use(real, tmp_path, time, records) -> None:
    store, draft, sha256 = real
    file = tmp_path / "all.backup"
    schema.back_up(store, file)
    records.answer(store, draft, "/data/a", "after the backup")
    assert schema.restore(file, tmp_path / "again") is None
    again = open_store(tmp_path / "again", keys.find_key(tmp_path / "again", passphrase=None), clock=time, reserve=0)
    with again.reader() as reader:
        assert [answer.value for answer in reader.find(Answer)] == ["1"]
    assert again.evidence.read(sha256) == b"photo"
    assert again.evidence.preview(sha256, 320) == b"small"
    assert (tmp_path / "again" / "outbox" / ("d" * 64 + ".gemba")).read_bytes() == b"sealed"
    assert again.device.id == store.device.id
    assert [p.code for p in check(again)] == ["store.evidence_missing"] * 2  # the made-up template's
    again.close()
    assert not list(tmp_path.glob("*.part"))
    assert not list((store.folder / "safety").iterdir())


def test_after_a_restore_a_new_epoch_begins_and_merges_with_what_was_lost(
    real, tmp_path, time, records, another
) -> None:
    import json

    store, draft, _ = real
    file = tmp_path / "all.backup"
    schema.back_up(store, file)
    records.answer(store, draft, "/data/b", "sent before the disk died")
    with store.reader() as reader:
        sent = [json.loads(line) for line in journal.since(reader, store.device.epoch, 1, 99)]
    schema.restore(file, tmp_path / "again")
    again = open_store(tmp_path / "again", store.key, clock=time, reserve=0)
    assert again.device.epoch[:4] == "0002"
    assert again.device.epoch != store.device.epoch
    assert again.device.code != store.device.code
    time.move(minutes=1)
    records.answer(again, draft, "/data/c", "recorded after the restore")
    with again.reader() as reader:
        old, new = transit.Stretch(store.device.epoch, 1, 5), transit.Stretch(again.device.epoch, 1, 1)
        assert transit.unsent_ranges(reader) == [old, new]
        since = [json.loads(line) for line in journal.since(reader, again.device.epoch, 1, 99)]
    office = another("office")
    trusted = {store.device.id: store.device.public_key}
    with office.unit(records.person.uid) as unit:
        merged = journal.merge(unit, sent + since, trusted=trusted)
    assert (merged.forks, merged.gaps) == ((), ())
    with office.reader() as reader:
        assert sorted(answer.path for answer in reader.find(Answer)) == ["/data/a", "/data/b", "/data/c"]
    again.close()
    same = open_store(tmp_path / "again", store.key, clock=time, reserve=0)
    assert same.device.epoch == again.device.epoch  # once is enough
    same.close()


def test_a_restore_overwrites_nothing_unless_told_and_then_keeps_the_old(real, tmp_path) -> None:
    store, _, _ = real
    file = tmp_path / "all.backup"
    schema.back_up(store, file)
    with pytest.raises(Refusal, match=r"store\.exists_already"):
        schema.restore(file, store.folder)
    target = tmp_path / "target"
    target.mkdir()
    (target / "notes.txt").write_text("mine")
    aside = schema.restore(file, target, overwrite=True)
    assert aside is not None
    assert (aside / "notes.txt").read_text() == "mine"


def test_a_backup_opens_with_a_passphrase_where_the_keyring_is_far_away(real, tmp_path) -> None:
    store, _, _ = real
    schema.back_up(store, tmp_path / "b", passphrase="word of mouth")
    schema.restore(tmp_path / "b", tmp_path / "again")
    wraps = keys.read(tmp_path / "again")
    assert [wrap.kind for wrap in wraps.wraps] == ["argon2id"]


def _damaged(file, change):
    entries = {}
    with zipfile.ZipFile(file) as archive:
        for info in archive.infolist():
            entries[info.filename] = archive.read(info)
    change(entries)
    with zipfile.ZipFile(file, "w") as archive:
        for name, data in entries.items():
            archive.writestr(name, data)


@pytest.mark.parametrize(
    "change",
    [
        lambda entries: entries.update({"gemba.db": entries["gemba.db"][:-1] + b"!"}),
        lambda entries: entries.pop("keys.json"),
        lambda entries: entries.pop("backup.json"),
        lambda entries: entries.update({"../climbs.txt": b"out"}),
        lambda entries: entries.update({"evidence/ab/run.exe": b"x"}),
        lambda entries: entries.update({"backup.json": b"[]"}),
    ],
)
def test_a_damaged_backup_is_refused_whole(real, tmp_path, change) -> None:
    store, _, _ = real
    file = tmp_path / "b"
    schema.back_up(store, file)
    _damaged(file, change)
    with pytest.raises(Trouble, match=r"store\.not_a_backup"):
        schema.restore(file, tmp_path / "again")
    assert not (tmp_path / "again").exists()
    assert not list(tmp_path.glob(".again*"))


@pytest.mark.parametrize("cut", [0, 1, 100, 5000])
def test_a_backup_that_is_cut_short_is_refused(real, tmp_path, cut) -> None:
    store, _, _ = real
    file = tmp_path / "b"
    schema.back_up(store, file)
    file.write_bytes(file.read_bytes()[:-5000] if cut == 5000 else file.read_bytes()[: cut or 0])
    with pytest.raises(Trouble, match=r"store\.not_a_backup"):
        schema.restore(file, tmp_path / "again")


def test_a_damaged_database_is_not_taken_for_a_backup(real, tmp_path) -> None:
    store, _, _ = real
    file = tmp_path / "b"
    schema.back_up(store, file)
    good = file.read_bytes()
    store.close()
    data = bytearray((store.folder / "gemba.db").read_bytes())
    data[20 * 4096 + 7] ^= 1
    (store.folder / "gemba.db").write_bytes(data)
    with pytest.raises(Trouble, match=r"store\.broken"):
        schema.back_up(store, file)
    assert file.read_bytes() == good  # the last good one is still there
