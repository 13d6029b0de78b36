"""Rows that the database is still taking in, while we do other work, are there for whoever asks next."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import DBAPIError

from gemba.store import journal_tables as tables
from gemba.store.bulk import change_many, insert_many

pytestmark = pytest.mark.on_both

COUNT = select(func.count()).select_from(tables.signer)


def _signers(count: int) -> list[dict[str, object]]:
    return [{"device": f"{number:032x}", "public_key": b"k" * 32} for number in range(count)]


def test_whoever_asks_next_finds_them(store, records) -> None:
    with store.unit(records.person.uid) as unit:
        before = unit.connection.scalar(COUNT)
        insert_many(unit.connection, tables.signer, _signers(5000))
        assert unit.connection.scalar(COUNT) == before + 5000
        insert_many(unit.connection, tables.erased_blob, [{"sha256": f"{n:064x}", "operation": "o"} for n in range(9)])
        insert_many(unit.connection, tables.waiting, [{"operation": f"{n}", "needs": "x"} for n in range(9)])
    with store.reader() as reader:
        assert reader.connection.scalar(COUNT) == before + 5000
        assert reader.connection.scalar(select(func.count()).select_from(tables.waiting)) == 9


def test_what_is_refused_is_told_to_whoever_asks_next_and_undoes_all(store, records) -> None:
    with pytest.raises(Exception, match=r"(?i)unique") as failure, store.unit(records.person.uid) as unit:  # noqa: PT012
        insert_many(unit.connection, tables.signer, [*_signers(20), *_signers(1)])
        unit.connection.scalar(COUNT)
    assert isinstance(failure.value, DBAPIError)
    _goes_on(store, records)


def test_what_is_given_up_while_rows_are_on_their_way_is_undone(store, records) -> None:
    with pytest.raises(ZeroDivisionError), store.unit(records.person.uid) as unit:  # noqa: PT012
        insert_many(unit.connection, tables.signer, _signers(5000))
        raise ZeroDivisionError
    _goes_on(store, records)


def test_rows_that_trip_while_they_are_made_are_undone(store, records) -> None:
    rows = [*_signers(3), {"device": "d", "public_key": object()}]
    with pytest.raises(Exception, match="object"), store.unit(records.person.uid) as unit:
        insert_many(unit.connection, tables.signer, rows)
    _goes_on(store, records)


def _goes_on(store, records) -> None:
    """Nothing of it is there, and nothing of it is in the way."""
    with store.unit(records.person.uid) as unit:
        before = unit.connection.scalar(COUNT)
        insert_many(unit.connection, tables.signer, _signers(3))
    with store.reader() as reader:
        assert reader.connection.scalar(COUNT) == before + 3
        assert before <= 1


def test_changes_take_their_turn_behind_the_rows_that_are_on_their_way(store, records) -> None:
    rows = _signers(5000)
    with store.unit(records.person.uid) as unit:
        insert_many(unit.connection, tables.signer, rows)
        said = [{"device": row["device"], "public_key": b"n" * 32} for row in rows[::2]]
        change_many(unit.connection, tables.signer, "device", said)
        change_many(unit.connection, tables.signer, "device", [])
        insert_many(unit.connection, tables.signer, [{"device": "f" * 32, "public_key": b"l" * 32}])
    with store.reader() as reader:
        kept = {one.device: one.public_key for one in reader.connection.execute(select(tables.signer))}
    assert {kept[row["device"]] for row in rows[::2]} == {b"n" * 32}
    assert {kept[row["device"]] for row in rows[1::2]} == {b"k" * 32}
    assert kept["f" * 32] == b"l" * 32


def test_a_change_that_is_refused_is_told_to_whoever_asks_next_and_undoes_all(store, records) -> None:
    with pytest.raises(Exception, match=r"(?i)null") as failure, store.unit(records.person.uid) as unit:  # noqa: PT012
        insert_many(unit.connection, tables.signer, _signers(20))
        change_many(unit.connection, tables.signer, "device", [{"device": "0" * 32, "public_key": None}])
        unit.connection.scalar(COUNT)
    assert isinstance(failure.value, DBAPIError)
    _goes_on(store, records)
