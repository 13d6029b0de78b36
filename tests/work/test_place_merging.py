"""A place that goes on in another: new work follows, lists hold both, history keeps the old name."""

from __future__ import annotations

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.conftest import new_uid, ticking_clock
from tests.work.conftest import template_of

from gemba import wording
from gemba.domain.assessments import Assessment
from gemba.domain.findings import Finding, FindingGrade, FindingState
from gemba.domain.places import Level, Place
from gemba.errors import Refusal
from gemba.store.list_filters import places_below
from gemba.store.lists import FINDINGS, Query
from gemba.work import conduct, rotations, time_studies
from gemba.work.action_states import settle
from gemba.work.open_desk import make_desk
from gemba.work.place_merging import goes_on_at, merge_place, name_now, part_place
from gemba.work.places import add_place
from gemba.work.rotations import Stint


@pytest.fixture
def towns(desk):
    return [add_place(desk, name).uid for name in ("Old town", "New town", "Third town")]


def test_new_work_follows_and_what_was_recorded_keeps_its_name(desk, towns):
    old, new, _ = towns
    walk = template_of(desk, "walk").uid
    before = conduct.start(desk, walk, old).uid
    merge_place(desk, old, new)
    after = conduct.start(desk, walk, old).uid
    study = time_studies.begin(desk, "Open an account", old).uid
    stint = Stint(leader=desk.person.uid, place=old, role="Counter", planned_on=date(2026, 3, 4))
    rotation = rotations.plan(desk, stint).uid
    area = add_place(desk, "Counter", level=Level.AREA, parent=old).uid
    with desk.reader() as reader:
        assert reader.get(Assessment, before).place == old
        assert reader.get(Assessment, after).place == new
        assert reader.get(time_studies.TimeStudy, study).place == new
        assert reader.get(rotations.Rotation, rotation).place == new
        assert reader.get(Place, area).parent == new
        assert name_now(reader, old) == "Old town (now New town)"
        assert name_now(reader, new) == "New town"


def test_a_chain_that_is_opened_again_stands_in_the_lists_of_the_successor(desk, towns):
    old, new, _ = towns
    walk = conduct.start(desk, template_of(desk, "walk").uid, old).uid
    with desk.unit() as unit:
        finding = Finding(
            uid=new_uid(),
            number=unit.number(Finding),
            assessment=walk,
            place=old,
            criterion="The counter is open.",
            grade=FindingGrade.MAJOR,
            text="It was closed.",
            state=FindingState.CLOSED,
            raised_at=desk.clock(),
            person=desk.person.uid,
        )
        unit.put(finding)
    merge_place(desk, old, new)
    with desk.unit() as unit:
        unit.change(Finding, finding.uid, state=FindingState.OPEN)
        settle(unit, finding.uid)
    with desk.reader() as reader:
        (line,) = FINDINGS.first(reader, Query(where={"place": (new,), "state": ("open",)}))
        assert line.uid == finding.uid
        assert reader.get(Finding, finding.uid).place == old


def test_a_merger_is_taken_back(desk, towns):
    old, new, third = towns
    with pytest.raises(Refusal, match="place_not_merged"):
        part_place(desk, old)
    merge_place(desk, old, new)
    part_place(desk, old)
    with desk.reader() as reader:
        assert (reader.get(Place, old).merged_into, reader.get(Place, old).parent) == (None, None)
        assert goes_on_at(reader, old).uid == old
    merge_place(desk, old, third)


def test_what_makes_no_sense_is_refused_in_a_sentence(desk, towns):
    old, new, third = towns
    region = add_place(desk, "North", level=Level.REGION).uid
    merge_place(desk, old, new)
    for place, into, words in (
        (
            old,
            old,
            "Old town goes on in the other place already, or is the same; choose another one for it to go on in.",
        ),
        (
            new,
            old,
            "New town goes on in the other place already, or is the same; choose another one for it to go on in.",
        ),
        (third, old, "Old town goes on in New town; choose New town instead."),
        (
            third,
            region,
            "Third town is on the level “site” and North on “region”; a place goes on in one of its own level.",
        ),
    ):
        with pytest.raises(Refusal) as refused:
            merge_place(desk, place, into)
        assert wording.sentence(refused.value) == words


def test_two_laptops_that_merged_crosswise_leave_both_places_at_work(desk, towns):
    old, new, _ = towns
    with desk.unit() as unit:
        unit.change(Place, old, merged_into=new, parent=new)
        unit.change(Place, new, merged_into=old, parent=old)
    with desk.reader() as reader:
        assert goes_on_at(reader, old).uid == old
        assert goes_on_at(reader, new).uid == new
        assert set(places_below(reader, (old,))) == {old, new}


@pytest.fixture(scope="module")
def many(tmp_path_factory):
    desk = make_desk(tmp_path_factory.mktemp("merging") / "store", clock=ticking_clock(), ids=new_uid, demo=True)
    yield desk, [add_place(desk, f"Place {n}").uid for n in range(6)]
    desk.store.close()


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), max_size=8))
def test_whatever_is_merged_new_work_has_one_place_that_holds_all_of_it(many, mergers):
    desk, places = many
    with desk.unit() as unit:
        for uid in places:
            unit.change(Place, uid, merged_into=None, parent=None)
    for one, other in mergers:
        with suppress(Refusal):
            merge_place(desk, places[one], places[other])
    with desk.reader() as reader:
        for uid in places:
            now = goes_on_at(reader, uid)
            assert now.merged_into is None
            assert uid in places_below(reader, (now.uid,))
