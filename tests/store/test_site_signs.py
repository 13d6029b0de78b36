from __future__ import annotations

from datetime import date

import pytest
from tests.work.auditing import another_person, decide, judge, keep, plan_audit, promise

from gemba.domain.decisions import Boundary
from gemba.domain.places import Level
from gemba.store.site_signs import signs
from gemba.work.audit_risk import sites_of
from gemba.work.desk import Desk
from gemba.work.places import add_place

QUARTER = "2026-Q1"


@pytest.fixture
def region(desk: Desk) -> str:
    return add_place(desk, "South", level=Level.REGION).uid


@pytest.fixture
def site(desk: Desk, region: str) -> str:
    return add_place(desk, "Harbour", parent=region).uid


def signs_of(desk: Desk, site: str):
    with desk.reader() as reader:
        found = {one.site: one for one in signs(reader, QUARTER, sites_of(reader, None))}
    return found[site]


def test_of_a_site_nothing_is_known_before_anything_was_recorded(desk: Desk, site: str) -> None:
    none = signs_of(desk, site)
    assert (none.quarters_since, none.decisions, none.judged, none.changes) == (None, 0, 0, 0)


def test_what_lies_below_counts_for_the_site_and_the_region_s_boundary_for_all_its_sites(
    desk: Desk, site: str, region: str
) -> None:
    counter = add_place(desk, "Counter", level=Level.AREA, parent=site).uid
    other = add_place(desk, "Hill").uid
    said = {"scenario": "refund", "title": "Refund", "role": "Lead", "made_at": desk.clock(), "person": desk.person.uid}
    keep(desk, Boundary(uid=desk.ids(), place=region, valid_from=date(2026, 1, 5), **said))
    keep(desk, Boundary(uid=desk.ids(), place=None, valid_from=date(2026, 1, 5), **said))
    keep(desk, Boundary(uid=desk.ids(), place=site, valid_from=date(2025, 1, 5), **said))
    promise(desk, place=site, valid_from=date(2025, 12, 1))
    for day in (date(2026, 1, 10), date(2026, 2, 10)):
        decide(desk, counter, day)
    decide(desk, site, date(2025, 4, 1))
    found, elsewhere = signs_of(desk, site), signs_of(desk, other)
    assert (found.boundaries, found.goals, found.decisions, found.decisions_before) == (1, 1, 2, 0.25)
    assert found.is_volume_new
    assert (elsewhere.boundaries, elsewhere.goals, elsewhere.decisions) == (0, 0, 0)


def test_a_new_decider_counts_where_others_decided_before(desk: Desk, site: str) -> None:
    old, new = another_person(desk, "Old hand"), another_person(desk, "New hand")
    decide(desk, site, date(2026, 1, 10), decider=new)
    assert signs_of(desk, site).deciders == 0, "the site itself is new, not its people"
    decide(desk, site, date(2025, 1, 10), decider=old)
    decide(desk, site, date(2026, 1, 11), decider=old)
    assert signs_of(desk, site).deciders == 1


def test_verdicts_of_the_year_before_count_and_an_audit_of_the_region_is_one_of_the_site(
    desk: Desk, site: str, region: str
) -> None:
    goal, decision = promise(desk), decide(desk, site, date(2025, 8, 1))
    audit = plan_audit(desk, region, "2025-Q3", state="concluded")
    judge(desk, audit, decision, goal, "contrary", handed_in_at=desk.clock())
    later = plan_audit(desk, site, "2026-Q1", state="concluded")
    judge(desk, later, decide(desk, site, date(2026, 1, 3)), goal, handed_in_at=desk.clock())
    found = signs_of(desk, site)
    assert (found.judged, found.aligned, found.quarters_since) == (1, 0, 2)
