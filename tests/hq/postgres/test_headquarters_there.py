"""Headquarters on a PostgreSQL server, by the command line: founded, sent to, proven, and what is said in need."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from tests.cli.conftest import Said
from tests.conftest import new_uid, ticking_clock
from tests.postgres_server import PASSWORD, Server

from gemba.cli.program import run
from gemba.cli.world import World
from gemba.hq.intake import take_in as hq_take_in
from gemba.store.checking import check
from gemba.work.open_desk import make_desk, open_desk
from gemba.work.send_pack import seal
from gemba.work.take_in import take_in

PHRASE = "a passphrase of tests"


@pytest.fixture
def database(server: Server):
    name = server.make_database()
    yield name
    server.drop(name)


@pytest.fixture
def gemba(capsys: pytest.CaptureFixture[str]) -> Callable[..., Said]:
    world = World(clock=ticking_clock(), ids=new_uid, passphrase=PHRASE, window=lambda _: 0, tour=lambda *_: [])

    def type_in(*words: str | Path) -> Said:
        capsys.readouterr()
        code = run([str(word) for word in words], world)
        captured = capsys.readouterr()
        return Said(code, captured.out, captured.err)

    return type_in


@pytest.fixture
def founded(gemba: Callable[..., Said], server: Server, database: str, tmp_path: Path) -> Path:
    folder = tmp_path / "hq"
    made = gemba("hq", "init", "--store", folder, "--database", server.url(database), "--json")
    assert made.code == 0, made.err
    return folder


def test_a_pack_is_taken_in_and_the_store_is_proven(gemba, founded: Path, tmp_path: Path) -> None:
    laptop = make_desk(tmp_path / "laptop", clock=ticking_clock(), ids=new_uid, demo=True)
    take_in(laptop, founded / "headquarters.card")
    (sent,) = seal(laptop)
    file = laptop.store.folder / "outbox" / f"{sent.sha256}.gemba"
    hq = open_desk(founded, clock=ticking_clock(), ids=new_uid, passphrase=PHRASE)
    first = hq_take_in(hq, file, tmp_path / "out")
    again = hq_take_in(hq, file, tmp_path / "out")
    assert (first.new, again.new) == (True, False)
    assert check(hq.store) == []
    hq.store.close()
    laptop.store.close()
    checked = gemba("check", "--store", founded)
    assert checked.code == 0, checked.err


def test_no_password_and_no_secret_of_the_device_can_be_read(founded: Path, server: Server, database: str) -> None:
    kept = json.loads((founded / "headquarters.json").read_text())
    assert PASSWORD not in (founded / "headquarters.json").read_text()
    assert "gemba@127.0.0.1" in kept["database"]
    hq = open_desk(founded, clock=ticking_clock(), ids=new_uid, passphrase=PHRASE)
    secrets = [hq.store.device.identity, hq.store.device._secret.hex()]
    hq.store.close()
    engine = create_engine(server.url(database))
    with engine.connect() as connection:
        row = connection.execute(text("SELECT encode(secret, 'hex') AS secret, identity FROM device")).one()
        identities = connection.scalars(text("SELECT secret FROM identity")).all()
    engine.dispose()
    assert secrets[1] not in row.secret
    assert secrets[0] != row.identity
    assert not any("AGE-SECRET-KEY" in one for one in [row.identity, *identities])


def test_a_database_with_something_in_it_is_refused(gemba, founded, server, database, tmp_path) -> None:
    again = gemba("hq", "init", "--store", tmp_path / "second", "--database", server.url(database))
    assert again.code == 2
    assert "createdb" in again.err
    assert not (tmp_path / "second").exists()


@pytest.mark.parametrize(
    ("password", "database", "exit_code", "words"),
    [
        ("wrong", "postgres", 3, "PGPASSWORD"),
        (PASSWORD, "nothing_of_this_name", 3, "createdb"),
    ],
)
def test_what_cannot_be_reached_is_said_with_the_way_out(
    gemba, server: Server, tmp_path, password, database, exit_code, words
) -> None:
    url = server.url(database, password=password)
    made = gemba("hq", "init", "--store", tmp_path / "hq", "--database", url)
    assert made.code == exit_code
    assert words in made.err
    assert password not in made.err


def test_an_address_that_is_none_is_refused(gemba, tmp_path) -> None:
    for wrong in ("mysql://a:secret@b/c", "nonsense", "postgresql+psycopg://host"):
        made = gemba("hq", "init", "--store", tmp_path / "hq", "--database", wrong)
        assert made.code == 2
        assert "postgresql+psycopg://" in made.err
        assert "secret" not in made.err


def test_the_server_may_move_and_the_password_change(gemba, founded: Path, server: Server, database: str) -> None:
    server.run("ALTER ROLE gemba PASSWORD 'another one'")
    try:
        shut = gemba("check", "--store", founded)
        assert shut.code == 3
        assert "gemba hq database" in shut.err
        other = server.url(database, password="another one")
        moved = gemba("hq", "database", other, "--store", founded, "--json")
        assert moved.code == 0, moved.err
        assert gemba("check", "--store", founded).code == 0
    finally:
        engine_url = server.url("postgres", password="another one")
        engine = create_engine(engine_url, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text(f"ALTER ROLE gemba PASSWORD '{PASSWORD}'"))
        engine.dispose()


def test_a_new_key_is_for_stores_in_a_folder(gemba, founded: Path, monkeypatch) -> None:
    monkeypatch.setenv("GEMBA_NEW_PASSPHRASE", "another passphrase")
    refused = gemba("rekey", "--store", founded)
    assert refused.code == 2
    assert "headquarters.json" not in refused.err
    assert gemba("check", "--store", founded).code == 0


def test_a_backup_names_pg_dump(gemba, founded: Path, tmp_path) -> None:
    made = gemba("backup", "--store", founded, tmp_path / "out")
    assert made.code == 2
    assert "pg_dump" in made.err


def test_a_copy_that_was_brought_back_goes_on_in_a_new_epoch_once(gemba, founded: Path, server: Server) -> None:
    def epoch() -> str:
        desk = open_desk(founded, clock=ticking_clock(), ids=new_uid, passphrase=PHRASE)
        desk.store.close()
        return desk.store.device.epoch

    url = server.url(json.loads((founded / "headquarters.json").read_text())["database"].rpartition("/")[2])
    before = epoch()
    assert gemba("hq", "database", url, "--store", founded).code == 0
    assert epoch() == before
    assert gemba("hq", "database", url, "--restored", "--store", founded).code == 0
    after = epoch()
    assert after != before
    assert epoch() == after  # not at every opening
