"""Risks (FMEA): severity is the worse of what engineers see and what customers feel; priority goes by a table."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import msgspec

from gemba.domain.change import Change
from gemba.domain.follow_through import Risk
from gemba.domain.process_maps import ProcessMap
from gemba.domain.record import Uid
from gemba.errors import Refusal
from gemba.methods.action_priority import PRIORITIES, TABLE, PriorityTable, customer_severity, read_table
from gemba.store.reading import Reader
from gemba.work.desk import Desk
from gemba.work.records import known

RATINGS = ("technical", "customer", "occurrence", "detection")
_TABLE = "risk.priorities"
_CHANGEABLE = frozenset(
    {*RATINGS, "step", "mode", "effect", "cause", "control", "owner", "action", "review_by", "process_map"}
)


class RiskDraft(msgspec.Struct, frozen=True):
    """One line as a person writes it; ratings are 1 to 10, 10 the worst."""

    mode: str
    effect: str
    technical: int
    customer: int
    occurrence: int
    detection: int
    step: str = ""
    cause: str = ""
    control: str = ""
    owner: str = ""
    action: str = ""
    review_by: date | None = None
    process_map: Uid | None = None


class RiskLine(msgspec.Struct, frozen=True):
    """One line with what follows from its ratings."""

    risk: Risk
    severity: int
    """The worse of both."""
    priority: str
    """H, M or L."""
    gap: int
    """Customer less technical severity."""
    is_gap_finding: bool
    """The customer's is 3 or more above the technical one: a finding of its own."""
    overdue: bool
    """Its review date has passed."""


def add(desk: Desk, draft: RiskDraft) -> Change:
    """Add a line.

    Raises:
        Refusal: `work.risk_without_mode`, `work.risk_without_effect`, or `methods.outside` for a rating.
    """
    _check(msgspec.to_builtins(draft))
    with desk.unit() as unit:
        if draft.process_map:
            known(unit, ProcessMap, draft.process_map)
        fields = {name: getattr(draft, name) for name in draft.__struct_fields__}
        risk = Risk(uid=desk.ids(), judged_at=desk.clock(), person=desk.person.uid, **fields)
        unit.put(risk)
        return unit.change_made(risk.uid)


def change(desk: Desk, uid: Uid, **fields: Any) -> Change:
    """Change some fields of a line; new ratings are dated.

    Raises:
        Refusal: as `add` does, or the line is unknown or retired.
    """
    unknown = sorted(set(fields) - _CHANGEABLE)
    if unknown:
        raise Refusal("work.risk_field", field=", ".join(unknown), known=", ".join(sorted(_CHANGEABLE)))
    with desk.unit() as unit:
        old = known(unit, Risk, uid)
        if old.retired:
            raise Refusal("work.risk_retired", mode=old.mode)
        _check(msgspec.to_builtins(old) | fields)
        judged = (
            {"judged_at": desk.clock()}
            if any(fields.get(name, getattr(old, name)) != getattr(old, name) for name in RATINGS)
            else {}
        )
        unit.change(Risk, uid, **fields, **judged)
        return unit.change_made(uid)


def retire(desk: Desk, uid: Uid) -> Change:
    """Take a line out of the list; it is kept."""
    with desk.unit() as unit:
        known(unit, Risk, uid)
        unit.change(Risk, uid, retired=True)
        return unit.change_made(uid)


def risks(desk: Desk, *, step: str = "", with_retired: bool = False) -> tuple[RiskLine, ...]:
    """The lines: high priority first, then by severity, occurrence and detection."""
    with desk.reader() as reader:
        table, today = priorities(reader), reader.clock().date()
        found = [
            line_of(risk, table, today)
            for risk in reader.find(Risk)
            if (with_retired or not risk.retired) and step in ("", risk.step)
        ]
    return tuple(
        sorted(
            found,
            key=lambda line: (
                PRIORITIES.index(line.priority),
                -line.severity,
                -line.risk.occurrence,
                -line.risk.detection,
                line.risk.mode,
            ),
        )
    )


def line_of(risk: Risk, table: PriorityTable, today: date) -> RiskLine:
    """What follows from the ratings of a line."""
    severity, is_gap = customer_severity(risk.technical, risk.customer)
    return RiskLine(
        risk,
        severity,
        table.priority(severity, risk.occurrence, risk.detection),
        risk.customer - risk.technical,
        is_gap,
        risk.review_by is not None and risk.review_by < today and not risk.retired,
    )


def priorities(reader: Reader) -> PriorityTable:
    """The table that priorities are read from: this store's own one, else the shipped one."""
    own = reader.setting(_TABLE)
    return read_table(own["rows"], own["name"]) if own else TABLE


def set_priorities(desk: Desk, rows: Mapping[str, Mapping[str, str]] | None, name: str = "") -> PriorityTable:
    """Use an own table of priorities here, or the shipped one again (`None`).

    Raises:
        Refusal: `methods.table`.
    """
    found = read_table(rows, name) if rows is not None else TABLE
    with desk.unit() as unit:
        unit.set_setting(
            _TABLE, {"rows": {band: dict(row) for band, row in rows.items()}, "name": name} if rows else None
        )
    return found


def _check(fields: Mapping[str, Any]) -> None:
    if not str(fields["mode"]).strip():
        raise Refusal("work.risk_without_mode")
    if not str(fields["effect"]).strip():
        raise Refusal("work.risk_without_effect")
    TABLE.priority(
        customer_severity(fields["technical"], fields["customer"])[0], fields["occurrence"], fields["detection"]
    )
