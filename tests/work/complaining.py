"""Complaints for tests, kept as the store keeps them."""

from __future__ import annotations

from datetime import UTC, datetime, time
from itertools import count
from typing import Any

from gemba.domain.complaints import Complaint, Severity
from gemba.work.desk import Desk

_numbers = count(1)


def complain(desk: Desk, day: Any = None, severity: str = "medium", **fields: Any) -> str:
    """Keep one complaint of a day (today when left out); gives its uid."""
    now = desk.clock()
    made = Complaint(
        uid=desk.ids(),
        number=f"K-TEST-{next(_numbers):04d}",
        source="",
        received_at=now if day is None else datetime.combine(day, time(9), UTC),
        severity=Severity(severity),
        recorded_at=now,
        person=desk.person.uid,
        **fields,
    )
    with desk.unit() as unit:
        unit.put(made)
    return made.uid
