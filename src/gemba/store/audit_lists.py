"""The list of alignment audits. The read side."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, case, func, literal

from gemba.domain.programmes import AuditState
from gemba.domain.record import Uid
from gemba.store.audit_tables import audit
from gemba.store.lines import Line
from gemba.store.list_filters import Filter, PlaceFilter, Scanned, Told
from gemba.store.list_of import ListOf
from gemba.store.list_sorts import Named, Ranked, Sort
from gemba.store.reading import Reader
from gemba.store.tables import person, place


class AuditLine(Line, frozen=True, kw_only=True):
    """One audit in a list."""

    number: str
    title: str
    place: str
    place_uid: Uid
    quarter: str
    planned_on: date
    due: date | None
    auditor: str
    auditor_uid: Uid
    second: str
    """Name of the second auditor; empty for none."""
    state: str
    """As kept, with `overdue` for a planned one whose day (with its grace) has passed."""
    risk: float | None
    programme: Uid | None
    concluded_at: datetime | None


OVERDUE = "overdue"

_lead, _second = person.alias("lead"), person.alias("second")


def _state(reader: Reader) -> ColumnElement[str]:
    last_day = func.coalesce(audit.c.due, audit.c.planned_on)
    late = and_(audit.c.state == AuditState.PLANNED, last_day < reader.clock().date())
    return case((late, literal(OVERDUE)), else_=audit.c.state)


AUDITS = ListOf(
    AuditLine,
    audit,
    source=audit.join(place, audit.c.place == place.c.uid)
    .join(_lead, audit.c.auditor == _lead.c.uid)
    .outerjoin(_second, audit.c.second == _second.c.uid),
    columns={
        **{name: audit.c[name] for name in AuditLine.__struct_fields__ if name in audit.c},
        "place": place.c.name,
        "place_uid": place.c.uid,
        "auditor": _lead.c.name,
        "auditor_uid": _lead.c.uid,
        "second": func.coalesce(_second.c.name, ""),
        "state": _state,
    },
    sorts={
        "planned_on": Sort(audit, audit.c.planned_on, "planned_on"),
        "number": Sort(audit, audit.c.number, "number"),
        "quarter": Sort(audit, audit.c.quarter, "quarter"),
        "state": Ranked(audit, audit.c.state, "state", tuple(AuditState), {OVERDUE: AuditState.PLANNED}),
        "place": Named(audit, audit.c.place, "place", place),
        "risk": Sort(audit, audit.c.risk, "risk"),
    },
    filters={
        "place": PlaceFilter(audit.c.place),
        "state": Told(audit.c.state, _state),
        "quarter": Scanned(audit.c.quarter),
        "auditor": Scanned(audit.c.auditor),
        "programme": Filter(audit.c.programme),
        "schedule": Filter(audit.c.schedule),
    },
)
"""Alignment audits, planned and held."""
