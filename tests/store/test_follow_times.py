"""Whole hours between moments, and counts by stage, the same in both databases."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import bindparam, select
from tests.store.conftest import Records

from gemba.domain.complaints import Complaint
from gemba.store.columns import UtcDateTime
from gemba.store.follow_spans import hours
from gemba.store.follow_times import Stage, times
from gemba.store.opening import Store

pytestmark = pytest.mark.on_both

BEGIN = datetime(2026, 3, 1, 7, 59, 59, 999_999, tzinfo=UTC)


@pytest.mark.parametrize(
    ("span", "expected"),
    [(timedelta(hours=72), 72), (timedelta(hours=72, minutes=59), 72), (timedelta(0), 0), (timedelta(days=-2), -47)],
)
def test_hours_are_rounded_down_and_never_lose_one(kind: str, store: Store, span: timedelta, expected: int) -> None:
    moments = (bindparam(name, value, UtcDateTime) for name, value in (("a", BEGIN), ("b", BEGIN + span)))
    with store.reader() as reader:
        assert reader.connection.scalar(select(hours(*moments))) == expected


def test_open_ones_count_until_now(kind: str, store: Store, records: Records) -> None:
    now = records.time()
    made: list[dict[str, Any]] = [
        {"received_at": now - timedelta(hours=100), "told_at": now - timedelta(hours=28)},
        {"received_at": now - timedelta(hours=30)},
    ]
    with store.unit(records.person.uid) as unit:
        unit.put(records.person)
        for number, fields in enumerate(made):
            person = records.person.uid
            unit.put(
                Complaint(uid=records.uid(), number=f"K{number}", source="", recorded_at=now, person=person, **fields)
            )
    with store.reader() as reader:
        found = times(reader, tuple(Stage), {}, by="severity")
    told = found[Stage.TOLD]["medium"]
    assert (told.ended, told.open, told.backwards) == ({72: 1}, {30: 1}, 0)
    assert found[Stage.CHANGED]["medium"].open == {100: 1, 30: 1}
    assert found[Stage.LIVE] == {}
