"""Decisions are listed and counted alike in SQLite and in PostgreSQL."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from gemba.domain.decisions import Decision, Standing
from gemba.domain.places import Place
from gemba.store import discretion_counts, opening
from gemba.store.decision_lists import DECISIONS
from gemba.store.lists import Query

DAYS = [date(2025, 12, 31), date(2026, 1, 1), date(2026, 1, 31), date(2026, 2, 1), date(2026, 4, 1)]
ROLES = ["Branch lead", "BRANCH LEAD", "Ärztin", "Cashier", "Cashier"]


@pytest.fixture
def both(store, tmp_path, key, time, records):
    """One store on each side with the same decisions."""
    embedded = opening.create(tmp_path / "laptop", key, clock=time, device_name="Laptop", reserve=0)
    place = Place(uid=records.uid(), name="Harbour")
    some = [
        Decision(
            uid=records.uid(),
            number=f"D-{at}",
            title=f"Decision {at}",
            role=role,
            scenario="refund",
            place=place.uid,
            decided_on=day,
            standing=Standing.BEYOND if at % 2 else Standing.WITHIN,
            expires=date(2026, 3, at + 1) if at else None,
            recorded_at=datetime(2026, 5, 1, tzinfo=UTC),
            person=records.person.uid,
        )
        for at, (day, role) in enumerate(zip(DAYS, ROLES, strict=True))
    ]
    for one in (store, embedded):
        with one.unit(records.person.uid) as unit:
            unit.keep(records.person)
            unit.put(place)
            unit.put_many(some)
    yield store, embedded
    embedded.close()


@pytest.mark.parametrize(
    "query",
    [
        Query(sort="decided_on", descending=True),
        Query(sort="expires"),
        Query(sort="place"),
        Query(where={"quarter": ("2026-Q1",)}, sort="decided_on"),
        Query(where={"quarter": ("2026-01",)}, sort="number"),
        Query(where={"role": ("branch lead",)}),
        Query(where={"role": ("Ärztin",)}),
        Query(where={"standing": ("beyond",), "expires": ("soon", "expired")}),
        Query(search="decision"),
    ],
)
def test_lists_hold_the_same(both, query):
    found = []
    for store in both:
        with store.reader() as reader:
            lines = DECISIONS.first(reader, query)
            assert list(DECISIONS.keys(reader, query)) == [line.id for line in lines]
            found.append([line.uid for line in lines])
    assert found[0] == found[1]
    assert found[0]


def test_counts_are_the_same(both):
    span = date(2026, 1, 1), date(2026, 3, 31)
    months, cases, choices = [], [], []
    for store in both:
        with store.reader() as reader:
            months.append(
                {(one.month, one.role, one.standing): one.count for one in discretion_counts.by_month(reader, *span)}
            )
            cases.append({(one.role, one.standing): one.last for one in discretion_counts.by_case(reader, *span)})
            choices.append(DECISIONS.choices(reader, "quarter"))
    assert months[0] == months[1]
    assert {month for month, _, _ in months[0]} == {"2026-01", "2026-02"}
    assert cases[0] == cases[1]
    assert choices[0] == choices[1]
