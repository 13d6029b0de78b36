"""The list of decisions: filters hold what they say, pages follow each other, indexes find them."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from tests.work.auditing import promise

from gemba.domain.decisions import Decision, Standing
from gemba.errors import Refusal
from gemba.store.decision_lists import DECISIONS
from gemba.store.lists import Query
from gemba.store.reading import Reader
from gemba.work.desk import Desk
from gemba.work.places import add_place

ROLES, SCENARIOS = ("Branch lead", "branch lead", "Cashier", "Ärztin"), ("refund", "waiver", "")
COUNT = 240


@pytest.fixture
def log(desk: Desk) -> list[Decision]:
    """Decisions of two years at three places, one below another."""
    top = add_place(desk, "Region South").uid
    places = [top, add_place(desk, "Harbour", parent=top).uid, add_place(desk, "Hill").uid]
    goals = [promise(desk, "told"), promise(desk, "kept")]
    chance, today = random.Random(5), desk.clock().date()
    made = [
        Decision(
            uid=desk.ids(),
            number=f"D-TEST-{n:04d}",
            title=f"Refund {n}",
            role=chance.choice(ROLES),
            scenario=chance.choice(SCENARIOS),
            place=chance.choice(places),
            decided_on=today - timedelta(days=chance.randrange(700)),
            standing=chance.choice(list(Standing)),
            goal=chance.choice([*goals, None]),
            contradicts=chance.random() < 0.1,
            expires=chance.choice([None, None, today + timedelta(days=chance.randrange(-60, 60))]),
            recorded_at=desk.clock(),
            person=desk.person.uid,
        )
        for n in range(COUNT)
    ]
    with desk.unit() as unit:
        unit.put_many(made)
    return made


@pytest.fixture
def reader(desk: Desk, log: list[Decision]) -> Iterator[Reader]:
    del log
    with desk.reader() as found:
        yield found


def uids(reader: Reader, **where: str) -> set[str]:
    query = Query(where={name: tuple(value.split(",")) for name, value in where.items()})
    return {line.uid for line in DECISIONS.lines(reader, DECISIONS.keys(reader, query))}


def those(log: list[Decision], holds: Callable[[Decision], bool]) -> set[str]:
    return {one.uid for one in log if holds(one)}


def test_filters_hold_what_they_say(desk: Desk, reader: Reader, log: list[Decision]) -> None:
    today = desk.clock().date()
    south = next(one.place for one in log)
    by_goal = {one.goal for one in log if one.goal}
    asked: list[tuple[dict[str, str], Callable[[Decision], bool]]] = [
        ({"standing": "beyond,within"}, lambda one: one.standing in {Standing.BEYOND, Standing.WITHIN}),
        ({"role": "BRANCH LEAD"}, lambda one: one.role.casefold() == "branch lead"),
        ({"role": "Ärztin"}, lambda one: one.role == "Ärztin"),
        ({"scenario": ""}, lambda one: one.scenario == ""),
        ({"goal": "told"}, lambda one: one.goal == min(by_goal)),
        ({"goal": min(by_goal)}, lambda one: one.goal == min(by_goal)),
        ({"contradicts": "yes"}, lambda one: one.contradicts),
        ({"quarter": "2025-Q3"}, lambda one: date(2025, 7, 1) <= one.decided_on <= date(2025, 9, 30)),
        ({"quarter": "2025-02"}, lambda one: (one.decided_on.year, one.decided_on.month) == (2025, 2)),
        (
            {"quarter": "2025-02,2025-Q3"},
            lambda one: one.decided_on.year == 2025 and one.decided_on.month in {2, 7, 8, 9},
        ),
        ({"expires": "expired"}, lambda one: one.expires is not None and one.expires < today),
        ({"expires": "soon"}, lambda one: one.expires is not None and 0 <= (one.expires - today).days <= 30),
        ({"expires": "nonsense"}, lambda _: False),
        ({"standing": "beyond", "quarter": "2025-Q3"}, lambda one: one.standing is Standing.BEYOND
         and date(2025, 7, 1) <= one.decided_on <= date(2025, 9, 30)),
    ]  # fmt: skip
    for where, holds in asked:
        assert uids(reader, **where) == those(log, holds), where
    assert uids(reader, place=south)


def test_a_place_stands_for_all_below_it(reader: Reader, log: list[Decision]) -> None:
    names = {line.place: line.place_uid for line in DECISIONS.lines(reader, DECISIONS.keys(reader, Query()))}
    south = {names["Region South"], names["Harbour"]}
    assert uids(reader, place=names["Region South"]) == those(log, lambda one: one.place in south)


@pytest.mark.parametrize("sort", ["decided_on", "number", "place", "expires"])
@pytest.mark.parametrize("descending", [False, True])
@pytest.mark.parametrize("where", [{}, {"quarter": ("2025-Q3", "2025-Q4")}, {"quarter": ("2025-Q3",)}])
def test_pages_hold_every_line_once_in_the_order_of_all_keys(
    reader: Reader, sort: str, descending: bool, where: dict[str, tuple[str, ...]]
) -> None:
    query = Query(sort=sort, descending=descending, where=where)
    keys = list(DECISIONS.keys(reader, query))
    page = DECISIONS.first(reader, query, 17)
    seen = list(page)
    while page:
        page = DECISIONS.after(reader, query, page[-1], 17)
        seen += page
    assert [line.id for line in seen] == keys
    assert len(set(keys)) == DECISIONS.count(reader, query)


def test_choices_are_what_occurs(reader: Reader, log: list[Decision]) -> None:
    assert dict(DECISIONS.choices(reader, "standing")) == {
        one: sum(each.standing is one for each in log) for one in {each.standing for each in log}
    }
    assert {code for code, _ in DECISIONS.choices(reader, "goal")} == {"told", "kept"}
    assert sum(count for _, count in DECISIONS.choices(reader, "quarter")) == COUNT
    assert {value for value, _ in DECISIONS.choices(reader, "expires")} == {"soon", "expired"}


@pytest.mark.parametrize("quarter", ["2025-Q5", "2025-13", "now", "2025"])
def test_what_is_no_quarter_is_refused(reader: Reader, quarter: str) -> None:
    with pytest.raises(Refusal, match="quarter"):
        DECISIONS.first(reader, Query(where={"quarter": (quarter,)}))


def test_pages_are_found_by_indexes(reader: Reader) -> None:
    """The first page of each sort reads no more than it shows; a quarter begins and ends where it does in the index."""
    plans: list[Any] = []
    spans: list[Any] = []
    for query in (
        *(Query(sort=sort) for sort in ("decided_on", "number", "expires")),
        Query(sort="decided_on", where={"role": ("Cashier",)}),
        Query(sort="decided_on", where={"goal": ("told",)}),
        Query(sort="decided_on", where={"quarter": ("2025-Q3",)}),
    ):
        for asked in DECISIONS._asked(reader, query, DECISIONS._sort(query).phases(descending=False), 1):
            words = str(asked.limit(50).compile(reader.connection, compile_kwargs={"literal_binds": True}))
            plans += reader.connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {words}").all()
            spans = plans[-1:]
    assert not [plan for plan in plans if "TEMP B-TREE" in str(plan)], plans
    assert "decided_on>? AND decided_on<?" in str(spans), spans
