"""The list of complaints: pages, filters, clocks and searches say what the records say."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from tests.bench.many_complaints import NOW, fill

from gemba.domain import complaint_clock
from gemba.domain.complaint_clock import SOON
from gemba.domain.complaint_steps import answered_at, waits
from gemba.domain.complaints import Complaint
from gemba.store import list_of, opening
from gemba.store.complaint_clocks import how_many_run_out, running, running_out
from gemba.store.complaint_lists import COMPLAINTS
from gemba.store.complaint_tables import complaint
from gemba.store.lists import Query
from gemba.store.opening import Store
from gemba.store.reading import Reader

COUNT = 3_000


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Three thousand complaints of all kinds; every tenth of those that wait has its clock stopped."""
    made = opening.create(
        tmp_path_factory.mktemp("complaints") / "store", bytes(32), clock=lambda: NOW, device_name="t", reserve=0
    )
    fill(made, COUNT)
    with made._writing.begin() as connection:
        connection.execute(complaint.update().where(complaint.c.id % 10 == 0).values(paused=True))
        for rest, hours in ((0, 3), (1, 100)):
            values = {"due_at": NOW + timedelta(hours=hours), "state": "received", "told_at": None, "closed_at": None}
            connection.execute(complaint.update().where(complaint.c.id % 7 == rest).values(values))
    yield made
    made.close()


@pytest.fixture
def reader(store: Store) -> Iterator[Reader]:
    with store.reader() as made:
        yield made


@pytest.fixture
def records(reader: Reader) -> dict[int, Complaint]:
    return dict(enumerate(reader.find(Complaint), start=1))


def clock(one: Complaint) -> str:
    return complaint_clock.state(one.due_at, now=NOW, waits=waits(one), paused=one.paused, answered_at=answered_at(one))


def paged(reader: Reader, query: Query, limit: int = 97) -> list[int]:
    """All keys, page by page."""
    page = COMPLAINTS.first(reader, query, limit)
    found = [line.id for line in page]
    while page:
        page = COMPLAINTS.after(reader, query, page[-1], limit)
        found += [line.id for line in page]
    return found


@pytest.mark.parametrize("sort", COMPLAINTS.sorts)
@pytest.mark.parametrize("descending", [False, True])
def test_pages_are_the_keys_and_leave_none_out(reader: Reader, sort: str, descending: bool) -> None:
    query = Query(sort=sort, descending=descending)
    keys = list(COMPLAINTS.keys(reader, query))
    assert sorted(keys) == list(range(1, COUNT + 1))
    assert paged(reader, query) == keys


def test_sorts_say_what_the_records_say(reader: Reader, records: dict[int, Complaint]) -> None:
    newest = [records[key].received_at for key in COMPLAINTS.keys(reader, Query(sort="received_at", descending=True))]
    assert newest == sorted(newest, reverse=True)
    by_clock = list(COMPLAINTS.keys(reader, Query(sort="due_at")))
    waiting = [key for key in by_clock if waits(records[key]) and records[key].due_at]
    assert by_clock[: len(waiting)] == waiting, "those whose customers wait come first"
    assert [records[key].due_at for key in waiting] == sorted(records[key].due_at for key in waiting)


@pytest.mark.parametrize("state", ["overdue", "due_soon", "running", "paused", "met", "missed"])
def test_the_clock_of_the_database_is_that_of_the_domain(
    reader: Reader, records: dict[int, Complaint], state: str
) -> None:
    found = set(COMPLAINTS.keys(reader, Query(where={"clock": (state,)})))
    assert found == {key for key, one in records.items() if clock(one) == state}
    assert found, "a test over nothing"
    lines = COMPLAINTS.lines(reader, sorted(found)[:50])
    assert {line.clock for line in lines} == {state}


def test_clocks_that_run_out_are_those_that_are_overdue_or_due_soon(
    reader: Reader, records: dict[int, Complaint]
) -> None:
    meant = [one for one in records.values() if clock(one) in {"overdue", "due_soon"}]
    assert how_many_run_out(reader, NOW + SOON) == len(meant)
    first = running_out(reader, NOW + SOON, 9)
    assert [one.due_at for one in first] == sorted(one.due_at for one in meant)[:9]
    assert set(running(reader)) == {one.uid for one in records.values() if waits(one)}


def test_filters_are_joined(reader: Reader, records: dict[int, Complaint]) -> None:
    query = Query(where={"severity": ("high", "critical"), "cause": ("cause1",), "linked": ("no",)})
    found = set(COMPLAINTS.keys(reader, query))
    assert found == {
        key
        for key, one in records.items()
        if one.severity in {"high", "critical"} and one.cause == "cause1" and one.duplicate_of is None
    }
    assert paged(reader, query, 3) == list(COMPLAINTS.keys(reader, query))
    assert set(COMPLAINTS.keys(reader, Query(where={"clock": ("nonsense",)}))) == set()


def test_choices_count_the_records(reader: Reader, records: dict[int, Complaint]) -> None:
    counted = dict(COMPLAINTS.choices(reader, "cause"))
    assert counted["cause1"] == sum(one.cause == "cause1" for one in records.values())
    assert sum(count for _, count in COMPLAINTS.choices(reader, "place")) < COUNT, (
        "those without a place are not offered"
    )


@pytest.mark.parametrize("newest", [20_000, 600])
def test_a_common_word_shows_the_newest_first(
    reader: Reader, records: dict[int, Complaint], newest: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(list_of, "_NEWEST", newest)
    query = Query(search="loan", sort="received_at", descending=True)
    meant = {key for key, one in records.items() if "loan" in one.words.split() or "loan" in one.summary.split()}
    among = set(sorted(meant, reverse=True)[:newest])
    expected = sorted(among, key=lambda key: (records[key].received_at, key), reverse=True)[:50]
    assert [line.id for line in COMPLAINTS.first(reader, query, 50)] == expected
    assert set(COMPLAINTS.keys(reader, query)) == meant, "all keys are of all"


@pytest.mark.parametrize("words", ["needle", "CRM-0000017", "loan waited branch", "nothinglikethat", '" * ('])
def test_searches_find_what_the_records_say(reader: Reader, records: dict[int, Complaint], words: str) -> None:
    asked = [word for word in words.casefold().replace('"', "").split() if any(map(str.isalnum, word))]
    found = set(COMPLAINTS.keys(reader, Query(search=words)))

    def says(one: Complaint) -> bool:
        said = f"{one.number} {one.key} {one.summary} {one.words}".casefold().split()
        return all(any(word.startswith(part) for word in said) for part in asked)

    assert found == {key for key, one in records.items() if says(one)}


def test_lines_of_any_keys_come_in_their_order(reader: Reader) -> None:
    keys = random.Random(1).sample(range(1, COUNT + 1), 700)
    assert [line.id for line in COMPLAINTS.lines(reader, keys)] == keys


def test_pages_are_found_by_indexes(reader: Reader) -> None:
    """The first page of each sort that has an index reads no more than it shows."""
    plans: list[Any] = []
    for sort in ("received_at", "due_at", "number", "severity", "state"):
        query = Query(sort=sort)
        asked = next(COMPLAINTS._asked(reader, query, COMPLAINTS._sort(query).phases(descending=False), 10))
        words = str(asked.limit(50).compile(reader.connection, compile_kwargs={"literal_binds": True}))
        plans += reader.connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {words}").all()
    assert not [plan for plan in plans if "TEMP B-TREE" in str(plan)], plans


def test_a_month_and_a_stretch_of_receipt_hold_what_was_received_then(reader, records):
    newest = max(record.received_at for record in records.values())
    month = f"{newest:%Y-%m}"
    asked = [
        (month, lambda at: at.strftime("%Y-%m") == month),
        (
            f"{newest - timedelta(days=3):%Y-%m-%d}..{newest.isoformat()}",
            lambda at: days_before(newest, 3) <= at < newest,
        ),
        ("nonsense", lambda _: False),
        ("2026-13", lambda _: False),
    ]
    for value, holds in asked:
        keys = set(COMPLAINTS.keys(reader, Query(where={"received": (value,)}, sort="number")))
        assert keys == {key for key, record in records.items() if holds(record.received_at)}, value


def days_before(moment, days):
    return (moment - timedelta(days=days)).replace(hour=0, minute=0, second=0, microsecond=0)
