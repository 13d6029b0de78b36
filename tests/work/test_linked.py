"""Whether records that are named are still there."""

from __future__ import annotations

from tests.work.auditing import promise
from tests.work.following import analysis, keep

from gemba.work import conduct
from gemba.work.attach_evidence import attach, remove, restore
from gemba.work.desk import Desk
from gemba.work.erase import erase
from gemba.work.linked import Linked, evidence, linked


def test_records_are_here_erased_taken_away_or_missing(desk: Desk, audit: str, queue_photo: bytes) -> None:
    goal, told = promise(desk), analysis(desk, 3)
    keep(desk, told)
    photo = attach(desk, audit, queue_photo, "queue.jpg").uid
    links = [f"goal:{goal}", f"cause_analysis:{told.uid}", f"evidence:{photo}", "goal:nowhere", "nothing:x", ""]
    with desk.reader() as reader:
        assert [linked(reader, links).get(link) for link in links] == [
            *(Linked.HERE, Linked.HERE, Linked.HERE),
            *(Linked.MISSING, Linked.MISSING, None),
        ]
        assert evidence(reader, links) == frozenset(links[:3])
    erase(desk, "cause_analysis", told.uid, "Asked for")
    remove(desk, photo)
    with desk.reader() as reader:
        found = linked(reader, links)
        assert (found[links[1]], found[links[2]]) == (Linked.ERASED, Linked.TAKEN_AWAY)
        assert evidence(reader, links) == frozenset(links[:1])
    restore(desk, photo)
    with desk.reader() as reader:
        assert links[2] in evidence(reader, links)
    assert conduct.open_sheet(desk, audit).evidence
