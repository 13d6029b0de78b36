"""Steps that touched several records go back as one: all of it or nothing, by the rules of today, and stores agree."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.work.conftest import template_of
from tests.work.test_settle_conflict import hand, other

from gemba.domain.actions import Action, ActionSort, ActionState, Effect, Lane
from gemba.domain.decisions import Boundary
from gemba.domain.findings import Finding, FindingGrade, FindingState
from gemba.domain.governance import BodyMember, GovernanceBody
from gemba.domain.nouns import NOUNS
from gemba.domain.people import Person
from gemba.domain.places import Place
from gemba.domain.process_maps import AlertState, GoAndSee
from gemba.domain.programmes import Schedule
from gemba.domain.rotations import Commitment
from gemba.domain.walks import Route
from gemba.errors import Refusal
from gemba.store import journal
from gemba.store.checking import check
from gemba.work import (
    action_board,
    bodies,
    boundaries,
    commitments,
    conduct,
    contain_finding,
    follow_action,
    goals,
    people,
    rotations,
    route_stops,
    routes,
    schedules,
    similar_elsewhere,
    verify_action,
)
from gemba.work.boundaries import BoundaryDraft
from gemba.work.go_and_see import raise_again, raise_alert
from gemba.work.left_behind import give_on
from gemba.work.place_merging import merge_place, part_place
from gemba.work.places import add_place
from gemba.work.raise_finding import raise_finding
from gemba.work.take_back import take_back, why_not
from gemba.work.take_back_words import told

__all__ = ["other"]

_LATER = timedelta(days=14)


@pytest.fixture
def finding(desk, place):
    walk = conduct.start(desk, template_of(desk, "walk").uid, place).uid
    return raise_finding(desk, walk, grade=FindingGrade.MAJOR, criterion="Told in time", text="Nobody called").uid


def add(desk, finding, sort=ActionSort.CORRECTION, owner="Lead"):
    due = desk.clock().date() + _LATER
    return follow_action.add(desk, finding, text="Call by a list", owner=owner, due=due, sort=sort).uid


def somebody(desk, name):
    found = Person(uid=desk.ids(), name=name)
    with desk.unit() as unit:
        unit.put(found)
    return found.uid


def get(desk, noun, uid):
    with desk.reader() as reader:
        return reader.get(noun, uid)


def everything(desk):
    """All records of the store, as they stand."""
    with desk.reader() as reader:
        return {(name, one.uid): one for name, noun in NOUNS.items() for one in reader.find(noun)}


def refused(desk, uid, **said):
    before = everything(desk)
    with pytest.raises(Refusal) as found:
        take_back(desk, uid, **said)
    assert everything(desk) == before
    return found.value


def test_the_answer_that_closed_a_finding_goes_back_with_the_walks_that_it_asked_for(desk, finding):
    action = add(desk, finding, ActionSort.CORRECTIVE)
    follow_action.done(desk, action, "Seen on the list")
    hill = add_place(desk, "Hill").uid
    before = everything(desk)
    said = verify_action.Verified(effect=Effect.EFFECTIVE, how="Looked", similar="yes", similar_note="", places=(hill,))
    verify_action.verify(desk, action, said)
    assert get(desk, Finding, finding).state is FindingState.CLOSED
    plan = told(desk, finding)
    assert {one.noun for one in plan.parts} == {"finding", "action", "go_and_see"}
    assert plan.parts[0].lines[0].startswith("Similar elsewhere: yes → nothing")
    found = take_back(desk, finding, step=plan.step)
    assert {one.noun for one in found.others} == {"action", "go_and_see"}
    after = everything(desk)
    assert {key: one for key, one in after.items() if key[0] != "go_and_see"} == before
    (alert,) = (one for key, one in after.items() if key[0] == "go_and_see")
    assert alert.state is AlertState.DROPPED
    take_back(desk, action)
    assert get(desk, GoAndSee, alert.uid).state is AlertState.WAITING
    assert get(desk, Finding, finding).state is FindingState.CLOSED
    assert not check(desk.store)


def test_what_was_given_to_somebody_in_one_go_goes_back_in_one_unless_they_left(desk, finding, place):
    old, new = somebody(desk, "Old Hand"), somebody(desk, "New Hand")
    action = add(desk, finding, owner="Old Hand")
    word = commitments.Word(
        said="It is cold", text="A heater", to="The team", role="Lead", due=date(2026, 4, 1), place=place, leader=old
    )
    promise = commitments.add(desk, word).uid
    people.leave(desk, old, date(2026, 3, 1))
    give_on(desk, old, new)
    assert get(desk, Action, action).owner == "New Hand"
    assert refused(desk, promise).code == "work.owner_left"
    people.leave(desk, old, None)
    assert refused(desk, promise, step="another").code == "work.undo_other_step"
    found = take_back(desk, promise)
    assert [one.uid for one in found.others] == [action]
    assert (get(desk, Action, action).owner, get(desk, Commitment, promise).leader) == ("Old Hand", old)


def test_a_retired_route_comes_back_with_its_schedule_and_its_stops_keep_their_order(desk, place):
    route = routes.add_route(desk, routes.RouteDraft(title="Morning", place=place)).uid
    stops = [route_stops.add_stop(desk, route, route_stops.StopDraft(title=name)).uid for name in ("A", "B", "C")]
    routes.schedule_route(desk, route, schedules.Draft(title="", rule="FREQ=WEEKLY;BYDAY=MO", starts=date(2026, 3, 2)))
    before = everything(desk)
    route_stops.order_stops(desk, route, stops[::-1])
    assert len(take_back(desk, stops[0]).others) >= 1
    assert everything(desk) == before
    routes.retire_route(desk, route)
    found = take_back(desk, route)
    assert [one.noun for one in found.others] == ["schedule"]
    assert everything(desk) == before
    assert not get(desk, Route, route).retired
    with desk.reader() as reader:
        assert not any(one.retired for one in reader.find(Schedule))


def test_a_new_boundary_goes_off_the_record_and_the_one_before_holds_again(desk):
    case = {"role": "Clerk", "scenario": "Refund", "unit": "EUR"}
    first = boundaries.set_boundary(desk, BoundaryDraft(**case, limit=50, valid_from=date(2026, 1, 1))).uid
    second = boundaries.set_boundary(desk, BoundaryDraft(**case, limit=80, valid_from=date(2026, 3, 1))).uid
    third = boundaries.set_boundary(desk, BoundaryDraft(**case, limit=90, valid_from=date(2026, 5, 1))).uid
    assert refused(desk, first).code == "work.undo_changed_since"
    take_back(desk, third)
    assert get(desk, Boundary, third).retired
    assert get(desk, Boundary, second).valid_to is None
    take_back(desk, second)
    assert get(desk, Boundary, second).valid_to == date(2026, 4, 30)
    assert not get(desk, Boundary, third).retired


def test_a_first_boundary_holds_again_when_the_second_goes_off_the_record(desk):
    case = {"role": "Clerk", "scenario": "Refund", "unit": "EUR"}
    first = boundaries.set_boundary(desk, BoundaryDraft(**case, limit=50, valid_from=date(2026, 1, 1))).uid
    before = get(desk, Boundary, first)
    boundaries.set_boundary(desk, BoundaryDraft(**case, limit=80, valid_from=date(2026, 3, 1)))
    take_back(desk, first)
    assert get(desk, Boundary, first) == before


def test_a_boundary_that_ended_does_not_come_back_beside_another(desk):
    case = {"role": "Clerk", "scenario": "Refund", "unit": "EUR"}
    first = boundaries.set_boundary(desk, BoundaryDraft(**case, limit=50, valid_from=date(2026, 1, 1))).uid
    boundaries.retire(desk, first, "Nobody refunds", on=date(2026, 2, 1))
    boundaries.set_boundary(desk, BoundaryDraft(**case, limit=80, valid_from=date(2026, 3, 1)))
    assert refused(desk, first).code == "work.boundary_ahead"


def test_the_same_said_of_several_goes_back_of_one_or_of_all(desk, finding):
    several = [add(desk, finding) for _ in range(3)]
    before = everything(desk)
    action_board.assign(desk, several, "Region lead")
    assert told(desk, several[0]).alike == 2
    assert len(told(desk, several[0], whole=True).parts) == 3
    take_back(desk, several[0], whole=True)
    assert everything(desk) == before
    take_back(desk, several[1], whole=True)
    take_back(desk, several[2])
    assert [get(desk, Action, one).owner for one in several] == ["Region lead", "Region lead", "Lead"]


def test_a_lane_that_filled_up_meanwhile_takes_nothing_back(desk, finding):
    one, two = add(desk, finding), add(desk, finding)
    action_board.move(desk, one, Lane.DOING)
    follow_action.done(desk, one, "Seen on the list")
    action_board.set_limit(desk, Lane.DOING, 1)
    action_board.move(desk, two, Lane.DOING)
    reason = why_not(desk, one)
    assert reason is not None
    assert refused(desk, one).code == reason.code == "work.lane_full"
    take_back(desk, two)
    take_back(desk, one)
    assert (get(desk, Action, one).state, get(desk, Action, one).lane) == (ActionState.OPEN, Lane.DOING)


def test_an_owner_who_left_and_a_day_before_the_finding_are_not_said_again(desk, finding):
    gone = somebody(desk, "Old Hand")
    action = add(desk, finding, owner="Old Hand")
    action_board.assign(desk, [action], "Lead")
    people.leave(desk, gone, desk.clock().date())
    assert refused(desk, action).code == "work.owner_left"
    with desk.unit() as unit:
        unit.change(Action, action, due=date(2026, 1, 1))
    with desk.unit() as unit:
        unit.change(Action, action, due=date(2026, 5, 1))
    assert refused(desk, action).code == "work.due_before_finding"


def test_one_alert_from_a_record_waits_however_it_comes_back(desk, finding):
    action = add(desk, finding)
    first = raise_alert(desk, "How far?", sort="action", origin=action).uid
    take_back(desk, first)
    assert get(desk, GoAndSee, first).state is AlertState.DROPPED
    second = raise_alert(desk, "How far?", sort="action", origin=action).uid
    assert refused(desk, first).code == "work.alert_open_already"
    with pytest.raises(Refusal, match="alert_open_already"):
        raise_again(desk, first)
    take_back(desk, second)
    take_back(desk, first)
    assert get(desk, GoAndSee, first).state is AlertState.WAITING


def test_a_goal_a_body_and_a_merger_come_back_only_where_their_place_is_free(desk):
    goal = goals.add(desk, goals.NewGoal(code="CALL", title="Called", statement="We call", need="To know")).uid
    goals.retire(desk, goal, on=desk.clock().date(), reason="Another one")
    again = goals.add(desk, goals.NewGoal(code="CALL", title="Called", statement="We call", need="To know")).uid
    assert refused(desk, goal).code == "work.goal_taken"
    assert refused(desk, again).code == "work.undo_added"
    body = bodies.add(desk, bodies.BodyDraft(title="Council", purpose="Decides", seats=("Lead",))).uid
    take_back(desk, body)
    assert get(desk, GovernanceBody, body).retired
    bodies.add(desk, bodies.BodyDraft(title="Council", purpose="Decides", seats=("Lead",)))
    assert refused(desk, body).code == "work.body_there"
    old, new = add_place(desk, "Old town").uid, add_place(desk, "New town").uid
    merge_place(desk, old, new)
    part_place(desk, old)
    merge_place(desk, new, old)
    assert refused(desk, old).code == "work.place_merged_itself"


def test_a_seat_does_not_come_back_beside_its_successor(desk):
    body = bodies.add(desk, bodies.BodyDraft(title="Council", purpose="Decides", seats=("Lead", "Clerk"))).uid
    with desk.reader() as reader:
        seat = next(one for one in reader.find(BodyMember, body=body) if one.role == "Clerk")
    day = desk.clock().date()
    bodies.end(desk, seat.uid, day)
    bodies.seat(desk, body, bodies.Seat(role="Clerk", begins=day + timedelta(days=1)))
    assert refused(desk, seat.uid).code == "domain.terms_overlap"


def test_a_step_of_very_many_is_put_right_in_another_way(desk, finding):
    several = [add(desk, finding) for _ in range(2)]
    with desk.unit() as unit:
        for number in range(300):
            for one in several:
                unit.change(Action, one, text=f"Call {number}")
    assert refused(desk, several[0], whole=True).code == "work.undo_too_much"


class World:
    """A few records, and steps that touch one or several of them."""

    def __init__(self, desk, finding, place) -> None:
        self.desk, self.finding, self.place = desk, finding, place
        letters = "".join(chr(65 + int(one, 16)) for one in desk.ids()[-8:])
        self.actions = [add(desk, finding), add(desk, finding, ActionSort.CORRECTIVE), add(desk, finding)]
        self.places = [add_place(desk, f"{name} {letters}").uid for name in ("Hill", "Lake")]
        self.people = [somebody(desk, f"{name} {letters}") for name in ("First", "Second")]
        self.goal = goals.add(desk, goals.NewGoal(code=letters, title="Called", statement="We call", need="Know")).uid
        self.first = f"First {letters}"

    def step(self, name, pick, other):
        desk, actions, today = self.desk, self.actions, self.desk.clock().date()
        one, two = actions[pick % 3], actions[other % 3]
        here, there = self.places[pick % 2], self.places[other % 2]
        first, second = self.people[pick % 2], self.people[other % 2]
        verified = verify_action.Verified(
            effect=(Effect.EFFECTIVE, Effect.NOT_EFFECTIVE)[other % 2],
            how="Looked",
            similar=("yes", "no")[pick % 2],
            similar_note="At the counters",
            places=(here,) if pick % 2 == 0 else (),
        )
        answer = similar_elsewhere.Answer(similar="no", note="Looked around")
        return {
            "assign": lambda: action_board.assign(desk, [one, two], ("Lead", self.first)[other % 2]),
            "move": lambda: action_board.move_all(desk, [one, two], (Lane.DOING, Lane.TODO)[other % 2]),
            "wait": lambda: action_board.move(desk, one, Lane.WAITING, "the printer"),
            "merge": lambda: action_board.merge_all(desk, [one], two),
            "rest": lambda: action_board.snooze_all(desk, [one, two], today + _LATER, "Later"),
            "done": lambda: follow_action.done(desk, one, "Seen on the list"),
            "reopen": lambda: follow_action.reopen(desk, one, "It came back"),
            "verify": lambda: verify_action.verify(desk, one, verified),
            "answer": lambda: similar_elsewhere.answer(desk, self.finding, answer),
            "contain": lambda: contain_finding.contain(desk, self.finding, "Called the customer"),
            "limit": lambda: action_board.set_limit(desk, Lane.DOING, 1 + other % 3),
            "leave": lambda: people.leave(desk, first, today if other % 2 else None),
            "give": lambda: give_on(desk, first, second),
            "merge places": lambda: merge_place(desk, here, there),
            "part places": lambda: part_place(desk, here),
            "end goal": lambda: goals.retire(desk, self.goal, on=today, reason="Over"),
        }[name]()


STEPS = (
    *("assign", "move", "wait", "merge", "rest", "done", "reopen", "verify", "answer", "contain", "limit", "leave"),
    *("give", "merge places", "part places", "end goal"),
)
taken = st.lists(
    st.tuples(st.sampled_from(STEPS), st.integers(0, 5), st.integers(0, 5), st.booleans()), min_size=3, max_size=14
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(taken=taken)
def test_after_taking_back_all_stands_as_before_the_step_or_nothing_changed(desk, other, finding, place, taken):
    world = World(desk, finding, place)
    for name, pick, second, _ in taken:
        before = everything(desk)
        change = None
        with suppress(Refusal):
            change = world.step(name, pick, second)
        if change is None or not change.uids:
            continue
        after = everything(desk)
        if after == before:
            continue
        touched = sorted(key[1] for key, one in after.items() if key in before and before[key] != one)
        if not touched:
            continue
        _back_and_forth(desk, touched[pick % len(touched)], before, after)
        if second % 3 == 0:
            hand(desk, other)
    assert not check(desk.store)
    hand(desk, other)
    hand(other, desk)
    mine, theirs = everything(desk), everything(other)
    assert {key: theirs.get(key) for key in mine if key in theirs} == {key: mine[key] for key in mine if key in theirs}
    assert set(mine) <= set(theirs) | {key for key in mine if key[0] in {"template", "place", "person"}}
    assert not check(other.store)
    with other.reader() as reader:
        assert not list(journal.conflicts(reader))


def _back_and_forth(desk, uid, before, after):
    """Take a step back: then all that was there stands as before it, and what it added is off; or all is as it was."""
    try:
        found = take_back(desk, uid, whole=True)
    except Refusal:
        assert everything(desk) == after
        return
    now = everything(desk)
    assert {key: now[key] for key in before} == before
    for key in set(now) - set(before):
        assert key[0] == "effect_check" or now[key].state is AlertState.DROPPED
    again = take_back(desk, found.uid, whole=True)
    assert {one.uid for one in again.others} == {one.uid for one in found.others}
    redone = everything(desk)
    assert {key: redone[key] for key in after} == after
    with suppress(Refusal):
        take_back(desk, uid, whole=True)


def test_rotations_do_not_come_back_onto_taken_days(desk, place):
    leader = desk.person.uid
    stint = rotations.Stint(leader=leader, place=place, role="Counter", planned_on=date(2026, 3, 9))
    first = rotations.plan(desk, stint).uid
    rotations.cancel(desk, first, "Ill")
    rotations.plan(desk, stint)
    assert refused(desk, first).code == "work.rotation_elsewhere"
    assert get(desk, Place, place) is not None
