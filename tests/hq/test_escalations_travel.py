"""Escalations reach headquarters from every site; tiers that headquarters sets, and what it decides, reach the site."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from tests.hq.conftest import sealed
from tests.work.test_escalations import case, kept, steps

from gemba.domain.escalations import EscalationSort, EscalationState
from gemba.hq import intake
from gemba.hq.publishing import publish
from gemba.store.checking import check
from gemba.store.escalation_lists import ESCALATIONS
from gemba.store.lists import Query
from gemba.work.desk import Desk
from gemba.work.escalation_decisions import Ruling, decide
from gemba.work.escalation_log import hold_review, log_facts
from gemba.work.escalation_moves import step
from gemba.work.escalation_tiers import TierDraft, set_tier
from gemba.work.escalations import escalate
from gemba.work.places import add_place
from gemba.work.take_in import take_in


def sent(desk: Desk, hq: Desk, out: Path) -> None:
    """All that a laptop has goes to headquarters, and the receipt comes back."""
    for pack in sealed(desk):
        told = intake.take_in(hq, pack, out)
        assert told.missing == ()
        take_in(desk, told.receipt)


def test_headquarters_sees_all_sites_and_what_it_decides_comes_back(
    laptop: Desk, another_laptop: Desk, hq: Desk, tmp_path: Path
) -> None:
    first = escalate(laptop, case(add_place(laptop, "Harbour").uid, severity="high")).uid
    step(laptop, first, "The region lent nobody.")
    second = escalate(another_laptop, case(add_place(another_laptop, "Kiosk").uid)).uid
    for one in (laptop, another_laptop):
        sent(one, hq, tmp_path / "receipts")
    with hq.reader() as reader:
        lines = ESCALATIONS.first(reader, Query(where={"state": ("open",)}, sort="due_at"))
    assert {(one.uid, one.place, one.tier) for one in lines} == {(first, "Harbour", 2), (second, "Kiosk", 1)}
    assert steps(hq, first) == steps(laptop, first)

    hold_review(hq)
    decide(hq, first, Ruling(outcome="A second counter from April on.", expires=date(2026, 12, 31)))
    take_in(laptop, publish(hq, tmp_path / "down").file)
    assert kept(laptop, first) == kept(hq, first)
    assert [one.sort.value for one in steps(laptop, first)] == ["raised", "stepped", "looked_at", "decided"]
    assert log_facts(laptop).closed[0].outcome == "A second counter from April on."
    for one in (laptop, another_laptop, hq):
        assert check(one.store) == []


def test_tiers_of_headquarters_apply_at_every_site_from_then_on(
    laptop: Desk, another_laptop: Desk, hq: Desk, tmp_path: Path
) -> None:
    site = add_place(laptop, "Harbour").uid
    before = escalate(laptop, case(site)).uid
    sent(laptop, hq, tmp_path / "receipts")
    sent(another_laptop, hq, tmp_path / "receipts")
    set_tier(hq, TierDraft(sort=EscalationSort.OPERATIONAL, tier=1, owner="Head of service", hours=6))
    down = publish(hq, tmp_path / "down").file
    for one in (laptop, another_laptop):
        take_in(one, down)
    assert kept(laptop, before).owner == "Site lead"
    made = kept(laptop, escalate(laptop, case(site)).uid)
    assert (made.owner, made.state) == ("Head of service", EscalationState.OPEN)
    kiosk = add_place(another_laptop, "Kiosk").uid
    assert kept(another_laptop, escalate(another_laptop, case(kiosk)).uid).owner == "Head of service"
