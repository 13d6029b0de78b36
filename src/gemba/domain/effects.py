"""Whether a change still holds: looked at 30, 60 and 90 days after it went live."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from enum import StrEnum

from gemba.domain.record import Record, Uid

_CHECKS = uuid.UUID("9c5f0e0b-7c1e-4b0a-93c4-64a6f3f1d7a2")

DAYS = (30, 60, 90)
"""Days after the go-live on which a change is looked at."""


class EffectResult(StrEnum):
    """What was seen."""

    DUE = "due"
    HOLDS = "holds"
    PARTLY = "partly"
    REGRESSED = "regressed"
    """It is as it was before; the action is open again."""


class EffectCheck(Record, frozen=True, kw_only=True):
    """One look at a change after its go-live; made by itself, answered by a person."""

    action: Uid
    place: Uid
    days: int
    """After the go-live."""
    due: date
    assessment: Uid | None = None
    """The conduct of the sustainment checklist, where one was used."""
    result: EffectResult = EffectResult.DUE
    note: str = ""
    """What was seen; needed unless it holds."""
    looked_at: datetime | None = None
    made_at: datetime
    person: Uid


def check_uid(action: Uid, live_on: date, days: int) -> Uid:
    """The uid of a check of an action: one for each go-live, wherever it is made."""
    return str(uuid.uuid5(_CHECKS, f"{action}\0{live_on.isoformat()}\0{days}"))
