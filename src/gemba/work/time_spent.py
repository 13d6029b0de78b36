"""Time spent filling: counted on this laptop while an assessment is open and somebody is at it."""

from __future__ import annotations

from gemba.domain.record import Uid
from gemba.store.reading import Reader
from gemba.work.desk import Desk

_KEY = "seconds.{uid}"


def add_time(desk: Desk, assessment: Uid, seconds: int) -> None:
    """Count time on a draft. It stays on this laptop until the assessment is concluded."""
    if seconds <= 0:
        return
    with desk.unit() as unit:
        unit.set_setting(_KEY.format(uid=assessment), spent(unit, assessment) + seconds)


def spent(reader: Reader, assessment: Uid) -> int:
    """Seconds that were counted so far."""
    return int(reader.setting(_KEY.format(uid=assessment)) or 0)
