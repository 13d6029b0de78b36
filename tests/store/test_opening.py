from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from gemba.errors import GembaError, Refusal, Trouble
from gemba.store import connecting, opening
from gemba.store.opening import create, exists, open_store
from gemba.wording import sentence


def code_of(work) -> str:
    with pytest.raises(GembaError) as raised:
        work()
    return raised.value.code


def test_a_new_store_opens_again_as_the_same(tmp_path, key, time) -> None:
    assert not exists(tmp_path / "new")
    made = create(tmp_path / "new", key, clock=time, device_name="Laptop 7", role="headquarters", reserve=0)
    made.close()
    assert exists(tmp_path / "new")
    again = open_store(tmp_path / "new", key, clock=time, reserve=0)
    assert (again.device.id, again.device.epoch) == (made.device.id, made.device.epoch)
    assert (again.device.name, again.device.role) == ("Laptop 7", "headquarters")
    assert len(again.device.code) == 6
    assert again.device.recipient.startswith("age1")
    assert all((tmp_path / "new" / name).is_dir() for name in opening.FOLDERS)
    again.close()


def test_the_settings_that_keep_what_was_acknowledged_are_on(store) -> None:
    wanted = {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "busy_timeout": 5000,
        "temp_store": 2,
        "cache_size": -131072,
        "secure_delete": 1,
        "trusted_schema": 0,
    }
    with store.exclusive() as connection:
        found = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in wanted}
    assert found == wanted
    with store.reader() as reader:
        assert reader.connection.exec_driver_sql("PRAGMA query_only").scalar() == 1


def test_nothing_readable_reaches_the_disk(store, records) -> None:
    draft = records.begin(store)
    records.answer(store, draft, "/data/secret_path", "Mr Smith complains loudly")
    store.evidence.keep(b"Mr Smith complains loudly" * 100)
    files = [file for file in store.folder.rglob("*") if file.is_file()]
    assert {"gemba.db", "gemba.db-wal"} <= {file.name for file in files}
    for file in files:
        data = file.read_bytes()
        assert b"Smith" not in data
        assert b"secret_path" not in data
        assert b"SQLite format" not in data


def test_a_store_is_not_made_over_another(folder, key, time) -> None:
    assert code_of(lambda: create(folder, key, clock=time, device_name="x")) == "store.exists_already"


def test_no_store_is_said(tmp_path, key, time) -> None:
    assert code_of(lambda: open_store(tmp_path, key, clock=time)) == "store.no_store"


def test_a_wrong_key_is_said_and_harms_nothing(folder, key, time) -> None:
    before = (folder / "gemba.db").read_bytes()
    assert code_of(lambda: open_store(folder, bytes(32), clock=time)) == "store.wrong_key"
    assert (folder / "gemba.db").read_bytes() == before
    open_store(folder, key, clock=time, reserve=0).close()


@pytest.mark.parametrize("data", [b"", b"not a database at all, but long enough" * 300])
def test_a_file_that_is_no_database_is_said(folder, key, time, data) -> None:
    (folder / "gemba.db").write_bytes(data)
    assert code_of(lambda: open_store(folder, key, clock=time)) in {"store.wrong_key", "store.broken"}
    assert (folder / "gemba.db").read_bytes() == data


def test_a_damaged_store_is_not_sent_to_a_check_that_cannot_open_it(folder, key, time) -> None:
    (folder / "gemba.db").write_bytes(b"")
    with pytest.raises(Trouble) as trouble:
        open_store(folder, key, clock=time)
    words = sentence(trouble.value)
    assert "gemba check" not in words
    assert "gemba restore --overwrite" in words
    assert "kept" in words


def test_a_store_of_a_newer_program_is_said_and_not_touched(folder, key, time) -> None:
    connection = connecting.connect(folder / "gemba.db", key)
    connection.execute("UPDATE alembic_version SET version_num = '0999'")
    connection.close()
    with pytest.raises(Trouble) as trouble:
        open_store(folder, key, clock=time)
    assert (trouble.value.code, trouble.value.facts["theirs"]) == ("store.newer", "0999")
    assert list((folder / "safety").iterdir()) == []


def test_an_old_sqlite_is_refused() -> None:
    assert code_of(lambda: connecting.refuse_old_sqlite((3, 51, 2))) == "store.old_sqlite"
    connecting.refuse_old_sqlite((3, 51, 3))
    connecting.refuse_old_sqlite()


def test_another_program_that_writes_for_too_long_is_said(store, folder, key, records) -> None:
    draft = records.begin(store)
    with store.exclusive() as connection:
        connection.exec_driver_sql("PRAGMA busy_timeout=50")
    other = connecting.connect(folder / "gemba.db", key)
    other.execute("BEGIN IMMEDIATE")
    assert code_of(lambda: records.answer(store, draft, "/data/a", "1")) == "store.locked"
    other.execute("ROLLBACK")
    other.close()
    records.answer(store, draft, "/data/a", "1")


READ_ONLY = """
import os, sys
from datetime import UTC, datetime
from pathlib import Path
from gemba.errors import GembaError
from gemba.store import opening
import sqlalchemy.dialects.sqlite, pyrage, cryptography.hazmat.primitives.asymmetric.ed25519
folder = Path(sys.argv[1])
if os.geteuid() == 0:
    os.setgid(65534); os.setuid(65534)  # root may write anywhere
for work in (
    lambda: opening.open_store(folder, bytes(range(32)), clock=lambda: datetime.now(UTC)),
    lambda: opening.create(folder / "new", bytes(32), clock=lambda: datetime.now(UTC), device_name="x"),
):
    try:
        work()
    except GembaError as error:
        print(error.code)
"""


@pytest.mark.skipif(os.name != "posix", reason="rights are set as on POSIX")
def test_a_read_only_folder_is_said(prepared, key, time) -> None:
    import tempfile

    place = Path(tempfile.mkdtemp())  # where another account may look
    folder = Path(shutil.copytree(prepared, place / "store"))
    place.chmod(0o755)
    for file in [folder, *folder.rglob("*")]:
        file.chmod(0o555 if file.is_dir() else 0o444)
    try:
        done = subprocess.run([sys.executable, "-c", READ_ONLY, folder], capture_output=True, text=True, check=True)
        assert done.stdout.split() == ["store.read_only", "store.read_only"], done.stderr
    finally:
        for file in [folder, *folder.rglob("*")]:
            file.chmod(0o755)
        shutil.rmtree(place)


def test_opening_loads_neither_alembic_nor_the_orm(folder) -> None:
    code = (
        "import sys; from datetime import UTC, datetime; from pathlib import Path; from gemba.store import opening\n"
        f"folder, clock = Path({str(folder)!r}), lambda: datetime.now(UTC)\n"
        "opening.open_store(folder, bytes(range(32)), clock=clock, reserve=0).close()\n"
        "print([name for name in ('alembic', 'sqlalchemy.orm', 'pandas', 'keyring', 'argon2') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_making_that_was_cut_short_leaves_room_for_another(tmp_path, key, time) -> None:
    (tmp_path / "gemba.db.new").write_bytes(b"half")
    create(tmp_path, key, clock=time, device_name="x", reserve=0).close()
    assert not (tmp_path / "gemba.db.new").exists()


def test_a_reader_cannot_write(store) -> None:
    from sqlalchemy import text

    with pytest.raises(Trouble, match=r"store\.read_only"), store.reader() as reader:
        reader.connection.execute(text("DELETE FROM setting"))


def test_exceptions_of_the_caller_pass_unchanged(store, records) -> None:
    with pytest.raises(Refusal, match="their own"), store.unit(records.uid()):
        raise Refusal("their own")
    with pytest.raises(FileNotFoundError), store.reader():
        Path("/nowhere/at/all").read_bytes()


@pytest.mark.skipif(os.name == "nt", reason="rights of folders are otherwise there")
def test_nobody_else_can_copy_keys_and_records(tmp_path, key, time) -> None:
    made = create(tmp_path / "deep" / "store", key, clock=time, device_name="Laptop", reserve=0)
    made.close()
    assert (tmp_path / "deep" / "store").stat().st_mode & 0o077 == 0
