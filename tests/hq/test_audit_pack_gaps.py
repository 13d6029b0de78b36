"""An audit pack tells what may not have reached headquarters: nobody is to take it for more than it knows."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import msgspec
import pypdfium2
import pytest
from tests.hq.conftest import sealed
from tests.hq.test_status import two_packs_that_build_on_each_other
from tests.work.audit_packing import Opened, walk

from gemba.hq import intake
from gemba.work.audit_pack import MadeAuditPack, make
from gemba.work.audit_pack_choice import Choice
from gemba.work.desk import Desk
from gemba.work.places import add_place

DAY = date(2026, 3, 2)
"""Of the clock that all stores of these tests go by."""


@pytest.fixture
def days_later(hq: Desk) -> Desk:
    return msgspec.structs.replace(hq, clock=lambda: hq.clock() + timedelta(days=9))


def sent_by(laptop: Desk, place: str) -> Path:
    walk(laptop, add_place(laptop, place).uid)
    [file] = sealed(laptop)
    return file


def made_at(hq: Desk, out: Path) -> tuple[MadeAuditPack, Opened]:
    made = make(hq, Choice(first=DAY, last=DAY), out)
    return made, Opened(made.file)


def test_a_laptop_that_sent_nothing_since_is_named_until_it_does(
    hq: Desk, days_later: Desk, laptop: Desk, another_laptop: Desk, tmp_path: Path
) -> None:
    intake.take_in(hq, sent_by(laptop, "Harbour"), tmp_path / "down")
    intake.take_in(hq, sent_by(another_laptop, "Market"), tmp_path / "down")
    made, opened = made_at(hq, tmp_path / "1.zip")
    both = sorted(one.store.device.id for one in (laptop, another_laptop))
    assert opened.statement["not_arrived"] == {
        "headquarters": True,
        "changes": [],
        "laptops": both,
        "packs_waiting": 0,
    }
    assert f"Laptop {both[0]}: nothing arrived after the last day that was chosen" in opened.text
    pages = pypdfium2.PdfDocument(opened.files["binder.pdf"])
    assert "What may not have reached this store" in " ".join(one.get_textpage().get_text_range() for one in pages)
    assert not made.known_whole
    intake.take_in(days_later, sent_by(laptop, "Another"), tmp_path / "down")
    _, opened = made_at(hq, tmp_path / "2.zip")
    assert opened.statement["not_arrived"]["laptops"] == [another_laptop.store.device.id]


def test_changes_that_have_not_arrived_are_counted(
    hq: Desk, days_later: Desk, laptop: Desk, queue_photo: bytes, tmp_path: Path
) -> None:
    intake.take_in(hq, sent_by(laptop, "Before"), tmp_path / "down")
    first, second = two_packs_that_build_on_each_other(hq, laptop, queue_photo, tmp_path)
    intake.take_in(days_later, second, tmp_path / "down")
    made, opened = made_at(hq, tmp_path / "1.zip")
    [gap] = opened.statement["not_arrived"]["changes"]
    missing = gap["last"] - gap["first"] + 1
    assert f"Laptop {laptop.store.device.id}: {missing} changes have not arrived" in opened.text
    assert not made.known_whole
    intake.take_in(days_later, first, tmp_path / "down")
    made, opened = made_at(hq, tmp_path / "2.zip")
    assert "Nothing is known to be missing" in opened.text
    assert made.known_whole


def test_a_laptops_pack_says_that_it_knows_one_laptop(laptop: Desk, tmp_path: Path) -> None:
    sent_by(laptop, "Harbour")
    made, opened = made_at(laptop, tmp_path / "1.zip")
    assert "one laptop's store" in opened.text
    assert not opened.statement["not_arrived"]["headquarters"]
    assert not made.known_whole
