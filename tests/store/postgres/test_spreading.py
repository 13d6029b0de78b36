"""The tables can be spread over machines: docs/spreading.sql is tried on a store; every table has its place in it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from sqlalchemy import inspect, text

from gemba.store import elsewhere, journal, postgres
from gemba.store.checking import check
from gemba.store.opening import open_store
from gemba.store.search_index import SEARCHED
from gemba.store.tables import TABLES, metadata

SCRIPT = (Path(__file__).parents[3] / "docs" / "spreading.sql").read_text()
SPREAD = dict(re.findall(r"create_distributed_table\('(\w+)', '(\w+)'", SCRIPT))
EVERYWHERE = set(re.findall(r"create_reference_table\('(\w+)'", SCRIPT))
ON_THE_COORDINATOR = {
    *(
        "device",
        "past_epoch",
        "counter",
        "setting",
        "pack",
        "blob",
        "held",
        "taken_in",
        "to_prove",
        "correspondent",
        "identity",
    ),
    *(
        "erased",
        "erased_blob",
        "trusted",
        "publication",
        "resend",
        "quarantined",
        "carrier",
        "delivery",
        "backup_copy",
        "steward",
        "web_session",
    ),
}
"""Small, and of this store alone."""


@pytest.fixture
def spread(folder, key, time):
    """A store after the part of the script that any PostgreSQL understands."""
    engine = postgres.plain(elsewhere.database_url(elsewhere.read(folder), key), key)
    prepared = SCRIPT.partition("-- On the coordinator")[0]
    with engine.begin() as connection:
        connection.connection.dbapi_connection.execute(prepared)
    store = open_store(folder, key, clock=time, reserve=0)
    yield store, engine
    store.close()
    engine.dispose()


def test_every_unique_key_of_a_spread_table_has_the_column_it_is_spread_by(spread) -> None:
    _, engine = spread
    with engine.connect() as connection:
        asked = inspect(connection)
        for table in sorted(SPREAD.keys() & set(asked.get_table_names())):
            column = SPREAD[table]
            keys = [asked.get_pk_constraint(table)["constrained_columns"]]
            keys += [one["column_names"] for one in asked.get_unique_constraints(table)]
            assert all(column in key for key in keys), (table, keys)
            assert asked.get_foreign_keys(table) == []
        assert connection.scalar(text("SELECT count(*) FROM pg_constraint WHERE contype = 'f'")) == 0


def test_every_table_has_a_place() -> None:
    placed = SPREAD.keys() | EVERYWHERE | ON_THE_COORDINATOR
    assert set(metadata.tables) - {f"{noun}_search" for noun in SEARCHED} <= placed
    assert set(TABLES) <= SPREAD.keys() | EVERYWHERE


def test_a_prepared_store_takes_in_and_is_proven(spread, another, records) -> None:
    store, _ = spread
    laptop = another("laptop")
    draft = records.begin(laptop)
    for number in range(12):
        records.answer(laptop, draft, f"/data/q{number % 5}", str(number))
    records.finding(laptop, draft)
    with laptop.reader() as reader:
        lines = [json.loads(line) for line in journal.since(reader, laptop.device.epoch, 1, 10**9)]
    trusted = {laptop.device.id: laptop.device.public_key}
    for added in (len(lines), 0):
        with store.unit(records.person.uid) as unit:
            assert journal.merge(unit, lines, trusted=trusted).added == added
    assert check(store, files=False) == []
