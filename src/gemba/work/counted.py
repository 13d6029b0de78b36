"""What the numbers of derived views count: their records, or the list that has them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta

from gemba.domain.record import Uid
from gemba.reports.sheet_facts import Narrowed

ANYWHERE = "!"
"""As a place: any; complaints without one are left out."""


def entries_of(uids: Iterable[Uid]) -> tuple[str, ...]:
    """Entries of registers, each once."""
    return tuple(f"register_entry:{uid}" for uid in dict.fromkeys(uids) if uid)


def complaints_since(today: date, days: int, count: int, **where: tuple[str, ...]) -> Narrowed:
    """The complaints that were received in so many days up to and with today (UTC).

    Args:
        today: the last day.
        days: how many.
        count: so many are listed.
        where: further filters of the list of complaints.
    """
    ends = datetime.combine(today, time(), UTC) + timedelta(days=1)
    span = f"{(ends - timedelta(days=days)).isoformat()}..{ends.isoformat()}"
    return Narrowed("complaint", count, {**where, "received": (span,)})
