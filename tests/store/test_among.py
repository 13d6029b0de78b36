"""Many uids in one question, on a laptop and at headquarters."""

from __future__ import annotations

import pytest

from gemba.store import journal_tables as tables
from gemba.store.among import present

pytestmark = pytest.mark.on_both


def test_those_that_a_column_holds_are_told_each_once(store, records) -> None:
    entity = tables.operation.c.entity
    with store.unit(records.person.uid) as unit:
        unit.put(records.place)
        unit.change(type(records.place), records.place.uid, name="Dock 7")
        unit.change(type(records.place), records.place.uid, name="Dock 8")
        asked = [records.place.uid, records.place.uid, "nobody", "", "it's", "a\\b", records.place.uid + " "]
        assert present(unit.connection, entity, asked) == {records.place.uid}
        assert present(unit.connection, entity, []) == set()
        many = [f"{number:036d}" for number in range(7000)]
        assert present(unit.connection, entity, [*many, records.place.uid]) == {records.place.uid}
