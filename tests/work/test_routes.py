"""Routes with their stops, and the observations that are made on them."""

from __future__ import annotations

import itertools
from datetime import timedelta

import pytest
from tests.work.test_commitments import word
from tests.work.test_rotations import Refused
from tests.work.walking import finish, leader, route_made, scheduled

from gemba.domain.assessments import Assessment
from gemba.domain.findings import Finding, FindingGrade
from gemba.domain.process_maps import AlertState
from gemba.domain.programmes import Schedule
from gemba.domain.rotations import Commitment
from gemba.domain.walks import Observation, ObservationSort
from gemba.errors import Refusal
from gemba.store.lists import Query
from gemba.store.walk_lists import OBSERVATIONS, sorts_noted
from gemba.work import commitments, conclude, follow_action, routes
from gemba.work.arrival import arrival_facts
from gemba.work.carried_in import carried_in
from gemba.work.go_and_see import carried, raise_alert
from gemba.work.observations import (
    Noted,
    change_observation,
    look_at,
    observations,
    observe,
    promise_from,
    raise_from,
    remove_observation,
)
from gemba.work.raise_finding import raise_finding
from gemba.work.route_facts import route_facts
from gemba.work.route_stops import StopDraft, add_stop, change_stop, move_stop, order_stops, remove_stop
from gemba.work.route_walks import start_walk, walked_route
from gemba.work.routes import route_named, stops_of


def titles(desk, route):
    with desk.reader() as reader:
        return [one.title for one in stops_of(reader, route)]


def stop_uids(desk, route):
    with desk.reader() as reader:
        return [one.uid for one in stops_of(reader, route)]


def noted(desk, walk):
    with desk.reader() as reader:
        return observations(reader, walk)


@pytest.fixture
def route(desk, place):
    return route_made(desk, place, "Door", "Counter", "Phones")


@pytest.fixture
def walk(desk, route):
    return start_walk(desk, route).uid


def test_stops_keep_their_order_whatever_is_moved(desk, route):
    for order in itertools.permutations(stop_uids(desk, route)):
        order_stops(desk, route, order)
        assert stop_uids(desk, route) == list(order)
    first, second, third = stop_uids(desk, route)
    move_stop(desk, first, 9)
    assert stop_uids(desk, route) == [second, third, first]
    move_stop(desk, first, -1)
    remove_stop(desk, second)
    assert stop_uids(desk, route) == [first, third]
    add_stop(desk, route, StopDraft(title="Yard"))
    assert titles(desk, route)[-1] == "Yard"
    for code, deed in (
        ("stop_removed", lambda: change_stop(desk, second, {"title": "X"})),
        ("stop_removed", lambda: move_stop(desk, second, 1)),
        ("stop_title", lambda: change_stop(desk, first, {"title": " "})),
        ("stop_minutes", lambda: change_stop(desk, first, {"minutes": 0})),
        ("stop_of_another", lambda: order_stops(desk, route, [second])),
    ):
        with Refused(code):
            deed()


def test_a_route_is_found_changed_scheduled_and_taken_out_of_use(desk, route, place):
    uid = scheduled(desk, route)
    ann = leader(desk, "Ann")
    routes.change_route(desk, route, {"walkers": (ann.uid, desk.person.uid, ann.uid), "in_turns": True})
    with desk.reader() as reader:
        facts = route_facts(reader, route_named(reader, "counter"), 3)
        assert (facts.walkers[0], len(facts.walkers), facts.minutes, len(facts.dates)) == ("Ann", 2, 30, 3)
        assert reader.get(Schedule, uid).subject == f"route:{route}"
    assert scheduled(desk, route, "FREQ=WEEKLY;BYDAY=TH") == uid
    for code, fields in (("route_turns", {"walkers": ()}), ("route_title", {"title": ""})):
        with Refused(code):
            routes.change_route(desk, route, fields)
    routes.retire_route(desk, route)
    for deed in (lambda: routes.retire_route(desk, route), lambda: start_walk(desk, route)):
        with Refused("route_retired"):
            deed()
    with desk.reader() as reader:
        assert reader.get(Schedule, uid).retired
        assert routes.routes(reader) == []
        with Refused("no_route_named"):
            route_named(reader, "Nowhere")


def test_a_walk_knows_its_route_and_keeps_stops_where_something_was_noted(desk, route, walk):
    first, *_ = stop_uids(desk, route)
    observe(desk, walk, Noted(text="A queue to the door", stop=first))
    remove_stop(desk, first)
    with desk.reader() as reader:
        about = reader.get(Assessment, walk)
        found = walked_route(reader, about, [one.stop for one in observations(reader, walk)])
    assert about.subject == f"route:{route}"
    assert [one.title for one in found.stops] == ["Door", "Counter", "Phones"]
    bare = route_made(desk, about.place, title="Bare", template=None)
    with Refused("route_without_checklist"):
        start_walk(desk, bare)


def test_seen_told_and_said_are_kept_apart_and_frozen_with_the_walk(desk, route, walk, place):
    first, second, _ = stop_uids(desk, route)
    for sort, positive in itertools.product(ObservationSort, (True, False)):
        observe(desk, walk, Noted(text=f"{sort} {positive}", sort=sort, is_positive=positive, stop=first))
    with desk.reader() as reader:
        assert set(sorts_noted(reader, walk).values()) == {1}
        lines = OBSERVATIONS.first(reader, Query(where={"sort": ("staff",), "removed": ("no",)}))
        assert [(one.stop, one.is_positive) for one in lines] == [("Door", True), ("Door", False)]
    one = noted(desk, walk)[0].uid
    change_observation(desk, one, {"stop": second, "question": "Why?", "answer": "The printer", "coaching": "Try"})
    remove_observation(desk, noted(desk, walk)[1].uid)
    assert len(noted(desk, walk)) == 5
    for code, deed in (
        ("observation_without_text", lambda: observe(desk, walk, Noted(text="  "))),
        ("stop_of_another", lambda: observe(desk, walk, Noted(text="x", stop=_strange(desk, place)))),
    ):
        with Refused(code):
            deed()
    finish(desk, walk)
    for deed in (
        lambda: observe(desk, walk, Noted(text="Too late")),
        lambda: change_observation(desk, one, {"text": "Otherwise"}),
        lambda: remove_observation(desk, one),
        lambda: raise_from(desk, one, FindingGrade.MINOR, "x"),
    ):
        with Refused("frozen"):
            deed()
    (look,) = arrival_facts(desk, place).looks
    assert "Asked: Why? – The printer" in look.said
    assert any(line.startswith("Worth keeping") for line in look.seen)


def _strange(desk, place):
    return stop_uids(desk, route_made(desk, place, "Elsewhere", title="Other"))[0]


def test_a_finding_is_raised_from_an_observation_once_and_a_promise_is_made(desk, walk):
    uid = observe(desk, walk, Noted(text="Nobody can read the sign", sort=ObservationSort.CUSTOMER)).uid
    made = raise_from(desk, uid, FindingGrade.OPPORTUNITY, "Signs are read from ten metres").uid
    with desk.reader() as reader:
        assert reader.get(Finding, made).text == "Nobody can read the sign"
        assert reader.get(Observation, uid).finding == made
    with Refused("observation_has_finding"):
        raise_from(desk, uid, FindingGrade.OPPORTUNITY, "Again")
    due = desk.clock().date() + timedelta(7)
    kept = promise_from(desk, uid, "A larger sign", to="customers", role="Team lead", due=due).uid
    with desk.reader() as reader:
        one = reader.get(Commitment, kept)
    assert (one.said, one.assessment, one.leader) == ("Nobody can read the sign", walk, desk.person.uid)


def test_what_waits_is_carried_in_once_and_ticked_at_a_stop(desk, route, place):
    question = raise_alert(desk, "Does the printer jam?", place=place).uid
    commitments.add(desk, word(desk, place, due_in=3))
    commitments.add(desk, word(desk, place, due_in=90))
    earlier = start_walk(desk, route).uid
    found = raise_finding(desk, earlier, grade=FindingGrade.MINOR, text="Dark", criterion="Light").uid
    due = desk.clock().date() + timedelta(5)
    follow_action.add(desk, found, text="Mend the lamp", owner="Facilities", due=due)
    waiting = carried_in(desk, place)
    assert [one.sort for one in waiting] == ["go_and_see", "commitment", "action"]
    uid = start_walk(desk, route, [one.key for one in waiting]).uid
    assert carried_in(desk, place) == []
    with desk.reader() as reader:
        asked = carried(reader, uid)
    assert [one.sort for one in asked] == ["", "commitment", "action"]
    stop = stop_uids(desk, route)[2]
    seen = look_at(desk, question, "It jammed twice", stop).uid
    with desk.reader() as reader:
        made = reader.get(Observation, seen)
        assert (made.alert, made.stop, made.text) == (question, stop, "It jammed twice")
        assert carried(reader, uid)[0].state is AlertState.SEEN
    for code, deed in (
        ("alert_not_carried", lambda: look_at(desk, question, "Again")),
        ("alert_without_words", lambda: look_at(desk, asked[1].uid, " ")),
        ("alert_on_its_way", lambda: start_walk(desk, route, [f"go_and_see:{asked[1].uid}"])),
    ):
        with pytest.raises(Refusal, match=code):
            deed()
    conclude.outlook(desk, uid)
