"""The list of escalations and the leaders' log, where headquarters keeps its records on PostgreSQL."""

from __future__ import annotations

from pathlib import Path

from tests.conftest import new_uid, ticking_clock
from tests.hq.postgres.test_headquarters_there import PHRASE, database, founded, gemba
from tests.work.test_escalations import case

from gemba.domain.complaint_clock import SOON
from gemba.hq.intake import take_in as hq_take_in
from gemba.store.escalation_lists import (
    ESCALATIONS,
    decisions_run_out,
    how_many_run_out,
    passed_over,
    running_out,
)
from gemba.store.lists import Query
from gemba.work.escalation_decisions import Ruling, decide
from gemba.work.escalation_log import hold_review, log_facts
from gemba.work.escalation_moves import skip
from gemba.work.escalations import escalate
from gemba.work.open_desk import make_desk, open_desk
from gemba.work.places import add_place
from gemba.work.send_pack import seal
from gemba.work.take_in import take_in

__all__ = ["database", "founded", "gemba"]


def test_what_sites_escalate_is_listed_looked_at_and_decided_there(founded: Path, tmp_path: Path) -> None:
    laptop = make_desk(tmp_path / "laptop", clock=ticking_clock(), ids=new_uid, demo=True)
    take_in(laptop, founded / "headquarters.card")
    place = add_place(laptop, "Harbour branch").uid
    first, second = (escalate(laptop, case(place, severity=severity)).uid for severity in ("high", "low"))
    skip(laptop, second, "It is about the region itself.")
    decide(laptop, first, Ruling(outcome="For one day.", expires=laptop.clock().date()))
    packs = [laptop.store.folder / "outbox" / f"{sent.sha256}.gemba" for sent in seal(laptop)]
    hq = open_desk(founded, clock=ticking_clock(), ids=new_uid, passphrase=PHRASE)
    for pack in packs:
        hq_take_in(hq, pack, tmp_path / "out")
    hold_review(hq)
    with hq.reader() as reader:
        for sort in ESCALATIONS.sorts:
            for descending in (False, True):
                page = ESCALATIONS.first(reader, Query(sort=sort, descending=descending), limit=1)
                rest = ESCALATIONS.after(reader, Query(sort=sort, descending=descending), page[-1])
                assert {line.uid for line in (*page, *rest)} == {first, second}
        by_due = ESCALATIONS.first(reader, Query(sort="due_at"))
        assert [(line.uid, line.looked_at) for line in by_due] == [(second, 1), (first, 0)]
        due = ESCALATIONS.first(reader, Query(where={"clock": ("overdue", "due_soon", "expired")}))
        assert due == []
        assert len(ESCALATIONS.first(reader, Query(search="counter"))) == 2
        assert [one.uid for one in running_out(reader, reader.clock() + 40 * SOON)] == [second]
        assert how_many_run_out(reader, reader.clock() + 40 * SOON) == 1
        assert decisions_run_out(reader, reader.clock().date()) == []
        assert [owner for _, owner in passed_over(reader, reader.clock() - SOON)] == ["Regional lead"]
    facts = log_facts(hq)
    assert ([line.uid for line in facts.open], [line.uid for line in facts.closed]) == ([second], [first])
    assert facts.open[0].looked_at == 1
    hq.store.close()
    laptop.store.close()
