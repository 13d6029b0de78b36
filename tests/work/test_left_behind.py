"""What waits for somebody who left is told, and given to somebody else without losing or doubling any of it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.conftest import new_uid, ticking_clock
from tests.work.conftest import template_of

from gemba import wording
from gemba.domain.actions import Action
from gemba.domain.findings import FindingGrade
from gemba.domain.people import Person
from gemba.domain.programmes import Schedule
from gemba.domain.rotations import Commitment
from gemba.domain.walks import Route
from gemba.errors import Refusal
from gemba.work import commitments, conduct, follow_action, rotations, schedules
from gemba.work.commitments import Word
from gemba.work.known_people import link_person
from gemba.work.left_behind import give_on, left_behind
from gemba.work.open_desk import make_desk
from gemba.work.people import leave, open_actions_of, person_named
from gemba.work.places import add_place
from gemba.work.raise_finding import raise_finding
from gemba.work.rotations import Stint


def person(desk, name):
    with desk.unit() as unit:
        unit.put(made := Person(uid=desk.ids(), name=name))
    return made.uid


def route(desk, place, walkers):
    with desk.unit() as unit:
        fields = {"title": "Round", "place": place, "walkers": walkers}
        unit.put(made := Route(uid=desk.ids(), made_at=desk.clock(), person=desk.person.uid, **fields))
    return made.uid


def promise(desk, place, leader):
    due = desk.clock().date() + timedelta(days=9)
    word = Word(
        said="It is slow.", text="A second till.", to="the team", role="Head", place=place, leader=leader, due=due
    )
    return commitments.add(desk, word).uid


def waiting(desk, who=None):
    with desk.reader() as reader:
        return left_behind(reader, desk.clock().date(), who)


def test_everything_that_names_who_left_is_told_and_given_on(desk, place):
    old, new = person(desk, "Old hand"), person(desk, "New hand")
    rule = schedules.Draft(
        title="Review", rule="FREQ=MONTHLY", starts=date(2026, 1, 1), subject="review", owner="old  HAND"
    )
    schedule, way, word = schedules.add(desk, rule).uid, route(desk, place, (new, old)), promise(desk, place, old)
    stint = Stint(leader=old, place=place, role="Counter", planned_on=desk.clock().date() + timedelta(days=3))
    rotation = rotations.plan(desk, stint).uid
    assert waiting(desk) == []
    with pytest.raises(Refusal, match="has_not_left"):
        give_on(desk, old, new)
    leave(desk, old, desk.clock().date())
    assert {one.uid for one in waiting(desk)} == {schedule, way, word, rotation}
    give_on(desk, old, new)
    with desk.reader() as reader:
        assert reader.get(Schedule, schedule).owner == "New hand"
        assert reader.get(Route, way).walkers == (new,)
        assert reader.get(Commitment, word).leader == new
    assert [(one.uid, one.is_given) for one in waiting(desk)] == [(rotation, False)]


def test_nothing_is_given_to_somebody_who_left_too(desk):
    old, gone = person(desk, "Old hand"), person(desk, "Gone hand")
    for uid in (old, gone):
        leave(desk, uid, desk.clock().date())
    with pytest.raises(Refusal) as refused:
        give_on(desk, old, gone)
    assert "Gone hand" in wording.sentence(refused.value)


def test_who_leaves_later_has_not_left_yet(desk, place):
    old = person(desk, "Old hand")
    promise(desk, place, old)
    leave(desk, old, desk.clock().date() + timedelta(days=30))
    assert waiting(desk) == []


@pytest.fixture(scope="module")
def staffed(tmp_path_factory):
    desk = make_desk(tmp_path_factory.mktemp("left") / "store", clock=ticking_clock(), ids=new_uid, demo=True)
    place = add_place(desk, "Harbour branch").uid
    yield desk, place, [person(desk, f"Hand {n}") for n in range(4)]
    desk.store.close()


@settings(max_examples=20, deadline=None)
@given(
    st.lists(st.lists(st.integers(0, 3), min_size=1, max_size=4, unique=True), max_size=4),
    st.lists(st.integers(0, 3), max_size=4),
    st.integers(0, 3),
    st.integers(0, 3),
)
def test_after_giving_on_nothing_that_can_be_given_waits_for_who_left(staffed, walks, leaders, old, new):
    desk, place, people = staffed
    with desk.unit() as unit:
        for uid in people:
            unit.change(Person, uid, left_on=None)
    routes = [(route(desk, place, tuple(people[one] for one in walkers)), walkers) for walkers in walks]
    words = [promise(desk, place, people[one]) for one in leaders]
    leave(desk, people[old], desk.clock().date())
    if old == new:
        with pytest.raises(Refusal):
            give_on(desk, people[old], people[new])
        return
    give_on(desk, people[old], people[new])
    assert not any(one.is_given for one in waiting(desk, people[old]))
    with desk.reader() as reader:
        for uid, walkers in routes:
            kept = reader.get(Route, uid).walkers
            assert len(set(kept)) == len(kept)
            assert set(kept) == {people[new if one == old else one] for one in walkers}
        assert {reader.get(Commitment, uid).leader for uid in words} <= {people[one] for one in range(4) if one != old}


def test_another_entry_of_the_same_person_and_another_spelling_are_that_person(desk, place):
    real, alias, new = person(desk, "Jana Meyer"), person(desk, "J. Meyer"), person(desk, "New hand")
    link_person(desk, alias, real)
    walk = conduct.start(desk, template_of(desk, "walk").uid, place).uid
    finding = raise_finding(desk, walk, grade=FindingGrade.MAJOR, criterion="Told in time", text="Nobody called").uid
    due = desk.clock().date() + timedelta(days=9)
    said = ("jana  MEYER", "J. meyer", "Jana\u00a0Meyer", "Jana Meyerhof")
    actions = [follow_action.add(desk, finding, text="Call", owner=one, due=due).uid for one in said]
    word, way = promise(desk, place, alias), route(desk, place, (alias,))
    leave(desk, real, desk.clock().date())
    waits = {one.uid for one in waiting(desk)}
    assert waits == {*actions[:3], word, way}
    for spelled in said[:3]:
        with pytest.raises(Refusal, match="owner_left"):
            follow_action.add(desk, finding, text="Call again", owner=spelled, due=due)
    with desk.reader() as reader:
        assert person_named(reader, " j.  meyer ").uid == real
        assert {one.uid for one in open_actions_of(reader, reader.get(Person, real))} == set(actions[:3])
    with pytest.raises(Refusal, match="owner_left"):
        give_on(desk, real, alias)
    give_on(desk, real, new)
    assert not waiting(desk)
    with desk.reader() as reader:
        assert reader.get(Route, way).walkers == (new,)
        assert [reader.get(Action, one).owner for one in actions] == ["New hand"] * 3 + ["Jana Meyerhof"]
