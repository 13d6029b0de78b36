"""Who is expected to walk when: by rule, turn and window, in any zone, whatever is changed later."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from gemba.domain.leader_walks import Spell, Walked, WalkState, expected_walks, monday_of, standings
from gemba.domain.occurrences import between
from gemba.domain.programmes import Schedule, WorkingDay
from gemba.domain.walk_adherence import tally
from gemba.domain.walks import Route

NOW = datetime(2026, 1, 1, tzinfo=UTC)
ZONES = ["UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "Pacific/Apia"]
RULES = [
    "FREQ=DAILY",
    "FREQ=WEEKLY;BYDAY=TU",
    "FREQ=WEEKLY;BYDAY=MO,TH",
    "FREQ=MONTHLY;BYDAY=1MO",
    "FREQ=DAILY;COUNT=5",
]
LEADERS = ("ann", "bea", "cid")


def route(walkers=LEADERS, *, in_turns=False, **fields) -> Route:
    about = {"title": "Counter", "place": "p", "schedule": "s", "made_at": NOW, "person": "x"} | fields
    return Route(uid="r", walkers=tuple(walkers), in_turns=in_turns, **about)


def schedule(rule="FREQ=WEEKLY;BYDAY=TU", starts=date(2026, 1, 1), **fields) -> Schedule:
    return Schedule(uid="s", title="t", subject="route:r", rule=rule, starts=starts, made_at=NOW, person="x", **fields)


def always(record) -> list[Spell]:
    return [Spell(record, date.min, date.max)]


def expected(one: Route, follows: Schedule, last: date):
    return expected_walks(always(one), always(follows), last, lambda each: each.zone or "UTC")


schedules = st.builds(
    schedule,
    rule=st.sampled_from(RULES),
    starts=st.dates(date(2020, 1, 1), date(2030, 12, 31)),
    grace_days=st.integers(0, 9),
    spread_days=st.integers(0, 6),
    seed=st.text("abc", min_size=1, max_size=3),
    at=st.sampled_from(["", "02:30", "09:30"]),
    zone=st.sampled_from(ZONES),
    working_day=st.sampled_from(list(WorkingDay)),
)
crews = st.lists(st.sampled_from(LEADERS), max_size=3, unique=True)


@settings(deadline=None, max_examples=60)
@given(schedules, crews, st.booleans(), st.integers(0, 200))
def test_every_held_date_is_expected_of_one_in_turns_and_else_of_all(follows, crew, turns, days) -> None:
    last = follows.starts + timedelta(days)
    held = [one for one in between(follows, date.min, last, "UTC") if one.on is not None]
    found = expected(route(crew, in_turns=turns and bool(crew)), follows, last)
    each = 1 if not crew or turns else len(crew)
    assert len(found) == each * len(held)
    assert sorted({one.on for one in found}) == [one.on for one in held]
    assert all(one.on <= last and one.due >= one.on for one in found)
    if crew and turns:
        assert [one.leader for one in found] == [crew[at % len(crew)] for at in range(len(held))]
        counts = Counter(one.leader for one in found)
        assert max(counts.values(), default=0) - min((counts[who] for who in crew), default=0) <= 1


@settings(deadline=None, max_examples=80)
@given(
    schedules,
    st.booleans(),
    st.lists(st.tuples(st.sampled_from([*LEADERS, "stranger"]), st.integers(-5, 60)), max_size=25),
    st.integers(0, 60),
)
def test_a_walk_counts_once_and_what_came_of_each_expected_one_is_true(follows, turns, made, ahead) -> None:
    walks = [Walked(str(at), who, follows.starts + timedelta(days)) for at, (who, days) in enumerate(made)]
    today = follows.starts + timedelta(ahead)
    asked = expected(route(in_turns=turns), follows, follows.starts + timedelta(60))
    found = standings(asked, walks, today)
    assert [one.expected for one in found] == sorted(asked, key=lambda one: (one.on, one.leader))
    used = [one.walked.assessment for one in found if one.walked]
    assert len(used) == len(set(used))
    assert standings(asked[::-1], walks[::-1], today) == found
    for one in found:
        if one.walked is None:
            assert (one.expected.due < today) == (one.state is WalkState.MISSED)
            assert (one.expected.on > today) == (one.state is WalkState.AHEAD)
            continue
        inside = one.expected.on <= one.walked.on <= one.expected.due
        assert inside == (one.state in {WalkState.IN_WINDOW, WalkState.STOOD_IN})
        assert (one.walked.person == one.expected.leader) == (one.state is not WalkState.STOOD_IN)
        assert one.state is not WalkState.STOOD_IN or turns
        assert one.until is None or inside or one.walked.on <= one.until
    whole = tally(found)
    assert whole.counted + whole.due + whole.ahead == len(found)
    assert whole.walked + whole.stood_in == len(used)


def test_a_rule_that_never_ends_is_expected_up_to_the_horizon_only() -> None:
    found = expected(route(("ann",)), schedule("FREQ=DAILY", date(2000, 1, 1)), date(2026, 6, 30))
    assert len(found) == (date(2026, 6, 30) - date(2000, 1, 1)).days + 1


def test_a_walk_stays_at_its_hour_when_the_clock_leaps() -> None:
    summer = schedule("FREQ=WEEKLY;BYDAY=SU", date(2026, 3, 22), at="02:30", zone="Europe/Berlin", week=("SU",))
    found = expected(route(("ann",)), summer, date(2026, 4, 5))
    hours = [one.begins.astimezone(ZoneInfo("Europe/Berlin")).strftime("%H:%M") for one in found]
    assert [one.on for one in found] == [date(2026, 3, 22), date(2026, 3, 29), date(2026, 4, 5)]
    assert hours == ["02:30", "03:30", "02:30"]


def test_what_was_expected_stays_when_walkers_rule_or_route_change() -> None:
    change = date(2026, 2, 1)
    routes = [Spell(route(("ann",)), date.min, change), Spell(route(("bea", "cid")), change, date.max)]
    rules = [Spell(schedule(), date.min, change), Spell(schedule("FREQ=WEEKLY;BYDAY=TH"), change, date.max)]
    found = expected_walks(routes, rules, date(2026, 2, 13), lambda _: "UTC")
    before = [one for one in found if one.on < change]
    after = [one for one in found if one.on >= change]
    assert {one.leader for one in before} == {"ann"}
    assert {one.on.weekday() for one in before} == {1}
    assert {one.leader for one in after} == {"bea", "cid"}
    assert {one.on for one in after} == {date(2026, 2, 5), date(2026, 2, 12)}
    retired = [Spell(route(("ann",)), date.min, change), Spell(route(("ann",), retired=True), change, date.max)]
    assert all(
        one.on < change for one in expected_walks(retired, always(schedule()), date(2026, 3, 1), lambda _: "UTC")
    )


def test_own_turn_goes_before_standing_in_and_late_ends_where_the_next_begins() -> None:
    follows = schedule(grace_days=1)  # Tuesdays and Wednesdays
    asked = expected(route(("ann", "bea"), in_turns=True), follows, date(2026, 1, 27))
    first, second, third = (date(2026, 1, 6), date(2026, 1, 13), date(2026, 1, 20))
    walks = [Walked("1", "bea", first), Walked("2", "bea", second), Walked("3", "ann", third + timedelta(2))]
    found = standings(asked, walks, date(2026, 2, 20))
    assert [one.state for one in found] == [WalkState.STOOD_IN, WalkState.IN_WINDOW, WalkState.LATE, WalkState.MISSED]
    assert found[0].until == third - timedelta(1)
    assert tally(found).share is None  # four are too few to say
    assert monday_of(date(2026, 1, 11)) == date(2026, 1, 5)
