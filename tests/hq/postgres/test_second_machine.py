"""A second machine over the same database needs two small files and evidence that both reach."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.conftest import Clock, new_uid
from tests.hq.conftest import sealed, walk
from tests.postgres_server import Server

from gemba.hq import intake
from gemba.hq.founding import found
from gemba.store.checking import check
from gemba.work.desk import Desk
from gemba.work.open_desk import open_desk
from gemba.work.take_in import take_in

PHRASE = "a passphrase of tests"


@pytest.fixture
def machines(server: Server, tmp_path: Path, ticking: Clock) -> Iterator[tuple[Path, Path]]:
    name = server.make_database()
    (tmp_path / "evidence").mkdir()
    one, other = tmp_path / "one", tmp_path / "other"
    found(
        one,
        clock=ticking,
        ids=new_uid,
        passphrase=PHRASE,
        database=server.url(name),
        evidence=(tmp_path / "evidence").as_uri(),
    )
    other.mkdir()
    for file in ("keys.json", "headquarters.json"):
        shutil.copy(one / file, other / file)
    yield one, other
    server.drop(name)


def test_what_one_has_taken_in_the_other_holds(
    machines: tuple[Path, Path], desk: Desk, queue_photo: bytes, tmp_path: Path, ticking: Clock
) -> None:
    one, other = machines
    take_in(desk, one / "headquarters.card")
    walk(desk, queue_photo)
    [pack] = sealed(desk)
    said = []
    for folder in (other, one):
        there = open_desk(folder, clock=ticking, ids=new_uid, passphrase=PHRASE)
        taken = intake.take_in(there, pack, tmp_path / folder.name)
        said.append((taken.new, taken.receipt.read_bytes()))
        assert check(there.store) == []
        there.store.close()
    assert [new for new, _ in said] == [True, False]
    assert said[0][1] == said[1][1]
