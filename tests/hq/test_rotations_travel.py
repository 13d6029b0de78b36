"""The plan of rotations reaches every laptop; what is promised there reaches headquarters and its ledger."""

from __future__ import annotations

from pathlib import Path

from tests.hq.test_escalations_travel import sent
from tests.work.conftest import template_of
from tests.work.test_commitments import word

from gemba.domain.rotations import CommitmentState, RotationState
from gemba.hq import intake
from gemba.hq.publishing import publish
from gemba.store.checking import check
from gemba.store.commitment_lists import COMMITMENTS
from gemba.store.lists import Query
from gemba.store.rotation_lists import ROTATIONS
from gemba.work import commitments, conduct, rotations
from gemba.work.arrival import arrival_facts
from gemba.work.cards import write_card
from gemba.work.desk import Desk
from gemba.work.ledger import ledger
from gemba.work.places import add_place
from gemba.work.rotations import Stint
from gemba.work.take_in import take_in


def test_a_plan_goes_down_and_what_was_promised_comes_up(
    laptop: Desk, another_laptop: Desk, hq: Desk, tmp_path: Path
) -> None:
    site = add_place(laptop, "Harbour").uid
    for one in (laptop, another_laptop):
        intake.enrol(hq, write_card(one, tmp_path / one.store.device.id).file)
        sent(one, hq, tmp_path / "receipts")
    today = hq.clock().date()
    rotation = rotations.plan(
        hq, Stint(leader=laptop.person.uid, place=site, role="Front counter", planned_on=today)
    ).uid
    down = publish(hq, tmp_path / "down").file
    for one in (laptop, another_laptop):
        take_in(one, down)
        with one.reader() as reader:
            assert [line.uid for line in ROTATIONS.first(reader, Query())] == [rotation]

    rotations.begin(laptop, rotation)
    conduct.start(laptop, template_of(laptop, "rotation").uid, site)
    promised = commitments.add(laptop, word(laptop, None, rotation=rotation)).uid
    rotations.finish(laptop, rotation)
    sent(laptop, hq, tmp_path / "receipts")
    with hq.reader() as reader:
        (line,) = COMMITMENTS.first(reader, Query())
        assert (line.uid, line.place, line.state) == (promised, "Harbour", "open")
        assert [each.state for each in ROTATIONS.first(reader, Query())] == [RotationState.DONE.value]
    assert ledger(hq).whole.open == 1
    assert [one.uid for look in arrival_facts(hq, site).looks for one in look.promised] == [promised]

    commitments.keep(hq, promised, "A second counter opens.")
    take_in(laptop, publish(hq, tmp_path / "down").file)
    with laptop.reader() as reader:
        assert COMMITMENTS.first(reader, Query())[0].state == CommitmentState.KEPT.value
    for one in (laptop, another_laptop, hq):
        assert check(one.store) == []
