from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from gemba.domain.complaints import Complaint, Severity
from gemba.domain.decisions import Decision
from gemba.domain.measures import Measure, MeasureSort, Signal
from gemba.domain.people import Person
from gemba.domain.places import Level, Place
from gemba.domain.programmes import Audit, AuditState
from gemba.store import own_decisions
from gemba.store.audit_lists import AUDITS, OVERDUE
from gemba.store.list_of import Query
from gemba.store.site_signs import signs

pytestmark = pytest.mark.on_both
TODAY = date(2026, 3, 2)


@pytest.fixture
def world(store, records):
    """A region with two sites, two people, and audits before and after today."""
    region = Place(uid=records.uid(), name="North", level=Level.REGION)
    sites = [Place(uid=records.uid(), name=name, parent=region.uid) for name in ("Harbour", "Hill")]
    second = Person(uid=records.uid(), name="Second")
    with store.unit(records.person.uid) as unit:
        for one in (records.person, region, *sites, second):
            unit.put(one)
        for at, days in enumerate((-20, -5, 0, 30)):
            day = TODAY + timedelta(days)
            unit.put(
                Audit(
                    uid=records.uid(), number=f"Q-TEST-{at:04d}", title=f"Audit {at}", place=sites[at % 2].uid,
                    quarter="2026-Q1", begins=date(2026, 1, 1), ends=date(2026, 3, 31), planned_on=day,
                    due=day + timedelta(10) if at == 1 else None, auditor=records.person.uid,
                    second=second.uid if at == 3 else None, risk=float(at) if at else None,
                    state=AuditState.OPEN if at == 2 else AuditState.PLANNED,
                    made_at=records.time(), person=records.person.uid,
                )
            )  # fmt: skip
    return {"region": region, "sites": sites, "second": second}


def numbers(store, limit=100, **asked):
    query = Query(**asked)
    with store.reader() as reader:
        found = AUDITS.first(reader, query, limit)
        while len(found) % limit == 0 and found and limit < 100:
            more = AUDITS.after(reader, query, found[-1], limit)
            if not more:
                break
            found += more
    return [int(line.number[-1]) for line in found]


def test_what_is_past_its_last_day_is_overdue_and_what_has_grace_is_not(store, world) -> None:
    assert numbers(store, where={"state": (OVERDUE,)}) == [0]
    assert numbers(store, where={"state": ("planned",)}) == [1, 3]
    assert numbers(store, where={"state": ("open",)}) == [2]
    with store.reader() as reader:
        (line,) = AUDITS.first(reader, Query(where={"state": (OVERDUE,)}))
        assert (line.place, line.auditor, line.second) == ("Harbour", "Ana", "")


@pytest.mark.parametrize("sort", AUDITS.sorts)
@pytest.mark.parametrize("descending", [False, True])
def test_pages_follow_each_other_in_every_sort(store, world, sort, descending) -> None:
    whole = numbers(store, sort=sort, descending=descending)
    assert sorted(whole) == [0, 1, 2, 3]
    assert numbers(store, 1, sort=sort, descending=descending) == whole


def test_a_place_counts_with_what_lies_below_it(store, world) -> None:
    assert numbers(store, where={"place": (world["region"].uid,)}) == [0, 1, 2, 3]
    assert numbers(store, where={"place": (world["sites"][0].uid,)}) == [0, 2]
    assert numbers(store, where={"auditor": (world["second"].uid,)}) == []


def test_signs_and_own_decisions_are_counted_alike_wherever_the_store_lies(store, records, world) -> None:
    site, me, made = world["sites"][0].uid, records.person.uid, {"person": records.person.uid}
    now = datetime(2026, 2, 1, tzinfo=UTC)
    measure = Measure(uid=records.uid(), code="m", title="M", sort=MeasureSort.VALUES, place=site, made_at=now, **made)
    days = (date(2025, 11, 1), date(2026, 1, 5), date(2026, 2, 1))
    with store.unit(me) as unit:
        unit.put(measure)
        unit.put(
            Signal(
                uid=records.uid(), measure=measure.uid, rule="n1", begins=TODAY, seen=TODAY, value=1,
                raised_at=now, **made,
            )
        )  # fmt: skip
        for severity in (Severity.LOW, Severity.HIGH, Severity.CRITICAL):
            unit.put(
                Complaint(
                    uid=records.uid(), number="K", source="hand", key=severity, received_at=now, place=site, words="x",
                    severity=severity, recorded_at=now, **made,
                )
            )  # fmt: skip
        for at, day in enumerate(days):
            unit.put(
                Decision(
                    uid=records.uid(), number=f"D{at}", title="d", role="Lead", place=site, decided_on=day,
                    source="crm" if at == 2 else "", key=str(at), recorded_at=now, **made,
                )
            )  # fmt: skip
    places = {one.uid: one.uid for one in world["sites"]}
    with store.reader() as reader:
        found = {one.site: one for one in signs(reader, "2026-Q1", places)}[site]
        quarter = (me, site, date(2026, 1, 1), date(2026, 3, 31))
        assert (found.open_signals, found.complaints, found.severe, found.decisions) == (1, 3, 2, 2)
        assert found.decisions_before == 0.25
        assert own_decisions.taken_at(reader, *quarter) == 1
        assert own_decisions.imported_at(reader, *quarter) == 1
        assert own_decisions.roles_at(reader, me, world["region"].uid) == {"Lead"}
        assert own_decisions.roles_decided(reader, *quarter[1:]) == {"Lead"}
