"""What goes wrong with a server is said in one sentence, and nothing that was acknowledged is lost."""

from __future__ import annotations

import pytest
from psycopg import errors
from sqlalchemy import create_engine, text
from tests.postgres_server import programs, running
from tests.store.conftest import KEY

from gemba.domain.assessments import Answer
from gemba.errors import Trouble
from gemba.store import elsewhere, opening, postgres
from gemba.store.checking import check
from gemba.store.troubles import code_of
from gemba.wording import sentence


def _database(store) -> str:
    return elsewhere.read(store.folder).database.rpartition("/")[2]


def _change_while_it_dies(store, person, answer, server) -> None:
    with store.unit(person) as unit:
        unit.change(Answer, answer, value="never acknowledged")
        server.kill()


def test_a_server_that_stops_in_the_middle_loses_nothing_that_was_acknowledged(tmp_path, time, records) -> None:
    if programs() is None:
        pytest.skip("Debian's package postgresql is not installed")
    with running() as server:
        at = elsewhere.of(KEY, server.url(server.make_database()))
        store = opening.create(tmp_path / "hq", KEY, clock=time, device_name="Office", reserve=0, at=at)
        draft = records.begin(store)
        kept = records.answer(store, draft, "/data/a", "acknowledged")
        with pytest.raises(Trouble, match=r"store\.database_gone") as trouble:
            _change_while_it_dies(store, records.person.uid, kept, server)
        assert "does not answer" in sentence(trouble.value)
        with pytest.raises(Trouble, match=r"store\.database_gone"), store.reader() as reader:
            reader.find(Answer)
        server.start_again()
        with store.reader() as reader:
            assert [one.value for one in reader.find(Answer)] == ["acknowledged"]
        assert check(store, files=False) == []
        store.close()


def test_a_writer_that_waits_too_long_says_so(store, records, server, monkeypatch) -> None:
    monkeypatch.setattr(postgres, "_SETTINGS", (*postgres._SETTINGS, "SET lock_timeout = '100ms'"))
    store._writing.dispose()
    other = create_engine(server.url(_database(store)))
    with other.begin() as connection:
        connection.execute(text("SELECT id FROM device FOR UPDATE"))
        with pytest.raises(Trouble, match=r"store\.database_locked"):
            records.begin(store)
    other.dispose()
    records.begin(store)


def test_a_server_that_may_not_be_written_to(store, records, server) -> None:
    name = _database(store)
    server.run(f"ALTER DATABASE {name} SET default_transaction_read_only = on")
    store._writing.dispose()
    with pytest.raises(Trouble, match=r"store\.database_read_only"):
        records.begin(store)
    server.run(f"ALTER DATABASE {name} RESET default_transaction_read_only")
    store._writing.dispose()
    records.begin(store)


def test_a_server_without_room_for_another_connection(store, server) -> None:
    server.run(f"ALTER DATABASE {_database(store)} CONNECTION LIMIT 0", "CREATE ROLE guest LOGIN PASSWORD 'guest'")
    try:
        store._reading.dispose()
        url = f"postgresql+psycopg://guest:guest@127.0.0.1:{server.port}/{_database(store)}"
        elsewhere.write(store.folder, elsewhere.of(KEY, url))
        with pytest.raises(Trouble, match=r"store\.database_busy"):
            opening.open_store(store.folder, KEY, clock=store.clock, reserve=0)
    finally:
        server.run("DROP ROLE guest")


@pytest.mark.parametrize(
    ("state", "code"),
    [
        ("53100", "store.database_full"),
        ("53300", "store.database_busy"),
        ("42501", "store.database_forbidden"),
        ("57P01", "store.database_gone"),
        ("40P01", "store.database_locked"),
        ("XX001", "store.database_damaged"),
        ("23505", None),
        ("42P01", None),
    ],
)
def test_codes_of_the_server_are_told_apart(state, code) -> None:
    assert code_of(errors.lookup(state)("said")) == code
