"""Photos of after come when the walk was concluded, sealed and held long ago, and reach headquarters all the same."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from tests.hq.test_escalations_travel import sent
from tests.work.conftest import template_of

from gemba.domain.actions import Action
from gemba.domain.assessments import Assessment, AssessmentState
from gemba.domain.findings import Finding, FindingGrade
from gemba.hq import intake
from gemba.store.checking import check
from gemba.work import conduct, follow_action
from gemba.work.attach_evidence import attach
from gemba.work.cards import write_card
from gemba.work.contain_finding import contain
from gemba.work.desk import Desk
from gemba.work.photo_pairs import add_after, pairs_of
from gemba.work.places import add_place
from gemba.work.raise_finding import raise_finding


def test_a_pair_is_whole_at_headquarters(
    laptop: Desk, hq: Desk, tmp_path: Path, queue_photo: bytes, sideways_photo: bytes
) -> None:
    site = add_place(laptop, "Harbour").uid
    intake.enrol(hq, write_card(laptop, tmp_path / "card").file)
    walk = conduct.start(laptop, template_of(laptop, "walk").uid, site).uid
    photo = attach(laptop, walk, queue_photo, "before.jpg").uid
    finding = raise_finding(
        laptop, walk, grade=FindingGrade.MAJOR, criterion="Ten minutes", text="They waited", evidence=[photo]
    ).uid
    due = laptop.clock().date() + timedelta(days=7)
    action = follow_action.add(laptop, finding, text="Open a counter", owner="Lead", due=due).uid
    with laptop.unit() as unit:
        unit.change(Assessment, walk, state=AssessmentState.CONCLUDED, concluded_at=laptop.clock())
    sent(laptop, hq, tmp_path / "receipts")

    add_after(laptop, action, sideways_photo, "after.jpg")
    contain(laptop, finding, "A second counter was opened")
    sent(laptop, hq, tmp_path / "receipts")
    with hq.reader() as reader:
        (pair,) = pairs_of(reader, next(iter(reader.many(Action, [action]))))
        assert (pair.before and pair.before.name, pair.after and pair.after.name) == ("before.jpg", "after.jpg")
        (there,) = reader.many(Finding, [finding])
        assert there.contained == "A second counter was opened"
    assert pair.after is not None
    assert hq.store.evidence.read(pair.after.sha256) == sideways_photo
    assert [check(one.store) for one in (laptop, hq)] == [[], []]
