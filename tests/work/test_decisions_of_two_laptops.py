"""The same log imported on two laptops: one record each, and nothing for people to settle but what truly differs."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
from tests.conftest import new_uid

from gemba.domain.decisions import Decision
from gemba.domain.escalations import Escalation
from gemba.domain.goals import Goal
from gemba.store import conflicts, journal
from gemba.store.checking import check
from gemba.work.decisions import change
from gemba.work.desk import Desk
from gemba.work.import_decisions import import_
from gemba.work.inspect_decisions import inspect
from gemba.work.open_desk import make_desk
from gemba.work.places import add_place

LOG = """Id,Date,Site,Role,Decision,Goal,Contradicts
1,2026-01-13,Harbour,Lead,No call,told,yes
2,2026-01-14,Harbour,Lead,Late,,no
"""


@pytest.fixture
def other(tmp_path: Path, ticking: Callable[[], datetime]) -> Iterator[Desk]:
    desk = make_desk(tmp_path / "other", clock=ticking, ids=new_uid, demo=True, person_name="Second laptop")
    yield desk
    desk.store.close()


def hand(giver: Desk, taker: Desk) -> tuple[object, ...]:
    """Everything of the giver's own journal, as a stick would bring it; gives what is in conflict then."""
    with giver.reader() as reader:
        lines = [json.loads(line) for line in journal.since(reader, reader.device.epoch, 1, 10_000)]
    device = giver.store.device
    with taker.unit() as unit:
        merged = journal.merge(unit, lines, trusted={device.id: device.public_key})
        return tuple(conflicts.differing(unit, merged.conflicts))


def imported(desk: Desk, file: Path) -> None:
    seen = inspect(desk, file, source="till")
    import_(desk, file, seen.reading, seen.plan)


def test_what_both_imported_is_one_and_no_conflict(desk: Desk, other: Desk, tmp_path: Path) -> None:
    add_place(desk, "Harbour")
    with desk.unit() as unit:
        unit.put(
            Goal(
                uid=desk.ids(),
                code="told",
                version=1,
                title="Told",
                statement="We tell you.",
                need="Know",
                valid_from=date(2020, 1, 1),
                made_at=desk.clock(),
                person=desk.person.uid,
            )
        )
    hand(desk, other)
    file = tmp_path / "log.csv"
    file.write_text(LOG, "utf-8")
    imported(desk, file)
    imported(other, file)
    with desk.reader() as reader, other.reader() as there:
        assert {one.uid for one in reader.find(Decision)} == {one.uid for one in there.find(Decision)}
    assert hand(other, desk) == ()
    assert hand(desk, other) == ()
    for each in (desk, other):
        with each.reader() as reader:
            assert len(reader.find(Decision)) == 2
            assert len(reader.find(Escalation)) == 1
            assert conflicts.open_conflicts(reader) == []
        assert check(each.store) == []
    with desk.reader() as reader, other.reader() as there:
        assert reader.find(Decision)[0] == there.get(Decision, reader.find(Decision)[0].uid)


def test_what_people_said_otherwise_is_for_people(desk: Desk, other: Desk, tmp_path: Path) -> None:
    add_place(desk, "Harbour")
    hand(desk, other)
    file = tmp_path / "log.csv"
    file.write_text(LOG.replace(",told,yes", ",,no"), "utf-8")
    for each, title in ((desk, "No call in the morning"), (other, "No call at all")):
        imported(each, file)
        with each.reader() as reader:
            first = reader.find(Decision)[0]
        change(each, first.uid, title=title)
    hand(other, desk)
    with desk.reader() as reader:
        (found,) = conflicts.open_conflicts(reader)
    assert [one.field for one in found.fields] == ["title"]
