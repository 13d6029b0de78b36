"""Complaints put straight into a store, for tests of what comes after."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from gemba.domain.complaints import Complaint
from gemba.work.desk import Desk


def put_complaint(desk: Desk, **fields: Any) -> Complaint:
    """A complaint with these fields; the others say what one without words says."""
    uid = desk.ids()
    made = Complaint(
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
    with desk.unit() as unit:
        unit.put(made)
    return made
