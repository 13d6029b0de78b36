"""Rotations, coverage, arrival and the promise ledger, where headquarters keeps its records on PostgreSQL."""

from __future__ import annotations

from pathlib import Path

from tests.conftest import new_uid, ticking_clock
from tests.hq.postgres.test_headquarters_there import PHRASE, database, founded, gemba
from tests.work.conftest import template_of
from tests.work.test_commitments import word
from tests.work.test_rotations import planned

from gemba.hq.intake import take_in as hq_take_in
from gemba.store.commitment_lists import COMMITMENTS, how_many_overdue, kept_already, overdue
from gemba.store.lists import Query
from gemba.store.rotation_lists import ROTATIONS
from gemba.work import commitments, conduct, rotations
from gemba.work.arrival import arrival_facts
from gemba.work.ledger import ledger
from gemba.work.open_desk import make_desk, open_desk
from gemba.work.places import add_place
from gemba.work.rotation_coverage import rotation_coverage
from gemba.work.rotation_proposals import Wish, proposals
from gemba.work.send_pack import seal
from gemba.work.take_in import take_in

__all__ = ["database", "founded", "gemba"]


def test_what_sites_promise_is_listed_counted_and_read_there(founded: Path, tmp_path: Path) -> None:
    laptop = make_desk(tmp_path / "laptop", clock=ticking_clock(), ids=new_uid, demo=True)
    take_in(laptop, founded / "headquarters.card")
    place = add_place(laptop, "Harbour branch").uid
    first, second = planned(laptop, place, days=0), planned(laptop, place, days=3, shift="late")
    rotations.begin(laptop, first)
    conduct.start(laptop, template_of(laptop, "rotation").uid, place)
    rotations.finish(laptop, first)
    kept, still = (commitments.add(laptop, word(laptop, None, rotation=first)).uid for _ in range(2))
    commitments.keep(laptop, kept, "It opens.")
    packs = [laptop.store.folder / "outbox" / f"{sent.sha256}.gemba" for sent in seal(laptop)]
    hq = open_desk(founded, clock=ticking_clock(), ids=new_uid, passphrase=PHRASE)
    for pack in packs:
        hq_take_in(hq, pack, tmp_path / "out")
    with hq.reader() as reader:
        for listed, uids in ((ROTATIONS, {first, second}), (COMMITMENTS, {kept, still})):
            for sort in listed.sorts:
                for descending in (False, True):
                    page = listed.first(reader, Query(sort=sort, descending=descending), limit=1)
                    rest = listed.after(reader, Query(sort=sort, descending=descending), page[-1])
                    assert {line.uid for line in (*page, *rest)} == uids
        assert [one.uid for one in COMMITMENTS.first(reader, Query(where={"state": ("open",)}))] == [still]
        today = reader.clock().date()
        assert (overdue(reader, today), how_many_overdue(reader, today), kept_already(reader)) == ([], 0, [])
    whole = ledger(hq).whole
    assert (whole.kept, whole.in_time, whole.open) == (1, 1, 1)
    made = rotation_coverage(hq, count=2)
    assert [(cell.done, cell.planned) for cell in made.sites[0].cells] == [(0, 0), (1, 1)]
    assert {one.uid for look in arrival_facts(hq, place).looks for one in look.promised} == {kept, still}
    assert proposals(hq, Wish(leaders=(hq.person.uid,)))[0].place == "Harbour branch"
    hq.store.close()
    laptop.store.close()
