"""Taking in: the same bytes for the same pack whoever races, and a sentence for whatever is wrong with one."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest
from tests.conftest import Clock, new_uid
from tests.hq.conftest import Packs, sealed, walk
from tests.hq.strangers import KEY, packed
from tests.packs.stranger import operation
from tests.postgres_server import Server

from gemba.errors import Refusal
from gemba.hq import intake
from gemba.hq.founding import Senders, found
from gemba.hq.workers import Crew, Recipe, Result
from gemba.store import journal, transit
from gemba.store.checking import check
from gemba.wording import sentence
from gemba.work.desk import Desk
from gemba.work.open_desk import open_desk
from gemba.work.take_in import take_in

PHRASE = "a passphrase of tests"


@pytest.fixture(params=["embedded", "postgres"])
def racing_folder(request: pytest.FixtureRequest, tmp_path: Path, ticking: Clock) -> Iterator[Path]:
    """Headquarters' folder, with the records in it or on a PostgreSQL server."""
    folder = tmp_path / "racing-hq"
    if request.param == "embedded":
        found(folder, clock=ticking, ids=new_uid, name="Meridian", passphrase=PHRASE)
        yield folder
        return
    server: Server = request.getfixturevalue("server")
    name = server.make_database()
    found(folder, clock=ticking, ids=new_uid, name="Meridian", passphrase=PHRASE, database=server.url(name))
    yield folder
    server.drop(name)


def test_of_a_stranger_whose_first_pack_is_refused_nothing_is_known(hq: Desk, tmp_path: Path) -> None:
    with pytest.raises(Refusal, match=r"store\.unknown_noun"):
        intake.take_in(hq, packed(hq, tmp_path, "1-1", operation(KEY, 1, noun="spaceship")), tmp_path)
    with hq.reader() as reader:
        assert transit.correspondents(reader) == []
    intake.take_in(hq, packed(hq, tmp_path, "1-1", operation(KEY, 1)), tmp_path)
    with hq.reader() as reader:
        assert [one.id for one in transit.correspondents(reader)] == [KEY.id]


def test_several_processes_take_in_the_same_and_other_packs(
    racing_folder: Path, desk: Desk, queue_photo: bytes, tmp_path: Path, ticking: Clock
) -> None:
    take_in(desk, racing_folder / "headquarters.card")
    made: list[Path] = []
    for number in range(3):  # each holds what the ones before hold, too: no receipt has come back
        walk(desk, queue_photo + bytes([number]), site=f"Site {number}")
        made += sealed(desk)
    crew = Crew(Recipe(racing_folder, PHRASE), 3)
    try:
        tried = [
            (pack, crew.begin(pack, tmp_path / f"out{number}"))
            for number, pack in enumerate(pack for pack in made for _ in range(3))
        ]
        outcomes = [(pack, future.result(timeout=300)) for pack, future in tried]
    finally:
        crew.close()
    assert {outcome.result for _, outcome in outcomes} <= {Result.TAKEN, Result.KNOWN}, outcomes
    for pack in made:
        signed = [outcome.signed for tried_one, outcome in outcomes if tried_one == pack]
        assert sum(one is not None and one.new for one in signed) <= 1
        assert len({one.receipt.read_bytes() for one in signed if one is not None}) == 1
    hq = open_desk(racing_folder, clock=ticking, ids=new_uid, passphrase=PHRASE)
    try:
        with hq.reader() as reader, desk.reader() as mine:
            device, epoch = desk.store.device.id, desk.store.device.epoch
            here = [bytes(line) for line in journal.since(reader, epoch, 1, 10**6, device=device)]
            assert here == [bytes(line) for line in journal.since(mine, epoch, 1, 10**6)]
            assert transit.ranges_here(reader, device) == {epoch: [[1, len(here)]]}
        assert check(hq.store) == []
    finally:
        hq.store.close()


def refused(take: Callable[[], object]) -> str:
    """The sentence of a refusal."""
    with pytest.raises(Refusal) as caught:
        take()
    words = sentence(caught.value)
    assert not re.search(r"[{}?]", words), words
    return words


def test_a_pack_for_another_headquarters_is_handed_on(
    hq: Desk, another_headquarters_pack: Path, tmp_path: Path
) -> None:
    words = refused(lambda: intake.take_in(hq, another_headquarters_pack, tmp_path))
    assert "sealed for somebody else" in words
    assert another_headquarters_pack.exists()


@pytest.mark.parametrize("share", [0.0, 0.2, 0.5, 0.999])
def test_half_a_pack_changes_nothing(hq: Desk, pack: Path, tmp_path: Path, share: float) -> None:
    half = tmp_path / "half.gemba"
    data = pack.read_bytes()
    half.write_bytes(data[: int(len(data) * share)])
    refused(lambda: intake.take_in(hq, half, tmp_path))
    with hq.reader() as reader:
        assert transit.taken_in(reader, pack.stem) is None
    assert not list(hq.store.evidence.all())


def test_a_pack_from_2099_is_taken_in_and_the_clock_is_told(
    hq: Desk, laptop: Desk, queue_photo: bytes, tmp_path: Path
) -> None:
    ahead = msgspec.structs.replace(laptop, clock=lambda: datetime(2099, 1, 1, tzinfo=UTC))
    walk(ahead, queue_photo)
    taken = intake.take_in(hq, sealed(ahead)[0], tmp_path)
    assert "2099-01-01" in taken.words
    assert "still to come" in taken.words
    with hq.unit() as unit:
        assert unit.clock() < datetime(2030, 1, 1, tzinfo=UTC)


def test_a_pack_from_1970_is_taken_in(hq: Desk, laptop: Desk, queue_photo: bytes, tmp_path: Path) -> None:
    behind = msgspec.structs.replace(laptop, clock=lambda: datetime(1970, 1, 2, tzinfo=UTC))
    walk(behind, queue_photo)
    assert intake.take_in(hq, sealed(behind)[0], tmp_path).new


def test_evidence_that_was_lost_here_comes_back_with_the_same_pack(hq: Desk, pack: Path, tmp_path: Path) -> None:
    first = intake.take_in(hq, pack, tmp_path).receipt.read_bytes()
    shutil.rmtree(hq.store.folder / "evidence")
    again = intake.take_in(hq, pack, tmp_path / "again")
    assert again.receipt.read_bytes() == first
    assert not again.new
    assert check(hq.store) == []


def test_a_stranger_waits_in_quarantine_and_nothing_is_lost(
    tmp_path: Path, ticking: Clock, desk: Desk, queue_photo: bytes
) -> None:
    found(tmp_path / "careful", clock=ticking, ids=new_uid, demo=True, senders=Senders.ENROLLED)
    careful = open_desk(tmp_path / "careful", clock=ticking, ids=new_uid)
    try:
        take_in(desk, tmp_path / "careful" / "headquarters.card")
        walk(desk, queue_photo)
        [pack] = sealed(desk)
        words = refused(lambda: intake.take_in(careful, pack, tmp_path))
        assert "not enrolled" in words
        kept = tmp_path / "careful" / "quarantine" / pack.name
        assert kept.read_bytes() == pack.read_bytes()
        with careful.reader() as reader:
            assert transit.taken_in(reader, pack.stem) is None
    finally:
        careful.store.close()


def test_what_the_laptop_sends_twice_stands_once(hq: Desk, packs: Packs, tmp_path: Path) -> None:
    made = packs(2)
    first = [intake.take_in(hq, pack, tmp_path / "one").operations for pack in made]
    again = [intake.take_in(hq, pack, tmp_path / "two") for pack in reversed(made)]
    assert all(count > 0 for count in first)
    assert [(one.new, one.operations) for one in again] == [(False, 0), (False, 0)]
    for pack in made:
        name = f"{pack.stem}.receipt"
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


def test_a_laptop_takes_no_packs_of_others_as_headquarters(desk: Desk, pack: Path, tmp_path: Path) -> None:
    assert "is a laptop's" in refused(lambda: intake.take_in(desk, pack, tmp_path))


def test_a_day_ahead_is_nothing_to_tell(hq: Desk, laptop: Desk, queue_photo: bytes, tmp_path: Path) -> None:
    soon = msgspec.structs.replace(laptop, clock=lambda: hq.clock() + timedelta(hours=20))
    walk(soon, queue_photo)
    assert "still to come" not in intake.take_in(hq, sealed(soon)[0], tmp_path).words
