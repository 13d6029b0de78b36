"""A headquarters, and laptops with something to send."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from tests.conftest import Clock, new_uid, reopen, ticking_clock
from tests.hq.strangers import enrolled, packed

from gemba.domain.findings import FindingGrade
from gemba.domain.places import Level
from gemba.domain.templates import Template
from gemba.hq import intake
from gemba.hq.founding import Senders, found
from gemba.hq.intake import SignedFor
from gemba.work import conduct, enrolment, follow_action
from gemba.work.attach_evidence import attach
from gemba.work.cards import write_card
from gemba.work.desk import Desk
from gemba.work.open_desk import make_desk, open_desk
from gemba.work.places import add_place
from gemba.work.raise_finding import raise_finding
from gemba.work.send_pack import seal
from gemba.work.take_in import take_in


@pytest.fixture(scope="session")
def prepared_headquarters(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Headquarters' folder, founded once."""
    folder = tmp_path_factory.mktemp("prepared-hq") / "hq"
    found(folder, clock=ticking_clock(), ids=new_uid, name="Meridian", demo=True, senders=Senders.FIRST_USE)
    (folder / "reserve").unlink(missing_ok=True)
    return folder


@pytest.fixture
def hq_folder(prepared_headquarters: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(prepared_headquarters, tmp_path / "hq"))


@pytest.fixture
def hq(hq_folder: Path, ticking: Clock) -> Iterator[Desk]:
    desk = open_desk(hq_folder, clock=ticking, ids=new_uid)
    yield desk
    desk.store.close()


@pytest.fixture
def laptop(desk: Desk, hq_folder: Path) -> Desk:
    """A laptop that knows its headquarters."""
    take_in(desk, hq_folder / "headquarters.card")
    return desk


@pytest.fixture
def another_laptop(tmp_path: Path, hq_folder: Path, ticking: Clock) -> Iterator[Desk]:
    """A second one, with keys of its own."""
    desk = make_desk(tmp_path / "second", clock=ticking, ids=new_uid, demo=True, person_name="Second person")
    take_in(desk, hq_folder / "headquarters.card")
    yield desk
    desk.store.close()


@pytest.fixture
def known(laptop: Desk, another_laptop: Desk, hq: Desk, tmp_path: Path) -> None:
    """Two laptops that know each other and are known at headquarters."""
    """Two laptops that have compared their words, and that headquarters has enrolled."""
    for owner, reader in ((laptop, another_laptop), (another_laptop, laptop)):
        folder = tmp_path / owner.store.device.id
        folder.mkdir()
        card = write_card(owner, folder)
        enrolment.enrol(reader, card.file, card.fingerprint)
        intake.enrol(hq, card.file)


def walk(desk: Desk, photo: bytes, *, region: str = "North", site: str = "Harbour branch") -> str:
    """An assessment with a photo, a finding and an action; its uid."""
    with desk.reader() as reader:
        template = reader.find(Template, kind="area_audit")[0].uid
        known = {place.name: place.uid for place in _places(desk)}
    above = known.get(region) or add_place(desk, region, level=Level.REGION).uid
    place = known.get(site) or add_place(desk, site, parent=above).uid
    audit = conduct.start(desk, template, place).uid
    shown = attach(desk, audit, photo, "queue.jpg").uid
    finding = raise_finding(
        desk, audit, grade=FindingGrade.MAJOR, criterion="Aisles are clear", text="A pallet.", evidence=[shown]
    ).uid
    due = desk.clock().date() + timedelta(days=18)
    follow_action.add(desk, finding, text="Move it", owner="Branch manager", due=due)
    return audit


def _places(desk: Desk) -> list[object]:
    from gemba.domain.places import Place

    with desk.reader() as reader:
        return reader.find(Place)


def sealed(desk: Desk) -> list[Path]:
    """Seal what is not sealed yet; the files."""
    return [desk.store.folder / "outbox" / f"{pack.sha256}.gemba" for pack in seal(desk)]


@pytest.fixture
def pack(laptop: Desk, queue_photo: bytes) -> Path:
    """One pack of the laptop."""
    walk(laptop, queue_photo)
    return sealed(laptop)[0]


Packs = Callable[[int], list[Path]]


@pytest.fixture
def packs(laptop: Desk, queue_photo: bytes) -> Packs:
    """Makes so many packs, one after another."""

    def make(count: int) -> list[Path]:
        made = []
        for number in range(count):
            walk(laptop, queue_photo + bytes([number]), site=f"Site {number}")
            made += sealed(laptop)
        return made

    return make


@pytest.fixture
def another_headquarters_pack(tmp_path: Path, ticking: Clock, queue_photo: bytes) -> Path:
    """A pack that is meant for somebody else."""
    found(tmp_path / "elsewhere", clock=ticking, ids=new_uid, name="Elsewhere", demo=True)
    desk = make_desk(tmp_path / "third", clock=ticking, ids=new_uid, demo=True)
    take_in(desk, tmp_path / "elsewhere" / "headquarters.card")
    walk(desk, queue_photo)
    [file] = sealed(desk)
    desk.store.close()
    return file


__all__ = ["reopen", "sealed", "walk"]


@pytest.fixture
def sent(hq: Desk, tmp_path: Path) -> Callable[..., SignedFor]:
    """Seals and takes in operations with these numbers as the stretch that is said."""
    enrolled(hq)
    return lambda stretch, *lines: intake.take_in(hq, packed(hq, tmp_path, stretch, *lines), tmp_path)
