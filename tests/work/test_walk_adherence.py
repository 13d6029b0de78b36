"""Leaders' standard work by week: only concluded walks count, and few are told as few."""

from __future__ import annotations

from datetime import date, timedelta

from tests.conftest import reopen
from tests.work.test_rotations import Refused
from tests.work.walking import as_person, finish, leader, on_day, route_made, scheduled, walked

from gemba.domain.leader_walks import WalkState
from gemba.domain.people import Person
from gemba.work import routes
from gemba.work.conclude import correct
from gemba.work.route_walks import start_walk
from gemba.work.walk_adherence import share_words, told, walk_adherence
from gemba.work.walk_adherence_files import adherence_file, short, weeks_grid
from gemba.work.walk_plan import walk_plan

MONDAY = date(2026, 3, 2)


def test_a_leaders_weeks_are_counted_from_concluded_walks_alone(desk, place, tmp_path):
    ann = leader(desk, "Ann")
    route = route_made(desk, place, "Door", walkers=(desk.person.uid, ann.uid))
    scheduled(desk, route, grace_days=1)  # Tuesdays and Wednesdays
    tuesday, wednesday = MONDAY + timedelta(1), MONDAY + timedelta(2)
    there = on_day(desk, tuesday)
    finish(there, correct(there, walked(there, route)).uid)  # a correction is no further walk
    start_walk(as_person(on_day(desk, wednesday), ann), route)  # begun, not concluded
    walked(as_person(on_day(desk, tuesday + timedelta(9)), ann), route)  # Thursday of the week after: late
    walked(on_day(desk, tuesday - timedelta(4)), route)  # before any date
    then = on_day(desk, MONDAY + timedelta(20))  # Sunday of the third week
    made = walk_adherence(then, weeks=4)
    assert [line.title for line in made.leaders] == ["Ann", desk.person.name]
    states = {(one.who, one.expected.on): one.state for one in made.walks}
    assert states == {
        ("Ann", tuesday): WalkState.MISSED,
        ("Ann", tuesday + timedelta(7)): WalkState.LATE,
        ("Ann", tuesday + timedelta(14)): WalkState.MISSED,
        (desk.person.name, tuesday): WalkState.IN_WINDOW,
        (desk.person.name, tuesday + timedelta(7)): WalkState.MISSED,
        (desk.person.name, tuesday + timedelta(14)): WalkState.MISSED,
    }
    assert (made.whole.in_window, made.whole.late, made.whole.missed, made.besides) == (1, 1, 4, 1)
    assert share_words(made.leaders[0].whole) == "0 of 3, too few to say"
    assert share_words(made.whole).endswith("1 of 6")
    assert [short(each) for each in made.leaders[0].weeks] == ["·", "0/1", "1/1", "0/1"]
    assert "1 further walk" in told(made)[-1]
    assert [one.who for one in walk_adherence(then, weeks=4, leader=ann.uid).walks] == ["Ann"] * 3
    assert len(weeks_grid(made, last=2).heads) == 2
    for ending in ("csv", "png", "pdf"):
        adherence_file(then, made, tmp_path / f"adherence.{ending}")
        assert (tmp_path / f"adherence.{ending}").stat().st_size > 100
    for code, deed in (
        ("walk_file", lambda: adherence_file(then, made, tmp_path / "adherence.xls")),
        ("adherence_weeks", lambda: walk_adherence(then, weeks=0)),
    ):
        with Refused(code):
            deed()


def test_the_plan_shows_turns_windows_and_what_can_still_be_walked(desk, place):
    ann = leader(desk, "Ann")
    route = route_made(desk, place, walkers=(desk.person.uid, ann.uid), in_turns=True)
    scheduled(desk, route, grace_days=2)
    then = on_day(desk, MONDAY + timedelta(5))  # Saturday: the first window is over
    found = walk_plan(then, days=14)
    me = desk.person.name
    assert [(one.who, one.state) for one in found] == [
        (me, WalkState.MISSED),
        ("Ann", WalkState.AHEAD),
        (me, WalkState.AHEAD),
    ]
    assert found[0].standing.until == found[2].expected.on - timedelta(1)
    assert [one.who for one in walk_plan(then, days=14, leader=ann.uid)] == ["Ann"]
    assert walk_plan(then, layer="Executive") == []
    walked(then, route)
    assert walk_plan(then, days=14)[0].who == "Ann"


def test_weeks_behind_stay_when_schedule_and_walkers_change_later(desk, place, prepared_store):
    ann = leader(desk, "Ann")
    route = route_made(desk, place, walkers=(ann.uid,))
    scheduled(desk, route, "FREQ=WEEKLY;BYDAY=WE")
    _, key = prepared_store
    folder, ahead = desk.store.folder, timedelta(days=14)  # on 16 March, a Monday
    desk.store.close()
    later = reopen(folder, key, lambda: desk.clock() + ahead)
    with later.reader() as reader:
        bea = Person(uid=later.ids(), name="Bea")
        assert reader.get(Person, ann.uid) is not None
    with later.unit() as unit:
        unit.put(bea)
    routes.change_route(later, route, {"walkers": (bea.uid,)})
    scheduled(later, route, "FREQ=WEEKLY;BYDAY=FR")
    made = walk_adherence(later, weeks=3)
    later.store.close()
    assert [(one.who, one.expected.on.isoformat()) for one in made.walks] == [
        ("Ann", "2026-03-04"),
        ("Ann", "2026-03-11"),
        ("Bea", "2026-03-20"),
    ]
