from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from gemba.errors import Trouble
from gemba.store import journal_tables as tables
from gemba.store.bulk import insert_many, new_keys
from gemba.store.tables import TABLES

pytestmark = pytest.mark.on_both

MOMENT = datetime(2026, 3, 2, 8, 0, 0, 123456, tzinfo=UTC)


def _place(key: int, name: str) -> dict[str, object]:
    return {"id": key, "uid": f"{key:036d}", "name": name, "level": "site", "zone": "UTC", "parent": None}


def test_many_rows_are_what_single_rows_would_be(store, records) -> None:
    """Lists, moments, bytes and words with everything that a text format might trip over."""
    nasty = 'tab\t, line\nend, \\N, \\., "quoted", é, 😀'
    carriers = [
        {"name": f"{nasty} {n}", "url": "", "options": {"a": [n, nasty]}, "automatic": n % 2 == 0, "made_at": MOMENT}
        for n in range(20)
    ]
    signers = [{"device": f"{n:032x}", "public_key": bytes(range(n, n + 32))} for n in range(20)]
    with store.unit(records.person.uid) as unit:
        insert_many(unit.connection, tables.carrier, carriers)
        insert_many(unit.connection, tables.signer, signers)
    with store.reader() as reader:
        kept = reader.connection.execute(select(tables.carrier)).mappings().all()
        keys = {one.device: one.public_key for one in reader.connection.execute(select(tables.signer))}
    assert sorted((dict(row) for row in kept), key=lambda row: row["options"]["a"][0]) == [
        {**row, "tried_at": None, "trouble": None} for row in carriers
    ]
    assert {row["device"]: row["public_key"] for row in signers}.items() <= keys.items()


def test_keys_are_new_and_go_on_where_the_rows_end(store, records) -> None:
    place = TABLES["place"]
    with store.unit(records.person.uid) as unit:
        first = new_keys(unit.connection, place, 8)
        insert_many(unit.connection, place, [_place(key, "A") for key in first])
        second = new_keys(unit.connection, place, 3)
        insert_many(unit.connection, place, [_place(key, "B") for key in second])
        insert_many(unit.connection, place, [])
    with store.reader() as reader:
        assert list(reader.connection.scalars(select(place.c.id).order_by(place.c.id))) == [*first, *second]
    records.begin(store)
    with store.reader() as reader:
        assert len(reader.connection.scalars(select(place.c.id)).all()) == 12


@pytest.mark.parametrize("count", [2, 20])
def test_rows_that_are_there_already_stop_the_transaction(store, records, count) -> None:
    rows = [{"device": "a" * 32, "public_key": b"k"}] * count
    with pytest.raises(Exception, match=r"(?i)unique") as failure, store.unit(records.person.uid) as unit:
        insert_many(unit.connection, tables.signer, rows)
    assert not isinstance(failure.value, Trouble)  # a mistake of the program, and no trouble of the world
    with store.reader() as reader:
        assert (
            reader.connection.scalar(select(tables.signer.c.device).where(tables.signer.c.device == "a" * 32)) is None
        )
