"""The frame of a sample is the same whichever indexes it is read from."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest
from sqlalchemy import event
from tests.store.conftest import Records

from gemba.domain.decisions import Decision, Standing
from gemba.domain.places import Place
from gemba.store import sample_frames
from gemba.store.opening import Store
from gemba.store.sample_frames import STRATA, Scope

FIRST, DAYS = date(2026, 1, 1), 90
FILTERS = [
    {},
    {"scenario": ("refund", "loan")},
    {"standing": ("beyond",), "role": ("Lead",)},
    {"segment": ("senior",)},
    {"source": ("till",), "role": ("Cashier", "Nobody")},
]


@pytest.fixture
def decisions(store: Store, records: Records) -> list[Decision]:
    records.begin(store)
    chance = random.Random(3)
    towns = [Place(uid=records.uid(), name=f"Town {n}", parent=records.place.uid) for n in range(4)]
    elsewhere = Place(uid=records.uid(), name="Elsewhere")
    some = [_decision(records, chance, n, chance.choice([*towns, *towns, elsewhere]).uid) for n in range(120)]
    with store.unit(records.person.uid) as unit:
        unit.put_many([*towns, elsewhere])
        unit.put_many(some)
    return some


def _decision(records: Records, chance: random.Random, number: int, place: str) -> Decision:
    return Decision(
        uid=f"{chance.getrandbits(128):032x}",
        number=f"D-{number}",
        title="Decided",
        scenario=chance.choice(("refund", "loan", "")),
        role=chance.choice(("Lead", "Cashier")),
        segment=chance.choice(("senior", "")),
        source=chance.choice(("till", "")),
        standing=chance.choice((Standing.WITHIN, Standing.BEYOND)),
        place=place,
        decided_on=FIRST + timedelta(days=chance.randrange(DAYS)),
        recorded_at=records.time(),
        person=records.person.uid,
    )


def _wanted(decisions: list[Decision], scope: Scope, places: set[str]) -> dict[str, str]:
    return {
        one.uid: (getattr(one, scope.strata) or "") if scope.strata else ""
        for one in decisions
        if one.place in places and scope.begins <= one.decided_on <= scope.ends
        if all(getattr(one, field) in values for field, values in scope.filters.items())
    }


@pytest.mark.parametrize("strata", ["", *STRATA])
@pytest.mark.parametrize("filters", FILTERS, ids=lambda filters: "+".join(filters) or "all")
@pytest.mark.parametrize("days", [4, 60, 400], ids=["few", "half", "whole"])
def test_every_frame_holds_what_it_is_asked_for(store, records, decisions, strata, filters, days) -> None:
    scope = Scope(
        place=records.place.uid, begins=FIRST, ends=FIRST + timedelta(days=days), filters=filters, strata=strata
    )
    with store.reader() as reader:
        below = set(sample_frames.below(reader, records.place.uid))
        assert sample_frames.frame(reader, scope) == _wanted(decisions, scope, below)


def test_a_frame_of_most_decisions_reads_no_row(store, records, decisions) -> None:
    asked = []
    with store.reader() as reader:
        event.listen(reader.connection, "before_cursor_execute", lambda *given: asked.append(given[2:4]))
        for strata in ("", *STRATA):
            scope = Scope(place=records.place.uid, begins=FIRST, ends=FIRST + timedelta(days=400), strata=strata)
            assert sample_frames.frame(reader, scope)
        about = [(words, given) for words, given in asked if "FROM decision" in words]
        plans = [
            row[3]
            for words, given in about
            for row in reader.connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {words}", given)
        ]
    assert plans
    assert not [plan for plan in plans if "decision" in plan and " INDEX " in plan and "COVERING" not in plan]
    assert "SCAN decision" not in plans


def test_an_empty_store_has_an_empty_frame(store, records) -> None:
    records.begin(store)
    scope = Scope(place=records.place.uid, begins=FIRST, ends=FIRST + timedelta(days=DAYS), strata="place")
    with store.reader() as reader:
        assert sample_frames.frame(reader, scope) == {}
