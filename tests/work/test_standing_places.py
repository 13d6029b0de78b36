"""Whatever names a place finds the one in which it goes on: every noun with a place, derived from the domain."""

from __future__ import annotations

import types
from datetime import date, datetime
from enum import Enum
from typing import Any, Union, get_args, get_origin

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.work.conftest import template_of

from gemba.domain.decisions import Boundary, Decision
from gemba.domain.goals import Goal
from gemba.domain.new_work import BELONGS
from gemba.domain.nouns import BLOB_FIELDS, NAMES, NOUNS
from gemba.domain.places import Place
from gemba.domain.process_maps import GoAndSee
from gemba.domain.programmes import Programme, Schedule
from gemba.domain.walks import Route, RouteStop
from gemba.errors import Refusal
from gemba.store import (
    audit_lists,
    commitment_lists,
    complaint_lists,
    decision_lists,
    escalation_lists,
    lists,
    meeting_lists,
    pattern_lists,
    register_lists,
    review_lists,
    rotation_lists,
    walk_lists,
)
from gemba.store.checking import check
from gemba.store.follow_cells import site_of
from gemba.store.list_filters import places_below
from gemba.store.list_of import ListOf
from gemba.store.standing_places import PLACE_FIELDS
from gemba.store.tables import REFERENCES
from gemba.work import bodies, boundaries, conduct, decisions, goals, programmes, route_stops, routes
from gemba.work.go_and_see import raise_alert
from gemba.work.place_merging import merge_place, part_place
from gemba.work.places import add_place
from gemba.work.raise_finding import raise_finding
from gemba.work.take_back import take_back

WITH_PLACES = sorted(noun for noun, fields in PLACE_FIELDS.items() if fields and noun != "place")
ASK = [noun for noun in WITH_PLACES if noun not in BELONGS]


@pytest.fixture
def towns(desk):
    return [add_place(desk, name).uid for name in ("Old town", "New town", "Third town")]


def get(desk, noun, uid):
    with desk.reader() as reader:
        return reader.get(noun, uid)


class Maker:
    """Makes a record of any noun, with those that it names, as little as its fields ask for."""

    def __init__(self, desk, unit) -> None:
        self._desk, self._unit = desk, unit

    def make(self, noun: str, place: str, **said: Any) -> Any:
        """A record that stands at a place; it is not kept yet."""
        kind, values = NOUNS[noun], {"uid": self._desk.ids(), **said}
        for info in msgspec.structs.fields(kind):
            if info.name in values:
                continue
            named = REFERENCES[noun].get(info.name)
            if named == "place" and info.name in PLACE_FIELDS[noun]:
                values[info.name] = place
            elif info.name in BLOB_FIELDS.get(noun, ()):
                values[info.name] = ""
            elif info.required:
                values[info.name] = self._named(named, place) if named else _least(info.type)
        return kind(**values)

    def _named(self, noun: str, place: str) -> str:
        noun = str(noun)
        found = self._unit.find(NOUNS[noun])
        return found[0].uid if found else self._unit.put(self.make(noun, place)).uid


def _least(kind: Any) -> Any:
    """The least value of a type."""
    if get_origin(kind) in {Union, types.UnionType}:
        kind = next(one for one in get_args(kind) if one is not type(None))
    plain = get_origin(kind) or kind
    if isinstance(plain, type) and issubclass(plain, Enum):
        return next(iter(plain))
    return {
        str: "x",
        int: 1,
        float: 1.0,
        bool: False,
        dict: {},
        tuple: (),
        datetime: datetime.fromisoformat("2026-03-02T08:00:00+00:00"),
        date: date(2026, 3, 2),
    }[plain]


@pytest.mark.parametrize("noun", ASK)
def test_new_work_of_every_noun_stands_where_its_place_goes_on_and_what_stood_before_stays(desk, towns, noun) -> None:
    old, new, third = towns
    kind, field = NOUNS[noun], PLACE_FIELDS[noun][0]
    with desk.unit() as unit:
        before = unit.put(Maker(desk, unit).make(noun, old))
    merge_place(desk, old, new)
    with desk.unit() as unit:
        after = unit.put(Maker(desk, unit).make(noun, old))
        kept = unit.keep(Maker(desk, unit).make(noun, old))
        elsewhere = unit.put(Maker(desk, unit).make(noun, third))
        moved = unit.change(kind, elsewhere.uid, **{field: old})
    assert [getattr(one, field) for one in (before, after, kept, elsewhere, moved)] == [old, new, new, third, new]
    assert get(desk, kind, before.uid) == before
    assert [getattr(get(desk, kind, one.uid), field) for one in (after, kept, moved)] == [new] * 3
    with desk.unit() as unit:
        assert unit.change(kind, before.uid, **{field: old}) == before
    with desk.reader() as reader:
        here = {one.uid for one in reader.find(kind) if getattr(one, field) in places_below(reader, (new,))}
    assert {before.uid, after.uid, kept.uid, moved.uid} <= here
    assert not check(desk.store)


@pytest.mark.parametrize("noun", [one for one in ASK if one != "complaint"])
def test_many_at_once_do_so_too(desk, towns, noun) -> None:
    old, new, third = towns
    merge_place(desk, old, new)
    merge_place(desk, new, third)
    with desk.unit() as unit:
        maker = Maker(desk, unit)
        some = [maker.make(noun, one) for one in (old, new, third)]
        unit.put_many(some)
    field = PLACE_FIELDS[noun][0]
    assert {getattr(get(desk, NOUNS[noun], one.uid), field) for one in some} == {third}


@pytest.mark.parametrize("noun", sorted(BELONGS))
def test_what_belongs_to_something_stays_where_that_stands(desk, towns, noun) -> None:
    old, new, _ = towns
    with desk.unit() as unit:
        first = Maker(desk, unit).make(noun, old)
    merge_place(desk, old, new)
    with desk.unit() as unit:
        kept = unit.put(Maker(desk, unit).make(noun, old))
    assert kept.place == old
    assert first.place == old
    target = REFERENCES[noun][BELONGS[noun]]
    assert "place" in NOUNS[target].__struct_fields__


def test_whatever_names_a_place_is_told_apart_by_what_it_belongs_to_alone() -> None:
    named = {noun for noun, fields in REFERENCES.items() if "place" in fields.values()} - {"place"}
    assert set(WITH_PLACES) == named
    assert set(BELONGS) <= named
    by_name = {NAMES[kind] for kind in NOUNS.values() if "place" in kind.__struct_fields__}
    assert by_name <= named, "a field that is called place refers to one"


LISTS = [
    one
    for room in (
        *(lists, audit_lists, commitment_lists, complaint_lists, decision_lists, escalation_lists, meeting_lists),
        *(pattern_lists, register_lists, review_lists, rotation_lists, walk_lists),
    )
    for one in vars(room).values()
    if isinstance(one, ListOf) and "place" in one._filters
]


@pytest.mark.parametrize("listed", LISTS, ids=lambda one: one._table.name)
def test_lists_and_counts_of_the_successor_hold_both(desk, towns, listed) -> None:
    old, new, _ = towns
    noun = str(listed._table.name)
    said = {"kind": "walk"} if noun == "assessment" else {}
    with desk.unit() as unit:
        maker = Maker(desk, unit)
        target = noun if PLACE_FIELDS[noun] else "governance_body"
        first = unit.put(maker.make(target, old, **said))
    merge_place(desk, old, new)
    with desk.unit() as unit:
        second = unit.put(Maker(desk, unit).make(target, old, **said))
    assert getattr(second, PLACE_FIELDS[target][0]) == (old if noun in BELONGS else new)
    if target != noun:
        return
    with desk.reader() as reader:
        query = lists.Query(where={"place": (new,)})
        shown = {line.uid for line in listed.first(reader, query)}
        assert {first.uid, second.uid} <= shown
        assert listed.count(reader, query) == len(shown)


def test_goals_boundaries_decisions_bodies_routes_and_alerts_follow(desk, towns) -> None:
    old, new, _ = towns
    core = goals.add(desk, goals.NewGoal(code="CALL", title="Called", statement="We call", need="To know")).uid
    merge_place(desk, old, new)
    adapted = goals.NewAdaptation(
        place=old, statement="We call back", reason="Ships", valid_from=date(2026, 3, 1), valid_to=date(2026, 12, 31)
    )
    assert get(desk, Goal, goals.adapt(desk, core, adapted).uid).place == new
    with pytest.raises(Refusal, match="goal_adapted_already"):
        goals.adapt(desk, core, adapted)
    limit = boundaries.BoundaryDraft(role="Clerk", scenario="Refund", limit=50, unit="EUR", place=old)
    assert get(desk, Boundary, boundaries.set_boundary(desk, limit).uid).place == new
    said = {"title": "Paid back", "role": "Clerk", "place": old, "decided_on": date(2026, 3, 2), "scenario": "Refund"}
    decided = decisions.record(desk, **said, amount=20.0, unit="EUR").uid
    assert get(desk, Decision, decided).place == new
    body = bodies.add(desk, bodies.BodyDraft(title="Council", purpose="Decides", place=old)).uid
    assert get(desk, bodies.GovernanceBody, body).place == new
    route = routes.add_route(desk, routes.RouteDraft(title="Morning", place=old)).uid
    assert get(desk, Route, route).place == new
    stop = route_stops.add_stop(desk, route, route_stops.StopDraft(title="Counter", place=old)).uid
    assert get(desk, RouteStop, stop).place == new
    alert = raise_alert(desk, "Who waits?", place=old).uid
    assert get(desk, GoAndSee, alert).place == new
    programme = programmes.make(desk, programmes.Draft(quarter="2026Q2", place=old)).uid
    assert get(desk, Programme, programme).place == new
    with pytest.raises(Refusal, match="programme_there"):
        programmes.make(desk, programmes.Draft(quarter="2026Q2", place=new))
    with desk.reader() as reader:
        assert not [one for one in reader.find(Schedule) if one.place == old]
        assert site_of(reader)[old] == new


def test_a_chain_that_began_before_goes_on_where_it_is_and_a_correction_stays(desk, towns) -> None:
    old, new, _ = towns
    walk = conduct.start(desk, template_of(desk, "walk").uid, old).uid
    merge_place(desk, old, new)
    finding = raise_finding(desk, walk, grade="major", criterion="Told in time", text="Nobody called").uid
    assert get(desk, NOUNS["finding"], finding).place == old
    with desk.unit() as unit:
        about = unit.get(NOUNS["assessment"], walk)
        again = msgspec.structs.replace(about, uid=desk.ids(), corrects=walk)
        assert unit.put(again).place == old


def test_taking_a_move_back_says_the_old_place_again(desk, towns) -> None:
    old, new, third = towns
    alert = raise_alert(desk, "Who waits?", place=old).uid
    with desk.unit() as unit:
        unit.change(GoAndSee, alert, place=third)
    merge_place(desk, old, new)
    take_back(desk, alert)
    assert get(desk, GoAndSee, alert).place == old


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(steps=st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2), st.booleans()), max_size=8), at=st.integers(0, 2))
def test_whatever_was_merged_and_parted_new_work_never_stands_where_nothing_is_done_any_more(desk, steps, at) -> None:
    towns = [add_place(desk, f"{name} {desk.ids()}").uid for name in ("Old", "New", "Third")]
    for one, other, merges in steps:
        try:
            _ = merge_place(desk, towns[one], towns[other]) if merges else part_place(desk, towns[one])
        except Refusal:
            continue
    alert = raise_alert(desk, "Who waits?", place=towns[at]).uid
    stands = get(desk, Place, get(desk, GoAndSee, alert).place)
    assert stands.merged_into is None
