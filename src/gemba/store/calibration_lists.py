"""The list of calibration sessions. The read side."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select

from gemba.domain.calibration import CalibrationState
from gemba.store.audit_tables import calibration_rating, calibration_session
from gemba.store.lines import Line
from gemba.store.list_filters import Scanned
from gemba.store.list_of import ListOf
from gemba.store.list_sorts import Sort
from gemba.store.tables import person


class SessionLine(Line, frozen=True, kw_only=True):
    """One calibration session in a list."""

    number: str
    title: str
    state: CalibrationState
    begun_at: datetime
    closed_at: datetime | None
    person: str
    raters: int
    """Who have rated anything, as far as their packs are here."""


_RATERS = (
    select(func.count(func.distinct(calibration_rating.c.rater)))
    .where(calibration_rating.c.session == calibration_session.c.uid)
    .scalar_subquery()
)

SESSIONS = ListOf(
    SessionLine,
    calibration_session,
    source=calibration_session.join(person, calibration_session.c.person == person.c.uid),
    columns={
        **{
            name: calibration_session.c[name] for name in SessionLine.__struct_fields__ if name in calibration_session.c
        },
        "person": person.c.name,
        "raters": _RATERS,
    },
    sorts={"begun_at": Sort(calibration_session, calibration_session.c.begun_at, "begun_at")},
    filters={
        "state": Scanned(calibration_session.c.state),
        "person": Scanned(calibration_session.c.person),
    },
)
"""Sessions, the newest first."""
