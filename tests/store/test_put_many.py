"""Many new records at once: the same as one by one, in journal and rows."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy import func, select

from gemba.domain.decisions import Decision
from gemba.errors import Refusal
from gemba.store.goal_tables import decision
from gemba.store.head_rows import fetch as heads_of
from gemba.store.journal_tables import operation
from gemba.store.search_index import condition
from gemba.work.desk import Desk
from gemba.work.places import add_place


def made(desk: Desk, place: str, key: str, **fields: Any) -> Decision:
    said: dict[str, Any] = {"uid": desk.ids(), "number": f"D-{key}", "title": f"Refund {key}", "role": "Lead"}
    said |= {"place": place, "decided_on": date(2026, 1, 5), "recorded_at": desk.clock(), "person": desk.person.uid}
    return Decision(**{**said, **fields})


def test_they_stand_as_if_put_one_by_one(desk: Desk) -> None:
    place = add_place(desk, "Harbour").uid
    some = [made(desk, place, f"{n}") for n in range(5)]
    with desk.unit() as unit:
        unit.put(some[0])
        unit.put_many(some[1:])
    with desk.reader() as reader:
        assert reader.find(Decision) == some
        asked = select(operation.c.seq).where(operation.c.noun == "decision").order_by(operation.c.seq)
        held = list(reader.connection.scalars(asked))
        heads = [heads_of(reader.connection, {("decision", one.uid)}).heads for one in some]
        found = condition(reader.connection, "decision", decision.c.id, "refund")
        assert found is not None
        assert reader.connection.scalar(select(func.count()).select_from(decision).where(found)) == 5
    assert [seq - held[0] for seq in held] == [0, 1, 2, 3, 4]
    assert {len(one["decision", some[at].uid]) for at, one in enumerate(heads)} == {len(Decision.__struct_fields__) - 1}


def test_they_can_be_changed_in_the_same_unit(desk: Desk) -> None:
    place = add_place(desk, "Harbour").uid
    one = made(desk, place, "a")
    with desk.unit() as unit:
        unit.put_many([one])
        unit.change(Decision, one.uid, title="Another title")
    with desk.reader() as reader:
        assert reader.find(Decision)[0].title == "Another title"


@pytest.mark.parametrize("fault", ["known", "twice", "nowhere"])
def test_nothing_is_kept_when_one_of_them_cannot_be(desk: Desk, fault: str) -> None:
    place = add_place(desk, "Harbour").uid
    one, other = made(desk, place, "a"), made(desk, place, "b")
    with desk.unit() as unit:
        unit.put(one)
    wrong = {"known": one, "twice": other, "nowhere": made(desk, "00000000-0000-7000-8000-000000000000", "c")}[fault]
    with (
        pytest.raises(Refusal, match="store.unknown_record" if fault == "nowhere" else "store.exists"),
        desk.unit() as unit,
    ):
        unit.put_many([other, wrong])
    with desk.reader() as reader:
        assert reader.find(Decision) == [one]
