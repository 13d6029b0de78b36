"""What headquarters says of a record goes to whoever has it: its makers, and those who wrote on what names it."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.hq.conftest import sealed, walk

from gemba.domain.findings import Finding
from gemba.domain.settlements import Settlement
from gemba.hq import intake
from gemba.hq.publishing import publish
from gemba.store.journal import conflicts
from gemba.work import follow_action
from gemba.work.cards import write_card
from gemba.work.contain_finding import contain
from gemba.work.desk import Desk
from gemba.work.settle_conflict import settle
from gemba.work.share_records import share
from gemba.work.take_in import take_in


@pytest.fixture
def colleague(known: None, laptop: Desk, another_laptop: Desk, hq: Desk, queue_photo: bytes, tmp_path: Path) -> Desk:
    """Has a walk of the first laptop from a stick, and added an action to its finding, which headquarters has."""
    audit = walk(laptop, queue_photo)
    stick = tmp_path / "stick"
    stick.mkdir()
    take_in(another_laptop, share(laptop, [audit], another_laptop.store.device.id, stick).file)
    finding = the_finding(another_laptop).uid
    due = another_laptop.clock().date()
    follow_action.add(another_laptop, finding, text="Paint the aisle", owner="Second person", due=due)
    for desk in (laptop, another_laptop):
        for pack in sealed(desk):
            intake.take_in(hq, pack, tmp_path)
    return another_laptop


def the_finding(desk: Desk) -> Finding:
    with desk.reader() as reader:
        [found] = reader.find(Finding)
    return found


def hear(hq: Desk, laptop: Desk, folder: Path) -> None:
    take_in(laptop, publish(hq, folder / "down").file)


def test_who_added_an_action_hears_what_became_of_its_finding(
    laptop: Desk, colleague: Desk, hq: Desk, tmp_path: Path
) -> None:
    finding = the_finding(hq).uid
    contain(laptop, finding, "moved aside")
    contain(hq, finding, "taken away")
    for pack in sealed(laptop):
        intake.take_in(hq, pack, tmp_path)
    with hq.reader() as reader:
        fields = {one.field: one.operations[0] for one in conflicts(reader)}
    assert "contained" in fields
    hear(hq, colleague, tmp_path)
    settle(hq, "finding", finding, fields, "both were asked")
    hear(hq, colleague, tmp_path)
    with colleague.reader() as reader:
        assert list(conflicts(reader)) == []
        assert [one.reason for one in reader.find(Settlement)] == ["both were asked"]
    assert the_finding(colleague) == the_finding(hq)


def test_who_never_had_it_hears_nothing_of_it(hq: Desk, another_laptop: Desk, pack: Path, tmp_path: Path) -> None:
    folder = tmp_path / "card"
    folder.mkdir()
    intake.enrol(hq, write_card(another_laptop, folder).file)
    intake.take_in(hq, pack, tmp_path)
    contain(hq, the_finding(hq).uid, "taken away")
    hear(hq, another_laptop, tmp_path)
    with another_laptop.reader() as reader:
        assert reader.find(Finding) == []
