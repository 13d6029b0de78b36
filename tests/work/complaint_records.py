"""Complaints put straight into a store, for tests of what comes after."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from gemba.domain.complaints import Complaint
from gemba.work.desk import Desk


def put_complaint(desk: Desk, **fields: Any) -> Complaint:
    """A complaint with these fields; the others say what one without words says."""
    made = a_complaint(desk, **fields)
    with desk.unit() as unit:
        unit.put(made)
    return made


def put_complaints(desk: Desk, complaints: Sequence[Complaint]) -> None:
    """Many at once: a unit for each is most of the time of a test that wants a hundred."""
    with desk.unit() as unit:
        for each in complaints:
            unit.put(each)


def a_complaint(desk: Desk, **fields: Any) -> Complaint:
    """One that nobody kept yet."""
    uid = desk.ids()
    return Complaint(
        **{
            "uid": uid,
            "number": f"K-{uid[-6:]}",
            "source": "",
            "received_at": desk.clock() - timedelta(days=1),
            "recorded_at": desk.clock(),
            "person": desk.person.uid,
            **fields,
        }
    )
