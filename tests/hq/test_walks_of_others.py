"""A walk that a colleague's stick brought counts as held as soon as a publication says that headquarters has it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from tests.conftest import Clock
from tests.hq.conftest import reopen, sealed, walk

from gemba.domain.assessments import Custody
from gemba.domain.evidence import Evidence
from gemba.domain.findings import FindingGrade
from gemba.hq import intake, publishing_words
from gemba.hq.publishing import publish
from gemba.store import held_of_others, journal, lacking, laptops
from gemba.store.held_of_others import HeldOfOthers
from gemba.store.lists import ASSESSMENTS, Query
from gemba.work.desk import Desk
from gemba.work.raise_finding import raise_finding
from gemba.work.share_records import share
from gemba.work.take_in import take_in


def custody(desk: Desk, uid: str) -> Custody:
    with desk.reader() as reader:
        return next(Custody(line.custody) for line in ASSESSMENTS.first(reader, Query()) if line.uid == uid)


def bring(one: Desk, other: Desk, uid: str, folder: Path) -> None:
    """One laptop's walk goes to another on a stick."""
    stick = folder / "stick"
    stick.mkdir(exist_ok=True)
    take_in(other, share(one, [uid], other.store.device.id, stick).file)


def hear(hq: Desk, laptop: Desk, folder: Path) -> str:
    """A laptop takes the newest publication in; what it says."""
    return take_in(laptop, publish(hq, folder / "down").file).words


@pytest.mark.usefixtures("known")
def test_held_by_the_publication_after_its_own_laptop_sent_it(
    laptop: Desk, another_laptop: Desk, hq: Desk, queue_photo: bytes, tmp_path: Path
) -> None:
    audit = walk(laptop, queue_photo)
    bring(laptop, another_laptop, audit, tmp_path)
    told = hear(hq, another_laptop, tmp_path)
    assert "another laptop brought" not in told
    assert custody(another_laptop, audit) is Custody.ELSEWHERE
    for pack in sealed(laptop):
        intake.take_in(hq, pack, tmp_path)
    assert "Headquarters holds 1 walk that another laptop brought here." in hear(hq, another_laptop, tmp_path)
    assert custody(another_laptop, audit) is Custody.HELD
    assert "another laptop brought" not in hear(hq, another_laptop, tmp_path), "told once"


@pytest.mark.usefixtures("known")
def test_what_comes_later_by_stick_is_not_held_until_it_has_arrived(
    laptop: Desk, another_laptop: Desk, hq: Desk, queue_photo: bytes, tmp_path: Path
) -> None:
    audit = walk(laptop, queue_photo)
    for pack in sealed(laptop):
        intake.take_in(hq, pack, tmp_path)
    hear(hq, another_laptop, tmp_path)
    bring(laptop, another_laptop, audit, tmp_path)
    assert custody(another_laptop, audit) is Custody.HELD, "it was at headquarters before the stick came"
    raise_finding(laptop, audit, grade=FindingGrade.MAJOR, criterion="Light", text="A lamp is out.", evidence=[])
    bring(laptop, another_laptop, audit, tmp_path)
    assert custody(another_laptop, audit) is Custody.ELSEWHERE
    for pack in sealed(laptop):
        intake.take_in(hq, pack, tmp_path)
    hear(hq, another_laptop, tmp_path)
    assert custody(another_laptop, audit) is Custody.HELD


@pytest.mark.usefixtures("known")
def test_a_walk_whose_photo_has_not_arrived_is_not_held(
    laptop: Desk, another_laptop: Desk, hq: Desk, queue_photo: bytes, tmp_path: Path
) -> None:
    audit = walk(laptop, queue_photo)
    bring(laptop, another_laptop, audit, tmp_path)
    for pack in sealed(laptop):
        intake.take_in(hq, pack, tmp_path)
    with another_laptop.reader() as reader:
        [photo] = [one.sha256 for one in reader.find(Evidence, assessment=audit)]
    with hq.unit() as unit:
        lacking.note(unit, [photo], device=laptop.store.device.id, pack="0" * 64)
    hear(hq, another_laptop, tmp_path)
    assert custody(another_laptop, audit) is Custody.ELSEWHERE
    with hq.unit() as unit:
        lacking.arrived(unit, [photo])
    hear(hq, another_laptop, tmp_path)
    assert custody(another_laptop, audit) is Custody.HELD


@pytest.mark.usefixtures("known")
def test_a_walk_that_two_worked_on_is_held_once_both_have_sent(
    laptop: Desk, another_laptop: Desk, hq: Desk, queue_photo: bytes, tmp_path: Path
) -> None:
    audit = walk(laptop, queue_photo)
    bring(laptop, another_laptop, audit, tmp_path)
    raise_finding(
        another_laptop, audit, grade=FindingGrade.MAJOR, criterion="Light", text="A lamp is out.", evidence=[]
    )
    for pack in sealed(another_laptop):
        take_in(another_laptop, intake.take_in(hq, pack, tmp_path).receipt)
    assert custody(another_laptop, audit) is Custody.SENT, "its photo is on the other's laptop still"
    hear(hq, another_laptop, tmp_path)
    assert custody(another_laptop, audit) is Custody.SENT
    for pack in sealed(laptop):
        intake.take_in(hq, pack, tmp_path)
    hear(hq, another_laptop, tmp_path)
    assert custody(another_laptop, audit) is Custody.HELD


@pytest.mark.usefixtures("known")
def test_what_headquarters_has_lost_is_held_no_more(
    laptop: Desk, another_laptop: Desk, hq: Desk, queue_photo: bytes, tmp_path: Path
) -> None:
    audit = walk(laptop, queue_photo)
    bring(laptop, another_laptop, audit, tmp_path)
    epoch, device = laptop.store.device.epoch, laptop.store.device.id
    with another_laptop.unit() as unit:
        assert held_of_others.take(unit, HeldOfOthers({device: {epoch: ((1, 10_000),)}})) == 1
    assert custody(another_laptop, audit) is Custody.HELD
    with another_laptop.unit() as unit:
        assert held_of_others.take(unit, HeldOfOthers({device: {epoch: ((1, 3),)}})) == 0
    assert custody(another_laptop, audit) is Custody.ELSEWHERE


@pytest.mark.usefixtures("known")
def test_a_journal_with_a_gap_is_told_in_stretches(laptop: Desk, hq: Desk, queue_photo: bytes, tmp_path: Path) -> None:
    walk(laptop, queue_photo)
    own = laptop.store.device
    with laptop.reader() as reader:
        lines = list(journal.since(reader, own.epoch, 1, 10**6))
    for first, last in ((0, 9), (12, 14), (9, 12)):
        with hq.unit() as unit:
            journal.merge(unit, lines[first:last], trusted={own.id: own.public_key})
        if first == 12:
            assert told_of(hq, laptop) == ((1, 9), (13, 14))
    assert told_of(hq, laptop) == ((1, 14),)


@pytest.mark.usefixtures("known")
def test_a_journal_whose_numbers_were_given_twice_is_not_told(
    laptop: Desk, hq: Desk, queue_photo: bytes, tmp_path: Path, prepared_store: tuple[Path, bytes], ticking: Clock
) -> None:
    shutil.copytree(laptop.store.folder, tmp_path / "clone")
    clone = reopen(tmp_path / "clone", prepared_store[1], ticking)
    for one, number in ((laptop, 0), (clone, 1)):
        walk(one, queue_photo + bytes([number]), site=f"Site {number}")
        for pack in sealed(one):
            intake.take_in(hq, pack, tmp_path)
    clone.store.close()
    assert told_of(hq, laptop) is None


def told_of(hq: Desk, laptop: Desk) -> tuple[tuple[int, int], ...] | None:
    """What headquarters would publish now of a laptop's journal."""
    with hq.reader() as reader:
        said = publishing_words.held_of_all(reader, laptops.stretches(reader))
    return said.journals.get(laptop.store.device.id, {}).get(laptop.store.device.epoch)
